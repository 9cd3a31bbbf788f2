"""The box of the page of tentative boundaries: drafts A, B, C drawn, uploaded, typed or given; what is taken away.

Drafts are kept in the state of the session, which goes when its browser is gone: in no cache that pages share, in no
file of the server, in no log.
"""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import escape
from shapely.geometry import MultiPolygon

from neaspec.blocks import Page
from neaspec.boundary.drafts import ANSWERS, KINDS, LETTERS, PILLARS, Draft
from neaspec.boundary.given import RADII_KM, circles, extents
from neaspec.files import MEGABYTE
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.sections.boundary.results import Measured, drafts_page, measured
from neaspec.sections.common import keys_in
from neaspec.sections.shape_problems import problem_words
from neaspec.shapes.checks import checked_shape
from neaspec.shapes.problems import MOST_BYTES, ShapeError
from neaspec.shapes.reading import FILE_TYPES, read_points, read_shape
from neaspec.web.boundary_drawing import draw_ring
from neaspec.web.choices import reserve_head
from neaspec.web.drawing import Bounds, Mark
from neaspec.web.page_cache import palette_of, words
from neaspec.web.reader import ask, is_dark
from neaspec.web.session_keys import BOUNDARY_DESK

WAYS = ("draw", "upload", "points", "given")
LONGEST_NAME = 80
REGION: Bounds = (85.0, 30.0, 150.0, 58.0)
AROUND_DEG = 0.15  # around the sites of an area, where the map opens


@dataclass
class Desk:
    """The drafts of one session, by area and letter."""

    drafts: dict[tuple[str, str], Measured] = field(default_factory=dict)
    seen_upload: str = ""

    def of(self, area_id: str) -> list[Measured]:
        """Return the drafts of an area in the order of their letters."""
        return [self.drafts[key] for key in sorted(self.drafts) if key[0] == area_id]

    def remove(self, area_id: str, letter: str) -> None:
        """Forget a draft."""
        self.drafts.pop((area_id, letter), None)


def desk() -> Desk:
    """Return the desk of this session."""
    own_desk: Desk = st.session_state.setdefault(BOUNDARY_DESK, Desk())
    return own_desk


def offer_drafts(area_id: str) -> Page | None:
    """Let the reader make drafts and take them away; return their page, None while there is none."""
    text, on_desk = words(), desk()
    reserve_head()
    has_drafts = bool(on_desk.of(area_id))
    with st.expander(plain(text("boundary.make_draft")), expanded=not has_drafts, key=f"boundary make {has_drafts}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            letter = st.segmented_control(
                plain(text("boundary.letter_label")),
                LETTERS,
                default="A",
                key="boundary letter",
                required=True,
                format_func=lambda key: plain(text("boundary.draft", letter=key)),
                label_visibility="collapsed",
            )
            way = st.segmented_control(
                plain(text("boundary.way_label")),
                WAYS,
                default="draw",
                key="boundary way",
                required=True,
                format_func=lambda key: plain(text(f"boundary.way_{key}")),
                label_visibility="collapsed",
            )
        shape = given_shape(area_id, str(letter), str(way))
        if shape is not None:
            kept = on_desk.drafts.get((area_id, str(letter)))
            origin = {"draw": "drawn", "upload": "uploaded", "points": "points", "given": "given"}[str(way)]
            draft = Draft(str(letter), "", shape, origin)
            if kept:
                draft = replace(kept.draft, shape=shape, origin=origin)
            with st.spinner(plain(text("boundary.measuring"))):
                on_desk.drafts[area_id, draft.letter] = measured(ask(), draft)
            st.rerun()
    drafts = on_desk.of(area_id)
    if not drafts:
        return None
    page = drafts_page(ask(), text, area_id, drafts)
    with st.container(key="nc-boundary-files"):
        offer_files(page, drafts)
        with st.expander(plain(text("boundary.about_drafts"))):
            titles = [plain(text("boundary.draft", letter=entry.draft.letter)) for entry in drafts]
            for entry, tab in zip(drafts, st.tabs(titles), strict=True):
                with tab:
                    describe(on_desk, area_id, entry)
    return page


def given_shape(area_id: str, letter: str, way: str) -> MultiPolygon | None:
    """Show one way to give a shape; return the shape that was just given."""
    ways: dict[str, Callable[[str, str], MultiPolygon | None]] = {
        "draw": by_drawing,
        "upload": by_file,
        "points": by_points,
        "given": by_given,
    }
    try:
        return ways[way](area_id, letter)
    except ShapeError as problem:
        tell_refusal([problem_words(words(), fault) for fault in problem.problems])
        return None


def tell_refusal(problems: Sequence[str]) -> None:
    """Say what is wrong with a shape, all at once."""
    items = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    title = escape(words()("boundary.refused"))
    st.html(f'<div class="nc-notice nc-caution" role="alert"><p>{title}</p><ul>{items}</ul></div>')


def note(text: str) -> None:
    """Show a note."""
    st.html(from_template("text", "note", text))


def area_sites(area_id: str) -> pd.DataFrame:
    """Return the sites of an area that have a point."""
    areas = ask()("shared_areas")
    members = keys_in(areas.loc[areas["shared_area_id"] == area_id, "site_ids"])
    sites = ask()("sites_placed")
    return sites[sites["site_id"].isin(members)]


