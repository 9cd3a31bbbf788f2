"""The typesetter behind PDF and pictures: Typst with our own fonts, no browser, nothing of the machine it runs on."""

import ctypes
import json
import logging
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from neaspec.errors import OutputError
from neaspec.paths import ASSETS_DIR

FONTS = ASSETS_DIR / "fonts"
FAMILIES = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "Noto Sans Hebrew",
    "Noto Sans Arabic",
)


COMPILATIONS_KEPT = 11
LOG = logging.getLogger("neaspec")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
STANDARDS: Any = ["a-2a", "ua-1"]  # made to be kept, and to be read aloud


@lru_cache(maxsize=1)
def fonts() -> Any:
    """Return our fonts, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def pdf_of(template: Path, content: dict[str, Any], seconds: int) -> bytes:
    """Set a template with its content as PDF.

    Args:
        template: a Typst file; it reads the content as JSON from sys.inputs.content.
        content: plain data; texts are set as they are written.
        seconds: the date written into the file, in seconds since 1970, so that equal content gives equal bytes.

    Raises:
        OutputError: if Typst refuses it.
    """
    given = {"content": json.dumps(printable(content), ensure_ascii=False)}
    try:
        try:
            return _set(template, given, seconds, STANDARDS)
        except typst.TypstError as problem:
            if "standards" not in str(problem) and "PDF/" not in str(problem):
                raise
            LOG.warning("a PDF is made without %s: %s", STANDARDS, problem)
            return _set(template, given, seconds, [])
    except Exception as problem:
        raise OutputError(f"PDF: {problem}") from problem
    finally:
        forget()


def pages_of(template: Path, content: dict[str, Any]) -> int:
    """Return how many pages a template has with its content; it says so itself, under the label <pages>.

    Raises:
        OutputError: if Typst refuses it.
    """
    given = {"content": json.dumps(printable(content), ensure_ascii=False)}
    try:
        answer = typst.query(
            template.read_bytes(),
            "<pages>",
            field="value",
            one=True,
            root=ASSETS_DIR,
            font_paths=fonts(),
            sys_inputs=given,
        )
        return int(json.loads(answer))
    except Exception as problem:
        raise OutputError(f"PDF: {problem}") from problem


def page_png(template: Path, content: dict[str, Any], dpi: int) -> bytes:
    """Return the first page of a template with its content as PNG.

    Raises:
        OutputError: if Typst refuses it.
    """
    given = {"content": json.dumps(printable(content), ensure_ascii=False)}
    try:
        pages: Any = typst.compile(
            template.read_bytes(), root=ASSETS_DIR, font_paths=fonts(), sys_inputs=given, format="png", ppi=float(dpi)
        )
        first: bytes = pages[0] if isinstance(pages, list) else pages
        return first
    except Exception as problem:
        raise OutputError(f"picture: {problem}") from problem
    finally:
        forget()


def _set(template: Path, given: dict[str, str], seconds: int, standards: Any) -> bytes:
    compiled: bytes = typst.compile(
        template.read_bytes(),
        root=ASSETS_DIR,
        font_paths=fonts(),
        sys_inputs=given,
        timestamp=seconds,
        format="pdf",
        pdf_standards=standards,
    )
    return compiled


def forget() -> None:
    """Let the typesetter forget what it made, and give the memory back.

    It keeps what it worked out for the next ten compilations, which is some 40 MB for a brief; a dozen empty ones take
    10 ms. The allocator of Linux would keep the freed memory too.
    """
    for number in range(COMPILATIONS_KEPT):
        typst.compile(f"#set page(width: 1pt, height: 1pt)\n{number}".encode(), font_paths=fonts(), format="pdf")
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def printable(value: Any) -> Any:
    """Return plain data whose texts hold no sign that cannot be printed."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, dict):
        return {key: printable(inner) for key, inner in value.items()}
    return [printable(inner) for inner in value] if isinstance(value, list | tuple) else value


def picture_png(svg: str, width_in: float, dpi: int) -> bytes:
    """Return a drawing as PNG of a given width.

    Raises:
        OutputError: if Typst refuses it.
    """
    source = (
        f"#set page(width: {width_in}in, height: auto, margin: 0pt, fill: white)\n"
        "#image(bytes(sys.inputs.svg), width: 100%)"
    )
    try:
        png: bytes = typst.compile(
            source.encode(), font_paths=fonts(), sys_inputs={"svg": svg}, format="png", ppi=float(dpi)
        )
        return png
    except Exception as problem:
        raise OutputError(f"picture: {problem}") from problem
    finally:
        forget()
