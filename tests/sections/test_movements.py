"""Movements and one country: figures by their values, honest words, what is not known."""

import re
from datetime import date

import pandas as pd
import pytest

from neaspec.blocks import Arrows, Chart, Map, Metric, Notice, Table, Tabs, Text, walk
from neaspec.data.database import current_version
from neaspec.data.queries import Ask
from neaspec.sections import movements
from neaspec.sections.delegation import page as country
from neaspec.sections.delegation.page import CountryChoices
from neaspec.sections.movements import MovementsChoices, animals

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
    assert set(table(page, "movements").rows["animals"]) == {"none detected by this method"}
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


def test_the_time_line_shows_single_animals_and_the_table_all(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    drawn = next(chart for chart in blocks_of(page, Chart) if chart.kind == "timeline").rows
    assert not set(drawn["individuals"].dropna()) - {1}
    assert "at least 30 animals" in set(table(page, "movements").rows["animals"])
    assert "at least 30 animals" not in set(drawn["animals"])


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
    )  # fmt: skip


def test_no_figure_is_not_zero(ask, words):
    cards = own_cards(ask, words, "PRK")
    assert "Amur leopard" not in cards  # its presence is not known
    assert cards["Hooded crane"].value == "present"
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


def test_unnamed_animals_do_not_look_like_one_animal(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    drawn = next(chart for chart in blocks_of(page, Chart) if chart.kind == "timeline").rows
    unnamed = drawn[drawn["animal_name"].isna()]
    assert not unnamed.empty
    assert all(words("movements.unnamed") in name for name in unnamed["name"])


def test_a_country_page_names_states_and_not_codes(ask, words):
    rows = table(country.page(ask, words, CountryChoices("PRK")), "projects").rows
    assert words("country.all_members") not in set(rows["shared_with"])  # only an unconfirmed statement says so
    assert any("Democratic People's Republic of Korea" in names for names in rows["shared_with"])
    assert not any("PRK" in names or "CHN" in names for names in rows["shared_with"])
