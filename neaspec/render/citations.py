"""What a page cites, as marks: numbers of documents, letters of caveats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from neaspec.blocks import Page
from neaspec.text import Words

MOST_MARKS = 12  # more sources than this under one picture are told as a number; each stands beside its row
TOLD_GRADES = ("press", "web_page")  # a reader is told in each mark that no responsible body stands behind it


def grade_name(grade: str, words: Words) -> str:
    """Return the grade of a document as the lists of sources call it: official, press report, web page."""
    return words(f"common.source_{grade}") if grade in TOLD_GRADES else words.term("grade", grade)


@dataclass(frozen=True)
class Citations:
    """What a page cites: numbers of documents, letters of caveats, documents whose grade each mark tells."""

    numbers: Mapping[str, int]
    letters: Mapping[str, str]
    names: Mapping[str, str]
    low_grades: Mapping[str, str]
    words: Words

    def plain(self) -> dict[str, str]:
        """Return the marks as plain text, for cells: [1], [2 press], [3 web page], a."""
        return {key: self.of_document(key) for key in self.numbers} | dict(self.letters)

    def of_document(self, document_id: str) -> str:
        """Return the mark of one document: [1], [2 press]."""
        return f"[{self.numbers[document_id]}{self.grade_mark(document_id)}]"

    def grade_mark(self, document_id: str) -> str:
        """Return what a mark says after its number about a document of a low grade: " press", " web page", else ""."""
        grade = self.low_grades.get(document_id)
        return f" {self.words(f'common.source_{grade}_mark')}" if grade else ""

    def shown(self, document_ids: Iterable[str]) -> tuple[list[str], int]:
        """Return the documents whose marks are shown, and how many more are cited."""
        cited = [key for key in document_ids if key in self.numbers]
        shown = cited if len(cited) <= MOST_MARKS else cited[: MOST_MARKS - 2]
        return shown, len(cited) - len(shown)

    def text(self, document_ids: Iterable[str], caveat_ids: Iterable[str] = ()) -> str:
        """Return the marks of what a block cites, as plain text: [1] [4 press] a, c."""
        shown, more = self.shown(document_ids)
        parts = [self.of_document(key) for key in shown]
        if more:
            parts.append(self.words("common.more_sources", count=more))
        letters = [self.letters[key] for key in caveat_ids if key in self.letters]
        return " ".join([*parts, *([", ".join(letters)] if letters else [])])


def make_marks(page: Page, words: Words) -> Citations:
    """Number what a page cites."""
    caveats = page.caveats.to_dict("records")
    return Citations(
        numbers=page.marks,
        letters={row["caveat_id"]: letter(number) for number, row in enumerate(caveats)},
        names={row["caveat_id"]: row["name"] for row in caveats},
        low_grades={
            row["document_id"]: row["grade"] for row in page.sources.to_dict("records") if row["grade"] in TOLD_GRADES
        },
        words=words,
    )


def letter(number: int) -> str:
    """Return the letters for a number from zero: a, b, … z, aa, ab, and so on."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)
