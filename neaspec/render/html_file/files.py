"""What an HTML file carries beside its text: style, scripts, and the libraries that draw its pictures."""

import base64
import gzip
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from neaspec.errors import OutputError
from neaspec.paths import ASSETS_DIR

# Where the packages that draw on the screen keep the same library for a browser.
LIBRARIES = {
    "plotly": ("plotly", "package_data/plotly.min.js"),
    "deck": ("pydeck", "nbextension/static/index.js"),
}


def library_path(name: str) -> Path:
    """Return the script of a library, plotly or deck, as its package installed it.

    Raises:
        OutputError: if the package has no such file.
    """
    package, file = LIBRARIES[name]
    spec = find_spec(package)
    path = Path(spec.origin).parent / file if spec and spec.origin else Path(file)
    if not path.is_file():
        raise OutputError(f"HTML: the package {package!r} has no file {file!r}; see requirements.txt for its version")
    return path


@lru_cache(maxsize=4)
def packed_library(name: str) -> str:
    """Return a library compressed and in base64, for a file that asks nobody; the same library gives the same text."""
    return base64.b64encode(gzip.compress(library_path(name).read_bytes(), compresslevel=9, mtime=0)).decode()


@lru_cache(maxsize=8)
def asset(name: str) -> str:
    """Return one of our own files from assets/."""
    return (ASSETS_DIR / name).read_text(encoding="utf-8")


def script_json(value: Any) -> str:
    """Return JSON that can stand inside a script element; what is no finite number becomes null."""
    text = orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_SORT_KEYS, default=_as_plain)
    return text.decode().replace("<", "\\u003c")


def _as_plain(value: Any) -> Any:
    if isinstance(value, orjson.Fragment):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
