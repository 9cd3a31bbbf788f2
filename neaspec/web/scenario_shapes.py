"""The window for a reader's own line or area: drawn on our map or given as a file, measured in memory, never kept."""

import pandas as pd
import streamlit as st

from neaspec.files import MEGABYTE
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.scenarios.own_shape import OwnShape, read_own_shape, shape_of
from neaspec.sections.scenarios.evidence import near_shape
from neaspec.sections.shape_problems import problem_words
from neaspec.shapes.problems import MOST_BYTES, ShapeError
from neaspec.shapes.reading import FILE_TYPES
from neaspec.web.drawing import Bounds, Corners, DrawnMap, Mark, draw_on
from neaspec.web.page_cache import palette_of, words
from neaspec.web.reader import ask, is_dark
from neaspec.web.session_keys import SCENARIO_SHAPE

KINDS, WAYS = ("line", "area"), ("draw", "upload")
AROUND_DEG = 0.35  # around the site at which the map opens


def offer_shape(species: str) -> None:
    """Show the button that opens the window."""
    text = words()
    window = st.dialog(plain(text("scenarios.shape_title")), width="large")(_window)
    if st.button(plain(text("scenarios.shape")), key="scenario shape open", help=plain(text("scenarios.shape_title"))):
        st.session_state.pop(SCENARIO_SHAPE, None)
        window(species)


def _window(species: str) -> None:
    """Let the reader draw a line or area or give a file; say what it measures and what lies near."""
    text = words()
    with st.container(horizontal=True, vertical_alignment="center"):
        way = st.segmented_control(
            plain(text("scenarios.shape_way")),
            WAYS,
            default="draw",
            key="scenario shape way",
            required=True,
            format_func=lambda key: plain(text(f"scenarios.shape_way_{key}")),
            label_visibility="collapsed",
        )
        kind, near = "line", ask()("plants_near_sites", species_id=species)
        if way == "draw":
            kind = str(
                st.segmented_control(
                    plain(text("scenarios.shape_kind")),
                    KINDS,
                    default="line",
                    key="scenario shape kind",
                    required=True,
                    format_func=lambda key: plain(text(f"scenarios.shape_kind_{key}")),
                    label_visibility="collapsed",
                )
            )
            sites = dict(zip(near["site_id"], near["site_name"], strict=True))
            site = st.selectbox(
                plain(text("scenarios.shape_near_site")),
                list(sites),
                format_func=lambda key: plain(str(sites[key])),
                key="scenario shape site",
                width=340,
                label_visibility="collapsed",
            )
    result = st.container()  # above the map, where it is seen without moving the window
    try:
        shape = _drawn(near, str(site), kind) if way == "draw" and not near.empty else _uploaded()
    except ShapeError as refused:
        for problem in refused.problems:
            result.warning(plain(problem_words(text, problem)))
        return
    if shape is not None:
        with result:
            _tell(shape, near)
    st.html(from_template("text", "note", text("scenarios.shape_note")))


def _drawn(near: pd.DataFrame, site_id: str, kind: str) -> OwnShape | None:
    """Show the map around a site; return what was taken over on it, None while nothing was.

    Raises:
        ShapeError: with every problem of what was drawn.
    """
    text, plants = words(), ask()("plants_placed")
    site = near[near["site_id"] == site_id].iloc[0]
    bounds = _around(float(site["longitude"]), float(site["latitude"]))
    marks = [*marks_in(plants, "name", "plant", bounds), *marks_in(near, "site_name", "site", bounds)]
    drawn = DrawnMap(
        f"{kind} {site_id}",
        bounds,
        alt=text("scenarios.shape_alt"),
        use=text("scenarios.shape_measure"),
        is_line=kind == "line",
        marks=marks,
    )
    st.html(from_template("text", "note", text(f"scenarios.shape_hint_{kind}")))
    corners = draw_on(text, palette_of(ask(), is_dark()), drawn, f"scenario draw {kind} {site_id}")
    if corners is not None:
        st.session_state[SCENARIO_SHAPE] = (drawn.name, corners)
    kept: tuple[str, Corners] = st.session_state.get(SCENARIO_SHAPE, ("", []))
    st.html(from_template("text", "note", text.sentences(text("maps.source_near"), text("maps.disclaimer"))))
    return shape_of(kept[1], is_line=kind == "line") if kept[0] == drawn.name else None


def marks_in(places: pd.DataFrame, name: str, kind: str, bounds: Bounds) -> list[Mark]:
    """Return the places that can come into sight when the map is moved a little."""
    west, south, east, north = bounds
    aside, up = east - west, north - south
    seen = places[
        places["longitude"].between(west - aside, east + aside) & places["latitude"].between(south - up, north + up)
    ]
    rows = zip(seen[name], seen["longitude"], seen["latitude"], strict=True)
    return [Mark(str(label), float(east_of), float(north_of), kind) for label, east_of, north_of in rows]


def _around(longitude: float, latitude: float) -> Bounds:
    return longitude - 2 * AROUND_DEG, latitude - AROUND_DEG, longitude + 2 * AROUND_DEG, latitude + AROUND_DEG


def _uploaded() -> OwnShape | None:
    """Let the reader give a file.

    Raises:
        ShapeError: with every problem of the file.
    """
    file = st.file_uploader(
        plain(words()("scenarios.shape_drop")),
        type=list(FILE_TYPES),
        max_upload_size=MOST_BYTES // MEGABYTE,
        key="scenario shape",
    )
    return None if file is None else read_own_shape(file.name, file.getvalue())


def _tell(shape: OwnShape, near: pd.DataFrame) -> None:
    """Say what a shape measures and what lies near it; let its length be taken over."""
    text = words()
    sentences = []
    if shape.lines:
        sentences.append(text("scenarios.shape_line", km=text.number(round(shape.line_km, 1))))
    if not shape.areas.is_empty:
        area, edge = text.number(float(f"{shape.area_ha:.3g}"), 0), text.number(round(shape.edge_km, 1))
        sentences += [text("scenarios.shape_area", area=area, edge=edge), text("scenarios.shape_area_use")]
    sentences.append(near_shape(ask(), text, shape, near))
    st.write(plain(text.sentences(*sentences)))
    if shape.lines and st.button(plain(text("scenarios.shape_take")), key="scenario take", type="primary"):
        st.query_params["way"], st.query_params["amount"] = "line", f"{shape.line_km:.3g}"
        st.rerun()
