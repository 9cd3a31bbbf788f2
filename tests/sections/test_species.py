"""The page of one species: figures by value, census by region, joined figures, claims beside held statuses, gaps."""

import re
from datetime import date

import duckdb
import pandas as pd
import pytest

from neaspec.blocks import Chart, Details, Entry, Metric, Notice, Page, Table, Tabs, Text, walk
from neaspec.data.queries import Ask, run_query
from neaspec.sections.common import in_sentence
from neaspec.sections.figures import figure_words
from neaspec.sections.species.answer import Trend, change_sentence
from neaspec.sections.species.counts import areas_drawn, joined_rows
from neaspec.sections.species.page import SpeciesChoices, page

SPECIES = ["amur_tiger", "amur_leopard", "snow_leopard", "black_faced_spoonbill", "white_naped_crane", "hooded_crane"]
DAYS = [None, *(date(year, 12, 31) for year in range(2020, 2026))]


def at(ask: Ask, day: date | None) -> Ask:
    return Ask(ask.connection, day, ask.version)


def blocks_of(made: Page, kind: type) -> list:
    return [block for block in walk(made.blocks) if isinstance(block, kind)]


def charts(made: Page, kind: str = "ranges") -> dict[str, Chart]:
    return {block.title: block for block in blocks_of(made, Chart) if block.kind == kind}


def table(made: Page, file_name: str) -> Table:
    return next(block for block in blocks_of(made, Table) if block.file_name == file_name)


@pytest.fixture(scope="module")
def pages(ask, words) -> dict[str, Page]:
    return {species_id: page(ask, words, SpeciesChoices(species_id)) for species_id in SPECIES}


@pytest.mark.parametrize(
    ("species_id", "values"),
    [
        ("amur_tiger", ["about 70", "about 750", "56", "Endangered"]),
        ("amur_leopard", ["about 80", "129", "104", "Critically Endangered"]),
        ("snow_leopard", ["about 953 (806–1,127)", "at least 87", "70–90", "Vulnerable"]),
        ("black_faced_spoonbill", ["7,081", "Endangered"]),
        ("white_naped_crane", ["about 13,100", "1,754", "Vulnerable"]),
        ("hooded_crane", ["about 19,300", "11,548", "Vulnerable"]),
    ],
)
def test_the_figures_that_stand_for_a_species_are_the_newest_of_their_series(pages, species_id, values):
    assert [metric.value for metric in blocks_of(pages[species_id], Metric)] == values
    assert values[0] in pages[species_id].lead


def test_every_figure_on_a_page_names_its_document(pages):
    for made in pages.values():
        for metric in blocks_of(made, Metric):
            assert metric.document_ids and set(metric.document_ids) <= set(made.marks)
        for chart in blocks_of(made, Chart):
            assert set(chart.document_ids) <= set(made.marks)
            assert len(chart.table.rows) >= len(chart.rows)


def test_the_newer_red_list_claim_stands_beside_the_held_category(pages):
    made = pages["black_faced_spoonbill"]
    claim = next(entry for entry in blocks_of(made, Entry) if entry.title == "IUCN Red List: Vulnerable is reported")
    assert dict(claim.facts) == {"Reported": "Vulnerable (2025)", "In force": "Endangered (2017)"}
    assert "not_confirmed" in claim.caveat_ids
    rows = table(made, "statuses").rows
    iucn = rows[rows["scheme_words"] == "IUCN Red List"]
    assert list(iucn["standing_words"]) == ["in force", "reported change, not confirmed"]


def test_the_claim_of_2025_does_not_exist_before_it_was_made(ask, words):
    made = page(at(ask, date(2024, 12, 31)), words, SpeciesChoices("black_faced_spoonbill"))
    assert not [entry for entry in blocks_of(made, Entry) if "reported" in entry.title]
    (card,) = (block for block in blocks_of(made, Metric) if block.label == words("species.status_metric"))
    assert (card.value, card.period[:4]) == ("Endangered", "2017")


