"""Movements and one country: figures by their values, honest words, what is not known."""

from datetime import date

import pytest

from neaspec.blocks import Arrows, Chart, Map, Notice, Table, walk
from neaspec.queries import Ask
from neaspec.sections import country, movements
from neaspec.sections.country import CountryChoices
from neaspec.sections.movements import MovementsChoices, animals

MEMBERS = ["CHN", "JPN", "KOR", "MNG", "PRK", "RUS"]


def blocks_of(page, kind):
    return [block for block in walk(page.blocks) if isinstance(block, kind)]


def table(page, file_name):
    return next(block for block in blocks_of(page, Table) if block.file_name == file_name)


def test_the_joint_results_are_those_of_the_note(ask, words):
    rows = table(movements.page(ask, words, MovementsChoices()), "joint_results").rows
    found = {
        (row.species_name, row.method_words): (row.first_count, row.second_count, row.in_both, row.distinct_animals)
        for row in rows.itertuples()
    }
    camera, genetic = words.term("method", "camera_trap"), words.term("method", "genetic")
    assert found["Amur tiger", camera] == (49, 26, 19, 56)
    assert found["Amur leopard", camera] == (95, 24, 15, 104)
    assert found["Amur tiger", genetic][2] == 0
    assert found["Amur leopard", genetic][2] == 2


def test_none_recorded_in_both_is_drawn_as_zero(ask, words):
    page = movements.page(ask, words, MovementsChoices(species_id="amur_tiger"))
    bars = next(chart for chart in blocks_of(page, Chart) if chart.kind == "bars").rows
    zero = bars[bars["mark"] == "zero"]
    assert list(zero["value"]) == [0]
    assert words("movements.in_both") in zero["category"].iloc[0]


def test_two_countries_are_never_summed(ask, words):
    page = movements.page(ask, words, MovementsChoices())
    bars = next(chart for chart in blocks_of(page, Chart) if chart.kind == "bars").rows
    assert not {75, 119} & set(bars["value"])


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
    assert int(drawn["is_directed"].sum()) < len(drawn)
    assert len(rows) >= len(drawn)


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
    page = country.page(Ask(real_connection, day), words, CountryChoices(code))
    assert len(page.blocks) >= 15
    assert len(page.sources) == len(page.marks) > 0


def test_no_figure_is_not_zero(ask, words):
    rows = table(country.page(ask, words, CountryChoices("PRK")), "species").rows.set_index("species_name")
    assert rows.loc["Amur leopard", "finding_words"] == words("country.finding_not_reported")
    assert rows.loc["Amur leopard", "figures"] == 0
    assert rows.loc["Black-faced spoonbill", "finding_words"] == words("country.finding_counted")


def test_shared_money_is_not_shown_as_the_money_of_a_state(ask, words):
    page = country.page(ask, words, CountryChoices("MNG"))
    text = " ".join(str(cell) for block in blocks_of(page, Table) for cell in block.rows.to_numpy().ravel())
    assert "337081" not in text
    assert "337,081" not in text
    assert "amount" not in {column.name for block in blocks_of(page, Table) for column in block.columns}


def test_an_ask_that_is_done_does_not_wait(ask, words):
    rows = table(country.page(ask, words, CountryChoices("JPN")), "asks").rows
    assert "som_27_spoonbill_plan" not in set(ask("issues_asked", meeting_id=None, country_code="JPN", ask_kind=None)
                                              .query("state != 'done'")["issue_id"])  # fmt: skip
    assert words.term("status", "done") not in set(rows["state_words"])


def test_mongolia_shows_its_coverage_computed_and_reported(ask, words):
    page = country.page(ask, words, CountryChoices("MNG"))
    pairs = next(chart for chart in blocks_of(page, Chart) if chart.kind == "pairs").rows
    assert (19.82, 17.4) in list(zip(pairs["percent_computed"], pairs["percent_reported"], strict=True))
