"""The page of sites: figures by value, rules of protection and area, what was known when, and one site in detail."""

import math
from datetime import date

import duckdb
import pytest

from neaspec.blocks import Arrows, Chart, Linked, Map, Metric, Notice, Page, Points, Table, Tabs, Text, walk
from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from neaspec.sections.sites.coverage import coverage
from neaspec.sections.sites.page import SitesChoices, page

VIEWS = ROOT / "queries" / "views"
SOM_24 = date(2020, 10, 13)
DAYS = [None, SOM_24, date(2021, 10, 15), date(2022, 10, 14), date(2023, 10, 20), date(2024, 12, 20)]


def at(ask: Ask, day: date | None) -> Ask:
    return Ask(ask.connection, day, ask.version)


def maps_of(made: Page) -> list[Map]:
    return [block for block in walk(made.blocks) if isinstance(block, Map)]


def charts_of(made: Page, kind: str) -> list[Chart]:
    return [block for block in walk(made.blocks) if isinstance(block, Chart) and block.kind == kind]


def table_named(made: Page, file_name: str) -> Table:
    return next(block for block in walk(made.blocks) if isinstance(block, Table) and block.file_name == file_name)


def points_of(drawn: Map) -> Points:
    return next(layer for layer in drawn.layers if isinstance(layer, Points))


@pytest.fixture(scope="module")
def all_sites(ask, words) -> Page:
    return page(ask, words, SitesChoices())


@pytest.fixture(scope="module")
def rason(ask, words) -> Page:
    return page(ask, words, SitesChoices(site_id="rason"))


@pytest.mark.parametrize(
    ("site_id", "level"),
    [
        ("rason", "international"),
        ("fangchuan", "national"),
        ("khasansky", "subnational"),
        ("jingxin", "none"),
        ("chikhachev", "national"),
        ("cheonsu_bay", "not_known"),
        ("furugelm", "international"),
    ],
)
def test_the_level_of_a_site_is_the_highest_in_force(ask, site_id, level):
    found = ask("sites_protected", country_code=None, species_id=None, level=None).set_index("site_id")
    assert found.loc[site_id, "level"] == level


@pytest.mark.parametrize(
    ("site_id", "day", "standing"),
    [
        ("chikhachev", SOM_24, "one_side"),
        ("chikhachev", None, "one_side"),
        ("land_of_big_cats", SOM_24, "in_parts"),
        ("land_of_big_cats", None, "signed"),
        ("gyeonggi_bay", None, "level_not_named"),
        ("tumen_estuary", SOM_24, "in_parts"),
        ("tumen_estuary", None, "in_parts"),
        ("korean_dmz", None, "proposed"),
    ],
)
def test_what_a_level_alone_does_not_tell_is_told(ask, words, site_id, day, standing):
    current = at(ask, day)
    found = current("sites_protected", country_code=None, species_id=None, level=None).set_index("site_id")
    assert found.loc[site_id, "standing"] == standing
    assert words(f"sites.standing_{standing}", level="national") in {
        value[:1].lower() + value[1:]
        for value in (
            block.value
            for block in walk(page(current, words, SitesChoices(site_id=site_id)).blocks)
            if isinstance(block, Metric)
        )
    }


@pytest.mark.parametrize(
    ("site_id", "level"),
    [
        ("dauria", "international"),
        ("daursky", "international"),
        ("khurkh_khuiten", "international"),
        ("hakata_bay", "national"),
        ("laoyeling", "national"),
    ],
)
def test_protections_that_were_public_before_som_24_are_known_there(ask, site_id, level):
    found = at(ask, SOM_24)("sites_protected", country_code=None, species_id=None, level=None).set_index("site_id")
    assert found.loc[site_id, "level"] == level


def test_low_protection_without_a_linked_species_is_named_below_the_list(ask, words):
    texts = [
        block.text for block in walk(page(at(ask, SOM_24), words, SitesChoices()).blocks) if isinstance(block, Text)
    ]
    said = next(text for text in texts if "Khasansky" in text)
    assert "Maloye Mramornoye Lake: subnational" in said
    assert "subnational" in said


