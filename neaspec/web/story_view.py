"""The page of stories: choose one, hide and move its slides, add notes and pictures, show it or keep it."""

import pandas as pd
import streamlit as st

from neaspec.briefs.stories import (
    MOST_ADDED,
    StoryChoices,
    added_slide,
    edited_story,
    story_address,
    story_choices,
    story_file,
    story_query,
)
from neaspec.errors import AddressError
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.sections.briefs.stories import ready_story, story_names
from neaspec.slides import Story
from neaspec.urls import ADDED, FOR_ALL_PAGES, PRESENT
from neaspec.web.page_cache import composed_page, words
from neaspec.web.reader import ask, meeting_known_at

SHOW, STORIES_SHOWN = "show", "stories"
MAKE_STORIES_SHOWN = {"story", ADDED}
LONGEST_ADDRESS = 400  # of an added picture; longer ones are cut at their beginning, where the host stands
FILES = (("open_pptx", "pptx"), ("open_html", "html"))
PICKED, EDITED, PASTED = "story picked", "story slides", "story added"


def is_stories() -> bool:
    """Let the reader choose papers or stories; return whether stories are shown."""
    text = words()
    shown = not MAKE_STORIES_SHOWN.isdisjoint(st.query_params) or st.query_params.get(SHOW) == STORIES_SHOWN
    st.session_state[SHOW] = STORIES_SHOWN if shown else "papers"
    names = {"papers": text("stories.tab_papers"), STORIES_SHOWN: text("stories.tab_stories")}
    st.segmented_control(
        plain(text("stories.choose_view")),
        list(names),
        format_func=lambda key: names[key],
        key=SHOW,
        on_change=_switch,
        label_visibility="collapsed",
    )
    return shown


def _switch() -> None:
    """Write into the address whether stories are shown; all else of it belongs to the other one."""
    wanted, kept = st.session_state[SHOW], _for_all_pages()
    st.query_params.from_dict(kept)
    if wanted == STORIES_SHOWN:
        st.query_params["story"] = "som"


def show_stories() -> None:
    """Show the story of the address with its slides to edit, its first slide, and its files."""
    text, current, as_known = words(), ask(), meeting_known_at()
    problem = ""
    try:
        choices = story_choices(st.query_params.to_dict())
        story = edited_story(current, text, choices, composed_page)
    except AddressError as refused:
        problem, choices = str(refused), StoryChoices()
        story = edited_story(current, text, choices, composed_page)
    problem = problem or _take_from_address(choices)
    st.html(from_template("papers", "story_head", text("briefs.title"), story.title, answer(story), problem))
    left, right = st.columns([1.6, 1.0], gap="medium")
    with left:
        _choose(choices)
        _edit(choices)
        _add(choices)
    with right:
        show = story_address(choices, as_known, **{PRESENT: "1"})
        files = [(text(f"stories.{label}"), story_file(choices, form, as_known)) for label, form in FILES]
        html = from_template("papers", "story_files", text, show, files, story_address(choices, as_known))
        st.html(html)
        st.html(from_template("papers", "story_slides", [slide.title for slide in story.slides]))


def answer(story: Story) -> str:
    """Say how many slides a story has."""
    return words()("stories.answer", slides=len(story.slides) + (not story.sources.empty))


def _choose(choices: StoryChoices) -> None:
    names = story_names(ask(), words())
    st.session_state[PICKED] = choices.story
    st.selectbox(
        plain(words()("stories.choose_story")),
        list(names),
        format_func=lambda key: names[key],
        key=PICKED,
        on_change=lambda: _write(StoryChoices(st.session_state[PICKED])),
    )


