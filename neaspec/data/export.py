"""The whole data set as one zip (tables, datapackage.json, README.md), and its dictionary for readers.

The zip holds the same bytes whenever the tables are the same: names in order, one date for all files. Unzipped, the
folder is a Frictionless Data Package: `frictionless validate datapackage.json` accepts it.
"""

import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from neaspec.data.build import fingerprint, references
from neaspec.data.description import read_description, tables_of
from neaspec.paths import DATA_DIR

FOLDER = "neaspec-nature-conservation"
FILE_NAME = f"{FOLDER}.zip"
BEFORE_ANY_CHANGE = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold
PLAIN_FILE = 0o644 << 16


def dataset_zip(data_dir: Path = DATA_DIR) -> bytes:
    """Return the data set as a zip; it is made once for each state of the tables.

    Raises:
        DataError: if datapackage.json is missing or not JSON.
    """
    return _zip(data_dir, fingerprint(data_dir))


@lru_cache(maxsize=2)
def _zip(data_dir: Path, _fingerprint: str) -> bytes:
    names = ["datapackage.json", "README.md", *(table["path"] for table in tables_of(read_description(data_dir)))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(names):
            file = zipfile.ZipInfo(f"{FOLDER}/{name}", BEFORE_ANY_CHANGE)
            file.external_attr = PLAIN_FILE
            file.compress_type = zipfile.ZIP_DEFLATED
            # The package of an edition holds tables alone; what explains them is the same for all.
            source = data_dir / name if (data_dir / name).is_file() else DATA_DIR / name
            archive.writestr(file, source.read_bytes())
    return out.getvalue()


def data_dictionary(description: dict[str, Any]) -> pd.DataFrame:
    """Return one row for each column of each table.

    Returns:
        table_name, table_title, column_name, column_type, unit, meaning, example, allowed (values, limits or pattern),
        key_of (table its value is a key of), keys_of (the same for lists of keys), is_required.
    """
    return pd.DataFrame(
        [
            {
                "table_name": table["name"],
                "table_title": table["title"],
                "column_name": field["name"],
                "column_type": field["type"],
                "unit": "" if field.get("unit", "-") == "-" else field["unit"],
                "meaning": field["description"],
                "example": str(field.get("example", "")),
                "allowed": allowed_values(field.get("constraints", {})),
                "key_of": targets.get(field["name"], ""),
                "keys_of": field.get("list_of", ""),
                "is_required": bool(field.get("constraints", {}).get("required")),
            }
            for table, targets in ((table, key_targets(table)) for table in tables_of(description))
            for field in table["schema"]["fields"]
        ]
    )


def key_targets(table: dict[str, Any]) -> dict[str, str]:
    """Return column -> table its values are keys of."""
    return {column: target for column, target, _ in references(table)}


def allowed_values(rules: dict[str, Any]) -> str:
    """Say which values a column may hold: a list, limits, or a pattern; nothing if any."""
    if "enum" in rules:
        return ", ".join(str(value) for value in rules["enum"])
    limits = [f"{sign} {rules[rule]}" for rule, sign in (("minimum", "≥"), ("maximum", "≤")) if rule in rules]
    return ", ".join(limits) or str(rules.get("pattern", ""))


def current_dictionary(data_dir: Path = DATA_DIR) -> pd.DataFrame:
    """Return the dictionary of the data in place, read anew when datapackage.json changed."""
    return _dictionary(data_dir, (data_dir / "datapackage.json").stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _dictionary(data_dir: Path, _changed: int) -> pd.DataFrame:
    return data_dictionary(read_description(data_dir))


def table_titles(data_dir: Path = DATA_DIR) -> dict[str, str]:
    """Return name -> title of every table."""
    rows = current_dictionary(data_dir).drop_duplicates("table_name")
    return dict(zip(rows["table_name"], rows["table_title"], strict=True))