def test_the_lead_of_jingxin_tells_its_former_reserve_and_the_area_that_is_not_certain(ask, words):
    lead = page(ask, words, SitesChoices(site_id="jingxin")).lead
    assert "Until 2005" in lead and "Hunchun" in lead
    assert "8,000 ha" in lead and "not certain" in lead


def test_a_network_label_is_told_but_protects_nothing(ask):
    found = ask("sites_protected", country_code=None, species_id=None, level=None).set_index("site_id")
    bay = found.loc["cheonsu_bay"]
    assert bay["recognitions"] == "East Asian-Australasian Flyway Network Site"
    assert bay["level"] == "not_known"


def test_a_group_of_species_is_a_choice_and_the_answer_counts_its_sites(ask, words):
    made = page(ask, words, SitesChoices(species_id="cranes"))
    found = table_named(made, "sites").rows
    assert found["species_names"].str.contains("crane").all()
    single = [
        set(ask("sites_protected", country_code=None, species_id=key, level=None)["site_id"])
        for key in ("white_naped_crane", "hooded_crane")
    ]
    assert len(found) == len(single[0] | single[1])
    assert made.lead.startswith(
        f"24 of {len(found)} sites used by cranes have protection on record. None on record here"
    )
    assert len(made.lead.split()) <= 30


def test_the_list_begins_with_what_needs_attention_and_selects_the_signs(all_sites):
    (linked,) = (block for block in all_sites.blocks if isinstance(block, Linked))
    assert (linked.items[0].id, linked.items[0].sign) == ("jingxin", "□")
    assert set(points_of(linked.picture).rows["id"]) <= {item.id for item in linked.items}
    panel = next(item for item in linked.items if item.id == "rason").blocks[0]
    facts = dict(panel.facts)
    assert facts["Protection"] == "International, since 1995"
    assert facts["Area"] == "3,525.7 ha"
    assert "Rason survey 2014" in facts["Projects"]
    assert "issues for consideration" in facts["Issues"]


def test_a_tooltip_has_at_most_25_words_and_no_markup(all_sites):
    for drawn in maps_of(all_sites):
        for row in points_of(drawn).rows.itertuples():
            assert len(f"{row.name} {row.tooltip}".split()) <= 25, row
            assert not set("<>") & set(f"{row.name}{row.tooltip}")


def test_the_table_is_a_choice_beside_the_map(ask, words):
    made = page(ask, words, SitesChoices(view="table"))
    assert isinstance(made.blocks[0], Table)
    assert len([column for column in made.blocks[0].columns if column.kind not in ("documents", "caveats")]) <= 6


def test_shared_areas_name_their_sites_and_what_is_grouped_here(all_sites):
    tabs = next(block for block in all_sites.blocks if isinstance(block, Tabs)).tabs
    (linked,) = next(tab for tab in tabs if tab.key == "shared").blocks
    assert linked.first == "tumen_estuary" and len(linked.items) == 6
    rows = table_named(all_sites, "shared_area_dauria").rows
    assert len(set(rows["membership_words"])) == 2  # named in a document, or grouped by this dashboard


def test_filters_keep_only_what_was_chosen(ask):
    chosen = ask("sites_protected", country_code="KOR", species_id="hooded_crane", level="not_known")
    assert list(chosen["site_id"]) == ["cheonsu_bay"]


def test_every_point_of_a_map_is_in_the_table_below_it(all_sites):
    for drawn in maps_of(all_sites):
        assert set(points_of(drawn).rows["name"]) <= set(drawn.table.rows["name"])
    without = table_named(all_sites, "sites").rows
    assert without["latitude"].isna().sum() >= 1


def test_the_inset_shows_the_four_sites_of_the_tumen_estuary(all_sites):
    inset = next(drawn for drawn in maps_of(all_sites) if drawn.view == "tumen")
    four = {
        "Fangchuan National Scenic Park": "national",
        "Jingxin wetland": "none",
        "Khasansky Nature Park": "subnational",
        "Rason Migratory Bird Reserve": "international",
    }
    shown = dict(zip(points_of(inset).rows["name"], points_of(inset).rows["group"], strict=True))
    assert four.items() <= shown.items()


