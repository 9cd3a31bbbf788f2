"""The formats a document is made in; each renderer is loaded when it is first needed."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from neaspec.errors import AddressError, DashboardError, OutputError
from neaspec.render.document import Document


@dataclass(frozen=True)
class Format:
    """A kind of file: the function that makes it, and what a browser calls it."""

    name: str
    module: str
    function: str
    media_type: str

    def make(self, document: Document) -> bytes:
        """Return a document as a file.

        Raises:
            OutputError: if it cannot be made; the message names the block and why.
        """
        # by name: a renderer with its library is loaded only when its format is asked for
        render: Callable[[Document], bytes] = getattr(importlib.import_module(self.module), self.function)
        try:
            return render(document)
        except DashboardError:
            raise
        except Exception as problem:
            raise OutputError(f"{self.name}: {type(problem).__name__}: {problem}") from problem


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    kind.name: kind
    for kind in (
        Format("pdf", "neaspec.render.pdf.render", "render_pdf", "application/pdf"),
        Format("docx", "neaspec.render.docx.render", "render_docx", f"{_OFFICE}.wordprocessingml.document"),
        Format("pptx", "neaspec.render.pptx.render", "render_pptx", f"{_OFFICE}.presentationml.presentation"),
        Format("xlsx", "neaspec.render.xlsx.render", "render_xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
        Format("html", "neaspec.render.html_file.render", "render_html_file", "text/html; charset=utf-8"),
    )
}


def format_of(name: str) -> Format:
    """Return a format by its name.

    Raises:
        AddressError: if there is none of that name.
    """
    if name not in FORMATS:
        raise AddressError(f"there is no format {name!r}; there are {list(FORMATS)}")
    return FORMATS[name]
