"""The joint table: side by side what cameras and samples told of each kind of animal, and what the sides share.

Its rows are those of the study of tigers and leopards of 2014 to 2016: cameras, animals by age and sex, shared animals,
animals by genetics, and those shared by genetics. An animal counts once in a cell, by its key; parts add up.
"""

from typing import Literal, get_args

import pandas as pd

from neaspec.crossings.summaries import AGES, SEXES, one_of_each

Part = Literal["cameras", "by_camera", "shared_by_camera", "by_genetics", "shared_by_genetics"]
PARTS: tuple[Part, ...] = get_args(Part)
KEYS = ["species_id", "taxon"]
SHARED, DISTINCT = "shared", "distinct"  # in the column country_code: on two sides or more; different animals of all
SEX_NOT_STATED, AGE_NOT_STATED = "sex_not_stated", "age_not_stated"
SPLITS = ("all", *AGES, AGE_NOT_STATED, *SEXES, SEX_NOT_STATED)
STUDY_COLUMNS = ("part", *KEYS, "split", "country_code", "number")
_EVIDENCE: dict[str, tuple[Part, Part]] = {
    "camera": ("by_camera", "shared_by_camera"),
    "genetic": ("by_genetics", "shared_by_genetics"),
}


def study_table(seen: pd.DataFrame, effort: pd.DataFrame, sides: tuple[str, ...]) -> pd.DataFrame:
    """Return the joint table in long form.

    Args:
        seen: species_id, taxon, individual_key, country_code, sex, age, month, evidence (words parted by a space).
        effort: country_code, stations, cameras, camera_days of all the time; a side that is not in it reported none.
        sides: States, in order.

    Returns:
        STUDY_COLUMNS. number is empty where a side reported no effort, or no record of that evidence at all: that is no
        zero. split: stations, cameras and camera_days of the cameras; SPLITS of animals.
    """
    frames = [_cameras(effort, sides)]
    for evidence, (part, shared) in _EVIDENCE.items():
        rows = seen[seen["evidence"].str.split().map(lambda kinds, kind=evidence: kind in kinds).astype(bool)]
        with_evidence = set(rows["country_code"]) | (set(effort["country_code"]) if evidence == "camera" else set())
        for (species, taxon), own in rows.groupby(KEYS, sort=True):
            animals = _animals(own)
            for side in (*sides, DISTINCT):
                here = animals if side == DISTINCT else animals[animals["sides"].map(lambda on, code=side: code in on)]
                is_known = side == DISTINCT or side in with_evidence
                frames.append(
                    _split(here, is_known).assign(
                        part=part, country_code=side, species_id=str(species), taxon=str(taxon)
                    )
                )
            both = animals[animals["sides"].map(len) > 1]
            is_known = len(with_evidence & set(sides)) > 1
            frames.append(
                _split(both, is_known).assign(
                    part=shared, country_code=SHARED, species_id=str(species), taxon=str(taxon)
                )
            )
    return pd.concat(frames, ignore_index=True)[list(STUDY_COLUMNS)]


def _cameras(effort: pd.DataFrame, sides: tuple[str, ...]) -> pd.DataFrame:
    own = effort.set_index("country_code")
    rows = [
        ("cameras", "", "", name, side, own[name].get(side))
        for name in ("stations", "cameras", "camera_days")
        for side in sides
    ]
    table = pd.DataFrame(rows, columns=list(STUDY_COLUMNS))
    return table.assign(number=pd.to_numeric(table["number"]).astype("Float64"))


def _animals(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each animal once: sex (empty if both are stated), age (the last one), sides."""
    animals = one_of_each(rows, "sex", SEXES)
    aged = rows[rows["age"].isin(AGES)].sort_values(["month", "age"]).drop_duplicates("individual_key", keep="last")
    animals = animals.merge(aged[["individual_key", "age"]], on="individual_key", how="left")
    on: dict[str, set[str]] = {}
    for animal, side in zip(rows["individual_key"], rows["country_code"], strict=True):
        on.setdefault(animal, set()).add(side)
    sides = [tuple(sorted(on[animal])) for animal in animals["individual_key"]]
    return animals.assign(sides=pd.Series(sides, index=animals.index, dtype="object"))


def _split(animals: pd.DataFrame, is_known: bool) -> pd.DataFrame:
    """Return split and number of animals; each of the two splits adds up to all."""
    ages = animals["age"].where(animals["age"].isin(AGES), AGE_NOT_STATED)
    sexes = animals["sex"].where(animals["sex"].isin(SEXES), SEX_NOT_STATED)
    counted = {"all": len(animals)} | ages.value_counts().to_dict() | sexes.value_counts().to_dict()
    numbers = [counted.get(split, 0) if is_known else None for split in SPLITS]
    return pd.DataFrame({"split": list(SPLITS), "number": pd.array(numbers, dtype="Float64")})