def test_an_area_is_told_beside_the_sign_and_never_drawn(all_sites):
    rows = points_of(maps_of(all_sites)[0]).rows.set_index("name")
    assert "radius_m" not in rows.columns
    assert "3,525.7" in rows.loc["Rason Migratory Bird Reserve", "tooltip"]
    assert rows.loc["Khasansky Nature Park", "size"] > 0
    assert math.isnan(rows.loc["Jingxin wetland", "size"])  # no area is stated: drawn with a dot, not as the smallest


def test_positions_that_are_not_those_of_the_site_are_marked(all_sites):
    rows = points_of(maps_of(all_sites)[0]).rows.set_index("name")
    assert rows.loc["Furugelm Island", "is_approximate"]  # generalised
    assert rows.loc["Fangchuan National Scenic Park", "is_approximate"]  # a nearby village
    assert not rows.loc["Izumi", "is_approximate"]


def test_the_gap_list_gives_the_newest_figure_of_each_species(all_sites):
    rows = table_named(all_sites, "sites_low_protection").rows.set_index(["site_name", "species_name"])
    assert rows.loc[("Xingrentuo", "Black-faced spoonbill"), "figure"] == "49 nests"
    assert rows.loc[("Xingrentuo", "Black-faced spoonbill"), "period_words"] == "2019"
    assert rows.loc[("Cheonsu Bay", "Hooded crane"), "figure"] == "at least 1,700 individuals (peak count)"
    assert rows.loc[("Lesser Khingan Mountains", "Amur tiger"), "figure"] == "no dated figure on record"
    assert "Izumi" not in rows.index.get_level_values("site_name")


def test_states_are_not_set_side_by_side_by_share(all_sites):
    assert charts_of(all_sites, "pairs") == []


def test_coverage_sets_the_computed_beside_the_reported_share(ask, words):
    shown = coverage(ask, words, None)
    land, sea = (block for block in shown if isinstance(block, Chart))
    land_rows = land.rows.set_index("country_code")
    assert set(land_rows.index) == {"CHN", "PRK", "JPN", "MNG", "KOR", "RUS"}
    assert tuple(land_rows.loc["CHN", ["percent_computed", "percent_reported"]]) == (15.61, 14.86)
    assert tuple(land_rows.loc["PRK", ["percent_computed", "percent_reported"]]) == (2.43, 7.2)
    sea_rows = sea.rows.set_index("country_code")
    assert tuple(sea_rows.loc["JPN", ["percent_computed", "percent_reported"]]) == (13.79, 8.3)
    assert "MNG" not in sea_rows.index
    assert land.period == "release of May 2026"


def test_a_share_that_is_not_reported_is_named_and_a_landlocked_state_has_no_table_of_the_sea(ask, words):
    china = page(ask, words, SitesChoices(country_code="CHN"))
    assert "National report: no figure for China." in [
        block.text for block in walk(china.blocks) if isinstance(block, Text)
    ]
    mongolia = page(ask, words, SitesChoices(country_code="MNG"))
    assert "Mongolia is landlocked." in [block.text for block in walk(mongolia.blocks) if isinstance(block, Text)]
    assert "coverage_marine" not in [block.file_name for block in walk(mongolia.blocks) if isinstance(block, Table)]


def test_coverage_is_not_known_before_its_first_release(ask, words):
    made = page(at(ask, SOM_24), words, SitesChoices(country_code="CHN"))
    assert not charts_of(made, "pairs")
    assert words("sites.coverage_none") in [block.text for block in walk(made.blocks) if isinstance(block, Notice)]


def test_undated_pages_do_not_exist_at_an_earlier_meeting(ask, words):
    then = page(at(ask, SOM_24), words, SitesChoices())
    names = set(table_named(then, "sites").rows["name"])
    assert "Rason Migratory Bird Reserve" in names
    assert "Tunkinsky National Park" not in names
    assert (then.sources["published_date"].notna()).all()


