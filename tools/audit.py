"""Audit what is installed: licences always, known vulnerabilities where the network reaches the advisory database.

    make audit     (python -m tools.audit [--no-network])

Licences are read from the metadata of what is installed and held against ALLOWED. Vulnerabilities are asked of the
advisory database by pip-audit for every line of the lock files; what could not be looked up is counted and said.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path

from neaspec.paths import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-spark.lock")
# Words of licences that ask for no more than attribution and their own text; MPL-2.0 holds for its own files alone.
ALLOWED = re.compile(
    r"\b(0?BSD|MIT|ISC|Apache|MPL|Mozilla Public License|PSF|Python Software Foundation|Zlib|CC0|Unlicense|HPND)\b",
    re.IGNORECASE,
)
# Packages whose metadata say less, or offer several licences: what was read in the licence they ship.
READ_BY_HAND = {
    "axe-playwright-python": "MIT (LICENSE of its repository; its metadata name none)",
    "text-unidecode": "Artistic License (offered beside the GPL; it comes with frictionless)",
}


def stated_licence(package: Distribution) -> str:
    """Return what a package says of its licence: expression, classifiers, or the first line of its licence field."""
    given = package.metadata
    expression = given.get("License-Expression") or ""
    classifiers = [text.split("::")[-1].strip() for text in given.get_all("Classifier") or [] if "License ::" in text]
    first_line = (given.get("License") or "").strip().partition("\n")[0]
    return expression or "; ".join(classifiers) or first_line


def licence_problems(packages: Iterable[tuple[str, str]]) -> list[str]:
    """Return a sentence for each package whose licence is not allowed, from (name, licence) pairs."""
    problems = []
    for name, licence in packages:
        if name not in READ_BY_HAND and not ALLOWED.search(licence):
            problems.append(f"{name}: licence {licence or 'not stated'!r} is not one of those allowed")
        elif name not in READ_BY_HAND and re.search(r"\bA?GPL", licence) and " OR " not in licence:
            problems.append(f"{name}: licence {licence!r} asks that what uses it be given under the same licence")
    return problems


def vulnerabilities(lock: Path) -> tuple[list[str], int]:
    """Return a sentence for each known vulnerability of a lock file, and how many packages could not be looked up.

    Raises:
        OSError: if pip-audit is not installed.
    """
    tool = ROOT / ".venv-tools" / "bin" / "pip-audit"
    arguments = ["-r", str(lock), "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    run = subprocess.run([str(tool), *arguments], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [], -1
    known = [
        f"{package['name']} {package['version']}: {problem['id']}, mended in {problem['fix_versions'] or 'no version'}"
        for package in packages
        for problem in package.get("vulns", [])
    ]
    return known, sum("skip_reason" in package for package in packages)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found; return 1 if a licence or a version must be changed."""
    parser = argparse.ArgumentParser(prog="python -m tools.audit", description="Audit licences and vulnerabilities.")
    parser.add_argument("--no-network", action="store_true", help="licences only")
    given = parser.parse_args(arguments)
    installed = sorted((package.metadata["Name"], stated_licence(package)) for package in distributions())
    problems = licence_problems(installed)
    print(f"licences: {len(installed)} packages read, {len(problems)} to look at")
    for lock in () if given.no_network else LOCKS:
        known, unknown = vulnerabilities(ROOT / lock)
        problems += known
        reached = "the advisory database was not reached" if unknown < 0 else f"{unknown} packages not found there"
        print(f"{lock}: {len(known)} known vulnerabilities; {reached}")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
