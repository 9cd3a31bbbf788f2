"""Papers that hold on their pages: the fullest selection that fits, counted on the set pages, never by smaller type."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib import import_module

from neaspec.blocks import Page
from neaspec.briefs.documents import make_document
from neaspec.data.queries import Ask
from neaspec.render.document import Document
from neaspec.sections.briefs.choices import MOST_PAGES, BriefsChoices, front_length
from neaspec.sections.briefs.draft import Cut, Draft, page_of, stages
from neaspec.sections.briefs.page import draft_of
from neaspec.text import Words


def paper_document(of: Ask, words: Words, choices: BriefsChoices, as_known: str = "") -> Document:
    """Return a paper as a document whose front has no more pages than its length says.

    Raises:
        AddressError: if a choice is unknown.
        OutputError: if it cannot be set.
    """
    draft = draft_of(of, words, choices)
    front = fitted(of, words, choices, draft, as_known)
    if choices.length != "full":
        return front[0]
    page, annex_from = page_of(of, words, draft, front[1], is_full=True)
    return replace(_document(of, words, choices, draft, page, as_known), annex_from=annex_from)


def front_document(of: Ask, words: Words, choices: BriefsChoices, as_known: str = "") -> Document:
    """Return the front of a paper, without its annex: what its first page shows.

    Raises:
        AddressError: if a choice is unknown.
        OutputError: if it cannot be set.
    """
    return fitted(of, words, choices, draft_of(of, words, choices), as_known)[0]


def fitted(of: Ask, words: Words, choices: BriefsChoices, draft: Draft, as_known: str) -> tuple[Document, Cut]:
    """Return the fullest front of a paper that fits its pages, and what was selected for it."""
    length = front_length(choices)
    # by name: the typesetter is loaded only where a paper is set
    count: Callable[[Document], int] = import_module("neaspec.render.pdf.render").page_count

    def document_of(cut: Cut) -> Document:
        page, _ = page_of(of, words, draft, cut, is_full=False)
        if choices.length == "full":  # its sources are listed after the annex
            page = replace(page, sources=page.sources.head(0))
        return _document(of, words, choices, draft, page, as_known)

    def fits(cut: Cut) -> bool:
        return count(document_of(cut)) <= MOST_PAGES[length]

    cut = first_that_fits(stages(draft, length), fits)
    return document_of(cut), cut


def first_that_fits(every_stage: Iterable[Sequence[Cut]], fits: Callable[[Cut], bool]) -> Cut:
    """Return the first selection that fits, by halving each stage whose barest selection does; at worst the barest."""
    last = None
    for selections in every_stage:
        if fits(selections[0]):
            return selections[0]
        last = selections[-1]
        if len(selections) > 1 and fits(last):
            low, high = 0, len(selections) - 1
            while low + 1 < high:
                middle = (low + high) // 2
                low, high = (low, middle) if fits(selections[middle]) else (middle, high)
            return selections[high]
    if last is None:
        raise ValueError("a paper has at least one stage")
    return last


def _document(of: Ask, words: Words, choices: BriefsChoices, draft: Draft, page: Page, as_known: str) -> Document:
    document = make_document(of, words, "briefs", choices, page, as_known)
    position = words("take.position") if draft.has_position else ""
    # what holds for its maps stands under each of them
    return replace(document, notes=(), most_pages=MOST_PAGES[front_length(choices)], position=position)
