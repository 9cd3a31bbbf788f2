"""What is taken away of results from field data: made in memory when it is asked for, kept nowhere."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from neaspec.blocks import Page
from neaspec.briefs.documents import make_document
from neaspec.briefs.formats import FORMATS
from neaspec.queries import Ask
from neaspec.render.cells import table_csv
from neaspec.render.fixed_zip import same_bytes
from neaspec.sections.field_data import FieldDataChoices
from neaspec.table_files import named_tables
from neaspec.text import Words

DOCUMENTS = ("pdf", "xlsx")  # through the description that all outputs share


@dataclass(frozen=True)
class Download:
    """A file that can be taken away: its name, what a browser calls it, and what makes it."""

    key: str
    file_name: str
    media_type: str
    make: Callable[[], bytes]


def downloads(page: Page, worked: Any, of: Ask, words: Words, is_made_up: bool) -> list[Download]:
    """Return what can be taken away of a page of results; its names say so if the data are made up.

    Args:
        page: as it is shown.
        worked: its results hold nothing finer than the public level.
        of: asks the database.
        words: the wording.
        is_made_up: whether it is the sample.
    """
    stem = words("field_data.file_stem")
    stem = words("field_data.made_up_stem", stem=stem) if is_made_up else stem
    made = [Download("all", f"{stem}.zip", "application/zip", partial(zip_of_tables, page, stem))]
    for form in DOCUMENTS:
        document = partial(_document, page, of, words, form)
        made.append(Download(form, f"{stem}.{form}", FORMATS[form].media_type, document))
    return made


def zip_of_tables(page: Page, stem: str) -> bytes:
    """Return every table of a page as CSV in one zip; equal tables give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in named_tables(page).items():
            archive.writestr(f"{stem}/{name}.csv", table_csv(table))
    return same_bytes(out.getvalue())


def _document(page: Page, of: Ask, words: Words, form: str) -> bytes:
    return FORMATS[form].make(make_document(of, words, page.name, FieldDataChoices(), page))
