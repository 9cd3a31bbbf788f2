"""Results counted: from x to, pairs of countries, national lists, sex and age. Pure tables in, pure tables out.

An animal is counted once in a number, by its key. What is not stated is a number of its own, so that parts add up.
"""

from typing import Any

import pandas as pd

from neaspec.crossings.model.records import GRADES

ANIMAL = ["species_id", "taxon"]
SEXES = ("female", "male")
AGES = ("adult", "subadult", "juvenile")


def matrix(crossings: pd.DataFrame) -> pd.DataFrame:
    """Return crossings and animals from each country to each, by species and grade.

    Returns:
        species_id, taxon, from_country_code, to_country_code, grade, crossings, animals; in this order.
    """
    keys = [*ANIMAL, "from_country_code", "to_country_code", "grade"]
    return _count(crossings, keys, crossings=("individual_key", "size"), animals=("individual_key", "nunique"))


def pairs(crossings: pd.DataFrame) -> pd.DataFrame:
    """Return animals of each pair of countries, each animal under its best grade.

    Returns:
        species_id, taxon, country_a, country_b (in the order of the alphabet), confirmed, probable, border_zone_only,
        animals (their sum), a_to_b, b_to_a (animals with a crossing that is confirmed or probable in that direction).
    """
    rows = _with_pair(crossings)
    keys = [*ANIMAL, "country_a", "country_b"]
    rows["rank"] = rows["grade"].map(GRADES.index).astype("int64")
    best = _count(rows, [*keys, "individual_key"], rank=("rank", "min"))
    table = _count(best, keys, animals=("individual_key", "size"))
    for rank, grade in enumerate(GRADES):
        table = _add_count(table, best[best["rank"] == rank], keys, grade)
    known = rows[rows["rank"] < GRADES.index("border_zone_only")]
    table = _add_count(table, known[known["from_country_code"] == known["country_a"]], keys, "a_to_b")
    table = _add_count(table, known[known["from_country_code"] == known["country_b"]], keys, "b_to_a")
    return table[[*keys, *GRADES, "animals", "a_to_b", "b_to_a"]].sort_values(keys, ignore_index=True)


