"""Make the grid of answers known in advance (neaspec/crossings/geo/grid.py); run by hand after make_crossing_borders.

    python -m tools.geo.grid

A cell is pure if every position of it provably has the same answer: what holds at its centre, with every distance that
decides farther from its limit than the cell's farthest corner is from the centre.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from neaspec.crossings.geo.borders import ELLIPSOID, OFF_LAND, Borders, load_borders
from neaspec.crossings.geo.grid import (
    CELLS_PER_DEG,
    COLUMNS,
    CUT,
    MADE_WITH,
    MIXED,
    NEAR,
    PARTS_PER_CELL,
    ROWS,
    SOUTH,
    WEST,
    Answer,
    build_grid,
    write_grid,
)
from neaspec.crossings.model.parameters import Parameters
from neaspec.paths import GEO_DIR
from neaspec.region import MEMBERS

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

BIG = 8  # squares of so many cells are asked first: most of the region is open sea or deep inside
AT_ONCE = 500_000
# Distances are asked up to this; beyond it a cell is as far as this from everything.
FAR_M = 100_000.0
SLACK = 1.05  # of two lines the wrong one can be taken for the nearer if they differ by 3 %; cells are not quite flat
SLACK_M = 30.0
# A cell is cut into parts where records are many: near member States. Elsewhere mixed cells are worked out exactly.
CUT_NORTH = 66.0  # the Arctic coast is long and has few records


@dataclass(frozen=True)
class Cells:
    """Centres of cells and how far their corners are, in metres."""

    longitude: Floats
    latitude: Floats
    reach_m: Floats

    @classmethod
    def of(cls, column: Integers, row: Integers, size_deg: float) -> "Cells":
        """Take cells by column and row of a raster from the region's south-west corner."""
        longitude = WEST + (column + 0.5) * size_deg
        latitude = SOUTH + (row + 0.5) * size_deg
        nearer = np.where(latitude > 0, latitude - size_deg / 2, latitude + size_deg / 2)  # the wider edge
        edge = np.clip(nearer, -89.9, 89.9)
        reach = ELLIPSOID.inv(longitude, latitude, longitude + size_deg / 2, edge)[2]
        other = ELLIPSOID.inv(longitude, latitude, longitude + size_deg / 2, 2 * latitude - edge)[2]
        farthest: Floats = np.maximum(reach, other) * SLACK + SLACK_M
        return cls(np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64), farthest)


def farther_bounds(
    cells: Cells, borders: Borders, owner: Integers, to_coast: Floats, coast_m: float
) -> tuple[Floats, Floats]:
    """Return the least and the most by which any other coast is farther away than the own one, at sea in each cell.

    Within a cell every distance is at most its reach more or less than at the centre. If the least is more than 0, the
    nearest coast is the same country's everywhere in the cell. Cells that have no country at sea give infinity.

    Args:
        cells: the cells.
        borders: the map.
        owner: whose coast is nearest to the centre (place in Borders.codes).
        to_coast: how far it is.
        coast_m: how near a coast gives a position at sea its country.
    """
    least, most = np.full(len(to_coast), np.inf), np.full(len(to_coast), np.inf)
    rows = np.flatnonzero(to_coast - cells.reach_m < coast_m * 1.03)
    own, reach = to_coast[rows], cells.reach_m[rows]
    x, y, within = cells.longitude[rows], cells.latitude[rows], np.full(len(rows), FAR_M)
    other = borders.to_other_coast(x, y, owner[rows], within)
    # A distance found is the true one or up to 3 % more, at the centre and everywhere else.
    least[rows] = np.minimum(other, FAR_M) / 1.03 - reach - (own + reach) * 1.03
    most[rows] = (other + reach) * 1.03 - (own / 1.03 - reach)
    return least, most


