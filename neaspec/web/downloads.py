"""What is taken away from the running app: files, presentations and packs, each made once for the same data."""

import importlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from neaspec.briefs.choices import OF_BRIEFS, stated_choices
from neaspec.briefs.documents import file_stem, make_document
from neaspec.briefs.formats import FORMATS, format_of
from neaspec.briefs.pack import make_pack, pack_name
from neaspec.briefs.papers import front_document, paper_document
from neaspec.briefs.presented import presented_page
from neaspec.briefs.scenario_paper import PAPERS, SLIDES, case_file, runs_file, scenario_document, scenario_slides
from neaspec.briefs.stories import STORY, edited_story, story_address, story_choices
from neaspec.data.cache import SharedCache
from neaspec.data.queries import Ask
from neaspec.edition import current_edition, in_reading
from neaspec.errors import AddressError
from neaspec.languages import language_asked
from neaspec.render.document import Document
from neaspec.render.screen.tools import Offer
from neaspec.slides import Story
from neaspec.text import load_words
from neaspec.urls import (
    AS_KNOWN,
    PRESENT,
    choices_from,
    choices_shown,
    chosen,
    file_address,
    screen_address,
)
from neaspec.web.page_cache import asked, composed_page, newest_seen, palette_of, words
from neaspec.web.served import PREVIEW
from neaspec.web.work_queue import Job, WorkQueue

FILES: SharedCache[bytes] = SharedCache(96_000_000, len)
PACKS: SharedCache[bytes] = SharedCache(190_000_000, len)  # about three: meetings asked for in turn are not made anew
FILE_QUEUE, PACK_QUEUE = WorkQueue.named("files"), WorkQueue.named("packs")
BRIEF_OF = {
    "overview": "som",
    "changes": "som",
    "country": "country",
    "species": "species",
    "sites": "site",
}  # page -> kind of brief
PACK, PACK_FORM = "pack", "zip"
SCENARIOS = "scenarios"
# What a case has beside the formats all pages have: form -> what makes it, its media type, its name.
CASE_FORMS: Mapping[str, tuple[Callable[[Ask, Any], bytes | None], str, str]] = {
    "csv": (runs_file, "text/csv", "neaspec-scenarios-runs.csv"),
    "toml": (case_file, "application/toml", "neaspec-scenarios.toml"),
}
STORY_FORMS = ("html", "pptx")
PREVIEW_DPI = 110  # a page is shown some 700 pixels wide, sharp on most screens


@dataclass(frozen=True)
class DownloadFile:
    """A file to keep."""

    data: bytes
    media_type: str
    file_name: str


@dataclass(frozen=True)
class Order:
    """A file that is asked for.

    queue: in which it is made. key: what equal ones have in common. kept: the file, if it was made before. make: makes
    it and says what could not be made: path -> reason.
    """

    queue: WorkQueue
    key: Hashable
    kept: bytes | None
    make: Callable[[Job[Any]], tuple[bytes, dict[str, str]]]
    media_type: str
    file_name: str = ""

    def now(self) -> bytes:
        """Return the file, made here if it is not kept."""
        return self.kept if self.kept is not None else self.make(Job(self.key, self.make))[0]


def order_of(page_name: str, form: str, given: Mapping[str, str]) -> Order:
    """Return how a page, a brief or a pack becomes a file; nothing costly is done.

    Raises:
        AddressError: if there is no such page, choice, meeting or format.
    """
    of, as_known = asked(given), given.get(AS_KNOWN, "")
    if (page_name, form) == (PACK, PACK_FORM):
        return pack_order(of, as_known, language_asked(given))
    if page_name == STORY:
        return story_order(form, given)
    if page_name == SCENARIOS and form in CASE_FORMS:
        return case_order(of, choices_from(page_name, given), form)
    file_format, choices = format_of(form), choices_from(page_name, given)
    language, edition = language_asked(given), current_edition()
    key = (of.version, language, edition, page_name, choices, as_known, form)

    def render(_job: Job[Any]) -> tuple[bytes, dict[str, str]]:
        with in_reading(language, edition):  # the work is done in a thread of the queue
            return (
                FILES.get_or_make(key, lambda: file_format.make(document(page_name, choices, of, as_known, form))),
                {},
            )

    file_name = f"{file_stem(page_name, choices, as_known)}.{form}"
    return Order(FILE_QUEUE, key, FILES.get(key), render, file_format.media_type, file_name)


