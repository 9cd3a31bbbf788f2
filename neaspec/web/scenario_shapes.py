"""The box for a reader's own line or area: read in memory, measured, gone with the visit."""

import pandas as pd
import shapely
import streamlit as st
from shapely.geometry import Point

from neaspec.render.screen.escape import plain
from neaspec.scenarios.shape_files import FILE_TYPES, Shapes, read_shapes
from neaspec.scenarios.shapes import ELLIPSOID
from neaspec.sections.scenarios.pictures import bands_words
from neaspec.web.page_cache import words
from neaspec.web.reader import ask

BANDS = (("within_5", 0, 5), ("within_25", 5, 25), ("beyond_25", 25, 100))  # km


def offer_shape(species: str) -> None:
    """Let the reader give a file; say what it measures and what lies near, and let its length be taken over."""
    text = words()
    st.caption(plain(text("scenarios.shape_note")))
    file = st.file_uploader(
        plain(text("scenarios.shape_drop")), type=list(FILE_TYPES), max_upload_size=1, key="scenario shape"
    )
    if file is None:
        return
    read = read_shapes(file.getvalue())
    if not isinstance(read, Shapes):
        for reason in read:
            st.warning(plain(reason.sentence(text)))
        return
    if read.line_km:
        st.write(plain(text("scenarios.shape_line", km=text.number(round(read.line_km, 1)))))
    if read.area_ha:
        area, edge = text.number(float(f"{read.area_ha:.3g}"), 0), text.number(round(read.edge_km, 1))
        st.write(plain(text("scenarios.shape_area", area=area, edge=edge)))
    plants, sites = ask()("plants_placed"), ask()("plants_near_sites", species_id=species)
    near = text("scenarios.shape_near", bands=bands_words(text, counts_near(read, plants)),
                sites=bands_words(text, counts_near(read, sites)))  # fmt: skip
    st.write(plain(near))
    if read.line_km:
        st.button(
            plain(text("scenarios.shape_take")), key="scenario take", on_click=_take, args=(f"{read.line_km:.4g}",)
        )


def counts_near(shapes: Shapes, places: pd.DataFrame) -> dict[str, object]:
    """Return how many places lie in each band of distance of a shape."""
    counts: dict[str, object] = dict.fromkeys((band for band, _, _ in BANDS), 0)
    for latitude, longitude in zip(places["latitude"], places["longitude"], strict=True):
        km = distance_km(shapes, float(longitude), float(latitude))
        for band, low, high in BANDS:
            if low <= km < high:
                counts[band] = int(str(counts[band])) + 1
    return counts


def distance_km(shapes: Shapes, longitude: float, latitude: float) -> float:
    """Return the distance of a place to a shape, in km; 0 inside an area."""
    place = Point(longitude, latitude)
    nearest = shapely.get_coordinates(shapely.shortest_line(place, shapes.shape))[-1]
    return float(ELLIPSOID.inv(longitude, latitude, nearest[0], nearest[1])[2]) / 1000


def _take(km: str) -> None:
    st.query_params["way"], st.query_params["amount"] = "line", km
