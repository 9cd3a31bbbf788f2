"""Run scenarios of a file: python -m neaspec.scenarios FILE.toml --out DIR.

The file holds at least `species`, `horizon_years`, `runs`, `seed`, and tables [[scenario]] with `name`,
`extra_mortality` (share a year of all ages, or a table with first_year, immature, adult, young) and `start_year`
(1 = the first year); the rest has the defaults of neaspec/scenarios/README.md, inputs those of the documents.

DIR gets results.csv (scenario, result, year, median, low, high), inputs.csv (with the mark and rows of each input) and
paper.pdf of two pages. Equal files give equal bytes.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from neaspec.data.database import open_database, serving_path, version_of
from neaspec.data.queries import Ask
from neaspec.errors import DashboardError, InputError
from neaspec.files import atomic_write
from neaspec.scenarios.defaults import population_from
from neaspec.scenarios.files import FITTED_TO, case_from, inputs_csv, read_file, results_csv
from neaspec.scenarios.fit import rows_behind
from neaspec.scenarios.model import Case
from neaspec.scenarios.outcome import outcome_of
from neaspec.scenarios.refusals import refusals
from neaspec.text import languages, load_words

RESULTS, INPUTS, PAPER = "results.csv", "inputs.csv", "paper.pdf"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the results; return 0, or 2 with all reasons if the file cannot be run."""
    parser = argparse.ArgumentParser(prog="python -m neaspec.scenarios", description="Run scenarios of a file.")
    parser.add_argument("file", type=Path, metavar="FILE.toml")
    parser.add_argument("--out", type=Path, required=True, help="folder; it is made if it is missing")
    parser.add_argument("--language", choices=languages(), default="en")
    parser.add_argument("--as-known", default="", metavar="MEETING", help="inputs as known at a SOM, like som_27")
    given = parser.parse_args(arguments)
    try:
        path = serving_path()
        ask, words = Ask(open_database(path), None, version_of(path)).at(given.as_known), load_words(given.language)
        case = asked_case(ask, given.file, given.language)
        outcome = outcome_of(case)
        key = case.population.key
        inputs, growth = ask("scenario_inputs", species_id=key), ask("scenario_growth", species_id=key)
        rows = rows_behind(case.population, inputs, growth)
        # by name: the outputs stand to the right of this room
        paper = import_module("neaspec.briefs.scenario_paper").scenario_pdf(ask, words, outcome, given.file.name)
        for name, data in (
            (RESULTS, results_csv(outcome.results)),
            (INPUTS, inputs_csv(case.population, rows)),
            (PAPER, paper),
        ):
            atomic_write(given.out / name, data)
            print(given.out / name)
    except DashboardError as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as problem:  # a folder that is a file, a file that may not be read, a full disk
        print(f"{problem.filename or given.out}: {problem.strerror or problem}", file=sys.stderr)
        return 2
    return 0


def asked_case(ask: Ask, file: Path, language: str) -> Case:
    """Return the case a file asks for.

    Raises:
        InputError: if it cannot be run, with all reasons.
    """
    if not file.is_file():
        raise InputError([f"{file}: there is no such file"])
    given = read_file(file.read_bytes())
    species = list(ask("scenario_species")["species_id"])
    faults = list(given.faults)
    if given.species and given.species not in species:
        faults.append(f"species: {given.species!r} has no inputs; there are {', '.join(species)}.")
    population = None
    if given.species in species:
        population = population_from(ask("scenario_inputs", species_id=given.species), given.species)
        if population is None:
            faults.append(f"species: not all inputs of {given.species} were on record at that date.")
    if population is None or faults:
        raise InputError(faults)
    case, wrong = case_from(given, population)
    cases = set(ask("scenario_evidence")["parameter_id"])
    listed = ", ".join(sorted(cases))
    wrong += [
        f"{scenario.name}: band: evidence: {band.evidence!r} is no case on record; there are {listed}."
        for scenario in case.scenarios
        for band in scenario.bands
        if band.evidence and band.evidence not in cases
    ]
    on_record = list(ask("scenario_growth", species_id=given.species)["row_id"])
    wrong += [
        f"inputs.{name}.{FITTED_TO}: {row!r} is no growth on record; there are {', '.join(on_record) or 'none'}."
        for name, quantity in case.population.inputs().items()
        if quantity.mark == "fitted"
        for row in quantity.rows
        if row not in on_record
    ]
    words = load_words(language)
    reasons = [*wrong, *(refusal.sentence(words) for refusal in refusals(case, words.text("scenarios.baseline")))]
    if reasons:
        raise InputError(reasons)
    return case


if __name__ == "__main__":
    sys.exit(main())
