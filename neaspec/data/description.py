"""The description of the tables, data/datapackage.json: read, and checked before anything is done with it.

description.schema.json is a JSON Schema of the parts the build uses: a part nobody knows is as wrong as one that lacks.
What a schema cannot say is checked here: keys that lead to columns and tables there are, patterns that can be read.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from neaspec.errors import DataError

FILE_NAME = "datapackage.json"
SCHEMA_FILE = Path(__file__).with_name("description.schema.json")
MOST_SHOWN = 60  # characters of what was found


def read_description(data_dir: Path) -> dict[str, Any]:
    """Return datapackage.json.

    Raises:
        DataError: if it is missing, is not JSON, or lacks a part the build uses; with all problems and where they are.
    """
    try:
        text = (data_dir / FILE_NAME).read_text(encoding="utf-8")
        description: dict[str, Any] = json.loads(text)
    except FileNotFoundError:
        raise DataError([f"{FILE_NAME}: the file is missing"]) from None
    except OSError as problem:
        raise DataError([f"{FILE_NAME}: cannot be read ({problem.strerror})"]) from problem
    except RecursionError:
        raise DataError([f"{FILE_NAME}: brackets stand in each other too deeply; expected a description"]) from None
    except ValueError as problem:  # not JSON, not UTF-8
        raise DataError([f"{FILE_NAME}: {problem}"]) from problem
    check_text(text)
    return description


@lru_cache(maxsize=8)
def check_text(text: str) -> None:
    """Check a description once, however often the same text is read: a fault is raised each time."""
    check_description(json.loads(text))


def tables_of(description: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the resources that are tables."""
    return [resource for resource in description["resources"] if resource.get("format") == "csv"]


def check_description(description: Any) -> None:
    """Raise DataError if the description has not the parts that the build uses."""
    problems = list(dict.fromkeys(said(error, description) for error in validator().iter_errors(description)))
    if not problems:
        tables = tables_of(description)
        problems = [*check_names(tables), *(problem for table in tables for problem in check_parts(table, tables))]
    if problems:
        raise DataError([f"{FILE_NAME}: {problem}" for problem in problems])


@cache
def validator() -> Draft202012Validator:
    """Return the schema of the description, ready to check."""
    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def said(error: ValidationError, description: Any) -> str:
    """Say one difference from the schema: where, what was found, what is allowed."""
    where = place_of([*error.absolute_path], description)
    if error.validator == "required":
        lacks = [name for name in error.validator_value if name not in error.instance]
        return f"{where} lacks {', '.join(lacks)}"
    if error.validator == "additionalProperties":
        unknown = [name for name in error.instance if name not in error.schema.get("properties", {})]
        return f"{where} has {', '.join(map(shown, unknown))}, which nothing reads; known are {allowed_in(error)}"
    return f"{where} is {shown(error.instance)}, expected {expected(error)}"


def allowed_in(error: ValidationError) -> str:
    """Return the parts an object may have."""
    return ", ".join(error.schema.get("properties", {}))


def expected(error: ValidationError) -> str:
    """Say what one rule of the schema allows."""
    value = error.validator_value
    words = {
        "type": f"{'an' if str(value)[0] in 'aio' else 'a'} {value}",
        "const": json.dumps(value),
        "enum": f"one of {value}",
        "pattern": f"small letters, digits and _ ({value})",
        "minItems": f"a list of at least {value}",
        "maxItems": f"a list of at most {value}",
        "minLength": "a text that is not empty",
        "minimum": f"at least {value:g}" if isinstance(value, int | float) else "",
        "maximum": f"at most {value:g}" if isinstance(value, int | float) else "",
        "uniqueItems": "a list without the same value twice",
    }
    return words.get(str(error.validator), str(error.message))


def place_of(path: list[str | int], description: Any) -> str:
    """Say a place in the description by names: table counts, column value, constraints.pattern."""
    parts: list[str] = []
    rest: list[str] = []
    here = description
    for step in path:
        here = here[step]
        if isinstance(step, int) and rest and rest[-1] in ("resources", "fields") and isinstance(here, dict):
            kind = "table" if rest[-1] == "resources" else "column"
            name = here.get("name")
            parts.append(f"{kind} {name}" if isinstance(name, str) and name else f"{kind} number {step + 1}")
            rest = []
        else:
            rest.append(str(step))
    rest = rest[1:] if parts and rest[:1] == ["schema"] and len(rest) > 1 else rest
    return ", ".join([*parts, *([".".join(rest)] if rest else [])]) or "the whole"


def shown(value: Any) -> str:
    """Return what was found, not longer than a line."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def check_names(tables: list[dict[str, Any]]) -> Iterator[str]:
    """Give names that two tables or two columns have, and files that are not called as their table."""
    for name, times in Counter(table["name"] for table in tables).items():
        if times > 1:
            yield f"table {name} is described {times} times"
    for table in tables:
        if table["path"] != f"{table['name']}.csv":
            yield f"table {table['name']}, path is {table['path']!r}, expected '{table['name']}.csv'"
        columns = Counter(field["name"] for field in table["schema"]["fields"])
        for name, times in columns.items():
            if times > 1:
                yield f"table {table['name']}, column {name} is described {times} times"


def check_parts(table: dict[str, Any], tables: list[dict[str, Any]]) -> Iterator[str]:
    """Give keys that lead nowhere and constraints that cannot hold."""
    here = f"table {table['name']}"
    columns = {field["name"] for field in table["schema"]["fields"]}
    keys = {table["name"]: table["schema"]["primaryKey"][0] for table in tables}
    if table["schema"]["primaryKey"][0] not in columns:
        yield f"{here}, primaryKey is {table['schema']['primaryKey'][0]!r}, expected one of its columns"
    for number, key in enumerate(table["schema"].get("foreignKeys", []), start=1):
        place, target = f"{here}, foreignKeys number {number}", key["reference"]["resource"] or table["name"]
        if key["fields"][0] not in columns:
            yield f"{place}: {key['fields'][0]!r} is no column of {table['name']}"
        if target not in keys:
            yield f"{place}: there is no table {target!r}"
        elif key["reference"]["fields"][0] != keys[target]:
            yield f"{place}: {key['reference']['fields'][0]!r} is not the key of {target}, expected {keys[target]!r}"
    for field in table["schema"]["fields"]:
        for problem in check_field(field, columns, set(keys)):
            yield f"{here}, column {field['name']}{problem}"


def check_field(field: dict[str, Any], columns: set[str], tables: set[str]) -> Iterator[str]:
    """Give what is wrong in one column, beginning with the part."""
    rules, is_text = field.get("constraints", {}), field["type"] == "string"
    if "list_of" in field and field["list_of"] not in tables:
        yield f", list_of is {field['list_of']!r}, there is no such table"
    for column in field.get("required_where", {}):
        if column not in columns:
            yield f", required_where names {column!r}, which is no column"
    for rule in ("pattern", "enum"):
        if rule in rules and not is_text:
            yield f", constraints.{rule} is for texts only, the column is {field['type']}"
    for rule in ("minimum", "maximum"):
        if rule in rules and field["type"] not in ("integer", "number"):
            yield f", constraints.{rule} is for numbers only, the column is {field['type']}"
    if rules.get("minimum", 0) > rules.get("maximum", rules.get("minimum", 0)):
        yield f", constraints.minimum is {rules['minimum']}, more than its maximum of {rules['maximum']}"
    try:
        re.compile(rules.get("pattern", ""))
    except re.error as problem:
        yield f", constraints.pattern is {shown(rules['pattern'])}, which is no pattern ({problem})"
