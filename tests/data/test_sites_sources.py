"""What carries the statements on sites: grades, the document of a level, one side of a border, corrections by value."""

import csv
import datetime
import re
from collections import Counter

import duckdb
import pytest

from neaspec.blocks import Metric, walk
from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from neaspec.sections.sites.detail import drawn_once
from neaspec.sections.sites.page import SitesChoices, page
from neaspec.sections.sites.wording import level_words

DATA = ROOT / "data"
SOM_24 = datetime.date(2020, 10, 13)
# Tables that decide what a map shows.
MAPPED = ["sites", "designations", "site_areas", "site_extents"]


def rows_of(table: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table by key."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


DOCUMENTS = rows_of("documents")


def grade(row: dict[str, str]) -> str:
    return DOCUMENTS[row["document_id"]]["grade"]


@pytest.fixture(scope="module")
def protected(ask):
    return ask("sites_protected", country_code=None, species_id=None, level=None).set_index("site_id")


@pytest.mark.parametrize("table", MAPPED)
def test_no_web_page_carries_a_site_a_protection_an_area_or_a_position(table):
    assert [key for key, row in rows_of(table).items() if grade(row) == "web_page"] == []


def test_the_press_carries_few_of_the_rows_a_map_shows():
    counted = Counter((table, grade(row)) for table in MAPPED for row in rows_of(table).values())
    share = {
        table: counted[table, "press"] / sum(n for (name, _), n in counted.items() if name == table) for table in MAPPED
    }
    assert share["sites"] <= 0.05 and share["site_extents"] == 0
    assert share["designations"] <= 0.15 and share["site_areas"] <= 0.20


def test_none_is_said_only_by_a_document_of_a_state_or_of_neaspec():
    none = {key: grade(row) for key, row in rows_of("designations").items() if row["level"] == "none"}
    assert none == {"jingxin_none": "official"}


def test_a_concept_note_that_names_survey_sites_states_no_protection():
    assert [key for key, row in rows_of("designations").items() if row["document_id"] == "workshop_2016_note"] == []


def test_every_level_is_cited_to_a_designation_of_that_level(ask, protected):
    wrong = []
    for site_id, row in protected[protected["level"] != "not_known"].iterrows():
        stated = ask("sites_designations", site_id=site_id)
        at_level = stated[(stated["level"] == row["level"]) & (stated["state"] == "in_force")]
        if not set(row["protection_document_ids"].split()) <= set(at_level["document_id"]):
            wrong.append(site_id)
    assert wrong == []
    assert "workshop_2016_note" not in " ".join(protected["protection_document_ids"].dropna())


def test_the_card_of_protection_cites_what_states_it_and_not_what_names_the_site(ask, words):
    for site_id, document_ids in {
        "izumi": {"ramsar_izumi_wintering_habitat_of_cranes_2021", "ramsar_japan_adds_izumi_wintering_habitat_2021"},
        "kedrovaya_pad": {"federal_scientific_biota_and_environment_2017_1_2017"},
        "cheonsu_bay": set(),
    }.items():
        made = page(ask, words, SitesChoices(site_id=site_id))
        card = next(
            block
            for block in walk(made.blocks)
            if isinstance(block, Metric) and block.label == words("sites.protection")
        )
        assert set(card.document_ids) == document_ids, site_id


def test_a_label_is_cited_in_the_row_that_shows_it(protected):
    bay = protected.loc["cheonsu_bay"]
    assert bay["recognitions"] == "East Asian-Australasian Flyway Network Site"
    assert "eaafp_2_700_hooded_cranes_arrived_in_2016" in bay["document_ids"].split()


def test_a_level_that_rests_on_the_press_is_marked(protected):
    press = {key for key, row in DOCUMENTS.items() if row["grade"] == "press"}
    alone = {
        site_id
        for site_id, row in protected.iterrows()
        if isinstance(row["protection_document_ids"], str) and set(row["protection_document_ids"].split()) <= press
    }
    assert alone == {"khuvsgul_lake"}
    assert "press_only" in protected.loc["khuvsgul_lake", "caveat_ids"].split()


@pytest.mark.parametrize(
    ("site_id", "level", "designation", "year"),
    [
        ("furugelm", "international", "UNESCO biosphere reserve (Far Eastern Marine)", "2003"),
        ("furugelm", "international", "Part of the Far Eastern Marine Biosphere State Nature Reserve", "1978"),
        ("khuvsgul_lake", "international", "UNESCO biosphere reserve", "2022"),
        ("onon_balj", "international", "UNESCO biosphere reserve", "2023"),
        ("cheorwon", "international", "Part of UNESCO biosphere reserve Gangwon Eco-Peace", "2019-06-19"),
        ("suncheon_bay", "international", "UNESCO biosphere reserve (Suncheon City)", "2018-07-25"),
        ("uvs_nuur", "international", "UNESCO transboundary biosphere reserve Uvs Lake Depression", "2021"),
        ("sailyugem", "national", "National park", "2010-02-27"),
        ("dalai_lake", "international", "Ramsar site", "2002-01-11"),
        ("hunchun", "national", "Part of the Northeast China Tiger and Leopard National Park", "2021"),
        ("wangqing", "national", "Part of the Northeast China Tiger and Leopard National Park", "2021"),
    ],
)
def test_corrected_protections(ask, protected, site_id, level, designation, year):
    assert protected.loc[site_id, "level"] == level
    stated = ask("sites_designations", site_id=site_id)
    assert year in set(stated.loc[stated["designation"] == designation, "designated_date"].dropna())


def test_furugelm_is_marked_and_one_paper_stays_as_a_contradicted_statement(ask, protected):
    island = protected.loc["furugelm"]
    assert set(island["protection_document_ids"].split()) == {"ria_furugelm_2026", "unesco_far_east_marine_nd"}
    assert {"press_only", "site_not_named"} <= set(island["protection_caveat_ids"].split())
    assert "avian_research_spoonbill_sites_2021" not in island["protection_document_ids"]
    told = ask("sites_facts", site_id="furugelm").set_index("fact_id").loc["sites_furugelm_table_3"]
    assert told["caveat_ids"] == "not_confirmed"


@pytest.mark.parametrize("site_id", ["hunchun", "wangqing"])
def test_reserves_merged_into_the_national_park_are_told_so_and_in_force_before(ask, site_id):
    def current(day):
        stated = Ask(ask.connection, day, ask.version)("sites_designations", site_id=site_id)
        shown = stated[stated["is_current"] & (stated["designation"] == "National nature reserve")].iloc[0]
        found = Ask(ask.connection, day, ask.version)(
            "sites_protected", country_code=None, species_id=None, level=None
        ).set_index("site_id")
        return shown["state"], found.loc[site_id, "level"], found.loc[site_id, "designations"]

    then, today = current(SOM_24), current(None)
    assert then[:2] == ("in_force", "national") and "National nature reserve" in then[2]
    assert today[:2] == ("merged_into_national_park", "national")
    assert today[2] == "Part of the Northeast China Tiger and Leopard National Park"


@pytest.mark.parametrize(
    ("site_id", "area"),
    [
        ("land_of_the_leopard", 269000),
        ("land_of_big_cats", 1697000),
        ("sailyugem", 118380),
        ("northeast_china_tiger_leopard", 1410000),
        ("rason", 3525.7),
    ],
)
def test_corrected_areas(protected, site_id, area):
    assert protected.loc[site_id, "area_ha"] == area


def test_no_area_of_a_part_is_larger_than_four_times_the_whole():
    areas = rows_of("site_areas").values()
    whole = {row["site_id"]: float(row["area_ha"]) for row in areas if row["part"] == "whole"}
    wrong = [
        row["site_area_id"]
        for row in areas
        if row["site_id"] in whole and float(row["area_ha"]) > 4 * whole[row["site_id"]]
    ]
    assert wrong == []


def test_the_tumen_estuary_is_protected_in_parts_by_every_page(ask, words):
    for country in (None, "CHN", "PRK", "RUS"):
        found = ask("sites_protected", country_code=country, species_id=None, level=None).set_index("site_id")
        assert tuple(found.loc["tumen_estuary", ["level", "standing"]]) == ("not_known", "in_parts"), country
    lead = page(ask, words, SitesChoices(site_id="tumen_estuary")).lead
    assert lead.startswith("Parts of Tumen River estuary") and "Rason Migratory Bird Reserve (international)" in lead
    assert "no protection" not in lead and "such as a transboundary Ramsar site" in lead


def test_a_nomination_of_one_state_is_not_shown_as_that_of_its_neighbour(ask):
    shown = {
        country: ask("sites_protected", country_code=country, species_id=None, level=None).set_index("site_id")
        for country in ("KOR", "PRK")
    }
    named = "UNESCO biosphere reserve, nominated by the Republic of Korea in 2011"
    assert tuple(shown["KOR"].loc["korean_dmz", ["standing", "proposals"]]) == ("proposed", named)
    assert shown["PRK"].loc["korean_dmz", ["standing", "proposals"]].isna().all()
    assert "unesco_nomination_submission_from_the_2011" not in shown["PRK"].loc["korean_dmz", "document_ids"].split()


def test_a_shadow_list_is_no_proposal_and_no_rank_is_called_low(protected):
    park = protected.loc["khasansky"]
    assert park["recognitions"] == "Shadow list of Ramsar sites"
    assert park[["standing", "proposals"]].isna().all()
    wording = (ROOT / "assets" / "text" / "en" / "sites.toml").read_text(encoding="utf-8")
    assert "(low)" not in wording and " low " not in wording
    ranked = [key for key, row in rows_of("facts").items() if re.search(r"\blow\b.*\brank", row["what"])]
    assert ranked == ["fact_khasansky_rank"]


def test_one_side_of_a_border_never_stands_for_both(ask, words):
    low = ask("sites_unprotected", country_code=None, species_id=None)
    cats = low[low["site_id"] == "land_of_big_cats"]
    figures = {(row.species_id, row.side_name): row.value for row in cats.itertuples()}
    assert figures == {
        ("amur_leopard", "China"): 60,
        ("amur_leopard", "Russian Federation"): 125,
        ("amur_tiger", "China"): 40,
        ("amur_tiger", "Russian Federation"): 58,
    }
    china = ask("sites_unprotected", country_code="CHN", species_id=None)
    assert set(china.loc[china["site_id"] == "land_of_big_cats", "side_name"]) == {"China"}
    shared = {key for key, row in rows_of("sites").items() if not row["country_code"]}
    sided = low[low["site_id"].isin(shared) & low["value"].notna()]
    counted = {row["area_name"]: row["country_code"] for row in rows_of("counts").values() if row["site_id"] in shared}
    assert len(sided) >= 6 and counted
    assert sided["side_name"].notna().all()


def test_a_highest_figure_of_one_side_says_so(ask):
    counts = ask("sites_counts", site_id="land_of_big_cats")
    assert set(counts["side_name"]) == {"China", "Russian Federation"}
    assert ask("sites_counts", site_id="izumi")["side_name"].isna().all()


@pytest.mark.parametrize("site_id", ["hunchun", "sailyugem", "land_of_the_leopard", "sikhote_alin"])
def test_a_site_without_a_stated_point_still_works(ask, words, protected, site_id):
    assert protected.loc[site_id, "coordinate_basis"] in ("none", "approximate")
    made = page(ask, words, SitesChoices(site_id=site_id))
    assert made.lead and made.blocks


def test_no_point_of_a_site_is_that_of_an_encyclopaedia_or_a_travel_page():
    wrong = [
        key
        for key, row in rows_of("sites").items()
        if any(word in row["coordinate_note"].lower() for word in ("encyclop", "travel", "copy of a unesco"))
    ]
    assert wrong == []


def test_what_is_in_force_is_drawn_to_the_day_and_once(ask):
    stated = ask("sites_designations", site_id="kumya").assign(label="")
    drawn = drawn_once(stated, "2020-10-13").set_index("designation")
    assert drawn.index.is_unique
    reserve = drawn.loc["Migratory bird reserve"]
    assert (reserve["designated_date"], reserve["end_date"]) == ("1995", "2020-10-13")
    network = drawn.loc["North East Asian Crane Site Network"]
    assert network["end_date"] == network["designated_date"] == "1999"  # former, and no document says until when


@pytest.mark.parametrize("day", [None, SOM_24])
def test_a_species_at_a_site_is_cited_to_the_documents_that_name_it_there(ask, day):
    known = Ask(ask.connection, day, ask.version)
    found = known("sites_protected", country_code=None, species_id=None, level=None).set_index("site_id")
    wrong = [
        (site_id, use["document_id"])
        for site_id, row in found.iterrows()
        for _, use in known("sites_species", site_id=site_id).iterrows()
        if use["document_id"] not in row["document_ids"].split()
    ]
    assert wrong == []
    assert (
        "dauriarivers_white_naped_crane_nd"
        in ask("sites_protected", country_code=None, species_id=None, level=None)
        .set_index("site_id")
        .loc["daursky", "document_ids"]
        .split()
    )


def test_a_position_as_stated_is_cited_and_is_approximate_before_its_document(ask, protected):
    then = Ask(ask.connection, SOM_24, ask.version)("sites_protected", country_code=None, species_id=None, level=None)
    then = then.set_index("site_id")
    point = "avian_research_bmc_migration_routes_population_status_2021"
    assert protected.loc["hakata_bay", "coordinate_basis"] == "stated"
    assert point in protected.loc["hakata_bay", "document_ids"].split()
    assert then.loc["hakata_bay", "coordinate_basis"] == "approximate"
    assert then.loc["rason", "coordinate_basis"] == "stated"
    stated = [
        key for key, row in rows_of("sites").items() if row["coordinate_basis"] in ("stated", "midpoint_of_extent")
    ]
    assert set(protected.loc[stated, "coordinate_basis"]) == {"stated", "midpoint_of_extent"}


def test_laoyeling_keeps_what_a_document_names(protected):
    assert protected.loc["laoyeling", "designations"] == "National nature reserve"


def test_a_protected_area_whose_level_no_document_names_has_no_level(ask, words, protected):
    assert tuple(protected.loc["gyeonggi_bay", ["level", "standing"]]) == ("not_known", "level_not_named")
    lead = page(ask, words, SitesChoices(site_id="gyeonggi_bay")).lead
    assert "Within a protected area of the world database" in lead and "national protection" not in lead


def test_no_lead_of_a_site_begins_with_an_absence_or_says_only(ask, words):
    for site_id in ask("sites_options")["site_id"]:
        lead = page(ask, words, SitesChoices(site_id=site_id)).lead
        assert not re.search(r"\bonly\b|no legal protection|No area", lead), lead
        assert not re.search(r"\b(no|not)\b", lead.partition(". ")[0]), lead


def test_the_zone_has_one_wording_on_every_page(ask, words):
    for country in (None, "KOR", "PRK"):
        zone = ask("sites_protected", country_code=country, species_id=None, level=None).set_index("site_id")
        row = zone.loc["korean_dmz"]
        assert level_words(words, row["level"], row["standing"]) == "protection status not on record"


def test_the_words_of_no_protection_name_the_paper_that_says_so(words):
    none = [row for row in rows_of("designations").values() if row["level"] == "none"]
    assert {(row["document_id"], row["as_of"][:4]) for row in none} == {("som_24_paper", "2020")}
    assert words("sites.no_protection").endswith("(SOM-24 paper, 2020)")


def test_a_link_with_a_shared_site_is_not_within_one_state(ask):
    links = ask("sites_links", site_id="land_of_big_cats")
    assert links["is_with_shared"].all() and not links["crosses_border"].any()


@pytest.fixture
def made_up() -> duckdb.DuckDBPyConnection:
    """Made-up designations for the rules of protection."""
    connection = duckdb.connect()
    connection.execute("create table documents (document_id varchar, grade varchar, known_on date)")
    connection.execute(
        "insert into documents values ('press', 'press', '2024-01-01'), ('page', 'web_page', '2024-01-01'), "
        "('office', 'official', '2020-01-01'), ('office_later', 'official', '2023-01-01'), "
        "('ngo', 'organisation', '2020-01-01')"
    )
    connection.execute(
        "create table designations (site_id varchar, designation varchar, level varchar, state varchar, "
        "country_code varchar, document_id varchar, caveat_ids varchar)"
    )
    connection.execute(
        "create macro known_designations(day) as table "
        "select *, document_id || designation as designation_id from designations"
    )
    connection.execute("create table sites as select 'a' as site_id, null::varchar as part_of_site_id")
    connection.execute("create macro known_sites(day) as table select * from sites")
    for view in ("protection_states", "site_protection"):
        connection.execute((ROOT / "queries" / "views" / f"{view}.sql").read_text(encoding="utf-8"))
    return connection


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("('a', 'x', 'international', 'in_force', null, 'page', null)", []),
        ("('a', 'x', 'none', 'in_force', null, 'ngo', null)", []),
        (
            "('a', 'x', 'international', 'in_force', null, 'press', null), "
            "('a', 'y', 'national', 'in_force', null, 'ngo', null)",
            [("national", ["ngo"])],
        ),
        ("('a', 'x', 'national', 'in_force', null, 'press', null)", [("national", ["press"])]),
        (
            "('a', 'x', 'national', 'in_force', null, 'office', null), "
            "('a', 'x', 'national', 'former', null, 'office_later', null)",
            [],
        ),
        (
            "('a', 'x', 'national', 'in_force', null, 'office_later', null), "
            "('a', 'x', 'national', 'former', null, 'office', null)",
            [("national", ["office_later"])],
        ),
        ("('a', 'x', 'national', 'in_force', 'BBB', 'office', null)", []),
        (
            "('a', 'x', 'national', 'in_force', null, 'office', 'site_not_named'), "
            "('a', 'x', 'national', 'in_force', null, 'press', null)",
            [("national", ["office", "press"])],
        ),
    ],
)
def test_rules_of_protection(made_up, rows, found):
    made_up.execute(f"insert into designations values {rows}")
    told = made_up.execute("select level, document_ids from site_protection(null, side := 'AAA')").fetchall()
    assert told == found