def test_the_census_by_region_is_drawn_only_for_years_whose_parts_make_the_total(pages):
    (chart,) = charts(pages["black_faced_spoonbill"], "stacked_areas").values()
    drawn = chart.rows.groupby("year").agg(parts=("value", "sum"), total=("total", "max"))
    assert sorted(drawn.index) == [2009, 2013, 2014, 2015, 2023, 2024, 2025]
    assert (drawn["parts"] == drawn["total"]).all()
    assert drawn.loc[2025, "total"] == 7081
    rows = chart.table.rows
    assert set(rows[rows["adds_up_words"] == "no"]["year"]) >= {2003, 2012, 2022}
    assert rows[rows["year"] == 2001]["area_name"].tolist() == ["total only"]


def test_a_year_joins_the_regions_only_when_its_parts_are_known(ask, words):
    made = page(at(ask, date(2020, 10, 13)), words, SpeciesChoices("black_faced_spoonbill"))
    (chart,) = charts(made, "stacked_areas").values()
    assert sorted(set(chart.rows["year"])) == [2009, 2013, 2014, 2015]


COUNT_COLUMNS = {
    "count_id": "varchar",
    "species_id": "varchar",
    "area_name": "varchar",
    "year_to": "bigint",
    "value": "double",
    "population_part": "varchar",
    "series_id": "varchar",
    "part_of_count_id": "varchar",
    "qualifier": "varchar",
    "document_id": "varchar",
    "locator": "varchar",
    "caveat_ids": "varchar",
}


@pytest.mark.parametrize(
    ("parts", "adds_up"),
    [
        ([("north", 60, "all_ages"), ("south", 40, "all_ages")], True),
        ([("north", 60, "all_ages"), ("south", 39, "all_ages")], False),
        ([("north", 60, "all_ages"), ("south", 41, "all_ages")], False),
        ([("north", 100, "all_ages"), ("north", 40, "cubs")], True),  # cubs are inside all ages, not a region
        ([("whole", 60, "adults"), ("whole", 40, "cubs")], None),  # ages are no regions
        ([], None),
    ],
)
def test_parts_add_up_only_if_regions_make_exactly_the_total(parts, adds_up):
    connection = duckdb.connect()
    columns = ", ".join(f"{name} {kind}" for name, kind in COUNT_COLUMNS.items())
    connection.execute(f"create table counts ({columns}, area_id varchar generated always as (area_name))")
    connection.execute("create schema today")  # where nothing is kept of today the rules answer
    connection.execute("create macro series_counts(day) as table select * from counts")
    connection.execute("create macro known_counts(day) as table select * from counts")
    rows = [("total", "bird", "whole", 2020, 100, "all_ages", "s", None, "exact", "d", "p. 1", None)]
    rows += [
        (f"part_{number}", "bird", area, 2020, value, part, None, "total", "exact", "d", "p. 1", None)
        for number, (area, value, part) in enumerate(parts)
    ]
    connection.executemany(
        f"insert into counts ({', '.join(COUNT_COLUMNS)}) values ({', '.join('?' * len(COUNT_COLUMNS))})", rows
    )
    answer = run_query(connection, "species_census", as_known_on=None, species_id="bird")
    assert set(answer["adds_up"]) == (set() if adds_up is None else {adds_up})


def test_no_figure_that_its_caveats_call_unlike_the_others_is_joined(pages):
    unlike = {"not_like_for_like", "area_differs", "method_differs"}
    joined = [
        row
        for made in pages.values()
        for chart in charts(made).values()
        for row in chart.rows[chart.rows["joined"]].itertuples()
    ]
    assert len(joined) > 50
    assert not [row.count_id for row in joined if unlike & set(str(row.caveat_ids).split())]


def test_only_figures_of_one_series_are_joined(pages):
    for made in pages.values():
        for chart in charts(made).values():
            rows = chart.rows[chart.rows["joined"]]
            assert rows["series_id"].notna().all()
            assert len(rows[["series_words", "series_id"]].drop_duplicates()) == len(set(rows["series_words"]))


