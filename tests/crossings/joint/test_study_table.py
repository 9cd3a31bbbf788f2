"""The joint table: who counts where, how animals are split, and where a number is missing rather than zero."""

import pandas as pd
import pytest

from neaspec.crossings.joint.study_table import SPLITS, study_table

TIGER, LEOPARD = ("amur_tiger", "Panthera tigris"), ("amur_leopard", "Panthera pardus")
SIDES = ("CHN", "RUS")
Row = tuple[str, str, str, str, str, str]


def seen(*rows: Row, of: tuple[str, str] = TIGER) -> pd.DataFrame:
    """Make presences of (animal, State, sex, age, month, evidence)."""
    columns = ["individual_key", "country_code", "sex", "age", "month", "evidence"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(month=pd.to_datetime(table["month"]), species_id=of[0], taxon=of[1])


def effort(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["country_code", "stations", "cameras", "camera_days"])


BOTH_SIDES = effort(("CHN", 3.0, 5.0, 120.5), ("RUS", 2.0, 2.0, 60.0))


def cells(table: pd.DataFrame, part: str, side: str, taxon: str = TIGER[1]) -> dict[str, float | None]:
    """Return split -> number of a part and a column; empty is None."""
    own = table[(table["part"] == part) & (table["country_code"] == side) & table["taxon"].isin([taxon, ""])]
    return {
        split: None if pd.isna(number) else float(number)
        for split, number in zip(own["split"], own["number"], strict=True)
    }


def of(table: pd.DataFrame, part: str, side: str, *splits: str) -> list[float | None]:
    found = cells(table, part, side)
    return [found[split] for split in splits or ("all",)]


def test_cameras_stand_first_and_a_side_without_effort_has_empty_cells() -> None:
    table = study_table(seen(("F1", "RUS", "", "", "2020-01-01", "camera")), effort(("CHN", 3.0, 5.0, 120.5)), SIDES)
    assert cells(table, "cameras", "CHN") == {"stations": 3, "cameras": 5, "camera_days": 120.5}
    assert cells(table, "cameras", "RUS") == {"stations": None, "cameras": None, "camera_days": None}
    assert table["part"].iloc[:6].tolist() == ["cameras"] * 6


def test_every_split_stands_in_its_order_and_both_add_up() -> None:
    table = study_table(
        seen(
            ("F1", "CHN", "female", "adult", "2020-01-01", "camera"),
            ("M1", "CHN", "male", "subadult", "2020-01-01", "camera"),
            ("X1", "CHN", "", "", "2020-01-01", "camera"),
            ("J1", "CHN", "female", "juvenile", "2020-01-01", "camera"),
        ),
        BOTH_SIDES,
        SIDES,
    )
    found = cells(table, "by_camera", "CHN")
    assert (
        tuple(found)
        == SPLITS
        == ("all", "adult", "subadult", "juvenile", "age_not_stated", "female", "male", "sex_not_stated")
    )
    assert list(found.values()) == [4, 1, 1, 1, 1, 2, 1, 1]


def test_an_animal_on_both_sides_counts_on_each_once_among_all_and_as_shared() -> None:
    table = study_table(
        seen(
            ("F1", "CHN", "female", "adult", "2020-01-01", "camera"),
            ("F1", "RUS", "female", "adult", "2020-02-01", "camera"),
            ("F1", "RUS", "female", "adult", "2020-03-01", "camera"),
            ("M1", "RUS", "male", "adult", "2020-01-01", "camera"),
        ),
        BOTH_SIDES,
        SIDES,
    )
    assert [of(table, "by_camera", side) for side in ("CHN", "RUS", "distinct")] == [[1], [2], [2]]
    assert of(table, "shared_by_camera", "shared", "all", "female", "male") == [1, 1, 0]


def test_the_age_is_the_last_one_and_a_sex_told_in_two_ways_is_none() -> None:
    table = study_table(
        seen(
            ("F1", "CHN", "female", "juvenile", "2019-01-01", "camera"),
            ("F1", "CHN", "male", "adult", "2020-01-01", "camera"),
            ("F1", "CHN", "", "", "2021-01-01", "camera"),
        ),
        BOTH_SIDES,
        SIDES,
    )
    assert of(table, "by_camera", "CHN", "juvenile", "adult", "age_not_stated") == [0, 1, 0]
    assert of(table, "by_camera", "CHN", "female", "male", "sex_not_stated") == [0, 0, 1]


def test_cameras_without_an_animal_are_zero_and_a_side_without_cameras_is_empty() -> None:
    met = seen(("F1", "RUS", "", "", "2020-01-01", "camera"))
    assert of(study_table(met, BOTH_SIDES, SIDES), "by_camera", "CHN") == [0]
    no_cameras = study_table(met, effort(("RUS", 1.0, 1.0, 1.0)), SIDES)
    assert of(no_cameras, "by_camera", "CHN") == [None]
    assert of(no_cameras, "shared_by_camera", "shared") == [None]
    assert of(study_table(met, BOTH_SIDES, SIDES), "shared_by_camera", "shared") == [0]


def test_effort_of_cameras_makes_no_zero_of_samples() -> None:
    table = study_table(seen(("G1", "RUS", "", "", "2020-01-01", "genetic")), BOTH_SIDES, SIDES)
    assert of(table, "by_genetics", "RUS") == [1]
    assert of(table, "by_genetics", "CHN") == [None]
    assert of(table, "shared_by_genetics", "shared") == [None]
    assert "by_camera" not in set(table["part"])


def test_a_record_of_two_kinds_of_evidence_counts_for_both_and_one_of_a_tag_for_none() -> None:
    table = study_table(
        seen(
            ("F1", "CHN", "", "", "2020-01-01", "camera genetic"),
            ("T1", "CHN", "", "", "2020-01-01", "gps"),
        ),
        BOTH_SIDES,
        SIDES,
    )
    assert of(table, "by_camera", "CHN") == of(table, "by_genetics", "CHN") == [1]


def test_kinds_of_animals_are_apart_and_in_order() -> None:
    both = pd.concat(
        [
            seen(("F1", "CHN", "", "", "2020-01-01", "camera")),
            seen(
                ("F1", "CHN", "", "", "2020-01-01", "camera"), ("L2", "CHN", "", "", "2020-01-01", "camera"), of=LEOPARD
            ),
        ]
    )
    table = study_table(both, BOTH_SIDES, SIDES)
    own = table[(table["part"] == "by_camera") & (table["country_code"] == "CHN") & (table["split"] == "all")]
    assert own[["species_id", "taxon", "number"]].values.tolist() == [[*LEOPARD, 2], [*TIGER, 1]]


@pytest.mark.parametrize("part", ["by_camera", "shared_by_camera"])
def test_one_side_alone_has_no_shared_number(part: str) -> None:
    table = study_table(seen(("F1", "RUS", "", "", "2020-01-01", "camera")), effort(("RUS", 1.0, 1.0, 1.0)), ("RUS",))
    expected = {"by_camera": ("RUS", [1.0]), "shared_by_camera": ("shared", [None])}
    side, number = expected[part]
    assert of(table, part, side) == number
