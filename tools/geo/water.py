"""Give inland water to countries: lakes inside one country to it, water between several to the nearest of them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString
from shapely.ops import split

Shapes = npt.NDArray[np.object_]
Texts = npt.NDArray[np.str_]

# Water that coarse outlines (accurate to about 2 km) hold this far inside land (degrees) is a river or lake even where
# it is open to the sea.
FROM_COAST_DEG = 0.06
TOUCH_DEG = 1e-6
STEP_DEG = 0.001  # shores are thought as points this near to each other when water is shared out
# Two countries with this much water between them (half its width, degrees) have a lake between them, and its border
# is a straight line from shore to shore, as treaties have it for Khanka, Buir and Uvs.
LAKE_DEG = 0.02
SPECK_SHARE = 0.05  # of a lake's shore; shorter stretches are where a border runs along the shore


def inland_water(names: Texts, shapes: Shapes, coarse: Shapes, region: Any) -> tuple[Texts, Shapes]:
    """Return pieces of inland water with the country each belongs to.

    Args:
        names: country of each shape.
        shapes: land of the countries, sharing their edges, without inland water.
        coarse: land with its rivers and lakes, from a source that does not cut them out.
        region: everything lies in it.
    """
    land = shapely.coverage_union_all(shapes)
    closed = [shapely.polygons(ring) for part in shapely.get_parts(land) for ring in part.interiors]
    near = coarse[shapely.intersects(coarse, region)]
    inner = shapely.intersection(shapely.union_all(near).buffer(-FROM_COAST_DEG), region)
    # Islands in lakes are land of their own: take them out again.
    water = shapely.difference(shapely.union_all([inner, *closed]), land)
    pieces = np.array([part for part in shapely.get_parts(water) if part.geom_type == "Polygon"], dtype=object)
    edges, owners = shapely.get_parts(shapely.boundary(shapes), return_index=True)
    edges, owners = cut_lines(edges, owners)
    tree = shapely.STRtree(edges)
    piece, edge = tree.query(pieces, predicate="dwithin", distance=TOUCH_DEG)
    touched = np.unique(np.stack([piece, owners[edge]]), axis=1)
    count = np.bincount(touched[0], minlength=len(pieces))
    single = np.isin(touched[0], np.flatnonzero(count == 1))
    codes, waters = list(names[touched[1][single]]), list(pieces[touched[0][single]])
    for shared in np.flatnonzero(count > 1):
        for owner, part in share_out(pieces[shared], tree, owners):
            codes.append(names[owner])
            waters.append(part)
    return np.array(codes), np.array(waters, dtype=object)


def cut_lines(lines: Shapes, owners: npt.NDArray[np.int64], corners: int = 32) -> tuple[Shapes, npt.NDArray[np.int64]]:
    """Cut lines into pieces of a few corners."""
    shortened, kept = [], []
    for line, owner in zip(lines, owners, strict=True):
        places = shapely.get_coordinates(line)
        for begin in range(0, len(places) - 1, corners):
            shortened.append(shapely.linestrings(places[begin : begin + corners + 1]))
            kept.append(owner)
    return np.array(shortened, dtype=object), np.array(kept)


def share_out(piece: Any, tree: shapely.STRtree, owners: npt.NDArray[np.int64]) -> list[tuple[int, Any]]:
    """Share one piece of water out among the countries around it."""
    ring = shapely.get_coordinates(shapely.segmentize(piece.exterior, STEP_DEG))[:-1]
    around = owner_of(ring, tree, owners)
    around = remove_specks(around)
    changes = np.flatnonzero(around != np.roll(around, 1))
    if len(changes) == 2 and shapely.maximum_inscribed_circle(piece, tolerance=LAKE_DEG / 4).length > LAKE_DEG:
        return chord(piece, ring, around, changes)
    shore = shapely.get_coordinates(shapely.segmentize(piece, STEP_DEG))
    shore = np.unique(shore, axis=0)
    owners_found = owner_of(shore, tree, owners)
    squeeze = np.array([np.cos(np.radians(piece.centroid.y)), 1.0])
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(shore * squeeze), ordered=True))
    shares = []
    for owner in np.unique(owners_found):
        own = shapely.transform(shapely.union_all(cells[owners_found == owner]), lambda places: places / squeeze)
        shares.append((int(owner), shapely.intersection(shapely.make_valid(own), piece)))
    return shares


def remove_specks(around: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give short stretches of a shore to the country beside them."""
    changes = np.flatnonzero(around != np.roll(around, 1))
    smoothed = np.roll(around, -changes[0]) if len(changes) else around
    lengths = np.diff(np.append(changes, changes[0] + len(around))) if len(changes) else np.array([len(around)])
    run = np.repeat(np.arange(len(lengths)), lengths)
    is_long = (lengths >= SPECK_SHARE * len(around))[run]
    if not is_long.any():
        return around
    place = np.where(is_long, np.arange(len(smoothed)), -1)
    before = np.maximum.accumulate(place)
    before[before < 0] = place.max()
    filled = smoothed[before]
    return np.roll(filled, changes[0]) if len(changes) else filled


def owner_of(
    places: npt.NDArray[np.float64], tree: shapely.STRtree, owners: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the country with the nearest shore; of two equally near ones the first."""
    place, edge = tree.query_nearest(shapely.points(places), all_matches=True)
    nearest = np.full(len(places), np.iinfo(np.int64).max)
    np.minimum.at(nearest, place, owners[edge])
    return nearest


def chord(
    piece: Any,
    ring: npt.NDArray[np.float64],
    around: npt.NDArray[np.int64],
    changes: npt.NDArray[np.int64],
) -> list[tuple[int, Any]]:
    """Cut a lake between two countries along the straight line between the two places where its shore changes hands."""
    start, end = ring[changes]
    over = (end - start) * 1e-6
    parts = shapely.get_parts(split(piece, LineString([start - over, end + over])))
    chords = []
    for part in parts:
        corners = shapely.points(shapely.get_coordinates(part.exterior))
        tree = shapely.STRtree(np.atleast_1d(np.asarray(shapely.points(ring))))
        nearest, distance = tree.query_nearest(corners, all_matches=False, return_distance=True)
        on_shore = around[nearest[1][distance < STEP_DEG]]
        values, counts = np.unique(on_shore, return_counts=True)
        chords.append((int(values[np.argmax(counts)]), part))
    return chords
