"""Stays as movingpandas sees them: an independent oracle for tests and benchmarks, never part of the app."""

import warnings
from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

COLUMNS = ["individual", "country_code", "arrived_at", "left_at", "records"]


def stays_of_movingpandas(fixes: pd.DataFrame, lands: Mapping[str, BaseGeometry]) -> pd.DataFrame:
    """Clip each animal's track with each country, point by point.

    Args:
        fixes: individual, time, longitude, latitude; one fix for each time of an animal.
        lands: country code -> its land.

    Returns:
        COLUMNS, one row for each piece of two fixes or more (a piece of one fix is no trajectory), in order.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import movingpandas as mpd

        points = gpd.GeoDataFrame(
            fixes[["individual", "time"]],
            geometry=gpd.points_from_xy(fixes["longitude"], fixes["latitude"]),
            crs="EPSG:4326",
        )
        tracks = mpd.TrajectoryCollection(points, traj_id_col="individual", t="time")
        rows = [
            (track.df["individual"].iloc[0], code, piece.df.index.min(), piece.df.index.max(), len(piece.df))
            for track in tracks
            for code, land in lands.items()
            for piece in track.clip(land, point_based=True)
        ]
    made = pd.DataFrame(rows, columns=COLUMNS)
    # A piece is named after its track: "name_0".
    made["individual"] = made["individual"].str.replace(r"_\d+$", "", regex=True) if len(made) else made["individual"]
    return made.sort_values(["individual", "arrived_at"], ignore_index=True)
