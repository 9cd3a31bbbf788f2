"""Documents name only what exists."""

import re

from neaspec.paths import ROOT

NAMES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "data/README.md", "data/geo/README.md", "deploy/README.md")
DOCUMENTS = [ROOT / name for name in (*NAMES, "deploy/RUNBOOK.md")]
PATH = re.compile(r"`((?:neaspec|pages|queries|data|assets|tests|benchmarks|tools)/[\w/.-]*|dashboard\.py|[A-Z]+\.md)`")


def test_every_path_a_document_names_exists():
    named = {
        (document.name, path)
        for document in DOCUMENTS
        for path in PATH.findall(document.read_text(encoding="utf-8"))
        if "<" not in path and path != "data/neaspec.duckdb"
    }
    assert [one for one in sorted(named) if not (ROOT / one[1]).exists()] == []


def test_every_command_the_readme_names_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for target in set(re.findall(r"\bmake (run|test|golden|bench|check|look|lock|audit|mutate|clean|help)\b", text)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_picture_of_the_readme_is_there():
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / picture).is_file(), picture


def test_ci_runs_the_test_command_of_the_readme():
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