def opening(sites: pd.DataFrame) -> Bounds:
    """Return what the map opens on: the sites of the area, or the region where none has a point."""
    if sites.empty:
        return REGION
    east, north = sites["longitude"], sites["latitude"]
    return (
        float(east.min()) - AROUND_DEG,
        float(north.min()) - AROUND_DEG,
        float(east.max()) + AROUND_DEG,
        float(north.max()) + AROUND_DEG,
    )


def by_drawing(area_id: str, letter: str) -> MultiPolygon | None:
    """Let the reader draw a ring on the map."""
    text = words()
    sites = area_sites(area_id)
    note(text("boundary.draw_hint"))
    listed = [
        Mark(str(row["name"]), float(row["longitude"]), float(row["latitude"])) for row in sites.to_dict("records")
    ]
    drafts = [entry.draft for entry in desk().of(area_id)]
    ring = draw_ring(text, palette_of(ask(), is_dark()), letter, opening(sites), listed, drafts)
    note(text.sentences(text("boundary.clearance"), text("maps.source_near"), text("maps.disclaimer")))
    return checked_shape([[ring]]) if ring is not None else None


def by_file(area_id: str, letter: str) -> MultiPolygon | None:
    """Let the reader drop a file; a file is taken once."""
    text = words()
    note(text("boundary.upload_hint"))
    dropped = st.file_uploader(
        plain(text("boundary.upload_label")),
        type=list(FILE_TYPES),
        max_upload_size=MOST_BYTES // MEGABYTE,
        key=f"boundary file {letter}",
    )
    if dropped is None:
        return None
    shape = read_shape(dropped.name, dropped.getvalue())
    once = f"{area_id} {letter} {dropped.file_id}"
    if desk().seen_upload == once:
        return None
    desk().seen_upload = once
    return shape


def by_points(area_id: str, letter: str) -> MultiPolygon | None:
    """Let the reader type corners."""
    text = words()
    typed = st.text_area(
        plain(text("boundary.points_label")),
        placeholder=text("boundary.points_example"),
        height=180,
        key=f"boundary points {area_id} {letter}",
    )
    is_asked = st.button(plain(text("boundary.points_use", letter=letter)), key="boundary points use")
    return read_points(typed) if is_asked else None


def by_given(area_id: str, letter: str) -> MultiPolygon | None:
    """Let the reader start from circles around the sites, or from ranges that documents print."""
    text = words()
    sites = area_sites(area_id)
    ranges = ask()("sites_printed_ranges")
    ranges = ranges[ranges["site_id"].isin(sites["site_id"])]
    options = {} if sites.empty else {f"circles {km}": text("boundary.given_circles", km=km) for km in RADII_KM}
    if not ranges.empty:
        options["ranges"] = text("boundary.given_ranges")
    if not options:
        note(text("boundary.given_none"))
        return None
    chosen = st.selectbox(
        plain(text("boundary.given_label")),
        list(options),
        format_func=lambda key: options[key],
        width=420,
        key="boundary given",
    )
    if not st.button(plain(text("boundary.given_use", letter=letter)), key="boundary given use"):
        return None
    return extents(ranges) if chosen == "ranges" else circles(sites, int(str(chosen).split()[1]))


def describe(on_desk: Desk, area_id: str, one: Measured) -> None:
    """Let the reader name a draft, say its kind, answer the questions of readiness, or remove it."""
    text, draft = words(), one.draft
    key = f"boundary {area_id} {draft.letter}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(plain(text("boundary.name_label")), draft.name, LONGEST_NAME, key=f"{key} name", width=300)
        author = st.text_input(
            plain(text("boundary.author_label")), draft.author, LONGEST_NAME, key=f"{key} author", width=300
        )
        kind = st.selectbox(
            plain(text("boundary.kind_label")),
            ["", *KINDS],
            index=["", *KINDS].index(draft.kind),
            width=340,
            format_func=lambda code: text(f"boundary.kind_{code}" if code else "boundary.kind_none"),
            key=f"{key} kind",
        )
        st.button(
            plain(text("boundary.remove", letter=draft.letter)),
            key=f"{key} remove",
            on_click=on_desk.remove,
            args=(area_id, draft.letter),
        )
    answers = {
        question: st.radio(
            plain(text.labelled(text(f"boundary.pillar_{pillar}"), text(f"boundary.question_{question}"))),
            ANSWERS,
            horizontal=True,
            index=ANSWERS.index(draft.answers.get(question, "not_known")),
            format_func=lambda code: text(f"boundary.answer_{code}"),
            key=f"{key} {question}",
        )
        for pillar, questions in PILLARS.items()
        for question in questions
    }
    described = replace(
        draft,
        name=name.strip(),
        author=author.strip(),
        kind=kind or "",
        answers={question: given for question, given in answers.items() if given != "not_known"},
    )
    if described != draft and (area_id, draft.letter) in on_desk.drafts:
        on_desk.drafts[area_id, draft.letter] = replace(one, draft=described)
        st.rerun()


def offer_files(page: Page, drafts: Sequence[Measured]) -> None:
    """Let the reader take drafts away; each file is made when it is asked for."""
    text, current = words(), ask()
    # by name: a visitor who only looks takes nothing away
    taken = importlib.import_module("neaspec.web.boundary_files")
    note(text("boundary.take_label"))
    with st.container(horizontal=True):
        for form, media_type in taken.FORMS.items():
            st.download_button(
                plain(text(f"boundary.take_{form}")),
                data=partial(taken.file_of, form, page, drafts, current, text),
                file_name=f"{text('boundary.file_stem')}.{form}",
                mime=media_type,
                on_click="ignore",
                key=f"boundary take {form}",
            )