def _edit(choices: StoryChoices) -> None:
    """Let slides be hidden, moved and given a note; what changes goes into the address."""
    text, current = words(), ask()
    names = {
        str(number): slide.title for number, slide in enumerate(ready_story(current, text, choices.story).slides, 1)
    }
    for number, address in choices.added:
        names[f"a{number}"] = added_slide(current, text, address, composed_page).title
    order = (
        [*choices.slides, *(name for name in names if name not in choices.slides)] if choices.slides else list(names)
    )
    rows = pd.DataFrame(
        {
            "shown": [not choices.slides or name in choices.slides for name in order],
            "order": range(1, len(order) + 1),
            "title": [names[name] for name in order],
            "note": [dict(choices.notes).get(name, "") for name in order],
        },
        index=order,
    )
    with st.expander(plain(text("stories.edit")), expanded=True):
        edited = st.data_editor(
            rows,
            key=f"{EDITED} {story_query(choices)}",
            hide_index=True,
            disabled=["title"],
            height=38 + 36 * min(len(rows), 12),
            column_config={
                "shown": st.column_config.CheckboxColumn(text("stories.column_shown"), width=90),
                "order": st.column_config.NumberColumn(text("stories.column_order"), width=90, min_value=1, step=1),
                "title": st.column_config.TextColumn(text("stories.column_title"), width=340),
                "note": st.column_config.TextColumn(text("stories.note"), max_chars=140),
            },
        )
        st.caption(plain(text("stories.edit_help")))
    wanted = edited_choices(choices, edited, list(names))
    if wanted != choices:
        _write(wanted)
        st.rerun()


def edited_choices(choices: StoryChoices, rows: pd.DataFrame, names: list[str]) -> StoryChoices:
    """Return a story as its edited list says; all slides in their order are left out of the address."""
    shown = rows[rows["shown"].fillna(False).astype(bool)].sort_values("order", kind="stable")
    slides = tuple(str(name) for name in shown.index)
    notes = tuple(sorted((str(name), str(note)) for name, note in rows["note"].items() if str(note or "").strip()))
    return StoryChoices(choices.story, () if slides == tuple(names) or not slides else slides, notes, choices.added)


def _add(choices: StoryChoices) -> None:
    """Let a picture of any page become a slide by the address of its data."""
    text = words()
    address = st.text_input(plain(text("stories.add")), key=f"{PASTED} {len(choices.added)}")
    if not address:
        return
    try:
        wanted = with_picture(choices, address)
    except AddressError as problem:
        st.warning(plain(str(problem)[:300]))
        return
    _write(wanted)
    st.rerun()


def _take_from_address(choices: StoryChoices) -> str:
    """Add the picture that the address names (a link below a picture does) and run again; return why it cannot be."""
    if ADDED in st.query_params:
        try:
            wanted = with_picture(choices, st.query_params[ADDED])
        except AddressError as refused:
            return str(refused)
        _write(wanted)
        st.rerun()
    return ""


def with_picture(choices: StoryChoices, address: str) -> StoryChoices:
    """Return a story with one more picture at its end; one it has already is not added again.

    Raises:
        AddressError: if there is no picture at that address, or the story takes no more.
    """
    text, kept = words(), address[-LONGEST_ADDRESS:]
    if kept in dict(choices.added).values():
        return choices
    if len(choices.added) >= MOST_ADDED:
        raise AddressError(text("stories.add_full", most=MOST_ADDED))
    try:
        added_slide(ask(), text, address, composed_page)
    except AddressError as problem:
        raise AddressError(text("stories.add_bad", why=str(problem))) from problem
    taken = dict(choices.added)
    number = next(str(place) for place in range(1, MOST_ADDED + 1) if str(place) not in taken)
    slides = (*choices.slides, f"a{number}") if choices.slides else ()
    return StoryChoices(choices.story, slides, choices.notes, tuple(sorted((*choices.added, (number, kept)))))


def _write(choices: StoryChoices) -> None:
    """Write a story into the address."""
    st.query_params.from_dict(story_query(choices) | _for_all_pages())


def _for_all_pages() -> dict[str, str]:
    """Return what the address says of all pages: meeting looked back to, delegation, language."""
    return {key: st.query_params[key] for key in FOR_ALL_PAGES if key in st.query_params}