@pytest.mark.parametrize("day", DAYS)
def test_every_site_and_every_level_can_be_shown_at_every_meeting(ask, words, day):
    current, number = at(ask, day), DAYS.index(day)
    # All sites today; at a meeting a third of them, another third at the next.
    sites = ask("sites_options")["site_id"]
    for site_id in sites if day is None else sites[number % 3 :: 3]:
        made = page(current, words, SitesChoices(site_id=site_id))
        assert made.blocks and made.lead
    for level in ("international", "national", "subnational", "none", "not_known"):
        assert page(current, words, SitesChoices(level=level)).lead


def test_nothing_found_is_a_sentence(ask, words):
    made = page(ask, words, SitesChoices(country_code="JPN", species_id="snow_leopard"))
    assert isinstance(made.blocks[0], Notice) and made.blocks[0].kind == "empty"
    assert made.lead == words("sites.lead_none")


def test_a_site_not_described_by_then_is_told_so(ask, words):
    made = page(at(ask, SOM_24), words, SitesChoices(site_id="tunkinsky"))
    assert words("sites.not_known_then") in [block.text for block in made.blocks if isinstance(block, Notice)]


def test_one_site_shows_its_designations_over_time(ask, rason):
    (drawn,) = charts_of(rason, "timeline")
    spans = list(zip(*(drawn.rows[key] for key in ("designation", "designated_date", "end_date")), strict=True))
    # Each once, with the most exact date any document gives, and to the date of the data because both are in force.
    today = str(ask("data_version")["newest_seen_date"].iloc[0])
    assert spans == [("Migratory bird reserve", "1995", today), ("Ramsar site", "2018-05-16", today)]
    assert list(drawn.table.rows["designation"]).count("Ramsar site") == 3  # the table keeps every statement


def test_one_site_shows_areas_that_disagree(rason):
    (drawn,) = charts_of(rason, "bars")
    assert list(drawn.rows["area_ha"]) == [3525.7, 3500.0]
    area = next(block for block in walk(rason.blocks) if isinstance(block, Metric) and block.unit == "ha")
    assert (area.value, area.status) == ("3,525.7", "")  # the other figure is of a part that is not clear


def test_a_sum_of_ours_is_named_as_such(ask, words):
    (drawn,) = charts_of(page(ask, words, SitesChoices(site_id="khasansky")), "bars")
    named = dict(zip(drawn.rows["area_ha"], drawn.rows["category"], strict=True))
    assert named[9969.1] == "whole site, both clusters: calculated from stated parts"
    assert named[9885.8] == "a part, main (southern) cluster: NEASPEC secretariat (ESCAP)"


def test_links_of_a_site_are_lines_without_direction(rason):
    drawn = maps_of(rason)[0]
    lines = next(layer for layer in drawn.layers if isinstance(layer, Arrows))
    assert drawn.view == "tumen"
    assert not lines.rows["is_directed"].any()
    assert lines.rows["name"].is_unique
    listed = table_named(rason, "site_links").rows
    assert "across a border" in set(listed["across_words"])
    assert "Rason Migratory Bird Reserve" not in set(listed["linked_site"])


def test_the_highest_figure_of_a_site_is_one_count_and_no_running_total(ask, words):
    made = page(ask, words, SitesChoices(site_id="suncheon_bay"))
    figures = {block.label: block for block in walk(made.blocks) if isinstance(block, Metric)}
    highest = figures["Hooded crane: highest figure on record"]
    assert (highest.value, highest.unit, highest.counted) == ("about 8,660", "individuals", "peak count, ground count")
    assert highest.period == "spring 2024"
    (drawn,) = charts_of(made, "ranges")
    assert not drawn.rows.loc[drawn.rows["series_id"].isna(), "joined"].any()


def test_a_card_of_a_site_has_a_dated_figure_and_no_curve_has_one_that_no_author_answers_for(ask, words):
    made = page(ask, words, SitesChoices(site_id="cheorwon"))
    cards = [block for block in walk(made.blocks) if isinstance(block, Metric) and "highest figure" in block.label]
    assert cards and "about 3,100" not in [card.value for card in cards]
    for drawn in charts_of(made, "ranges"):
        assert not drawn.rows["caveat_ids"].fillna("").str.contains("web_page_only").any()
    assert {"613"} & {figure.split()[0] for figure in table_named(made, "counts_cheorwon").rows["figure"]}


