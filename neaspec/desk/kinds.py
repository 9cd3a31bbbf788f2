"""What can be submitted: kinds, the table each adds to, and the columns whoever submits fills in.

The columns come from data/datapackage.json, so that a new one appears by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from neaspec.data.description import tables_of

# Kind of submission -> the table that it adds a row to.
TABLE_OF: Mapping[str, str] = {
    "count": "counts",
    "movement": "movements",
    "designation": "designations",
    "site": "sites",
    "budget": "budgets",
    "response": "follow_ups",
    "document": "documents",
}
# Kinds about a row on record. A correction changes cells of it and says so beside it, an objection is said beside it;
# a remark on wording changes nothing by itself.
ABOUT_A_ROW = ("correction", "objection", "wording")
NOTED = ("wording",)  # accepting one says that it was heard
KINDS = (*TABLE_OF, *ABOUT_A_ROW)
# Columns that the desk fills in where nobody does.
FILLED: Mapping[str, str] = {"is_derived": "false", "locator": "report"}


@dataclass(frozen=True)
class Field:
    """A cell to fill in: what it is called, means and may hold."""

    name: str
    title: str
    meaning: str
    type: str
    is_required: bool
    allowed: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    pattern: str
    unit: str
    example: str
    refers_to: str  # table whose keys it holds; empty for none


def fields_of(description: Mapping[str, Any], table: str) -> tuple[Field, ...]:
    """Return the cells of a row of a table, without its key, which the desk gives.

    Raises:
        KeyError: if there is no such table.
    """
    schema = {resource["name"]: resource["schema"] for resource in tables_of(dict(description))}[table]
    targets = {
        name: key["reference"]["resource"] or table for key in schema.get("foreignKeys", []) for name in key["fields"]
    }
    return tuple(
        _field(field, targets.get(field["name"], ""))
        for field in schema["fields"]
        if field["name"] not in schema["primaryKey"]
    )


def _field(field: Mapping[str, Any], refers_to: str) -> Field:
    rules = field.get("constraints", {})
    return Field(
        name=field["name"],
        title=field.get("title", field["name"]),
        meaning=field.get("description", ""),
        type=field["type"],
        is_required=bool(rules.get("required")),
        allowed=tuple(str(value) for value in rules.get("enum", ())),
        minimum=rules.get("minimum"),
        maximum=rules.get("maximum"),
        pattern=rules.get("pattern", ""),
        unit=field.get("unit", ""),
        example=str(field.get("example", "")),
        refers_to=field.get("list_of", "") or refers_to,
    )
