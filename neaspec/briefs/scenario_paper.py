"""The paper of scenarios: two pages that hold by choosing, from the same blocks as the page."""

import dataclasses
from collections.abc import Iterator
from importlib import import_module

from neaspec.blocks import Block, Chart, Notice, Page, Table, Text
from neaspec.briefs.documents import make_document
from neaspec.briefs.formats import FORMATS
from neaspec.data.queries import Ask
from neaspec.errors import OutputError
from neaspec.render.document import Document
from neaspec.scenarios.case_file import case_toml
from neaspec.scenarios.files import runs_csv
from neaspec.scenarios.outcome import Outcome, outcome_of, run_ends
from neaspec.scenarios.refusals import refusals
from neaspec.sections.common import compose
from neaspec.sections.scenarios import parts
from neaspec.sections.scenarios import sentences as say
from neaspec.sections.scenarios.choices import ScenariosChoices
from neaspec.sections.scenarios.evidence import given_bands
from neaspec.sections.scenarios.page import Known, asked_case, known_of, stated_case
from neaspec.sections.scenarios.pictures import fan_chart, tornado_chart
from neaspec.text import Words

MOST_PAGES = 2
PAPERS = ("pdf", "docx")  # formats whose pages are counted
SLIDES = "pptx"  # has what the paper has, without long tables; the workbook and the file have all there is
YEARS_ON_SLIDE = 10  # of a table of years, one in so many


def scenario_document(of: Ask, words: Words, choices: ScenariosChoices, as_known: str = "") -> Document | None:
    """Return the paper of the choices of the page; None where they cannot be run."""
    case = asked_case(of, choices)
    if case is None or refusals(case):
        return None
    outcome = outcome_of(case)
    document = make_document(of, words, "scenarios", choices, _page(of, words, outcome, 0), as_known)
    return _fitted(of, words, outcome, document)


def scenario_slides(of: Ask, words: Words, choices: ScenariosChoices, as_known: str = "") -> Document | None:
    """Return the slides of the choices of the page; None where they cannot be run."""
    case = asked_case(of, choices)
    if case is None or refusals(case):
        return None
    page = _page(of, words, outcome_of(case), 0)
    thinned = [_thinned(block) if isinstance(block, Chart) else block for block in page.blocks]
    document = make_document(
        of, words, "scenarios", choices, dataclasses.replace(page, blocks=tuple(thinned)), as_known
    )
    return dataclasses.replace(document, kind=words.text("scenarios.paper_kind"))


def _thinned(chart: Chart) -> Chart:
    """Return a chart whose table has one in so many years."""
    rows = chart.table.rows
    if "year" not in rows:
        return chart
    kept = rows[rows["year"] % YEARS_ON_SLIDE == 0].reset_index(drop=True)
    return dataclasses.replace(chart, table=dataclasses.replace(chart.table, rows=kept))


def runs_file(of: Ask, choices: ScenariosChoices) -> bytes | None:
    """Return all runs of a case as a table: birds of the last year in each future, what is left, inputs; or None."""
    case = asked_case(of, choices)
    if case is None or refusals(case):
        return None
    return runs_csv(run_ends(case))


def case_file(of: Ask, choices: ScenariosChoices) -> bytes | None:
    """Return a case as a file that the command line runs to the same results; or None."""
    case = asked_case(of, choices)
    if case is None or refusals(case):
        return None
    day = of.as_known_on
    known = f"inputs as known on {day.isoformat()}: run with --as-known and that meeting" if day else ""
    notes = ("python -m neaspec.scenarios FILE.toml --out DIR", f"data version {of.version}", known)
    return case_toml(case, tuple(note for note in notes if note))


def scenario_pdf(of: Ask, words: Words, outcome: Outcome, file_name: str) -> bytes:
    """Return the paper of a case that a file asks for, as PDF.

    Raises:
        OutputError: if it cannot be made.
    """
    page = _page(of, words, outcome, 0)
    document = make_document(of, words, "scenarios", ScenariosChoices(), page)
    known = known_of(of, outcome.case)
    choices = (*stated_case(words, outcome.case, known), (words.text("scenarios.stated_file"), file_name))
    return FORMATS["pdf"].make(_fitted(of, words, outcome, dataclasses.replace(document, choices=choices)))


def _fitted(of: Ask, words: Words, outcome: Outcome, document: Document) -> Document:
    """Return the fullest document that holds on its pages.

    Raises:
        OutputError: if not even the barest does.
    """
    # by name: the typesetter is loaded only where a paper is set
    count = import_module("neaspec.render.pdf.render").page_count
    for level in range(len(_DROPPED) + 1):
        paper = dataclasses.replace(
            document,
            page=_page(of, words, outcome, level),
            kind=words.text("scenarios.paper_kind"),
            most_pages=MOST_PAGES,
            notes=(),
        )
        if count(paper) <= MOST_PAGES:
            return paper
    raise OutputError(words.text("scenarios.paper_too_long"))


_DROPPED = ("rank", "growth", "tornado", "inputs")  # what the paper leaves out first


def _page(of: Ask, words: Words, outcome: Outcome, level: int) -> Page:
    known = known_of(of, outcome.case)
    lead = say.left_sentence(words, outcome, say.birds_of(words, outcome.case.population.key, known.name))
    title = words("scenarios.paper_title", species=known.name)
    return compose(of, "scenarios", title, lead, list(_blocks(of, words, outcome, known, frozenset(_DROPPED[:level]))))


def _blocks(of: Ask, words: Words, outcome: Outcome, known: Known, dropped: frozenset[str]) -> Iterator[Block]:
    """Give what the paper has: what it rests on first, futures, results, what matters, inputs."""
    rests = say.rests_sentence(words, outcome.case.population, known.growth)
    yield Notice(text=words.sentences(words.text("scenarios.not_a_forecast"), rests), kind="information")
    yield _without_rows(fan_chart(words, outcome, ()))
    yield Text(text=words.sentences(say.depends_sentence(words, outcome), say.left_out_sentence(words, outcome)))
    yield parts.left_table(words, outcome)
    yield parts.chances_table(words, outcome)
    yield Text(text=words.text("scenarios.chances_caution"), style="note")
    if "tornado" not in dropped:
        chart = tornado_chart(words, outcome.bars["growth"], "growth", {})
        if chart is not None:
            yield _without_rows(chart)
    if "growth" not in dropped:
        yield parts.growth_table(words, outcome.case.population, known.growth)
    if "inputs" not in dropped:
        listed = parts.inputs(of, words, outcome, known.rows, known.growth)
        yield next(block for block in listed if isinstance(block, Table))
    yield from given_bands(of, words, outcome.case.scenarios)
    if "rank" not in dropped:
        yield Text(text=words.text("scenarios.left_note"), style="note")


def _without_rows(chart: Chart) -> Chart:
    """Return a chart whose rows name no documents: on counted pages they are not shown."""
    table: Table = chart.table
    kept = tuple(column for column in table.columns if column.kind not in ("documents", "caveats"))
    return dataclasses.replace(chart, table=dataclasses.replace(table, columns=kept), caveat_ids=())
