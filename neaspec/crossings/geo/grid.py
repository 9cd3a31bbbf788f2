"""A grid of answers known in advance: cells in which every position has the same country, zone and basis.

Two levels: cells of 1/20 degree; those that are not pure are cut into 16 x 16. Made by tools/geo/grid.py.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from neaspec.crossings.model.parameters import Parameters

WEST, SOUTH, EAST, NORTH = 60.0, -11.0, 191.0, 82.0
CELLS_PER_DEG = 20
PARTS_PER_CELL = 16
COLUMNS, ROWS = round((EAST - WEST) * CELLS_PER_DEG), round((NORTH - SOUTH) * CELLS_PER_DEG)
MIXED = 255  # must be worked out exactly
NEAR = 254  # must be worked out exactly, but every position of it that has a country is in the border zone
CUT = 253  # coarse cell that is cut into parts
MADE_WITH = ("border_zone_m", "coast_m")
STATE = b"crossing_grid"

Answer = tuple[str, str, str]  # country code, zone, basis


@dataclass(frozen=True)
class BorderGrid:
    """Answers by cell."""

    answers: tuple[Answer, ...]  # what a code stands for
    coarse: npt.NDArray[np.uint8]  # ROWS * COLUMNS, south to north, west to east
    fine: npt.NDArray[np.uint8]  # PARTS_PER_CELL ** 2 for each cut cell, in the order of the cut cells
    border_km: npt.NDArray[
        np.uint8
    ]  # no position of the coarse cell is in the border zone if that is this wide or less
    made_with: dict[str, float]
    rank: npt.NDArray[np.int32]  # of each coarse cell among the cut ones

    def is_made_with(self, parameters: Parameters) -> bool:
        """Say whether the answers hold for these parameters."""
        return all(self.made_with[name] == getattr(parameters, name) for name in MADE_WITH)

    def look_up(
        self, longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
        """Return the code of each position (MIXED or NEAR = not known) and border_km."""
        per_deg = CELLS_PER_DEG * PARTS_PER_CELL
        column = np.minimum(((longitude - WEST) * per_deg).astype(np.int32), COLUMNS * PARTS_PER_CELL - 1)
        row = np.minimum(((latitude - SOUTH) * per_deg).astype(np.int32), ROWS * PARTS_PER_CELL - 1)
        cell = (row // PARTS_PER_CELL) * COLUMNS + column // PARTS_PER_CELL
        code = self.coarse[cell]
        cut = np.flatnonzero(code == CUT)
        part = (row[cut] % PARTS_PER_CELL) * PARTS_PER_CELL + column[cut] % PARTS_PER_CELL
        code[cut] = self.fine[self.rank[cell[cut]] * PARTS_PER_CELL**2 + part]
        return code, self.border_km[cell]


def build_grid(
    answers: tuple[Answer, ...],
    coarse: npt.NDArray[np.uint8],
    fine: npt.NDArray[np.uint8],
    border_km: npt.NDArray[np.uint8],
    made_with: dict[str, float],
) -> BorderGrid:
    """Make a grid; the rank of cut cells follows from the coarse level."""
    rank = np.cumsum(coarse == CUT, dtype=np.int32) - np.int32(1)
    return BorderGrid(answers, coarse, fine, border_km, made_with, rank)


def fingerprint(folder: Path) -> str:
    """Return a key of the map the grid is made from."""
    digest = hashlib.sha256()
    for kind in ("land", "border", "coast"):
        digest.update((folder / f"crossing_{kind}.parquet").read_bytes())
    return digest.hexdigest()


def write_grid(grid: BorderGrid, folder: Path) -> None:
    """Write the grid as two Parquet files; parameters and answers are in the metadata."""
    made_from = {"made_with": grid.made_with, "answers": grid.answers, "map": fingerprint(folder)}
    state = json.dumps(made_from, sort_keys=True).encode()
    options = {"compression": "zstd", "compression_level": 19, "use_dictionary": False, "write_statistics": False}
    coarse = pa.table({"code": grid.coarse, "border_km": grid.border_km})
    pq.write_table(coarse.replace_schema_metadata({STATE: state}), folder / "crossing_grid.parquet", **options)
    fine = pa.table({"code": grid.fine})
    pq.write_table(fine.replace_schema_metadata({STATE: state}), folder / "crossing_grid_fine.parquet", **options)


def load_grid(folder: Path) -> BorderGrid | None:
    """Read the grid, or return None where there is none of this map (everything is then worked out exactly).

    Raises:
        ValueError: if the two files do not belong together.
    """
    if not (folder / "crossing_grid.parquet").exists():
        return None
    coarse, fine = (pq.read_table(folder / f"crossing_{name}.parquet") for name in ("grid", "grid_fine"))
    state = json.loads(coarse.schema.metadata[STATE])
    if state["map"] != fingerprint(folder):
        return None
    answers = tuple((code, zone, basis) for code, zone, basis in state["answers"])
    values = [
        table.column(name).to_numpy() for table, name in ((coarse, "code"), (fine, "code"), (coarse, "border_km"))
    ]
    grid = build_grid(answers, values[0], values[1], values[2], state["made_with"])
    is_one = coarse.schema.metadata[STATE] == fine.schema.metadata[STATE]
    if (
        not is_one
        or len(grid.coarse) != ROWS * COLUMNS
        or len(grid.fine) != (int(grid.rank[-1]) + 1) * PARTS_PER_CELL**2
    ):
        raise ValueError("the grid is incomplete; make it again (data/geo/README.md)")
    return grid
