"""Templates of HTML (assets/templates), shared by the screen and the HTML file.

Every value is escaped unless a template made it: what the data say is never markup. Line breaks and the indentation of
a template are for its reader and are not written; a space that is meant stands within a line. A name that a template
does not know is an error.
"""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from neaspec.paths import ASSETS_DIR

TEMPLATES_DIR = ASSETS_DIR / "templates"


class _Unindented(Extension):
    """Joins the lines of a template, so that its layout adds no space to the page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template without line breaks and indentation."""
        return "".join(line.strip() for line in source.splitlines())


ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES_DIR),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=[_Unindented],
    auto_reload=False,
    cache_size=-1,
)


def from_template(template: str, macro: str, *values: object) -> Markup:
    """Return what a macro of a template makes of values, for example of text.html the macro `heading`."""
    html: Markup = getattr(_module(template), macro)(*values)
    return html


@cache
def _module(template: str) -> Any:
    return ENVIRONMENT.get_template(f"{template}.html").module
