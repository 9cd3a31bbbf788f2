"""Doubts that a record alone shows: what its reader found, its clock, its position, the match it rests on."""

from collections.abc import Iterator
from typing import get_args

import numpy as np
import pandas as pd

from neaspec.crossings.doubts.kinds import WITHHOLDING
from neaspec.crossings.geo.earth import DEGREE_AT_EQUATOR_M
from neaspec.crossings.identity.matches import are_matched_weakly
from neaspec.crossings.input.values import Floats, Mask
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Reading
from neaspec.crossings.model.records import DoubtCode, DoubtfulRows

# Days that devices begin with when they have lost their time: of Unix, of most cameras, of satellite navigation.
RESET_DAYS = ("1970-01-01", "1980-01-01", "1980-01-06", "2000-01-01")
WITH_A_CLOCK = ("gps", "camera")
MOST_DECIMALS = 1  # of degrees, from which a position counts as rounded
CODES: tuple[DoubtCode, ...] = get_args(DoubtCode)


def add_doubts(records: pd.DataFrame, reading: Reading, parameters: Parameters) -> tuple[pd.DataFrame, DoubtfulRows]:
    """Return records with their doubts and the uncertainty of rounded positions, and the doubts counted.

    Args:
        records: RECORD_COLUMNS and individual_key; `doubts` holds what their reader found.
        reading: stated matches with the numbers they rest on.
        parameters: obscured_m, device_year, loci_least, loci_mismatches.

    Returns:
        The records, whose `doubts` hold only what keeps them from supporting a confirmed crossing.
    """
    counted = DoubtfulRows()
    uncertainty, is_rounded = _rounded(records)
    is_obscured = _stated(records, "obscured")
    uncertainty = np.where(is_obscured, np.fmax(uncertainty, parameters.obscured_m), uncertainty)
    masks: dict[DoubtCode, Mask] = {code: _stated(records, code) for code in _codes_in(records)}
    masks |= {"rounded": is_rounded & ~is_obscured, "weak_match": are_matched_weakly(records, reading, parameters)}
    masks |= _of_clocks(records, parameters)
    doubts = np.full(len(records), "", dtype=object)
    for code in CODES:
        rows = masks.get(code)
        if rows is None or not rows.any():
            continue
        for source, doubtful in records[rows].groupby("source", sort=True):
            counted.add(str(source), code, doubtful["row"])
        if code in WITHHOLDING:
            doubts[rows] = [f"{before} {code}".strip() for before in doubts[rows]]
    texts = pd.Series(doubts, index=records.index, dtype="str") if doubts.any() else ""
    return records.assign(doubts=texts, uncertainty_m=uncertainty).astype({"doubts": "str"}), counted


def _codes_in(records: pd.DataFrame) -> Iterator[DoubtCode]:
    written = {code for text in records["doubts"].unique() for code in str(text).split()}
    yield from (code for code in CODES if code in written)


def _stated(records: pd.DataFrame, code: DoubtCode) -> Mask:
    codes, different = pd.factorize(records["doubts"])
    has_it = np.array([code in str(text).split() for text in different], dtype=bool)
    return has_it[codes] if len(different) else np.zeros(len(records), dtype=bool)


def _rounded(records: pd.DataFrame) -> tuple[Floats, Mask]:
    """Return uncertainties, half the diagonal of a cell where degrees have one decimal or none; and which are so.

    A position both of whose numbers end there was rounded, by chance hardly ever; one that states an uncertainty, or
    stands beside a declared country, is taken as it is.
    """
    stated = records["uncertainty_m"].to_numpy(dtype="float64")
    east, north = (records[name].to_numpy(dtype="float64") for name in ("longitude", "latitude"))
    open_rows = np.isnan(stated) & ~np.isnan(east) & (records["declared_country"] == "").to_numpy()
    uncertainty = stated.copy()
    is_rounded = np.zeros(len(records), dtype=bool)
    for decimals in range(MOST_DECIMALS, -1, -1):
        parts = 10**decimals
        with np.errstate(invalid="ignore"):
            whole = (np.abs(east * parts - np.round(east * parts)) < 1e-7) & (
                np.abs(north * parts - np.round(north * parts)) < 1e-7
            )
        rows = open_rows & whole
        half = DEGREE_AT_EQUATOR_M / parts / 2
        uncertainty[rows] = half * np.hypot(1.0, np.cos(np.radians(north[rows])))
        is_rounded |= rows
    return uncertainty, is_rounded


def _of_clocks(records: pd.DataFrame, parameters: Parameters) -> dict[DoubtCode, Mask]:
    has_clock = records["evidence"].isin(WITH_A_CLOCK).to_numpy()
    days = records["time"].to_numpy(dtype="datetime64[us]").astype("datetime64[D]")
    is_early = has_clock & (days < np.datetime64(f"{parameters.device_year}-01-01"))
    is_reset = has_clock & np.isin(days, np.array(RESET_DAYS, dtype="datetime64[D]"))
    return {"clock_reset": is_reset, "before_the_device": is_early & ~is_reset}
