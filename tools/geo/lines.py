"""Cut the edges of a coverage of countries into borders (two countries share the edge) and coasts (one has it)."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

PIECE_SEGMENTS = 16  # short pieces: a search tree over them finds the nearest quickly


def segments_of(shapes: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Return every edge: its owner (place in `shapes`), its ring and its two ends."""
    rings, polygons = shapely.get_rings(shapely.get_parts(shapes), return_index=True)
    _, owners = shapely.get_parts(shapes, return_index=True)
    places, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    frame = pd.DataFrame(np.hstack([places[:-1], places[1:]])[same], columns=["x1", "y1", "x2", "y2"])
    frame["ring"] = ring[:-1][same]
    frame["owner"] = owners[polygons][frame["ring"]]
    return frame


def lines_of(
    names: npt.NDArray[np.str_], shapes: npt.NDArray[np.object_], bounds: tuple[float, float, float, float]
) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers `border` and `coast`, in pieces of a few edges.

    Args:
        names: country code of each shape; empty for the areas that are not settled.
        shapes: multipolygons that share their edges exactly.
        bounds: of the region; edges along them are cuts and no coast.
    """
    segments = segments_of(shapes)
    turned = (segments["x1"] > segments["x2"]) | (
        (segments["x1"] == segments["x2"]) & (segments["y1"] > segments["y2"])
    )
    ends = segments[["x1", "y1", "x2", "y2"]].to_numpy(copy=True)
    ends[turned] = ends[turned][:, [2, 3, 0, 1]]
    key = pd.DataFrame(ends).groupby([0, 1, 2, 3], sort=False).ngroup().to_numpy()
    order = np.argsort(key, kind="stable")
    other = np.full(len(segments), -1)
    pairs = np.flatnonzero(key[order][1:] == key[order][:-1])
    before, after = order[pairs], order[pairs + 1]
    owner = segments["owner"].to_numpy()
    other[before], other[after] = owner[after], owner[before]
    west, south, east, north = bounds
    is_cut = np.zeros(len(segments), dtype=bool)
    for side, (first, second) in zip(
        (west, east, south, north), (("x1", "x2"),) * 2 + (("y1", "y2"),) * 2, strict=True
    ):
        is_cut |= ((segments[first] == side) & (segments[second] == side)).to_numpy()
    return {
        "border": pieces(segments, other, names, (other > owner) & ~is_cut, "border"),
        "coast": pieces(segments, other, names, (other < 0) & ~is_cut, "coast"),
    }


def pieces(
    segments: pd.DataFrame,
    other: npt.NDArray[np.int64],
    names: npt.NDArray[np.str_],
    wanted: npt.NDArray[np.bool_],
    kind: str,
) -> gpd.GeoDataFrame:
    """Chain edges that follow each other in a ring into pieces of at most PIECE_SEGMENTS."""
    kept = segments[wanted]
    place = np.flatnonzero(wanted)
    beyond = other[wanted]
    starts = np.ones(len(kept), dtype=bool)
    ring = kept["ring"].to_numpy()
    starts[1:] = (np.diff(place) != 1) | (np.diff(ring) != 0) | (np.diff(beyond) != 0)
    run = np.cumsum(starts) - 1
    within = np.arange(len(kept)) - np.flatnonzero(starts)[run]
    starts |= within % PIECE_SEGMENTS == 0
    piece = np.cumsum(starts) - 1
    first = np.flatnonzero(starts)
    # A piece of n edges has n + 1 corners: the first end of each edge, and the last end of the last one.
    last = np.append(first[1:], len(kept)) - 1
    corners = np.vstack([kept[["x1", "y1"]].to_numpy(), kept[["x2", "y2"]].to_numpy()[last]])
    index = np.concatenate([piece, piece[last]])
    order = np.argsort(index, kind="stable")
    lines = shapely.linestrings(corners[order], indices=index[order])
    return gpd.GeoDataFrame(
        {
            "country_code": names[kept["owner"].to_numpy()[first]],
            "other_code": names[beyond[first]] if kind == "border" else np.full(len(first), ""),
            "kind": kind,
        },
        geometry=lines,
        crs=4326,
    )
