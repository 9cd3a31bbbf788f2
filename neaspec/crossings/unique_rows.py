"""Rows that differ, each looked at once: many rows of field data say the same."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


def different(frame: pd.DataFrame) -> tuple[npt.NDArray[Any], pd.DataFrame]:
    """Return the number of each row among the rows that differ, and these; missing values are equal."""
    if frame.empty:
        return np.zeros(0, dtype="int64"), frame
    numbers = frame.groupby(list(frame.columns), sort=False, dropna=False).ngroup().to_numpy()
    return numbers, frame.iloc[np.unique(numbers, return_index=True)[1]]
