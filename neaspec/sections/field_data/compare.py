"""Two data sets side by side: two national lists, their sum, the distinct animals, those in both, sex and age."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from neaspec.blocks import Block, Chart, Notice
from neaspec.sections.common import make_table, rows_of
from neaspec.text import Words

if TYPE_CHECKING:
    from neaspec.crossings.pipeline import PipelineResult

BETWEEN = " | "  # data sets in a cell of stays
SEXES, AGES = ("female", "male", ""), ("adult", "subadult", "juvenile", "")


def data_sets(worked: "PipelineResult") -> list[str]:
    """Return the data sets with identified animals."""
    cells = worked.results.stays["data_sets"]
    return sorted({name for cell in cells.unique() for name in str(cell).split(BETWEEN) if name})


def animals_of(worked: "PipelineResult", compared: tuple[str, str]) -> pd.DataFrame:
    """Return the animals of two data sets: individual_key, species_id, taxon, sex, age, in_first, in_second."""
    stays = worked.results.stays[worked.results.stays["country_code"] != ""]
    known = stays["data_sets"].str.split(BETWEEN, regex=False)
    first, second = ([name in (cell or []) for cell in known] for name in compared)
    rows = stays.assign(in_first=first, in_second=second)
    rows = rows[rows["in_first"] | rows["in_second"]]
    aggregates: dict[str, Any] = {"in_first": "max", "in_second": "max", "sex": _one, "age": "last"}
    keys = ["individual_key", "species_id", "taxon"]
    animals: pd.DataFrame = (
        rows.sort_values(["individual_key", "stay"]).groupby(keys, as_index=False, sort=True).agg(aggregates)
    )
    return animals


def _one(values: pd.Series) -> str:
    """Return what all records say; nothing if they differ."""
    said = {value for value in values if value}
    return said.pop() if len(said) == 1 else ""


def comparison(
    words: Words, worked: "PipelineResult", compared: tuple[str, str] | None, names: dict[str, str]
) -> list[Block]:
    """Show two data sets side by side, with the caution of the joint study.

    Args:
        words: the wording.
        worked: what came of the files.
        compared: the two data sets; None = there are not two.
        names: species_id -> English name.
    """
    if compared is None:
        return [Notice(text=words("field_data.compare_none"), kind="empty")]
    animals = animals_of(worked, compared)
    if animals.empty:
        return [Notice(text=words("field_data.compare_none"), kind="empty")]
    animals["species_name"] = [names.get(row.species_id, row.taxon) for row in rows_of(animals)]
    return [
        Notice(text=words("field_data.compare_caution"), kind="caution"),
        lists_chart(words, animals, compared),
        sexes(words, animals),
    ]


def lists_chart(words: Words, animals: pd.DataFrame, compared: tuple[str, str]) -> Chart:
    """Draw the two lists, their sum, the distinct animals and those in both, species by species."""
    rows = animals.groupby(["species_name", "species_id"], as_index=False).agg(
        first_list=("in_first", "sum"),
        second_list=("in_second", "sum"),
        distinct_animals=("individual_key", "size"),
    )
    rows["sum_of_lists"] = rows["first_list"] + rows["second_list"]
    rows["in_both"] = rows["sum_of_lists"] - rows["distinct_animals"]
    parts = []
    for row in rows_of(rows):
        for what, value in (
            (words("field_data.compare_list", data_set=compared[0]), row.first_list),
            (words("field_data.compare_list", data_set=compared[1]), row.second_list),
            (words("field_data.compare_sum"), row.sum_of_lists),
            (words("field_data.compare_distinct"), row.distinct_animals),
            (words("field_data.compare_overlap"), row.in_both),
        ):
            category = words("movements.joint_row", species=row.species_name, what=what)
            parts.append(
                {"category": category, "value": value, "mark": "exact" if value else "zero", "species": row.species_id}
            )
    columns = {
        "species_name": "text",
        "first_list": "integer",
        "second_list": "integer",
        "sum_of_lists": "integer",
        "distinct_animals": "integer",
        "in_both": "integer",
    }
    title = words("field_data.compare_chart", first=compared[0], second=compared[1])
    listed = words.listed(
        (words.labelled(part["category"], words.number(part["value"])) for part in parts), "semicolon"
    )
    return Chart(
        title=title,
        kind="bars",
        rows=pd.DataFrame(parts),
        roles={"category": "category", "value": "value", "mark": "mark", "species": "species"},
        value_title=words("field_data.axis_animals"),
        alt=words("field_data.compare_alt", listed=listed),
        table=make_table(words, words("field_data.compare_table"), rows, columns, "lists"),  # type: ignore[arg-type]
        unit=words("field_data.unit_animals"),
        counted=words("field_data.compare_counted"),
    )


def sexes(words: Words, animals: pd.DataFrame) -> Block:
    """Split the distinct animals by sex and age; the parts add up to the last row."""
    rows = []
    for species, group in animals.groupby("species_name", sort=True):
        for sex in SEXES:
            for age in AGES:
                part = group[(group["sex"] == sex) & (group["age"] == age)]
                if len(part):
                    rows.append(_split(species, _or_unknown(words, "sex", sex), _or_unknown(words, "age", age), part))
        rows.append(_split(species, words("field_data.all_of_them"), "", group))
    columns = {
        "species_name": "text",
        "sex_words": "text",
        "age_words": "text",
        "only_first": "integer",
        "only_second": "integer",
        "in_both": "integer",
        "distinct_animals": "integer",
    }
    title = words("field_data.sexes_table")
    return make_table(words, title, pd.DataFrame(rows), columns, "sex_and_age")  # type: ignore[arg-type]


def _split(species: object, sex: str, age: str, part: pd.DataFrame) -> dict[str, object]:
    both = int((part["in_first"] & part["in_second"]).sum())
    return {
        "species_name": species,
        "sex_words": sex,
        "age_words": age,
        "only_first": int(part["in_first"].sum()) - both,
        "only_second": int(part["in_second"].sum()) - both,
        "in_both": both,
        "distinct_animals": len(part),
    }


def _or_unknown(words: Words, term: str, value: str) -> str:
    return words.term(term, value) or words("field_data.not_stated")
