"""Every table has an address; asked again it gives the same rows."""

import csv
import io

import pytest

from neaspec.data.queries import Ask
from neaspec.errors import AddressError
from neaspec.sections.home.page import OverviewChoices
from neaspec.sections.projects.page import ProjectsChoices
from neaspec.sections.sources.page import SourcesChoices
from neaspec.sections.species.page import SpeciesChoices
from neaspec.urls import choices_from, find_table, named_tables, table_address
from neaspec.web.page_cache import composed_page, newest_ask, table_file
from tests.support import demo_page as demo


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_an_address_says_page_choices_meeting_and_name() -> None:
    choices = ProjectsChoices(project_id="big_cats_2020")
    assert table_address("projects", choices, "", "budgets") == "/table/projects/budgets.csv?project_id=big_cats_2020"
    assert (
        table_address("species", SpeciesChoices(), "som_24", "counts")
        == "/table/species/counts.csv?species_id=amur_tiger&as_known=som_24"
    )
    assert table_address("overview", OverviewChoices(), "", "map") == "/table/overview/map.csv"


@pytest.mark.parametrize(
    ("page", "choices"),
    [
        ("species", SpeciesChoices(species_id="hooded_crane")),
        ("projects", ProjectsChoices(country_code="MNG")),
        ("sources", SourcesChoices(part="statements", search="tiger & <b>")),
    ],
)
def test_the_choices_come_back_from_their_address(page: str, choices: object) -> None:
    from urllib.parse import parse_qsl, urlsplit

    asked = dict(parse_qsl(urlsplit(table_address(page, choices, "som_25", "x")).query))
    assert choices_from(page, asked) == choices
    assert asked["as_known"] == "som_25"


def test_a_name_that_comes_twice_gets_a_number_and_every_table_is_found() -> None:
    page = demo.demo_page()
    named = named_tables(page)
    assert len(set(map(id, named.values()))) == len(named)
    for name, table in named.items():
        assert find_table(page, f"{name}.csv") is table


def test_every_table_of_a_page_can_be_asked_for_and_has_its_rows() -> None:
    of = newest_ask()
    page = composed_page("species", SpeciesChoices(species_id="amur_leopard"), of)
    for name, table in named_tables(page).items():
        rows = rows_of(table_file("species", f"{name}.csv", {"species_id": "amur_leopard"}))
        assert len(rows) == len(table.rows) + 1
        assert len(rows[0]) == len(table.columns)


def test_a_table_is_given_as_known_at_a_meeting() -> None:
    of = newest_ask()
    day = of.soms()["som_24"]
    then = composed_page("projects", ProjectsChoices(), Ask(of.connection, day, of.version))
    name, table = next(iter(named_tables(then).items()))
    assert len(rows_of(table_file("projects", f"{name}.csv", {"as_known": "som_24"}))) == len(table.rows) + 1
    now = rows_of(table_file("projects", f"{name}.csv", {}))
    assert now != rows_of(table_file("projects", f"{name}.csv", {"as_known": "som_24"}))


@pytest.mark.parametrize(
    ("page", "file", "given", "said"),
    [
        ("nothing", "a.csv", {}, "no page 'nothing'"),
        ("../tables", "a.csv", {}, "no page"),
        ("sites_map", "a.csv", {}, "no page"),
        ("species", "zzz.csv", {}, "no table 'zzz.csv'; it has ["),
        ("species", "counts", {}, "no table 'counts'"),
        ("species", "counts.csv", {"colour": "red"}, "no choice ['colour']"),
        ("species", "counts.csv", {"as_known": "som_3"}, "'som_3'"),
        ("species", "counts.csv", {"species_id": "unicorn"}, "'unicorn'; there are amur_leopard"),
        ("country", "counts.csv", {"country_code": "ATL"}, "'ATL'"),
    ],
)
def test_what_there_is_not_is_said(page: str, file: str, given: dict[str, str], said: str) -> None:
    with pytest.raises(AddressError, match=r".*") as problem:
        table_file(page, file, given)
    assert said in str(problem.value)
