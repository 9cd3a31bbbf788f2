"""Frames as CSV and as plain values: what each kind of cell looks like in the file."""

import datetime

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.outputs.plain import as_csv, plain_records, plain_values
from neaspec.crossings.privacy.redact import WITHHELD


def cell(value: object) -> str:
    """Return how a value stands in a file."""
    written = as_csv(pd.DataFrame({"x": pd.Series([value], dtype="object")})).decode("utf-8-sig")
    assert written.startswith("x\r\n") and written.endswith("\r\n")
    return written.removeprefix("x\r\n").removesuffix("\r\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("tiger", "tiger"),
        ("", ""),
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (-7, "-7"),  # a number is no formula
        (2.0, "2"),
        (-0.5, "-0.5"),
        (0.1, "0.1"),
        (datetime.date(2020, 3, 1), "2020-03-01"),
        ("a,b", '"a,b"'),
        ('say "b"', '"say ""b"""'),
        ("a\nb", '"a\nb"'),
        ("a\rb", '"a\rb"'),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("  =1", "'  =1"),
        ("a=1", "a=1"),
        ("=a,b", '"\'=a,b"'),
    ],
)
def test_a_cell_stands_as_a_spreadsheet_reads_it(value: object, written: str) -> None:
    assert cell(value) == written


def test_columns_and_rows_keep_their_order_and_names_are_quoted_too() -> None:
    frame = pd.DataFrame({"b, c": ["x", "y", "x"], "a": [3, 1, 3]})
    assert as_csv(frame) == b'\xef\xbb\xbf"b, c",a\r\nx,3\r\ny,1\r\nx,3\r\n'


def test_missing_values_of_each_kind_of_column_are_empty() -> None:
    frame = pd.DataFrame(
        {
            "whole": pd.array([1, None], dtype="Int64"),
            "part": [1.5, np.nan],
            "text": pd.Series(["a", None], dtype="str"),
        }
    )
    assert as_csv(frame).decode("utf-8-sig") == "whole,part,text\r\n1,1.5,a\r\n,,\r\n"


def test_a_table_without_rows_is_its_header() -> None:
    assert as_csv(pd.DataFrame(columns=["a", "b"])) == b"\xef\xbb\xbfa,b\r\n"


def test_half_a_letter_is_no_error() -> None:
    assert cell("a\ud800b") == "a?b"


def test_records_hold_plain_values_in_order_and_null_for_what_is_missing() -> None:
    frame = pd.DataFrame(
        {"n": pd.array([1, None], dtype="Int64"), "x": [0.5, np.nan], "t": ["a", None], "b": [True, False]}
    )
    told = plain_values(frame)
    assert told == [{"n": 1, "x": 0.5, "t": "a", "b": True}, {"n": None, "x": None, "t": None, "b": False}]
    assert type(told[0]["n"]) is int and type(told[0]["b"]) is bool


def test_texts_of_records_hold_no_position_but_numbers_stay() -> None:
    frame = pd.DataFrame({"t": pd.Series(["cam 43.12345 131.12345"], dtype="str"), "x": [43.12345]})
    (told,) = plain_records(frame)
    assert told["x"] == 43.12345
    assert told["t"] == f"cam {WITHHELD}"


def test_a_frame_without_columns_or_rows_has_no_records() -> None:
    assert plain_values(pd.DataFrame()) == [] and plain_values(pd.DataFrame({"a": []})) == []
    assert plain_records(pd.DataFrame({"a": pd.Series([], dtype="str")})) == []
