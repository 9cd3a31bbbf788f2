"""The papers folder: documents that whoever runs the dashboard holds, and the passage a citation names in them.

data/papers/<document_id>.pdf or .txt is no part of the repository. Where a document is held, `passage` gives the words
that a locator names ("para. 24(a)(iii)", "Table 2", "section 1.2", "page 5") as they stand there, with the page: the
whole paragraph, section or table, so that nothing inside it is left out. Where a document is not held, or the locator
is not found, it gives None, and the reader gets the address of the document. What is read is data, never markup; a file
that is too large or damaged is told by the check and never shown to a reader.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from neaspec.data.description import read_description, tables_of
from neaspec.data.passages import NoPassageError, Passages, cut_marked_up, cut_paper, cut_sections, locate
from neaspec.errors import DashboardError
from neaspec.files import MEGABYTE, plain_text
from neaspec.paths import DATA_DIR

PAPERS_DIR = DATA_DIR / "papers"
MOST_BYTES = 50 * MEGABYTE
MOST_PAGES = 500
MOST_LETTERS = 3_000_000  # of a whole document
LONGEST_PASSAGE = 12_000  # letters; what follows is left out, with a sign
PAPERS_KEPT = 16
KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
PAGE = re.compile(r"\b(?:page|p\.)\s*(\d+)\b", re.IGNORECASE)
MARKED_UP = re.compile(r"(?m)^#+ ")
FEWEST_PARAGRAPHS = 3  # numbered ones, for a document to be a paper of a meeting
# What a locator names inside a paragraph, a section or a table: the reader is given the whole.
ITEM = re.compile(r"(?<=\d)(?:\((?:[a-h]|[ivx]+)\))+")
SECTION_ITEM = re.compile(r"\b((?:sect\. |section )\d(?:\.\d)?)[^;]*", re.IGNORECASE)
COMPONENTS = re.compile(r"\b(table \d+), components?[^;]*", re.IGNORECASE)
CONTEXT = re.compile(r"\A(?:\([^()\n]*\)\n)+")  # headings above, which the cutter puts before a passage
PROBE = 40  # letters of a line by which its page is found

# A damaged file ends in errors of many kinds: of the library, of numbers, of structures that are not there.
DAMAGED = (PyPdfError, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


class PaperError(DashboardError):
    """A file of the papers folder cannot be used."""


@dataclass(frozen=True)
class Passage:
    """The words that a locator names in a document, as they stand there; page = None where the file has no pages."""

    document_id: str
    locator: str
    text: str
    page: int | None
    is_cut: bool = False  # the passage goes on beyond LONGEST_PASSAGE


@dataclass(frozen=True)
class Paper:
    """One document that is held: its pages, and its passages by the keys of neaspec/data/passages.py."""

    pages: tuple[str, ...]
    passages: Passages


def held_file(document_id: str, folder: Path = PAPERS_DIR) -> Path | None:
    """Return the file of a document that is held; None if it is not, or the key is none."""
    if KEY.fullmatch(document_id) is None:
        return None
    files = (folder / f"{document_id}{ending}" for ending in (".pdf", ".txt"))
    return next((file for file in files if file.is_file()), None)


def passage(document_id: str, locator: str, folder: Path = PAPERS_DIR) -> Passage | None:
    """Return the passage that a locator names in a document; None where it is not held or not found."""
    file = held_file(document_id, folder)
    if file is None:
        return None
    try:
        return passage_of(document_id, locator, paper_of(file))
    except PaperError:
        return None


def passage_of(document_id: str, locator: str, paper: Paper) -> Passage | None:
    """Find a passage in a paper that was read; None if it is not there."""
    named = PAGE.fullmatch(locator.strip())
    if named:
        page = int(named[1])
        text = paper.pages[page - 1] if len(paper.pages) > 1 and 1 <= page <= len(paper.pages) else ""
    else:
        try:
            text = CONTEXT.sub("", locate(paper.passages, whole(locator)))
        except NoPassageError:
            return None
        page = page_of(text, paper.pages) or 0
    text = text.strip()
    if not text:
        return None
    return Passage(document_id, locator, text[:LONGEST_PASSAGE], page or None, len(text) > LONGEST_PASSAGE)


def whole(locator: str) -> str:
    """Return a locator without what it names inside a paragraph, a section or a table."""
    return COMPONENTS.sub(r"\1", SECTION_ITEM.sub(r"\1", ITEM.sub("", locator)))


def is_found(locator: str, paper: Paper) -> bool:
    """Tell whether everything that a locator names is there, items of a paragraph too."""
    if PAGE.fullmatch(locator.strip()):
        return passage_of("", locator, paper) is not None
    try:
        return bool(locate(paper.passages, locator).strip())
    except NoPassageError:
        return False


def page_of(text: str, pages: tuple[str, ...]) -> int | None:
    """Return the number of the page on which a passage begins; None for a file without pages."""
    if len(pages) < 2:
        return None
    lines = [squeezed(line) for line in text.splitlines()]
    probes = [line[:PROBE] for line in lines if len(line) >= PROBE] or [line for line in lines if line]
    flat = [squeezed(page) for page in pages]
    return next((number for probe in probes for number, page in enumerate(flat, 1) if probe in page), None)


def squeezed(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def paper_of(file: Path) -> Paper:
    """Read a document that is held; kept until the file changes.

    Raises:
        PaperError: if it is too large, damaged, locked or without text.
    """
    try:
        state = file.stat()
    except OSError as problem:
        raise PaperError(f"{file.name}: cannot be read ({problem.strerror})") from problem
    return read_paper(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=PAPERS_KEPT)
def read_paper(file: Path, _changed: int, size: int) -> Paper:
    """Read and cut one document; when it was changed is part of what is kept."""
    if size > MOST_BYTES:
        raise PaperError(f"{file.name}: {size // MEGABYTE} MB, at most {MOST_BYTES // MEGABYTE} MB are read")
    pages = pdf_pages(file) if file.suffix == ".pdf" else text_pages(file)
    text = "\n".join(pages)
    if not text.strip():
        raise PaperError(f"{file.name}: holds no text (a scan?); put its text beside it as .txt")
    if len(text) > MOST_LETTERS:
        raise PaperError(f"{file.name}: {len(text):,} letters, at most {MOST_LETTERS:,} are read")
    return Paper(pages, cut(text))


def pdf_pages(file: Path) -> tuple[str, ...]:
    """Return the text of each page of a PDF file."""
    try:
        reader = PdfReader(file)
        if len(reader.pages) > MOST_PAGES:
            raise PaperError(f"{file.name}: {len(reader.pages)} pages, at most {MOST_PAGES} are read")
        return tuple(plain_text(page.extract_text()) for page in reader.pages)
    # A damaged file ends in errors of many kinds: of the library, of numbers, of structures that are not there.
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as problem:
        raise PaperError(f"{file.name}: cannot be read as PDF ({type(problem).__name__})") from problem


def text_pages(file: Path) -> tuple[str, ...]:
    """Return the pages of a text file, which a form feed separates."""
    try:
        return tuple(plain_text(page) for page in file.read_text(encoding="utf-8-sig").split("\f"))
    except (OSError, UnicodeDecodeError) as problem:
        raise PaperError(f"{file.name}: cannot be read as UTF-8 text ({type(problem).__name__})") from problem


def cut(text: str) -> Passages:
    """Cut a document by what it is: marked up, a paper with numbered paragraphs, or a note with numbered sections."""
    if len(MARKED_UP.findall(text)) >= FEWEST_PARAGRAPHS:
        return cut_marked_up(text)
    paper = cut_paper(text, is_headed=False)
    has_paragraphs = sum(key.startswith("para. ") for key in paper) >= FEWEST_PARAGRAPHS
    sections = cut_sections(text)
    has_sections = any(re.fullmatch(r"\d\.\d", key) for key in sections)
    return sections if has_sections or not has_paragraphs else paper


def citations(data_dir: Path = DATA_DIR) -> Iterator[tuple[str, str]]:
    """Give every document with every locator that a statement cites, once."""
    seen: set[tuple[str, str]] = set()
    for table in tables_of(read_description(data_dir)):
        if table.get("kind") != "statement":
            continue
        with (data_dir / table["path"]).open(encoding="utf-8", newline="") as handle:
            seen |= {(row["document_id"], row["locator"]) for row in csv.DictReader(handle)}
    yield from sorted(seen)


def check_papers(folder: Path = PAPERS_DIR, data_dir: Path = DATA_DIR) -> tuple[list[str], int]:
    """Tell what is wrong with the papers that are held, and how many locators are found in them.

    Returns:
        one line for each file that cannot be used or is of no document cited, and each locator that is not found; and
        the number of those that are found.
    """
    cited: dict[str, list[str]] = {}
    for document_id, locator in citations(data_dir):
        cited.setdefault(document_id, []).append(locator)
    problems, count = [], 0
    files = sorted(file for ending in ("pdf", "txt") for file in folder.glob(f"*.{ending}"))
    for file in files:
        if file.stem not in cited:
            problems.append(f"{file.name}: no statement cites a document of this key")
            continue
        try:
            paper = paper_of(file)
        except PaperError as problem:
            problems.append(str(problem))
            continue
        for locator in cited[file.stem]:
            if not is_found(locator, paper):
                problems.append(f"{file.name}: {locator!r} is not found")
            else:
                count += 1
    return problems, count


def report_papers(folder: Path = PAPERS_DIR, data_dir: Path = DATA_DIR) -> int:
    """Print what check_papers tells; return 1 if there is anything wrong, else 0."""
    problems, count = check_papers(folder, data_dir)
    for problem in problems:
        print(problem)
    print(f"{count} locators found, {len(problems)} problems; papers are looked for in {folder.name}/")
    return 1 if problems else 0