def preview_of(page_name: str, given: Mapping[str, str]) -> Order:
    """Return how the first page of a paper becomes a picture; nothing costly is done.

    Raises:
        AddressError: if there is no such paper, choice or meeting.
    """
    if page_name != "briefs":
        raise AddressError(f"there is no preview of {page_name!r}")
    of, as_known, choices = asked(given), given.get(AS_KNOWN, ""), choices_from(page_name, given)
    stated_choices(of.today(), words(), page_name, choices)
    language, edition = language_asked(given), current_edition()
    key = (of.version, language, edition, page_name, choices, as_known, PREVIEW)

    def render(_job: Job[Any]) -> tuple[bytes, dict[str, str]]:
        # by name: most visitors take nothing away
        make = importlib.import_module("neaspec.render.pdf.render").first_page_png
        with in_reading(language, edition):
            return FILES.get_or_make(key, lambda: make(front_document(of, words(), choices, as_known), PREVIEW_DPI)), {}

    return Order(FILE_QUEUE, key, FILES.get(key), render, "image/png", "preview.png")


def presentation_of(page_name: str, query: Mapping[str, str]) -> Order:
    """Return how the presentation of a page is made from its address in the browser; nothing costly is done.

    Raises:
        AddressError: if there is no such page, choice or meeting.
    """
    if page_name == "briefs" and STORY in query:
        return story_order(PRESENT, query)
    choices, of, as_known = choices_shown(page_name, query), asked(query), query.get(AS_KNOWN, "")
    stated_choices(of.today(), words(), page_name, choices)
    language, edition = language_asked(query), current_edition()
    key = (of.version, language, edition, page_name, choices, as_known, PRESENT)
    leave = screen_address(page_name, choices, as_known)

    def render(_job: Job[Any]) -> tuple[bytes, dict[str, str]]:
        def make() -> bytes:
            return story_bytes(presented_page(composed_page(page_name, choices, of)), of, PRESENT, leave)

        with in_reading(language, edition):
            return FILES.get_or_make(key, make), {}

    return Order(FILE_QUEUE, key, FILES.get(key), render, "text/html")


def story_order(form: str, given: Mapping[str, str]) -> Order:
    """Return how a story is made: shown (PRESENT), or as an HTML file or a PowerPoint file; nothing costly is done.

    Raises:
        AddressError: if there is no such story, slide, meeting or format.
    """
    of, as_known, choices = asked(given), given.get(AS_KNOWN, ""), story_choices(given)
    if form not in (PRESENT, *STORY_FORMS):
        raise AddressError(f"there is no format {form!r} of a story; there are {list(STORY_FORMS)}")
    language, edition = language_asked(given), current_edition()
    key = (of.version, language, edition, STORY, choices, as_known, form)
    leave = story_address(choices, as_known)

    def render(_job: Job[Any]) -> tuple[bytes, dict[str, str]]:
        def make() -> bytes:
            return story_bytes(edited_story(of, words(), choices, composed_page), of, form, leave)

        with in_reading(language, edition):
            return FILES.get_or_make(key, make), {}

    media_type = format_of("pptx").media_type if form == "pptx" else "text/html; charset=utf-8"
    at = "".join([f"-{as_known}" if as_known else "", f"-edition_{edition}" if edition else ""])
    file_name = "" if form == PRESENT else f"neaspec-story-{choices.story}{at}.{form}"
    return Order(FILE_QUEUE, key, FILES.get(key), render, media_type, file_name)


def story_bytes(story: Story, of: Ask, form: str, leave: str) -> bytes:
    """Return a story as HTML that is shown or kept, or as a PowerPoint file.

    Raises:
        OutputError: if it cannot be made.
    """
    palette = palette_of(of.today(), False)
    # by name: most visitors take nothing away
    if form == "pptx":
        deck = importlib.import_module("neaspec.render.slides.deck")
        deck_bytes: bytes = deck.render_story_deck(
            story, palette, words(), date.fromisoformat(newest_seen(of.today())[:10])
        )
        return deck_bytes
    page = importlib.import_module("neaspec.render.slides.html")
    shown: bytes = page.render_story(story, palette, words(), leave if form == PRESENT else "")
    return shown