def both_sides(seen: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
    """Return the animals known to both countries of a pair.

    Args:
        seen: individual_key, species_id, taxon, country_code, data_set, sex; rows may repeat.
        crossings: with their grade.

    Returns:
        individual_key, species_id, taxon, sex, country_a, country_b, data_sets_a, data_sets_b (parted by " | "), grade
        (best of its crossings between the two; empty = none from one straight to the other).
    """
    keys = ["individual_key", *ANIMAL]
    sets = seen[[*keys, "country_code", "data_set"]].drop_duplicates().sort_values([*keys, "country_code", "data_set"])
    groups = [*keys, "country_code"]
    is_one = ~sets.duplicated(groups, keep=False)
    several = _count(sets[~is_one], groups, data_sets=("data_set", " | ".join))
    sets = pd.concat([sets[is_one].rename(columns={"data_set": "data_sets"}), several], ignore_index=True)
    shared = sets.merge(sets, on=keys, suffixes=("_a", "_b"))
    shared = shared[shared["country_code_a"] < shared["country_code_b"]]
    shared = shared.rename(columns={"country_code_a": "country_a", "country_code_b": "country_b"})
    shared = shared.merge(one_of_each(seen, "sex", SEXES), on="individual_key", how="left")
    graded = _with_pair(crossings)
    graded["rank"] = graded["grade"].map(GRADES.index).astype("int64")
    graded = _count(graded, ["individual_key", "country_a", "country_b"], rank=("rank", "min"))
    shared = shared.merge(graded, on=["individual_key", "country_a", "country_b"], how="left")
    shared["grade"] = shared["rank"].map(dict(enumerate(GRADES))).fillna("").astype("str")
    columns = [*keys, "sex", "country_a", "country_b", "data_sets_a", "data_sets_b", "grade"]
    return shared[columns].sort_values([*ANIMAL, "country_a", "country_b", "individual_key"], ignore_index=True)


def lists(seen: pd.DataFrame) -> pd.DataFrame:
    """Return the list of each data set in each country, their sum, the distinct animals and the overlap.

    Animals that several lists hold are counted several times in the sum: adding up national lists tells too many.

    Returns:
        species_id, taxon, part (list, country, sum_of_lists, distinct, overlap), data_set, country_code, animals;
        `country` is the distinct animals of all data sets in a country.
    """
    rows = seen[[*ANIMAL, "data_set", "country_code", "individual_key"]].drop_duplicates()
    animals = {"animals": ("individual_key", "nunique")}
    listed = _count(rows, [*ANIMAL, "data_set", "country_code"], **animals).assign(part="list")
    national = _count(rows, [*ANIMAL, "country_code"], **animals).assign(part="country", data_set="")
    summed = _count(listed, ANIMAL, animals=("animals", "sum")).assign(part="sum_of_lists")
    distinct = _count(rows, ANIMAL, **animals).assign(part="distinct")
    overlap = summed.merge(distinct, on=ANIMAL, suffixes=("", "_distinct")).assign(part="overlap")
    overlap["animals"] = overlap["animals"] - overlap["animals_distinct"]
    order = ("list", "country", "sum_of_lists", "distinct", "overlap")
    table = pd.concat([listed, national, summed, distinct, overlap], ignore_index=True)
    table = table.assign(data_set=table["data_set"].fillna(""), country_code=table["country_code"].fillna(""))
    table["order"] = table["part"].map(order.index)
    table = table.sort_values([*ANIMAL, "order", "data_set", "country_code"], ignore_index=True)
    return table[[*ANIMAL, "part", "data_set", "country_code", "animals"]]


def sexes(seen: pd.DataFrame) -> pd.DataFrame:
    """Return animals of each country by sex and by age; each split adds up to the animals.

    Args:
        seen: individual_key, species_id, taxon, country_code, sex, age, month; rows may repeat.

    Returns:
        species_id, taxon, country_code (empty = all countries, each animal once), animals, female, male,
        sex_not_stated, adult, subadult, juvenile, age_not_stated. An animal told with both sexes has none stated; its
        age is the last one told there.
    """
    everywhere = seen.assign(country_code="")
    rows = pd.concat([seen, everywhere], ignore_index=True)
    keys = [*ANIMAL, "country_code", "individual_key"]
    animals = rows[keys].drop_duplicates().merge(one_of_each(seen, "sex", SEXES), on="individual_key", how="left")
    aged = rows[rows["age"].isin(AGES)].sort_values(["month", "age"]).drop_duplicates(keys, keep="last")
    animals = animals.merge(aged[[*keys, "age"]], on=keys, how="left")
    animals["sex"] = animals["sex"].where(animals["sex"].isin(SEXES), "sex_not_stated")
    animals["age"] = animals["age"].where(animals["age"].isin(AGES), "age_not_stated")
    group = [*ANIMAL, "country_code"]
    table = _count(animals, group, animals=("individual_key", "size"))
    for column, parts in (("sex", (*SEXES, "sex_not_stated")), ("age", (*AGES, "age_not_stated"))):
        for part in parts:
            table = _add_count(table, animals[animals[column] == part], group, part)
    return table.sort_values(group, ignore_index=True)


def one_of_each(seen: pd.DataFrame, column: str, allowed: tuple[str, ...]) -> pd.DataFrame:
    """Return individual_key and the one value its rows state; empty where they state none, or more than one."""
    stated = seen[seen[column].isin(allowed)][["individual_key", column]].drop_duplicates()
    stated = stated.drop_duplicates("individual_key", keep=False)
    every = seen[["individual_key"]].drop_duplicates()
    table = every.merge(stated, on="individual_key", how="left")
    return table.assign(**{column: table[column].fillna("").astype("str")})


def _count(rows: pd.DataFrame, keys: list[str], **counts: Any) -> pd.DataFrame:
    counted: pd.DataFrame = rows.groupby(keys, as_index=False).agg(**counts)
    return counted.sort_values(keys, ignore_index=True)


def _add_count(table: pd.DataFrame, rows: pd.DataFrame, keys: list[str], name: str) -> pd.DataFrame:
    """Add a column with the distinct animals of rows; 0 where there are none."""
    counted = _count(rows, keys, counted=("individual_key", "nunique"))
    table = table.merge(counted, on=keys, how="left").rename(columns={"counted": name})
    return table.assign(**{name: table[name].fillna(0).astype("int64")})


def _with_pair(crossings: pd.DataFrame) -> pd.DataFrame:
    """Add country_a and country_b: the two countries in the order of the alphabet."""
    start, end = crossings["from_country_code"], crossings["to_country_code"]
    return crossings.assign(country_a=start.where(start < end, end), country_b=end.where(start < end, start))
