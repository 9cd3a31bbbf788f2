"""The box for a reader's own line or area: read in memory, measured, gone with the visit."""

import streamlit as st

from neaspec.files import MEGABYTE
from neaspec.render.screen.escape import plain
from neaspec.scenarios.own_shape import read_own_shape
from neaspec.sections.scenarios.pictures import bands_words
from neaspec.sections.shape_problems import problem_words
from neaspec.shapes.problems import MOST_BYTES, ShapeError
from neaspec.shapes.reading import FILE_TYPES
from neaspec.web.page_cache import words
from neaspec.web.reader import ask


def offer_shape(species: str) -> None:
    """Let the reader give a file; say what it measures and what lies near, and let its length be taken over."""
    text = words()
    st.caption(plain(text("scenarios.shape_note")))
    file = st.file_uploader(
        plain(text("scenarios.shape_drop")),
        type=list(FILE_TYPES),
        max_upload_size=MOST_BYTES // MEGABYTE,
        key="scenario shape",
    )
    if file is None:
        return
    try:
        shape = read_own_shape(file.name, file.getvalue())
    except ShapeError as refused:
        for problem in refused.problems:
            st.warning(plain(problem_words(text, problem)))
        return
    if shape.lines:
        st.write(plain(text("scenarios.shape_line", km=text.number(round(shape.line_km, 1)))))
    if not shape.areas.is_empty:
        area, edge = text.number(float(f"{shape.area_ha:.3g}"), 0), text.number(round(shape.edge_km, 1))
        st.write(plain(text("scenarios.shape_area", area=area, edge=edge)))
    plants, sites = ask()("plants_placed"), ask()("plants_near_sites", species_id=species)
    near = text(
        "scenarios.shape_near",
        bands=bands_words(text, shape.counts_near(plants)),
        sites=bands_words(text, shape.counts_near(sites)),
    )
    st.write(plain(near))
    if shape.lines:
        st.button(
            plain(text("scenarios.shape_take")), key="scenario take", on_click=_take, args=(f"{shape.line_km:.4g}",)
        )


def _take(km: str) -> None:
    st.query_params["way"], st.query_params["amount"] = "line", km