def pack_order(of: Ask, as_known: str, language: str) -> Order:
    """Return how a pack is made: file by file, and no further than somebody wants it.

    One with a gap is not kept: it is tried again.
    """
    edition = current_edition()
    key = (of.version, language, edition, PACK, as_known)

    def pack(job: Job[Any]) -> tuple[bytes, dict[str, str]]:
        kept = PACKS.get(key)
        if kept is not None:
            return kept, {}
        with in_reading(language, edition):
            data, problems = make_pack(of, load_words(language), as_known, job.tell)
        if not problems:
            PACKS.put(key, data)
        return data, problems

    return Order(PACK_QUEUE, key, PACKS.get(key), pack, "application/zip", f"{pack_name(as_known)}.zip")


def download(page_name: str, form: str, given: Mapping[str, str]) -> DownloadFile:
    """Return a page, a brief or a pack as a file, made here and now; an unchanged one is not made again.

    Raises:
        AddressError: if there is no such page, choice, meeting or format.
        OutputError: if it cannot be made; the message names the block.
    """
    order = order_of(page_name, form, given)
    return DownloadFile(order.now(), order.media_type, order.file_name)


def presented(page_name: str, query: Mapping[str, str]) -> bytes:
    """Return the presentation of a page, made here and now; an unchanged one is not made again.

    Raises:
        AddressError: if there is no such page, choice or meeting.
    """
    return presentation_of(page_name, query).now()


def case_order(of: Ask, choices: Any, form: str) -> Order:
    """Return how the runs of scenarios, or their case, become a file; nothing costly is done."""
    key = (of.version, SCENARIOS, choices, of.as_known_on, form)
    make_file, media_type, file_name = CASE_FORMS[form]

    def render(_job: Job[Any]) -> tuple[bytes, dict[str, str]]:
        def make() -> bytes:
            data = make_file(of, choices)
            if data is None:
                raise AddressError(words()("scenarios.lead_refused"))
            return data

        return FILES.get_or_make(key, make), {}

    return Order(FILE_QUEUE, key, FILES.get(key), render, media_type, file_name)


def document(page_name: str, choices: Any, of: Ask, as_known: str, form: str = "") -> Document:
    """Return a page as a document; a choice that is not known is refused before anything is composed.

    Raises:
        AddressError: if a choice is unknown.
    """
    stated_choices(of.today(), words(), page_name, choices)
    if page_name == "briefs":
        return paper_document(of, words(), choices, as_known)
    if page_name == SCENARIOS and form in (*PAPERS, SLIDES):
        make = scenario_slides if form == SLIDES else scenario_document
        paper = make(of, words(), choices, as_known)
        if paper is not None:
            return paper
    return make_document(of, words(), page_name, choices, composed_page(page_name, choices, of), as_known)


def offer_of(name: str, choices: Any, as_known: str, shown: str) -> Offer:
    """Return what a page offers to take away.

    Args:
        name: of the page.
        choices: what it is composed of.
        as_known: key of the meeting looked back to, empty for today.
        shown: whole address of what the reader sees, with tab and selection.
    """
    files = [(form, file_address("take", f"{name}.{form}", choices, as_known)) for form in FORMATS]
    if name == SCENARIOS:
        files += [(form, file_address("take", f"{name}.{form}", choices, as_known)) for form in CASE_FORMS]
    kind, brief = BRIEF_OF.get(name), None
    if kind and (kind != "site" or choices.site_id):
        about = {"kind": kind} | {field: value for field, value in chosen(choices).items() if field in OF_BRIEFS[kind]}
        brief = (words()(f"briefs.kind_{kind}"), screen_address("briefs", choices_from("briefs", about), as_known))
    return Offer(files, screen_address(name, choices, as_known, **{PRESENT: "1"}), shown, brief)