def made_up_counts(**columns) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    rows = {
        "count_id": [f"c{number}" for number in range(size)],
        "chart_area": ["steppe"] * size,
        "unit": ["individuals"] * size,
        "year_to": list(range(2000, 2000 + size)),
        "value": [5.0] * size,
        "low": [None] * size,
        "high": [None] * size,
        "qualifier": ["exact"] * size,
        "is_derived": [False] * size,
        "series_id": [None] * size,
        "is_joined": [False] * size,
        "series_name": [None] * size,
        "series_words": ["count"] * size,
        "headline_order": [None] * size,
        "is_region_part": [False] * size,
        "population_part": ["all_ages"] * size,
    }
    return pd.DataFrame(rows | columns)


def test_derived_undated_and_one_ended_figures_stay_in_the_table():
    rows = made_up_counts(
        value=[5.0, 6.0, None, None, 7.0, 8.0],
        low=[None, None, 3.0, None, None, None],
        high=[None, None, 9.0, 4.0, None, None],
        is_derived=[False, True, False, False, False, False],
        year_to=[2000, 2001, 2002, 2003, None, 2005],
    )
    (group,), more = areas_drawn(rows)
    assert list(group["count_id"]) == ["c0", "c2", "c5"]
    assert more == []


def test_two_series_with_one_name_are_told_apart(words):
    rows = made_up_counts(series_id=["a", "a", "b", None], series_name=["first", "first", "second", None])
    rows["is_joined"] = [True, True, False, False]
    made = joined_rows(words, rows)
    assert list(made["series_words"]) == ["count: first", "count: first", "count: second", "count"]
    assert list(made["joined"]) == [True, True, False, False]


@pytest.mark.parametrize(
    ("value", "low", "high", "qualifier", "written"),
    [
        (750, None, None, "at_least", "at least 750"),
        (None, 480, 540, "exact", "480–540"),
        (510, 480, 540, "exact", "510 (480–540)"),
        (None, None, 10, "at_most", "at most 10"),
        (0, None, None, "exact", "0"),
    ],
)
def test_a_figure_is_written_with_its_range_and_how_exact_it_is(words, value, low, high, qualifier, written):
    row = pd.Series({"value": value, "low": low, "high": high, "qualifier": qualifier}, dtype=object)
    assert figure_words(words, row) == written


def test_a_range_without_a_figure_has_no_point(pages):
    rows = charts(pages["amur_tiger"])["Russian Far East (whole tiger range): figures by year"].rows
    before_1940 = rows[rows["year_to"] == 1939].iloc[0]
    assert pd.isna(before_1940["value"])
    assert (before_1940["low"], before_1940["high"]) == (20, 30)


@pytest.mark.parametrize(
    ("species_id", "said", "sums"),
    [
        ("amur_tiger", "Russian Federation 49, China 26; 19 animals were recorded in both", ("75", "56")),
        ("amur_leopard", "Russian Federation 16, China 9; 2 animals were recorded in both", ("119", "25", "104")),
    ],
)
def test_national_counts_that_overlap_name_states_and_method_and_are_never_added(pages, species_id, said, sums):
    notices = [notice.text for notice in blocks_of(pages[species_id], Notice) if notice.kind == "caution"]
    text = next(text for text in notices if "never added" in text)
    assert said in text
    assert "By camera traps" in text or "By genetic analysis" in text
    assert not any(re.search(rf"\b{number}\b", text) for number in sums)


def test_zero_and_not_found_and_not_reported_are_kept_apart(pages):
    spoonbill = table(pages["black_faced_spoonbill"], "countries").rows.set_index("country_label")["newest_words"]
    assert spoonbill["Cambodia"].startswith("0 individuals")
    assert spoonbill["Japan"] == "716 individuals, Japan (2025)"
    crane = table(pages["white_naped_crane"], "countries").rows.set_index("country_label")["newest_words"]
    assert crane["Democratic People's Republic of Korea"] == "no figure on record"
    tiger = table(pages["amur_tiger"], "countries").rows.set_index("country_label")["newest_words"]
    assert tiger["Democratic People's Republic of Korea"] == "no figure on record"


