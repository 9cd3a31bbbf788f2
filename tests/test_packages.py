"""Every package the project uses has one version, hashes and a licence that lets it be given away."""

import re
from importlib.metadata import distributions, version

import pytest

from neaspec.paths import ROOT
from tools.audit import licence_problems, stated_licence

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


def pins(name: str) -> dict[str, str]:
    """Return package -> version of a file of requirements, names written as the index writes them."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {re.sub(r"[-_.]+", "-", pin[1]).lower(): pin[2].rstrip(" \\;") for line in lines if (pin := PIN.match(line))}


@pytest.mark.parametrize("kind", ["", "-dev", "-spark"])
def test_what_is_asked_for_stands_in_the_lock_file_with_the_same_version(kind):
    asked, locked = pins(f"requirements{kind}.txt"), pins(f"requirements{kind}.lock")
    assert asked
    assert {name: locked.get(name) for name in asked} == asked, "run make lock"


@pytest.mark.parametrize("kind", ["", "-dev", "-spark"])
def test_every_line_of_a_lock_file_has_a_hash(kind):
    text = (ROOT / f"requirements{kind}.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    bare = [entry.partition("\n")[0] for entry in entries if PIN.match(entry) and "--hash=sha256:" not in entry]
    assert bare == []
    assert "://" not in text


def test_the_lock_of_the_tests_has_the_versions_of_the_app():
    app, tests = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: tests.get(name) for name in app} == app


def test_what_is_installed_is_what_is_locked():
    locked = pins("requirements.lock")
    for name in ("duckdb", "streamlit", "starlette", "pandas", "plotly", "uvicorn"):
        assert version(name) == locked[name]


def test_licences_of_what_is_installed_let_it_be_given_away():
    assert licence_problems((package.metadata["Name"], stated_licence(package)) for package in distributions()) == []


@pytest.mark.parametrize("licence", ["", "Proprietary", "GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only"])
def test_a_licence_that_does_not_is_named(licence):
    (problem,) = licence_problems([("made-up-package", licence)])
    assert problem.startswith("made-up-package: licence")
