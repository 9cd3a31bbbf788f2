"""What is taken away of results from field data: made in memory when it is asked for, kept nowhere."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from neaspec.blocks import Page
from neaspec.briefs.documents import make_document
from neaspec.briefs.formats import FORMATS
from neaspec.briefs.joint_paper import joint_document
from neaspec.crossings.geo.borders import borders_version
from neaspec.crossings.outputs.joint_files import joint_files
from neaspec.crossings.outputs.tables import JOINT_FOLDER, result_file
from neaspec.crossings.pipeline import PipelineResult
from neaspec.data.queries import Ask
from neaspec.files import reproducible_zip
from neaspec.render.cells import table_csv
from neaspec.sections.field_data.page import FieldDataChoices
from neaspec.sections.field_data.paper import cut_for_paper
from neaspec.text import Words
from neaspec.urls import named_tables

PAPER = "pdf"
DOCUMENTS = (PAPER, "xlsx")  # through the description that all outputs share

RESULT_DOWNLOADS = {  # of crossings/outputs.py: name, what a browser calls it
    "crossings": ("crossings.csv", "text/csv"),
    "stays": ("stays.csv", "text/csv"),
    "gpkg": ("crossings.gpkg", "application/geopackage+sqlite3"),
    "statement": ("movements_rows.csv", "text/csv"),
    "report": ("report.json", "application/json"),
}
# What stands in each row of those files: in the files of made-up data it says so first.
IN_EACH_ROW = ("generalised_ends", "withheld", "licence", "statement_note")
OF_JOINT_FILES = ("joint.row_note", "joint.histories_public")


@dataclass(frozen=True)
class ResultDownload:
    """A file that can be taken away: its name, what a browser calls it, and what makes it."""

    key: str
    file_name: str
    media_type: str
    make: Callable[[], bytes]


def downloads(page: Page, worked: PipelineResult, of: Ask, words: Words, is_made_up: bool) -> list[ResultDownload]:
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
    wording = marked_words(words) if is_made_up else words
    zipped = partial(zip_of_tables, page, stem, worked, wording)
    offered = [ResultDownload("all", f"{stem}.zip", "application/zip", zipped)]
    for key, (name, media_type) in RESULT_DOWNLOADS.items():
        file_name = f"{stem}-{name}".replace("_", "-")
        offered.append(
            ResultDownload(key, file_name, media_type, partial(_result_file, worked, wording, name, is_made_up))
        )
    for form in DOCUMENTS:
        document = partial(_document, page, of, words, form, is_made_up)
        offered.append(ResultDownload(form, f"{stem}.{form}", FORMATS[form].media_type, document))
    if not worked.joint.is_empty:
        paper = partial(_joint_paper, worked, of, words, is_made_up)
        offered.append(ResultDownload("joint", f"{stem}-joint-study.{PAPER}", FORMATS[PAPER].media_type, paper))
    return offered


def zip_of_tables(page: Page, stem: str, worked: PipelineResult, words: Words) -> bytes:
    """Return every table of a page as CSV, and the files of a joint study, in one zip; the same for equal results."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in named_tables(page).items():
            archive.writestr(f"{stem}/{name}.csv", table_csv(table))
        for name, content in joint_files(worked.joint, worked.results.rules, words):
            archive.writestr(f"{stem}/{JOINT_FOLDER}/{name}", content)
    return reproducible_zip(out.getvalue())


def _joint_paper(worked: PipelineResult, of: Ask, words: Words, is_made_up: bool) -> bytes:
    foot = words("field_data.result_foot_made_up" if is_made_up else "field_data.result_foot")
    footed = replace(words, texts={**words.texts, "take.foot": foot})
    return FORMATS[PAPER].make(joint_document(of, footed, worked.joint, is_made_up))


def _document(page: Page, of: Ask, words: Words, form: str, is_made_up: bool) -> bytes:
    foot = words("field_data.result_foot_made_up" if is_made_up else "field_data.result_foot")
    words = replace(words, texts={**words.texts, "take.foot": foot})
    if form == PAPER:
        page = replace(page, blocks=cut_for_paper(words, page.blocks))
    document = make_document(of, words, page.name, FieldDataChoices(), page)
    # The view of these results ends with its session: no address leads back to it.
    kind, address = words("field_data.result_kind"), words("field_data.result_address")
    return FORMATS[form].make(replace(document, kind=kind, address=address))


def marked_words(words: Words) -> Words:
    """Return the wording with which files of results say in each row that they are made up."""
    keys = [*(f"crossings.{key}" for key in IN_EACH_ROW), *OF_JOINT_FILES]
    marked = {key: f"{words('field_data.made_up')}. {words.text(key)}" for key in keys}
    return replace(words, texts={**words.texts, **marked})


def _result_file(worked: PipelineResult, words: Words, name: str, is_made_up: bool) -> bytes:
    content = result_file(name, worked, borders_version(), words)
    if not is_made_up or not name.endswith(".json"):
        return content
    said = {"made_up": words("field_data.made_up_notice")} | json.loads(content)
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
