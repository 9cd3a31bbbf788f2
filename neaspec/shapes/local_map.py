"""A map in metres around a shape."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from neaspec.shapes.problems import CRS

Floats = npt.NDArray[np.float64]


class LocalMap:
    """A map in metres centred on a shape, on which distances of some kilometres are true."""

    def __init__(self, shape: Any) -> None:
        """Centre it."""
        west, south, east, north = shape.bounds
        middle = f"+proj=aeqd +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +ellps=WGS84 +units=m"
        self._to = pyproj.Transformer.from_crs(CRS, middle, always_xy=True)

    def metres(self, shape: Any) -> Any:
        """Return a shape in metres."""
        return shapely.transform(shape, self._forward)

    def degrees(self, shape: Any) -> Any:
        """Return a shape in degrees."""
        return shapely.transform(shape, self._back)

    def _forward(self, places: Floats) -> Floats:
        return np.column_stack(self._to.transform(places[:, 0], places[:, 1]))

    def _back(self, places: Floats) -> Floats:
        return np.column_stack(self._to.transform(places[:, 0], places[:, 1], direction="INVERSE"))
