"""A story as whoever shows it wants it: slides hidden, moved, added from any picture, with notes; and as an address.

The address says all: ?story=tumen&slides=1,3,a1,2&note.3=…&add.1=species/counts.csv?species_id=amur_leopard. Numbers
are places in the ready story, a1 the first slide that was added; a note belongs to the slide it names.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from neaspec.blocks import Chart, Map, Page, walk
from neaspec.data.queries import Ask
from neaspec.edition import EDITION, current_edition
from neaspec.errors import AddressError
from neaspec.sections import section
from neaspec.sections.briefs.stories import STORIES, ready_story, story_of
from neaspec.slides import MOST_TITLE_WORDS, Slide, Story, fitting_words
from neaspec.text import Words
from neaspec.urls import AS_KNOWN, base_path, choices_from, find_table, kept_choices

STORY = "story"
NOTE, ADD = "note.", "add."
LONGEST_NOTE = 140  # characters: one line of a slide
MOST_ADDED, MOST_SLIDES = 8, 30
_ITEM = re.compile(r"a?[1-9]\d?")
Compose = Callable[[str, Any, Ask], Page]


@dataclass(frozen=True)
class StoryChoices:
    """What is shown of a story.

    slides: names in order, none = all. notes: pairs of name and text; added: of number and address of a picture's data.
    """

    story: str = "som"
    slides: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[str, str], ...] = field(default=())


def story_choices(query: Mapping[str, str]) -> StoryChoices:
    """Return the choices of a story from its address.

    Raises:
        AddressError: if there is no such story, or a slide is named by what is no number.
    """
    key = query.get(STORY, "som")
    if key not in STORIES:
        raise AddressError(f"there is no story {key[:40]!r}; there are {list(STORIES)}")
    slides = tuple(item for item in query.get("slides", "").split(",") if item)[:MOST_SLIDES]
    wrong = [item for item in slides if not _ITEM.fullmatch(item)]
    if wrong:
        raise AddressError(f"slides are named by numbers (3) or as added ones (a1), not by {wrong[0][:20]!r}")
    notes = sorted(
        (name.removeprefix(NOTE), text[:LONGEST_NOTE]) for name, text in query.items() if name.startswith(NOTE)
    )
    added = sorted((name.removeprefix(ADD), text) for name, text in query.items() if name.startswith(ADD))
    return StoryChoices(key, slides, tuple(note for note in notes if note[1]), tuple(added)[:MOST_ADDED])


def story_query(choices: StoryChoices, as_known: str = "") -> dict[str, str]:
    """Return what the address of a story says."""
    query = {STORY: choices.story}
    query |= {"slides": ",".join(choices.slides)} if choices.slides else {}
    query |= {f"{NOTE}{name}": text for name, text in choices.notes}
    query |= {f"{ADD}{number}": address for number, address in choices.added}
    return query | kept_choices(as_known)


def story_address(choices: StoryChoices, as_known: str = "", **more: str) -> str:
    """Return the address under which a story is shown."""
    return f"{base_path()}/briefs?{urlencode(story_query(choices, as_known) | more, safe=',')}"


def story_file(choices: StoryChoices, form: str, as_known: str = "") -> str:
    """Return the address of a story as a file."""
    return f"{base_path()}/take/{STORY}.{form}?{urlencode(story_query(choices, as_known), safe=',')}"


def edited_story(of: Ask, words: Words, choices: StoryChoices, compose: Compose | None = None) -> Story:
    """Return a story as it is wanted: in the order given, without what is hidden, with notes and added slides.

    Raises:
        AddressError: if an added picture or a slide is not there.
    """
    ready = ready_story(of, words, choices.story)
    named = {str(number): slide for number, slide in enumerate(ready.slides, 1)}
    for number, address in choices.added:
        named[f"a{number}"] = replace(added_slide(of, words, address, compose), key=f"added-{number}")
    wanted = choices.slides or tuple(named)
    missing = [name for name in wanted if name not in named]
    if missing:
        raise AddressError(f"this story has no slide {missing[0]!r}; it has {list(named)}")
    notes = dict(choices.notes)
    slides = [replace(named[name], note=notes.get(name, "")) for name in dict.fromkeys(wanted)]
    return story_of(of, ready.key, ready.title, slides)


def added_slide(of: Ask, words: Words, address: str, compose: Compose | None = None) -> Slide:
    """Return a picture of any page as a slide. address: of its data, /table/<page>/<file>.csv?<field>=<value>.

    Raises:
        AddressError: if there is no picture at that address.
    """
    parts = urlsplit(address)
    place = unquote(parts.path).rpartition("table/")[2].strip("/")
    name, _, file = place.partition("/")
    given = dict(parse_qsl(parts.query))
    if given.get(EDITION, current_edition()) != current_edition():
        raise AddressError(f"the picture is of edition {given[EDITION][:20]!r}; open the story in that edition first")
    at = of.at(given[AS_KNOWN]) if AS_KNOWN in given else of
    choices = choices_from(name, {key: value for key, value in given.items() if key != AS_KNOWN})
    page = compose(name, choices, at) if compose else section(name).page(at, words, choices)
    table = find_table(page, file)
    pictures = [block for block in walk(page.blocks) if isinstance(block, Chart | Map)]
    picture = next((block for block in pictures if block.table is table), None)
    if picture is None:
        names = sorted(block.table.file_name for block in pictures)
        raise AddressError(f"{name} has no picture {file[:60]!r}; it has {names}")
    title = fitting_words(picture.title.split(), MOST_TITLE_WORDS, " ")
    text = fitting_words([part for part in (picture.counted, picture.period) if part], 25, " · ")
    return Slide(key=table.file_name, title=title, picture=picture, text=text, document_ids=picture.document_ids)
