"""Movements and one country: figures by their values, honest words, what is not known."""

import re
from datetime import date

import pandas as pd
import pytest

from neaspec.blocks import Arrows, Chart, Linked, Map, Metric, Notice, Table, Tabs, Text, walk
from neaspec.data.database import current_version
from neaspec.data.queries import Ask
from neaspec.palette import make_palette
from neaspec.render.charts.plotly import make_figure
from neaspec.sections import movements
from neaspec.sections.delegation import page as country
from neaspec.sections.delegation.page import CountryChoices
from neaspec.sections.movement_parts import animals, months_of
from neaspec.sections.movements import MovementsChoices

MEMBERS = ["CHN", "JPN", "KOR", "MNG", "PRK", "RUS"]


def blocks_of(page, kind):
    return [block for block in walk(page.blocks) if isinstance(block, kind)]


def table(page, file_name):
    return next(block for block in blocks_of(page, Table) if block.file_name == file_name)


def test_the_joint_results_are_those_of_the_note(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    camera, genetic = "camera_trap", "genetic"
    found = {
        (row.species_name, method): (row.first_count, row.second_count, row.in_both, row.distinct_animals)
        for method in (camera, genetic)
        for row in table(page, f"joint_results_{method}").rows.itertuples()
    }
    assert found["Amur tiger", camera] == (49, 26, 19, 56)
    assert found["Amur leopard", camera] == (95, 24, 15, 104)
    assert found["Amur tiger", genetic][2] == 0
    assert pd.isna(found["Amur tiger", genetic][3])  # none in both: nothing is worked out
    assert found["Amur leopard", genetic][2] == 2


def test_none_recorded_in_both_is_drawn_as_zero(ask, words):
    page = movements.page(ask, words, MovementsChoices(species_id="amur_tiger"))
    bars = pd.concat(chart.rows for chart in blocks_of(page, Chart) if chart.kind == "bars")
    zero = bars[bars["mark"] == "zero"]
    assert list(zero["value"]) == [0]
    assert words("movements.in_both") in zero["category"].iloc[0]


def test_none_detected_is_said_in_words_and_never_as_a_number_of_animals(ask, words):
    page = movements.page(ask, words, MovementsChoices(species_id="amur_tiger", method="genetic"))
    assert set(table(page, "movements_chosen").rows["animals"]) == {"none detected by this method"}
    bars = [chart for chart in blocks_of(page, Chart) if chart.kind == "bars"]
    assert [len(chart.rows) for chart in bars] == [3]


def test_a_number_worked_out_names_its_condition(ask, words):
    page = movements.page(ask, words, MovementsChoices(species_id="amur_leopard"))
    camera = next(chart for chart in blocks_of(page, Chart) if 104 in set(chart.rows.get("value", [])))
    said = camera.rows.set_index("value").loc[104, "category"]
    assert "if all recorded on both sides are in both lists" in said


def test_the_same_animals_are_listed_once_between_two_states(ask, words):
    rows = table(movements.page(ask, words, MovementsChoices(method="camera_trap")), "movements").rows
    for species_name, number in (("Amur tiger", "19 animals"), ("Amur leopard", "15 animals")):
        same = rows[(rows["species_name"] == species_name) & (rows["animals"] == number)]
        assert same[["from_name", "to_name"]].to_numpy().tolist() == [["Russian Federation", "China"]]
        assert same["document_id"].tolist() == ["kremlin_migration_of_big_cats_discussed_in_2016 workshop_2016_note"]


def test_two_countries_are_never_summed(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    charts = [chart for chart in blocks_of(page, Chart) if chart.kind == "bars"]
    assert not {75, 119, 25} & {value for chart in charts for value in chart.rows["value"]}


def test_camera_traps_and_genetics_are_not_drawn_together(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    charts = [chart for chart in blocks_of(page, Chart) if chart.kind == "bars"]
    assert [len(chart.rows) for chart in charts] == [8, 7]


def test_the_joint_results_follow_the_choice_of_method_and_country(ask, words):
    def files(**choices):
        page = movements.page(ask, words, MovementsChoices(**choices))
        return {block.file_name for block in blocks_of(page, Table) if block.file_name.startswith("joint")}

    assert files(method="genetic") == {"joint_results_genetic"}
    assert files(country_code="MNG") == set()
    assert files(country_code="CHN") == {"joint_results_camera_trap", "joint_results_genetic"}


def test_the_axis_of_time_has_one_lane_a_species_and_all_dated_journeys(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    chart = next(chart for chart in blocks_of(page, Chart) if chart.kind == "timeline")
    found = ask("movements_found", species_id=None, country_code=None, method=None)
    dated = found[(found["movement_kind"] == "journey") & found["date_from"].notna()]
    assert set(chart.rows["movement_id"]) == set(dated["movement_id"])
    assert set(chart.rows[chart.roles["category"]]) == set(dated["species_name"])
    kuzya = chart.rows.set_index("movement_id").loc["tiger_kuzya_2014_out"]
    assert kuzya["told"] == "Kuzya · Jewish Autonomous Oblast to Taipinggou National Nature Reserve"


def test_a_year_alone_is_a_tick_and_a_day_the_sign_of_its_species(ask, words):
    page = movements.page(ask, words, MovementsChoices(species_id="white_naped_crane"))
    chart = next(chart for chart in blocks_of(page, Chart) if chart.kind == "timeline")
    figure = make_figure(chart, make_palette(ask("species_styles"), False), words)
    signs = {trace["marker"]["symbol"] for trace in figure["data"] if trace["type"] == "scatter"}
    assert signs == {"line-ns-open", "cross"}
    assert figure["layout"]["height"] <= 300


def test_the_sexes_that_do_not_add_up_are_told_and_not_charted(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    rows = table(page, "sexes").rows.set_index("species_name")
    assert rows.loc["Amur tiger", "sum_words"] == words("movements.adds_to", total=23, printed=19)
    assert rows.loc["Amur leopard", "sum_words"] == words("movements.adds_up")
    assert not any({"females", "males"} & set(chart.roles.values()) for chart in blocks_of(page, Chart))


def test_animals_recorded_on_both_sides_have_no_direction(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    drawn = next(layer for layer in blocks_of(page, Map)[0].layers if isinstance(layer, Arrows)).rows
    rows = table(page, "movements").rows
    both = words.term("movement_kind", "both_sides")
    assert 0 < int((~drawn["is_directed"]).sum()) <= int((rows["kind_words"] == both).sum())


def test_an_end_known_only_as_a_country_is_not_drawn_and_the_page_says_so(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    drawn = next(layer for layer in blocks_of(page, Map)[0].layers if isinstance(layer, Arrows)).rows
    found = ask("movements_found", species_id=None, country_code=None, method=None)
    only_country = (found["from_name"] == found["from_country_name"]) | (found["to_name"] == found["to_country_name"])
    assert not found.loc[only_country, ["from_latitude", "to_latitude"]].notna().all(axis=1).any()
    count = int(found[["from_latitude", "to_latitude"]].isna().any(axis=1).sum())
    assert count >= int(only_country.sum()) > 0
    assert len(drawn) <= len(found) - count
    assert drawn.notna()[["from_latitude", "from_longitude", "to_latitude", "to_longitude"]].all(axis=None)
    assert len(table(page, "movements").rows) == len(found)
    said = words("movements.not_drawn", count=count, total=len(found))
    assert said in [block.text for block in blocks_of(page, Text)]


def test_no_end_of_a_movement_is_finer_than_its_site_or_one_degree(real_connection):
    sql = """
        select count(*) from places
        where latitude <> round(latitude) or longitude <> round(longitude) or coordinate_precision_deg < 1
    """
    assert real_connection.cursor().execute(sql).fetchone() == (0,)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"animal_name": "Kuzya", "individuals": 1, "qualifier": "exact"}, "Kuzya"),
        ({"animal_name": None, "individuals": 19, "qualifier": "exact"}, "19 animals"),
        ({"animal_name": None, "individuals": 30, "qualifier": "at_least"}, "at least 30 animals"),
        ({"animal_name": None, "individuals": 1, "qualifier": "exact"}, "1 animal"),
        ({"animal_name": None, "individuals": None, "qualifier": "not_stated"}, "number not stated"),
    ],
)
def test_animals_are_named_or_counted_or_said_to_be_unknown(words, row, said):
    assert animals(words, type("Row", (), row)()) == said


def test_a_choice_without_movements_gives_a_sentence(ask, words):
    page = movements.page(ask, words, MovementsChoices(species_id="amur_tiger", country_code="JPN"))
    assert isinstance(page.blocks[0], Notice)
    assert page.lead == words("movements.lead_none")


@pytest.mark.parametrize("code", MEMBERS)
@pytest.mark.parametrize("day", [None, date(2020, 10, 13), date(2024, 12, 13)])
def test_every_member_has_a_page_at_every_date(real_connection, words, code, day):
    page = country.page(Ask(real_connection, day, current_version()), words, CountryChoices(code))
    assert len(page.blocks) == 2
    assert len(page.sources) == len(page.marks) > 0


def own_cards(ask, words, code):
    cards = blocks_of(country.page(ask, words, CountryChoices(code)), Metric)
    return {card.label: card for card in cards if card.species_id}


def test_one_river_does_not_stand_for_a_state(ask, words):
    assert own_cards(ask, words, "MNG")["White-naped crane"].lines == (
        ("Eastern Mongolia, all sites surveyed", "at least 234 · 2011"),
        ("Ulz River basin (270 km)", "17 pairs · 2011"),
    )


def test_no_figure_is_not_zero(ask, words):
    cards = own_cards(ask, words, "PRK")
    assert "Amur leopard" not in cards  # its presence is not known
    assert cards["Hooded crane"].lines == (("Democratic People's Republic of Korea", "present"),)
    assert dict(cards["Black-faced spoonbill"].lines) == {"Mundok Migratory Bird Reserve": "more than 30 · 2019"}


@pytest.mark.parametrize("code", MEMBERS)
def test_a_state_is_told_first_by_what_is_on_record_and_last_by_what_is_not(ask, words, code):
    made = country.page(ask, words, CountryChoices(code))
    assert not re.search(r"\b(no|not|none|without)\b", made.lead, re.IGNORECASE)
    tabs = blocks_of(made, Tabs)[0].tabs
    assert "gaps" not in [tab.key for tab in tabs[:-1]]


def test_species_without_a_figure_are_one_line_of_the_gaps(ask, words):
    rows = table(country.page(ask, words, CountryChoices("PRK")), "gaps").rows
    first = rows.iloc[0]
    assert first["what"].startswith("No figure for this country alone is on record for: Amur tiger, Amur leopard")
    assert not rows["what"].str.contains("No count of").any()


def test_shared_money_is_not_shown_as_the_money_of_a_state(ask, words):
    page = country.page(ask, words, CountryChoices("MNG"))
    text = " ".join(str(cell) for block in blocks_of(page, Table) for cell in block.rows.to_numpy().ravel())
    assert "337081" not in text
    assert "337,081" not in text
    assert "amount" not in {column.name for block in blocks_of(page, Table) for column in block.columns}


def test_mongolia_shows_its_coverage_calculated_and_reported(ask, words):
    cards = blocks_of(country.page(ask, words, CountryChoices("MNG")), Metric)
    land = next(card for card in cards if card.label == "Land protected")
    assert dict(land.lines) == {"Reported": "17.4 %", "Calculated": "19.8 %"}


def test_the_answer_names_the_pair_the_years_and_the_animals_on_both_sides(ask, words):
    choices = MovementsChoices(species_id="amur_tiger", country_code="CHN", other_code="RUS")
    assert movements.page(ask, words, choices).lead == (
        "Amur tiger: 10 journeys on record between China and the Russian Federation, 2013–2018. "
        "19 animals were recorded on both sides in 2014–2016 (camera traps)."
    )
    stated = movements.page(ask, words, MovementsChoices(species_id="amur_tiger", country_code="PRK"))
    assert "1 record between" in stated.lead


def test_the_list_has_every_record_and_the_map_those_with_two_places(ask, words):
    page = movements.page(ask, words, MovementsChoices(species_id="amur_tiger"))
    (linked,) = (block for block in page.blocks if isinstance(block, Linked))
    found = ask("movements_found", species_id="amur_tiger", country_code=None, method=None)
    assert {item.id for item in linked.items} == set(found["movement_id"])
    drawn = set(linked.picture.layers[0].rows["id"])
    assert {item.id for item in linked.items if item.sign != "–"} == drawn
    panel = next(item for item in linked.items if item.id == "tiger_kuzya_2014_out").blocks[0]
    assert dict(panel.facts)["To"] == "Taipinggou National Nature Reserve"
    assert dict(panel.facts)["When"] == "October 2014"
    not_drawn = next(item for item in linked.items if item.id == "tiger_visits_2014").blocks[0]
    assert "only the State is stated" in dict(not_drawn.facts)["On the map"]


def test_a_month_keeps_the_movements_of_that_month_and_counts_those_without_one(ask, words):
    page = movements.page(ask, words, MovementsChoices(species_id="white_naped_crane", month="10"))
    (linked,) = (block for block in page.blocks if isinstance(block, Linked))
    assert "wnc_ko1_2016_autumn" in {item.id for item in linked.items}
    assert "wnc_ko1_2017_spring" not in {item.id for item in linked.items}
    assert any("state no month" in block.text for block in blocks_of(page, Text))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2014-10", "2014-12-03", "10 11 12"),
        ("2022-11", "2023-01", "11 12 1"),
        ("2014", "2014-03", ""),
        ("2013", "2016", ""),
        ("2017-06", "2020-07", "6 7 8 9 10 11 12 1 2 3 4 5"),
        (None, "2016-10", "10"),
    ],
)
def test_months_are_those_a_date_states(start, end, months):
    assert months_of(start, end) == months


def test_a_country_page_names_states_and_not_codes(ask, words):
    rows = table(country.page(ask, words, CountryChoices("PRK")), "projects").rows
    assert words("country.all_members") not in set(rows["shared_with"])  # only an unconfirmed statement says so
    assert any("Democratic People's Republic of Korea" in names for names in rows["shared_with"])
    assert not any("PRK" in names or "CHN" in names for names in rows["shared_with"])