def test_beside_a_state_stands_its_figure_with_area_and_year_and_no_number_of_rows(pages):
    rows = table(pages["snow_leopard"], "countries").rows[["country_label", "newest_words"]].to_numpy().tolist()
    assert ["Mongolia", "about 953 (806–1,127) individuals, Mongolia (2017–2021)"] in rows
    assert any(
        country == "China" and figure.startswith("about 1,002 individuals, Sanjiangyuan, Qinghai")
        for country, figure in rows
    )
    for made in pages.values():
        kinds = {column.name: column.kind for column in table(made, "countries").columns}
        assert "integer" not in kinds.values()


def test_a_status_quoted_by_another_body_is_not_called_confirmed(pages):
    rows = table(pages["amur_tiger"], "statuses").rows.set_index("scheme_words")
    red_list = rows[rows["category_words"] == "Endangered"].iloc[0]
    assert red_list["confirmed_words"] == "as quoted by another body"
    card = blocks_of(pages["amur_tiger"], Metric)[-1]
    assert (card.value, card.period) == ("Endangered", "2022, of the species Panthera tigris, as quoted")


def test_no_state_stands_for_all_in_the_answer_of_a_species(ask, words, pages):
    stands = ask("species_headlines")
    for species_id, made in pages.items():
        own = stands[stands["species_id"] == species_id]
        if (own["standing"] == "range").any():
            assert "World" in made.lead
            continue
        for row in own[(own["standing"] == "state") & (own["place_in_state"] == 1)].to_dict("records"):
            country = in_sentence(words, row["country_code"], row["country_name"])
            area = row["area_name"].partition(" (")[0]
            assert f"of {country} " in made.lead or f"{area} " in made.lead, (country, made.lead)
        shown = " ".join(block.text for block in blocks_of(made, Text))
        assert all(f"{country}: figures" in shown for country in own.loc[own["standing"] == "areas", "country_name"])


@pytest.mark.parametrize(
    ("species_id", "said"),
    [
        (
            "amur_leopard",
            "More since 2017: one area of China 42 to about 80 (2024), one area of the Russian Federation 84 to 129 "
            "(2023) (camera traps, same area). The lists share animals.",
        ),
        ("black_faced_spoonbill", "More since 2001: World 825 to 7,081 (2025) (synchronised census, same area)."),
        ("white_naped_crane", "World about 13,100 (2023), not comparable with 6,250–6,750 (2015)."),
    ],
)
def test_better_than_before_is_told_only_of_figures_counted_in_one_way(pages, species_id, said):
    assert pages[species_id].lead == said


def test_an_answer_has_at_most_thirty_words(pages):
    assert [made.lead for made in pages.values() if len(made.lead.split()) > 30] == []


def test_fewer_and_mixed_changes_are_told_as_such(words):
    def trend(place, first, last):
        return Trend(place, first, 2001, words.number(last), last, 2011, "ground count")

    assert change_sentence(words, [trend("the river", 42, 17)]).startswith("Fewer since 2001: the river 42 to 17")
    mixed = change_sentence(words, [trend("north", 10, 20), trend("south", 20, 10)])
    assert mixed == "Counted in one way: north 10 (2001) to 20 (2011), south 20 (2001) to 10 (2011) (ground count)."


def test_the_main_picture_marks_the_work_done_and_names_its_areas(pages):
    chart = next(block for block in pages["amur_leopard"].blocks if isinstance(block, Chart))
    assert ("Big cats 2020-2022") in [what for _, what in chart.events]
    assert set(chart.rows["series_words"]) == {
        "Land of the Leopard National Park",
        "Northeast China Tiger and Leopard National Park",
    }


def test_a_page_has_at_most_four_cards_and_six_tabs(pages):
    for made in pages.values():
        assert len(blocks_of(made, Metric)) <= 4
        (tabs,) = (block for block in made.blocks if isinstance(block, Tabs))
        assert len(tabs.tabs) <= 6 and all(tab.blocks for tab in tabs.tabs)


@pytest.mark.parametrize("species_id", ["amur_tiger", "amur_leopard", "snow_leopard"])
def test_the_severe_threats_of_the_paper_of_2024_are_those_of_each_big_cat(pages, species_id):
    rows = table(pages[species_id], "threats").rows
    paper = rows[(rows["document_id"] == "som_27_paper") & (rows["locator"] == "para. 2")]
    assert {"poaching", "loss of habitat", "conflict between people and wildlife"} <= set(paper["threat_words"])
    assert paper["what"].str.contains("severe", case=False).sum() >= 3
    assert set(paper["named_for"]) == {"big cats, this species among them"}
    assert not any("for this species: 0" in block.text for block in blocks_of(pages[species_id], Text))


