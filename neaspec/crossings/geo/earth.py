"""The size of the Earth: lengths of a degree, each with its accuracy, and distances on the sphere."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MEAN_RADIUS_M = 6_371_008.8  # mean radius of the Earth (IUGG)
# 111,195 m. For distances on that sphere, and only for them: what is searched by degrees and then by distance_m must
# use the same sphere, or something at the edge of the search is missed.
DEGREE_OF_SPHERE_M = MEAN_RADIUS_M * np.pi / 180
# A degree of longitude at the equator of WGS84 (111,319.5 m, rounded up). For the uncertainty that rounding of degrees
# leaves: there a degree must rather be too long than too short.
DEGREE_AT_EQUATOR_M = 111_320.0
# A degree of latitude is longer than this everywhere (110,574 m at the equator). For the width of a search in degrees,
# which must rather be too wide.
SHORTEST_DEGREE_M = 110_000.0


def distance_m(
    longitude: Floats, latitude: Floats, to_longitude: float | Floats, to_latitude: float | Floats
) -> Floats:
    """Return great-circle distances on a sphere in metres (haversine; at most 0.6 % off the ellipsoid)."""
    east, north = np.radians(longitude - to_longitude), np.radians(latitude - to_latitude)
    half = (
        np.sin(north / 2) ** 2 + np.cos(np.radians(latitude)) * np.cos(np.radians(to_latitude)) * np.sin(east / 2) ** 2
    )
    distances: Floats = 2 * MEAN_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distances
