"""Our own columns are read from text and from Parquet, with the same result."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from neaspec.crossings.input.members import Input, InputLimits
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.model.records import RECORD_COLUMNS
from neaspec.crossings.readers.read import read, read_parts
from neaspec.errors import InputError
from tests.support.made_field_files import csv

COLUMNS = (
    "data_set",
    "individual",
    "taxon",
    "time",
    "longitude",
    "latitude",
    "evidence",
    "declared_country",
    "count",
    "sex",
)
ROWS = [
    ("north", "007", "Panthera tigris", "2020-01-01T10:00:00", 131.5, 43.5, "gps", "", 1.0, "female"),
    ("south", "A", "Antigone vipio", "2020-01-02T10:00:00", None, None, "ring", "KOR", None, ""),
    ("south", "A", "Antigone vipio", "2020-01-03T10:00:00", 127.0, 38.0, "gps", "", None, "male"),
]


def as_csv(rows=ROWS, name="t.csv", columns=COLUMNS):
    return csv(name, columns, *[["" if cell is None else cell for cell in row] for row in rows])


def as_parquet(rows=ROWS, name="t.parquet", columns=COLUMNS, change=lambda frame: frame, **said):
    frame = pd.DataFrame(rows, columns=list(columns))
    if "time" in frame:
        frame["time"] = pd.to_datetime(frame["time"]).astype("datetime64[us]")
    held = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(change(frame), preserve_index=False), held, **said)
    return Input(name, held.getvalue())


def refusal(*inputs, **said):
    with pytest.raises(InputError) as caught:
        read(inputs, **said)
    return "\n".join(caught.value.problems)


def dropped(reading):
    return {reason: count for (_, reason), count in reading.dropped.counts.items()}


def test_text_and_parquet_give_the_same_records():
    text, parquet = read([as_csv()]).records, read([as_parquet()]).records
    pd.testing.assert_frame_equal(text.drop(columns="source"), parquet.drop(columns="source"))
    assert {name: str(kind) for name, kind in parquet.dtypes.items()} == RECORD_COLUMNS
    assert parquet["individual"].tolist() == ["007", "A", "A"]
    assert parquet["time_quality"].tolist() == ["utc_by_standard"] * 3


def test_categories_zones_and_times_as_text_in_parquet_make_no_difference():
    plain = read([as_parquet()]).records
    categories = read(
        [as_parquet(change=lambda f: f.astype({"individual": "category", "evidence": "category"}))]
    ).records
    pd.testing.assert_frame_equal(plain, categories)
    as_text = read([as_parquet(change=lambda f: f.assign(time=f["time"].dt.strftime("%Y-%m-%dT%H:%M:%S")))]).records
    pd.testing.assert_frame_equal(plain, as_text)
    zoned = read([as_parquet(change=lambda f: f.assign(time=f["time"].dt.tz_localize("Asia/Seoul")))]).records
    assert zoned["time"].tolist() == (plain["time"] - pd.Timedelta("9h")).tolist()
    assert set(zoned["time_quality"]) == {"offset_given"}


def test_days_as_text_that_do_not_tell_are_asked_about_and_times_of_parquet_are_not():
    rows = [("", "A", "t", "03/04/2020", 131.0, 43.0, "gps", "", None, "")]
    asked = read([as_csv(rows)])
    assert [(one.kind, one.column) for one in asked.questions] == [("day_or_month_first", "time")]
    answered = read([as_csv(rows)], Answers(day_first={"t.csv": True}))
    assert (answered.records["time"].dt.month.tolist(), answered.questions) == ([4], [])
    assert not read([as_parquet()]).questions


def test_a_parquet_file_is_read_in_pieces_from_disk(tmp_path):
    path = tmp_path / "t.parquet"
    path.write_bytes(as_parquet(ROWS * 100).data)
    pieces = [part.records for part in read_parts([Input("t", path)], chunk_rows=7)[0]]
    assert (max(map(len, pieces)), sum(map(len, pieces))) == (7, 300)
    assert pd.concat(pieces)["row"].tolist() == list(range(2, 302))


def test_a_parquet_file_without_rows_gives_one_empty_piece():
    (part,) = read_parts([as_parquet(ROWS[:0], change=lambda f: f.astype({"individual": "str"}))])[0]
    assert (len(part.records), part.recognised.standard) == (0, "records")


def test_rows_that_are_no_records_are_left_out_alike():
    rows = [
        ("", "A", "t", None, 131.0, 43.0, "gps", "", None, ""),
        ("", "A", "t", "2020-01-01", 131.0, 43.0, "magic", "", None, ""),
        ("", "A", "t", "2020-01-01", 43.0, 131.0, "gps", "", None, ""),
        ("", "A", "t", "2020-01-01", 0.0, 0.0, "gps", "", None, ""),
        ("", "A", "t", "2020-01-01", None, None, "gps", "", None, ""),
        ("", "A", "t", "2500-01-01", 131.0, 43.0, "gps", "", None, ""),
        ("", "A", "t", "2020-01-01", 131.0, 43.0, "gps", "", 0.0, ""),
    ]
    text, parquet = read([as_csv(rows)]), read([as_parquet(rows)])
    assert (
        dropped(text)
        == dropped(parquet)
        == {
            "no_time": 1,
            "cell_unreadable": 1,
            "coordinates_impossible": 1,
            "coordinates_zero": 1,
            "no_coordinates": 1,
            "time_unreadable": 1,
            "absent": 1,  # where none was counted, none was
        }
    )


@pytest.mark.parametrize("at", [4, 10, 100, -40, -9, -5])
def test_a_damaged_parquet_file_is_refused(at):
    whole = bytearray(as_parquet().data)
    assert "t.parquet: " in refusal(Input("t.parquet", bytes(whole[:at])))
    whole[at:] = b"\xff" * len(whole[at:])
    assert "t.parquet: " in refusal(Input("t.parquet", bytes(whole)))


def test_a_parquet_file_of_other_columns_is_not_recognised():
    assert "a Parquet file that no reader recognises" in refusal(
        as_parquet(columns=[f"c{place}" for place in range(10)])
    )


def test_columns_of_other_types_are_refused_by_name():
    assert "column individual: double; texts are expected" in refusal(
        as_parquet(change=lambda f: f.assign(individual=1.5))
    )
    assert "column time: int64" in refusal(as_parquet(change=lambda f: f.assign(time=5)))
    assert "column longitude: bool" in refusal(as_parquet(change=lambda f: f.assign(longitude=True)))


def test_whole_numbers_may_name_animals():
    assert read([as_parquet(change=lambda f: f.assign(individual=[7, 8, 9]))]).records["individual"].tolist() == [
        "7",
        "8",
        "9",
    ]


def test_one_long_text_that_stands_for_many_rows_is_refused():
    assert "more than 1,000 letters" in refusal(as_parquet(change=lambda f: f.assign(taxon="x" * 100_000)))


def test_more_rows_than_may_be_held_are_refused():
    assert "up to 2 are taken" in refusal(as_parquet(), limits=InputLimits(rows=2))
    assert "more than 2 records" in refusal(as_csv(), limits=InputLimits(rows=2))