def test_a_zero_is_told_as_a_figure(pages):
    texts = [block.text for block in blocks_of(pages["black_faced_spoonbill"], Text)]
    assert any("none found" in text and "Cambodia (2013)" in text for text in texts)


def test_figures_of_relatives_are_kept_apart_from_those_of_the_species(pages):
    made = pages["hooded_crane"]
    own, relatives = table(made, "demography").rows, table(made, "demography_relatives").rows
    assert not own["taxon_name"].str.contains("japonensis|americana|virgo").any()
    assert not relatives["taxon_name"].str.contains("Grus monacha").any()
    details = next(block for block in blocks_of(made, Details) if "related species" in block.title)
    assert any(isinstance(block, Notice) and block.kind == "caution" for block in details.blocks)


def test_sites_show_the_highest_protection_in_force(pages):
    rows = table(pages["amur_tiger"], "sites").rows.set_index("site_name")["level_words"]
    assert rows["Hunchun Nature Reserve"] == "national"
    assert rows["Land of the Leopard National Park"] == "national"


def test_a_threat_at_a_site_counts_only_for_species_that_use_the_site(ask):
    named = {
        species_id: set(ask("threats_named", species_id=species_id, site_id=None, country_code=None)["threat_id"])
        for species_id in ("amur_tiger", "white_naped_crane", "hooded_crane")
    }
    assert "sites_khurkh_no_measures" in named["white_naped_crane"]
    assert "sites_khurkh_no_measures" not in named["amur_tiger"]
    assert "sites_mongol_daguur_grazing" not in named["amur_tiger"]


def test_disagreements_about_the_species_are_listed_and_no_others(pages):
    titles = {species_id: [entry.title for entry in blocks_of(made, Entry)] for species_id, made in pages.items()}
    assert any("National counts of Amur tigers" in title for title in titles["amur_tiger"])
    assert not any("tiger" in title for title in titles["hooded_crane"])


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("species_id", SPECIES)
def test_every_species_has_a_page_at_every_date(ask, words, species_id, day):
    made = page(at(ask, day), words, SpeciesChoices(species_id))
    assert made.lead
    if day is not None:
        shown = ask.connection.execute(
            "select max(known_on) from documents where list_contains(?, document_id)", [list(made.marks)]
        ).fetchone()[0]
        assert shown is None or shown <= day


def test_a_trend_never_leaves_out_the_figure_it_stands_beside(pages):
    for made in pages.values():
        for metric in blocks_of(made, Metric):
            assert not metric.trend or metric.period.endswith(str(int(metric.trend[-1][0])))


def test_a_range_of_a_minimum_is_drawn_whole_and_told_as_a_minimum(pages):
    title = "Altai-Sayan (Russian Federation, key groups): figures by year"
    rows = charts(pages["snow_leopard"])[title].rows
    newest = rows[rows["year_to"] == 2022].iloc[0]
    assert (newest["mark"], newest["label"]) == ("exact", "at least 73–75")


def test_areas_with_a_series_come_first_and_small_ones_stay_in_the_table():
    many = made_up_counts(value=[float(number) for number in range(1, 10)])
    series = made_up_counts(value=[5.0, 6.0, 7.0], chart_area=["hills"] * 3, series_id=["s"] * 3)
    stands = made_up_counts(value=[5.0, 6.0], chart_area=["coast"] * 2, headline_order=[1, 1], series_id=["t"] * 2)
    small = made_up_counts(value=[5.0, 6.0], chart_area=["dunes"] * 2)
    none_found = made_up_counts(value=[0.0, 0.0, 0.0], chart_area=["moor"] * 3)
    large, more = areas_drawn(pd.concat([many, series, stands, small, none_found], ignore_index=True))
    assert [group["chart_area"].iloc[0] for group in large] == ["coast", "hills", "steppe"]
    assert more == []
