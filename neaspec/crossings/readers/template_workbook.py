"""Our own workbook for field data: one sheet for records, one that explains each column, one for identities."""

import io
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import pandas as pd
import xlsxwriter

from neaspec.files import reproducible_zip
from neaspec.paths import DATA_DIR
from neaspec.text import Words, languages, load_words

FILE_NAME = "neaspec_field_data.xlsx"
# Columns of the sheets, by the name their wording has. `date`, `time_of_day` and `utc_offset` make its time.
RECORDS = (
    "data_set",
    "individual",
    "sample_id",
    "taxon",
    "date",
    "time_of_day",
    "utc_offset",
    "longitude",
    "latitude",
    "uncertainty_m",
    "evidence",
    "declared_country",
    "station",
    "site",
    "sex",
    "age",
    "count",
    "behaviour",
)
IDENTITIES = (
    "data_set",
    "individual",
    "individual_key",
    "method",
    "loci_compared",
    "loci_matched",
    "laboratory",
)
NEEDED = {"records": ("date", "evidence"), "identities": ("data_set", "individual", "individual_key")}
EITHER = (("individual", "sample_id"), ("longitude", "declared_country"), ("latitude", "declared_country"))
LISTS = {
    "evidence": ("camera", "genetic", "gps", "ring", "sighting", "tracks"),
    "sex": ("female", "male"),
    "age": ("adult", "subadult", "juvenile"),
    "behaviour": ("nest", "roost"),
}
OFFSETS = ("+07:00", "+08:00", "+09:00", "+10:00", "+11:00", "+12:00", "+00:00")
_COUNTRIES = DATA_DIR / "countries.csv"
_MADE = datetime(2026, 11, 21)  # the files say when this layout was made, so that they are always the same bytes
_LAST_ROW = 1_048_575
_BETWEEN = {
    "longitude": ("decimal", -180, 180),
    "latitude": ("decimal", -90, 90),
    "uncertainty_m": ("decimal", 0.001, 1e7),
    "count": ("integer", 1, 1_000_000),
    "loci_compared": ("integer", 0, 1_000_000),
    "loci_matched": ("integer", 0, 1_000_000),
}
_FORMS = {"date": "yyyy-mm-dd", "time_of_day": "hh:mm"}
_WIDTHS = {"site": 34, "taxon": 28, "data_set": 26, "declared_country": 24, "individual_key": 24, "method": 36}


@cache
def member_states() -> tuple[str, ...]:
    """Return the names of the six States, as the data write them."""
    countries = pd.read_csv(_COUNTRIES, dtype="str")
    return tuple(countries["name"][countries["is_member"] == "true"])


@cache
def labels() -> Mapping[str, str]:
    """Return column names as people may find them in a sheet, in any language, in small letters -> our name."""
    names = {name: name for name in (*RECORDS, *IDENTITIES)}
    for language in languages():
        words = load_words(language)
        names |= {_plain(words(f"field_template.{name}_label")): name for name in (*RECORDS, *IDENTITIES)}
    return names


@cache
def list_words(column: str) -> Mapping[str, str]:
    """Return the words of a drop-down list, in any language, in small letters -> our value."""
    values = {value: value for value in LISTS[column]}
    for language in languages():
        words = load_words(language)
        values |= {_plain(words(f"field_template.{column}_{value}")): value for value in LISTS[column]}
    return values


def name_of(header: object) -> str:
    """Return our name of a column of a sheet; empty = not one of ours."""
    return labels().get(_plain(str(header)), "")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def template_file(words: Words | None = None) -> bytes:
    """Return the workbook, empty, in the wording of one language; always the same bytes."""
    words = words or load_words()
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": words("field_template.title"), "created": _MADE})
    records, explanation, identities = (
        book.add_worksheet(words(f"field_template.sheet_{name}")) for name in ("records", "explanation", "identities")
    )
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top", "locked": True})
    _write_columns(book, records, RECORDS, head, words)
    _write_columns(book, identities, IDENTITIES, head, words)
    _write_explanation(book, explanation, head, words)
    book.close()
    return reproducible_zip(out.getvalue())


def _write_columns(book: Any, sheet: Any, columns: tuple[str, ...], head: Any, words: Words) -> None:
    """Write the header of a sheet; the cells below it have the form and the limits of their column."""
    sheet.freeze_panes(1, 0)
    for number, name in enumerate(columns):
        is_number = name in _BETWEEN
        form = book.add_format({"num_format": _FORMS.get(name, "General" if is_number else "@")})
        sheet.set_column(number, number, _WIDTHS.get(name, 16), form)
        sheet.write_string(0, number, words(f"field_template.{name}_label"), head)
        rule = _rule(name, words)
        if rule:
            sheet.data_validation(1, number, _LAST_ROW, number, rule)


def _rule(name: str, words: Words) -> dict[str, object]:
    """Return what Excel lets people write into a column; nothing for free text."""
    message = {"error_message": words("field_template.bad_value"), "ignore_blank": True}
    if name in LISTS:
        listed = [words(f"field_template.{name}_{value}") for value in LISTS[name]]
        return {"validate": "list", "source": listed} | message
    if name == "declared_country":  # other countries may be written too
        return {"validate": "list", "source": list(member_states()), "error_type": "information"} | message
    if name == "utc_offset":
        return {"validate": "list", "source": list(OFFSETS), "error_type": "information"} | message
    if name in _BETWEEN:
        kind, low, high = _BETWEEN[name]
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high} | message
    return {}


def _write_explanation(book: Any, sheet: Any, head: Any, words: Words) -> None:
    """Write what each column means."""
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, words("field_template.title"), title)
    for number in range(1, 5):
        sheet.merge_range(number, 0, number, 6, words(f"field_template.how_{number}"), wrap)
        sheet.set_row(number, 32)
    heads = ("sheet", "column", "needed", "about", "allowed", "unit", "example")
    for number, (name, width) in enumerate(zip(heads, (14, 20, 12, 60, 40, 18, 34), strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(6, number, words(f"field_template.head_{name}"), head)
    row = 7
    for kind, columns in (("records", RECORDS), ("identities", IDENTITIES)):
        for name in columns:
            cells = [
                words(f"field_template.sheet_{kind}"),
                words(f"field_template.{name}_label"),
                words(f"field_template.needed_{_needed(kind, name)}"),
                words(f"field_template.{name}_about"),
                _allowed(name, words),
                words(f"field_template.{name}_unit"),
                words(f"field_template.{name}_example"),
            ]
            for number, text in enumerate(cells):
                sheet.write_string(row, number, text, wrap)
            row += 1
    sheet.freeze_panes(7, 0)


def _needed(kind: str, name: str) -> str:
    if name in NEEDED[kind]:
        return "yes"
    return "either" if kind == "records" and any(name in names for names in EITHER) else "no"


def _allowed(name: str, words: Words) -> str:
    allowed = words(f"field_template.{name}_allowed")
    listed = [words(f"field_template.{name}_{value}") for value in LISTS.get(name, ())]
    if name == "declared_country":
        listed = list(member_states())
    return f"{allowed}: {', '.join(listed)}" if listed else allowed