def test_what_is_absent_is_said_once_at_the_end(ask, words):
    made = page(ask, words, SitesChoices(site_id="hunchun"))
    absent = [block.text for block in walk(made.blocks) if isinstance(block, Text) and block.text.startswith("Nothing")]
    assert absent == ["Nothing is on record at this date under: threats named in documents, projects at the site."]
    assert not [block for block in walk(made.blocks) if isinstance(block, Notice) and block.kind == "empty"]


def test_a_reserve_merged_into_the_park_is_in_force_as_of_the_paper_alone(ask, words):
    rows = table_named(page(ask, words, SitesChoices(site_id="hunchun")), "designations_hunchun").rows
    said = rows.loc[rows["designation"] == "National nature reserve", "state_words"]
    assert set(said) == {"merged into the national park", "in force as of October 2020"}


def test_coordinates_of_nesting_places_are_not_repeated(ask):
    assert ask("sites_extents", site_id="khasansky").shape[0] == 2
    for site_id in ("furugelm", "gyeonggi_bay", "xingrentuo", "yuanbaotuo"):
        assert ask("sites_extents", site_id=site_id).empty


@pytest.fixture
def made_up() -> duckdb.DuckDBPyConnection:
    """Made-up rows for the rules of what is current."""
    connection = duckdb.connect()
    connection.execute("create table documents (document_id varchar, grade varchar, known_on date)")
    connection.execute(
        "insert into documents values ('press', 'press', '2024-01-01'), ('office', 'official', '2020-01-01'), "
        "('office_later', 'official', '2023-01-01')"
    )
    return connection


def test_a_printed_area_comes_before_a_sum_and_an_official_one_before_the_press(made_up):
    made_up.execute(
        "create table site_areas (site_area_id varchar, site_id varchar, area_ha double, part varchar, "
        "is_derived boolean, document_id varchar)"
    )
    made_up.execute(
        "insert into site_areas values ('a1', 'park', 10, 'whole', false, 'press'), "
        "('a2', 'park', 20, 'whole', false, 'office'), ('a3', 'park', 30, 'whole', true, 'office_later'), "
        "('a4', 'park', 5, 'core', false, 'office_later'), ('b1', 'lake', 7, 'whole', true, 'office'), "
        "('c1', 'hill', 1, 'planned', false, 'office')"
    )
    made_up.execute("create macro known_site_areas(day) as table select * from site_areas")
    made_up.execute((VIEWS / "current_site_areas.sql").read_text())
    assert made_up.execute("select site_id, area_ha from current_site_areas(null) order by site_id").fetchall() == [
        ("lake", 7.0),
        ("park", 20.0),
    ]


def test_the_newest_release_of_coverage_is_current(made_up):
    made_up.execute(
        "create table pa_coverage (pa_coverage_id varchar, country_code varchar, realm varchar, "
        "percent_computed double, as_of varchar, document_id varchar)"
    )
    made_up.execute(
        "insert into pa_coverage values ('a', 'AAA', 'land', 1, '2019', 'office'), "
        "('b', 'AAA', 'land', 2, '2022', 'office_later'), ('c', 'AAA', 'marine', 3, '2019', 'office')"
    )
    made_up.execute("create macro known_pa_coverage(day) as table select * from pa_coverage")
    made_up.execute((VIEWS / "current_pa_coverage.sql").read_text())
    assert made_up.execute(
        "select realm, percent_computed from current_pa_coverage(null) order by realm"
    ).fetchall() == [("land", 2.0), ("marine", 3.0)]


def test_adults_and_cubs_are_series_of_their_own(ask, words):
    made = page(ask, words, SitesChoices(site_id="land_of_the_leopard"))
    (drawn,) = charts_of(made, "ranges")
    joined = drawn.rows[drawn.rows["joined"]]
    assert (joined.groupby("series")["population_part"].nunique() == 1).all()
    assert {"adults", "cubs"} <= set(table_named(made, "counts_land_of_the_leopard").rows["population_part"])
