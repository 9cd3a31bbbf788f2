"""The rooms stay apart: who may import whom, where SQL and files may be. One test per rule, no lists of files."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from neaspec.paths import ROOT
from neaspec.sections import PAGES, section
from neaspec.web.desk.page import show_desk

PACKAGE = sorted((ROOT / "neaspec").rglob("*.py"))
TOOLS = sorted((ROOT / "tools").rglob("*.py"))
PAGE_FILES = sorted((ROOT / "pages").glob("*.py"))
MOST_LINES = 500  # beyond that a file has more than one subject


def name_of(path: Path) -> str:
    """Return a file as the name of its module."""
    return path.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__").replace("/", ".")


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Return what a file imports, also inside functions; `from a import b` is a and a.b."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def importers(of: str, among: list[Path]) -> Iterator[str]:
    """Yield the modules that import a package or anything in it."""
    for path in among:
        if any(name == of or name.startswith(f"{of}.") for name in imports_of(path)):
            yield name_of(path)


def inside(*rooms: str) -> list[Path]:
    """Return the files of rooms: neaspec.web, neaspec.render.screen …"""
    return [path for path in PACKAGE if name_of(path).startswith(rooms)]


def test_streamlit_is_known_only_in_the_web_and_on_the_screen():
    knowing = set(importers("streamlit", PACKAGE))
    assert len(knowing) > 3
    assert not {name for name in knowing if not name.startswith(("neaspec.web.", "neaspec.render.screen."))}


def test_field_data_and_pages_know_neither_drawing_nor_the_running_app():
    for room in ("neaspec.render", "neaspec.web", "neaspec.briefs", "streamlit", "plotly", "pydeck"):
        assert list(importers(room, inside("neaspec.crossings", "neaspec.sections"))) == []


def test_the_engine_of_a_cluster_is_known_only_where_work_is_spread():
    for library in ("pyspark", "py4j"):
        knowing = set(importers(library, PACKAGE))
        assert knowing and not {name for name in knowing if not name.startswith("neaspec.crossings.spread.")}
    assert not {
        name
        for name in importers("neaspec.crossings.spread", PACKAGE)
        if not name.startswith(("neaspec.crossings.spread", "neaspec.crossings.__main__"))
    }


def test_scenarios_know_neither_pages_nor_drawing_nor_the_running_app():
    """The paper of the command line is loaded by its name: the outputs stand to the right of the model."""
    for room in (
        "neaspec.render",
        "neaspec.web",
        "neaspec.briefs",
        "neaspec.sections",
        "streamlit",
        "plotly",
        "duckdb",
    ):
        assert list(importers(room, inside("neaspec.scenarios"))) == []


def test_pages_ask_questions_and_touch_neither_database_nor_files():
    for library in ("duckdb", "neaspec.data.database"):
        assert list(importers(library, inside("neaspec.sections"))) == []
    assert [name_of(path) for path in inside("neaspec.sections") if "open(" in path.read_text(encoding="utf-8")] == []


def test_lists_of_species_and_drafts_of_boundaries_know_neither_pages_nor_drawing_nor_the_database():
    ours = ("neaspec.render", "neaspec.web", "neaspec.briefs", "neaspec.sections", "neaspec.data")
    for room in (*ours, "streamlit", "duckdb"):
        assert list(importers(room, inside("neaspec.checklist", "neaspec.boundary"))) == []


def test_outputs_ask_no_questions():
    for library in ("duckdb", "neaspec.data", "neaspec.sections"):
        assert list(importers(library, inside("neaspec.render"))) == []


def test_nothing_imports_the_makers():
    assert list(importers("tools", [*PACKAGE, *PAGE_FILES, ROOT / "dashboard.py"])) == []
    assert len(TOOLS) > 5


def test_no_modules_import_each_other_in_a_circle():
    known = {name_of(path): path for path in PACKAGE}
    arrows = {}
    for name, path in known.items():
        named = imports_of(path) & known.keys()
        # `from package import module` is an arrow to the module alone.
        arrows[name] = {other for other in named if not any(one.startswith(f"{other}.") for one in named)}
    rest = dict(arrows)
    while rest:
        ground = {name for name, others in rest.items() if not others & rest.keys() - {name}}
        assert ground, f"these import each other in a circle: {sorted(rest)}"
        rest = {name: others for name, others in rest.items() if name not in ground}


def test_a_page_file_only_chooses_and_shows():
    for path in PAGE_FILES:
        text = path.read_text(encoding="utf-8")
        roots = {name.partition(".")[0] for name in imports_of(path)}
        assert roots <= {"neaspec", "streamlit", "collections", "datetime"}, path.name
        assert len(text.splitlines()) <= 80, path.name
        assert not re.search(r"\bselect\b.+\bfrom\b", text), path.name


def test_no_file_grows_beyond_one_subject():
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in [*PACKAGE, *TOOLS]}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_sql_is_never_pasted_together_outside_the_build():
    pasted = re.compile(r"execute\(\s*f[\"']")
    found = {name_of(path) for path in [*PACKAGE, *PAGE_FILES] if pasted.search(path.read_text(encoding="utf-8"))}
    assert found <= {"neaspec.data.build"}


def test_modules_named_by_a_text_are_there_and_say_why():
    """A module may be loaded by its name where the lines above say why."""
    for path in PACKAGE:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if "import_module(" in line:
                above = " ".join(lines[max(0, number - 12) : number + 1])
                assert re.search(r"# by name: |[Bb]y name, because", above), f"{name_of(path)}, line {number + 1}"


def test_every_page_has_its_file_its_section_and_its_wording():
    assert {path.stem for path in PAGE_FILES} == {*PAGES, "desk"}  # the desk is of nobody's data: it has no section
    assert callable(show_desk)
    for name in PAGES:
        assert callable(section(name).page), name
        assert (ROOT / "assets" / "text" / "en" / f"{name}.toml").is_file(), name


def test_nothing_names_a_place_on_a_machine():
    names = re.compile(r"/(work|root|home/\w+|tmp/bash)/")
    files = [*PACKAGE, *TOOLS, *PAGE_FILES, *ROOT.glob("*.md"), *ROOT.glob("queries/**/*.sql")]
    for path in [*files, *ROOT.glob("assets/**/*.toml")]:
        assert not names.search(path.read_text(encoding="utf-8")), path
