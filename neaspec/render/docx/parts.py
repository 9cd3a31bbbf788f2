"""What python-docx has no words for: fields of page numbers, alternative text, borders, a field to be filled in."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from neaspec.files import plain_text


def element(name: str, **attributes: object) -> Any:
    """Return an element of WordprocessingML with its attributes."""
    part = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        part.set(qn(f"w:{key}"), str(value))
    return part


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that Word works out itself: PAGE, NUMPAGES; `shown` until it does."""
    field = element("fldSimple", instr=f" {code} ")
    run = element("r")
    text = element("t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def describe(picture: Any, name: str, alt: str) -> None:
    """Give a picture its name and what a reader who cannot see it needs to know."""
    properties = picture._inline.docPr
    properties.set("name", plain_text(name))
    properties.set("descr", plain_text(alt))


def shade(cell: Any, colour: str) -> None:
    """Lay a colour under a cell (RRGGBB)."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))


def repeat_head(row: Any) -> None:
    """Write a row again at the top of each further page of its table."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_whole(row: Any) -> None:
    """Let no page end inside a row."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def lines_of_table(table: Any, colour: str) -> None:
    """Draw thin lines between the rows of a table, none between its columns."""
    borders = element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(side, val="single", sz="4", space="0", color=colour))
    table._tbl.tblPr.append(borders)


def add_position_field(body: Any, title: str, hint: str, colour: str) -> None:
    """Add an empty field with a frame that a delegation fills in: a content control of rich text."""
    control = element("sdt")
    properties = element("sdtPr")
    properties.append(element("alias", val=title))
    properties.append(element("tag", val="position"))
    properties.append(element("showingPlcHdr"))
    control.append(properties)
    content = element("sdtContent")
    paragraph = element("p")
    look = element("pPr")
    frame = element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        frame.append(element(side, val="single", sz="6", space="6", color=colour))
    look.append(frame)
    look.append(element("spacing", before="60", after="240"))
    paragraph.append(look)
    run = element("r")
    soft = element("rPr")
    soft.append(element("color", val=colour))
    run.append(soft)
    text = element("t")
    text.text = plain_text(hint)
    run.append(text)
    paragraph.append(run)
    content.append(paragraph)
    control.append(content)
    body.insert(len(body) - 1, control)  # the last child is the section with its page size
