"""The rooms stay apart: who may import whom, where SQL and files may be."""

import ast
import re
from pathlib import Path

import pytest

from neaspec.paths import ROOT

PACKAGE = sorted((ROOT / "neaspec").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
# The only rooms that know the web framework: the screen, and the frame around it.
KNOW_STREAMLIT = {"render/screen.py"} | {
    f"{name}.py" for name in ("composed", "page", "front", "server", "pack_box", "upload_box", "uploads")
}
MOST_LINES = 320


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "neaspec").as_posix()


@pytest.mark.parametrize("path", PACKAGE, ids=name_of)
def test_only_the_screen_and_its_frame_know_streamlit(path):
    knows = any(name.partition(".")[0] == "streamlit" for name in imports_of(path))
    assert not knows or name_of(path) in KNOW_STREAMLIT


@pytest.mark.parametrize("path", [p for p in PACKAGE if "sections" in p.parts], ids=name_of)
def test_sections_know_neither_drawing_nor_files(path):
    forbidden = {"plotly", "pydeck", "duckdb", "streamlit", "neaspec.data.database"}
    assert not {
        name for name in imports_of(path) if name in forbidden or name.startswith(("neaspec.render", "neaspec.web"))
    }
    assert "open(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in PACKAGE if "render" in p.parts], ids=name_of)
def test_renderers_know_no_questions(path):
    assert not {"duckdb", "neaspec.data.queries", "neaspec.data.database"} & imports_of(path)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_only_chooses_and_shows(path):
    text = path.read_text(encoding="utf-8")
    assert {name.partition(".")[0] for name in imports_of(path)} <= {"neaspec", "streamlit", "collections", "datetime"}
    assert not any(name.startswith("pages") for name in imports_of(path))
    assert len(text.splitlines()) <= 80
    assert not re.search(r"\bselect\b.+\bfrom\b", text)


@pytest.mark.parametrize("path", [*PACKAGE, *PAGES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_grows_beyond_one_subject(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", [*PACKAGE, *PAGES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_sql_is_never_pasted_together_outside_the_build(path):
    text = path.read_text(encoding="utf-8")
    assert path.name == "build.py" or not re.search(r"execute\(\s*f[\"']", text)


def test_every_page_has_its_section_its_wording_and_its_place_in_the_menu():
    dashboard = (ROOT / "dashboard.py").read_text(encoding="utf-8")
    front = (ROOT / "neaspec" / "front.py").read_text(encoding="utf-8")
    assert len(PAGES) == 12
    for page in PAGES:
        assert (ROOT / "neaspec" / "sections" / f"{page.stem}.py").is_file(), page.stem
        assert (ROOT / "assets" / "text" / "en" / f"{page.stem}.toml").is_file(), page.stem
        assert f'"{page.stem}"' in dashboard + front, page.stem


def test_nothing_names_a_place_on_a_machine():
    names = re.compile(r"/(work|root|home/\w+|tmp/bash)/")
    for path in [*PACKAGE, *PAGES, *ROOT.glob("*.md"), *ROOT.glob("queries/**/*.sql"), *ROOT.glob("assets/**/*.toml")]:
        assert not names.search(path.read_text(encoding="utf-8")), path
