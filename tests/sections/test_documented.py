"""What documents tell beside figures is on a page: components, events, further statements; each on one page."""

from datetime import date

import pytest

from neaspec.blocks import Details, Entry, Page, Table, walk
from neaspec.data.database import current_version
from neaspec.data.queries import Ask
from neaspec.sections.cooperation import page as cooperation
from neaspec.sections.cooperation.page import CooperationChoices
from neaspec.sections.documented import fact_figure
from neaspec.sections.projects import page as projects
from neaspec.sections.projects.page import ProjectsChoices
from neaspec.sections.sites import page as sites
from neaspec.sections.sites.page import SitesChoices
from neaspec.sections.species import page as species
from neaspec.sections.species.page import SpeciesChoices


@pytest.fixture(scope="module")
def projects_page(ask, words) -> Page:
    return projects.page(ask, words, ProjectsChoices())


@pytest.fixture(scope="module")
def cooperation_page(ask, words) -> Page:
    return cooperation.page(ask, words, CooperationChoices())


def tables(page: Page, file_name: str) -> list[Table]:
    return [block for block in walk(page.blocks) if isinstance(block, Table) and block.file_name == file_name]


def column(page: Page, file_name: str, name: str) -> list[str]:
    return [cell for table in tables(page, file_name) for cell in table.rows[name]]


def test_each_component_has_its_title_objective_target_areas_and_species(projects_page, words):
    entries = [b for b in walk(projects_page.blocks) if isinstance(b, Entry) and b.title.startswith("Component ")]
    told = [(entry.title.split(":")[0], dict(entry.facts)) for entry in entries]
    labels = [words.column(column) for column in ("objective", "target_areas", "species")]
    assert [name for name, _ in told] == ["Component 1", "Component 2", "Component 3"]
    assert all(list(facts) == labels for _, facts in told)
    assert [facts[labels[1]] for _, facts in told] == [
        "TLNP and LLNP",
        "Lesser Khingan Mountains",
        "Chikhachev ridge and Eastern Sayan ridge",
    ]
    assert [facts[labels[2]] for _, facts in told] == ["Amur leopard; Amur tiger", "Amur tiger", "Snow leopard"]
    assert "“Land of Big Cats”" in told[0][1][labels[0]]
    assert "new national park in the Russian Federation" in told[1][1][labels[0]]
    assert "modern methodologies" in told[2][1][labels[0]]
    assert all(entry.document_ids == ("som_24_paper",) for entry in entries)


def test_every_event_is_on_projects_or_on_cooperation(ask, projects_page, cooperation_page):
    events = ask("events_stated", project_id=None)
    of_projects, others = (column(page, "events", "what") for page in (projects_page, cooperation_page))
    assert sorted(of_projects + others) == sorted(events["what"])
    assert sorted(others) == sorted(events.loc[events["project_id"].isna(), "what"])


def test_every_further_statement_is_on_one_page(ask, words, projects_page, cooperation_page):
    told = ask(
        "facts_stated",
        subject_tables=["projects", "components", "programme", "meetings", "frameworks", "species", "sites"],
    )
    shown = [*column(projects_page, "further_statements", "what")]
    shown += column(cooperation_page, "further_statements", "what")
    for key in told.loc[told["subject_table"] == "species", "subject_id"].unique():
        shown += column(species.page(ask, words, SpeciesChoices(key)), "further_statements", "what")
    for key in told.loc[told["subject_table"] == "sites", "subject_id"].unique():
        shown += column(sites.page(ask, words, SitesChoices(site_id=key)), "site_facts", "what")
    assert sorted(shown) == sorted(told["what"])


def test_a_project_shows_its_own_events_and_statements_only(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="big_cats_evaluation_2023"))
    titles = [block.title for block in walk(page.blocks) if isinstance(block, Details)]
    assert not [title for title in titles if title.startswith(("What each component", "Events:"))]
    assert len(tables(page, "further_statements")) == 1
    assert set(tables(page, "further_statements")[0].rows["document_id"]) == {"som_27_paper"}


def test_what_a_later_document_tells_is_not_known_earlier(real_connection, words):
    page = projects.page(Ask(real_connection, date(2020, 10, 13), current_version()), words, ProjectsChoices())
    documents = set(column(page, "events", "document_id")) | set(column(page, "further_statements", "document_id"))
    assert "som_24_paper" in documents
    assert not documents & {"som_27_paper", "workshop_2021_note"}


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(61.0, "participants", "61 participants"), (2007.0, "year", "2007"), (1198.0, None, "1,198"), (None, "year", "")],
)
def test_a_figure_is_written_with_its_unit(words, value, unit, written):
    assert fact_figure(words, value, unit) == written
