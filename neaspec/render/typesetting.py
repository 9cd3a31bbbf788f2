"""The typesetter behind PDF and pictures: Typst with our own fonts, no browser, nothing of the machine it runs on."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from neaspec.errors import OutputError

ASSETS = Path(__file__).parent.parent.parent / "assets"
FONTS = ASSETS / "fonts"
FAMILIES = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans Symbols2", "Noto Sans Math", "Noto Sans Hebrew", "Noto Sans Arabic",
)  # fmt: skip


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
    try:
        made: bytes = typst.compile(
            template.read_bytes(),
            root=ASSETS,
            font_paths=fonts(),
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
            timestamp=seconds,
            format="pdf",
        )
        return made
    except Exception as problem:
        raise OutputError(f"PDF: {problem}") from problem


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
        made: bytes = typst.compile(
            source.encode(), font_paths=fonts(), sys_inputs={"svg": svg}, format="png", ppi=float(dpi)
        )
        return made
    except Exception as problem:
        raise OutputError(f"picture: {problem}") from problem