def pure_codes(
    cells: Cells, borders: Borders, parameters: Parameters, number: dict[Answer, int]
) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Return the code of each cell (MIXED or NEAR = not pure), and the width up to which no border zone reaches it."""
    x, y, reach = cells.longitude, cells.latitude, cells.reach_m
    land = borders.country(x, y)
    to_border = borders.borders.nearest(x, y, FAR_M)[0]
    to_coast, piece = borders.coasts.nearest(x, y, FAR_M)
    to_border, to_coast = np.minimum(to_border, FAR_M), np.minimum(to_coast, FAR_M)
    zone_m, coast_m = parameters.border_zone_m, parameters.coast_m
    owner = np.where(piece >= 0, borders.coasts.one[piece], OFF_LAND)
    least, most = farther_bounds(cells, borders, owner, to_coast, coast_m)
    is_clear = (to_border > reach) & (to_coast > reach)  # no edge of anything within the cell
    far = to_border - reach > zone_m * 1.03
    near = to_border + reach < zone_m * 0.97
    known = np.where(near, NEAR, MIXED).astype(np.uint8)
    unsettled = borders.unsettled
    for place in np.unique(land[land >= 0]):
        mine = is_clear & (land == place)
        code = borders.codes[place]
        if place == unsettled:
            known[mine] = number["", "unsettled", "none"]
            continue
        known[mine & far] = number[code, "inside", "position"]
        known[mine & near] = number[code, "border_zone", "position"]
    sea = is_clear & (land == OFF_LAND)
    known[sea & (most < zone_m)] = NEAR  # of whichever country
    known[sea & (to_coast - reach > coast_m * 1.03)] = number["", "sea", "none"]
    owned = sea & (to_coast + reach < coast_m * 0.97) & (least > 0)
    for place in np.unique(owner[owned]):
        mine = owned & (owner == place)
        code = borders.codes[place]
        if place == unsettled:
            known[mine] = number["", "unsettled", "none"]
            continue
        known[mine & far & (least > zone_m)] = number[code, "sea", "coast"]
        known[mine & (near | (most < zone_m))] = number[code, "border_zone", "coast"]
    has_sea = ~(is_clear & (land != OFF_LAND))
    return known, np.minimum(to_border - reach, np.where(has_sea, least, np.inf))


def spread(values: npt.NDArray[Any], rows: int, columns: int) -> npt.NDArray[Any]:
    """Give every cell what holds for its big cell."""
    return values.reshape(rows, columns).repeat(BIG, axis=0).repeat(BIG, axis=1)[:ROWS, :COLUMNS].ravel()


def coarse_level(
    borders: Borders, parameters: Parameters, number: dict[Answer, int]
) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Ask big cells first, then the cells of those that are not pure."""
    columns, rows = -(-COLUMNS // BIG), -(-ROWS // BIG)
    row, column = np.divmod(np.arange(columns * rows), columns)
    known, least = pure_codes(Cells.of(column, row, BIG / CELLS_PER_DEG), borders, parameters, number)
    code, border = spread(known, rows, columns), spread(least, rows, columns)
    mixed = np.flatnonzero(code >= NEAR)
    print(f"big cells: {len(known)}, of mixed ones {len(mixed)} cells", flush=True)
    row, column = np.divmod(mixed, COLUMNS)
    for begin in range(0, len(mixed), AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        cells = Cells.of(column[part], row[part], 1 / CELLS_PER_DEG)
        code[mixed[part]], least = pure_codes(cells, borders, parameters, number)
        border[mixed[part]] = np.maximum(border[mixed[part]], least)
    return code, border


def answers_of(borders: Borders) -> tuple[Answer, ...]:
    """Return every answer a pure cell can have."""
    countries = [code for code in borders.codes if code]
    kinds = [("inside", "position"), ("border_zone", "position"), ("sea", "coast"), ("border_zone", "coast")]
    return (
        ("", "sea", "none"),
        ("", "unsettled", "none"),
        *((code, zone, basis) for code in countries for zone, basis in kinds),
    )


def is_cut(cell: Integers, borders: Borders) -> npt.NDArray[np.bool_]:
    """Say which mixed cells are cut into parts: those with an edge of a member State's land near."""
    row, column = np.divmod(cell, COLUMNS)
    cells = Cells.of(column, row, 1 / CELLS_PER_DEG)
    near = np.zeros(len(cell), dtype=bool)
    for code in MEMBERS:
        rest = np.flatnonzero(~near)
        edges = borders.edges_of(borders.codes.index(code))
        near[rest] = np.isfinite(edges.nearest(cells.longitude[rest], cells.latitude[rest], 30_000.0)[0])
    return near & (cells.latitude < CUT_NORTH)


def fine_level(
    row: Integers, column: Integers, borders: Borders, parameters: Parameters, number: dict[Answer, int]
) -> npt.NDArray[np.uint8]:
    """Return the codes of all parts of the cut cells: quarters of sixteen parts first, then their parts."""
    fine = np.full((len(row), PARTS_PER_CELL, PARTS_PER_CELL), MIXED, dtype=np.uint8)
    for size in (4, 2, 1):
        side = np.arange(0, PARTS_PER_CELL, size)
        cell, north, east = np.nonzero(fine[:, ::size, ::size] >= NEAR)
        for begin in range(0, len(cell), AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            i, r, c = cell[part], side[north[part]], side[east[part]]
            step = 1 / CELLS_PER_DEG / PARTS_PER_CELL * size
            cells = Cells.of((column[i] * PARTS_PER_CELL + c) // size, (row[i] * PARTS_PER_CELL + r) // size, step)
            known, _ = pure_codes(cells, borders, parameters, number)
            for down, right in np.ndindex(size, size):
                fine[i, r + down, c + right] = known
        print(f"parts of {size}: {len(cell)}, mixed now {(fine >= NEAR).mean():.1%}", flush=True)
    return fine.ravel()


def whole_km(width_m: Floats) -> npt.NDArray[np.uint8]:
    """Round widths down to whole kilometres, from 10 on to tens: fewer different values make a smaller file."""
    width = np.clip(width_m / 1000, 0, 255).astype(np.uint8)
    return np.where(width < 10, width, width // 10 * 10).astype(np.uint8)


def main() -> None:
    """Make the grid with the parameters everybody starts with."""
    parameters = Parameters()
    for name in ("grid", "grid_fine"):
        (GEO_DIR / f"crossing_{name}.parquet").unlink(missing_ok=True)
    borders = load_borders(parameters)
    answers = answers_of(borders)
    number = {answer: place for place, answer in enumerate(answers)}
    coarse, border = coarse_level(borders, parameters, number)
    mixed = np.flatnonzero(coarse >= NEAR)
    cut = mixed[is_cut(mixed, borders)]
    coarse[cut] = CUT
    row, column = np.divmod(cut, COLUMNS)
    fine = fine_level(row, column, borders, parameters, number)
    border_km = whole_km(border)
    made_with = {name: getattr(parameters, name) for name in MADE_WITH}
    write_grid(build_grid(answers, coarse, fine, border_km, made_with), GEO_DIR)
    for name in ("grid", "grid_fine"):
        print(f"crossing_{name}.parquet: {(GEO_DIR / f'crossing_{name}.parquet').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
