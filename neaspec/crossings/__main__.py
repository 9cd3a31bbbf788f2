"""Find crossings in field data: python -m neaspec.crossings INPUT… --out DIR.

Writes crossings.csv, stays.csv and report.json (what was recognised, what was left out and why, parameters). Works in
pieces and bounded memory, whatever the size. A run that was stopped goes on where it was when it is started again.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from neaspec.crossings.engine import MEMORY
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.out_of_core import forget_work, run_out_of_core
from neaspec.crossings.outputs.tables import result_files
from neaspec.crossings.pipeline import PipelineResult, make_context
from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.readers.countries import country_codes
from neaspec.data.database import open_database, serving_path, version_of
from neaspec.data.queries import Ask
from neaspec.errors import DashboardError, InputError
from neaspec.files import atomic_write
from neaspec.text import languages, load_words

REPORT = "report.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the results; return 0, or 2 with the reasons if the inputs cannot be used."""
    given = _read(arguments)
    try:
        inputs = _inputs(given.inputs)
        answers, parameters = _answers(given), _parameters(given.set)
        path = serving_path()
        ask = Ask(open_database(path), None, version_of(path))
        context = make_context(load_rules(ask), parameters)
        with _progress() as tell:
            worked = run_out_of_core(inputs, given.out, context, answers, given.rows, given.memory, given.threads, tell)
        # The report comes last, and one of an earlier run goes first: who finds it finds results that belong to it.
        (given.out / REPORT).unlink(missing_ok=True)
        for name, data in result_files(worked, context, load_words(given.language)):
            atomic_write(given.out / name, data)
            print(given.out / name)
        forget_work(given.out)
        for line in _not_used(answers, worked):
            print(line, file=sys.stderr)
    except DashboardError as problem:
        print(redact(str(problem)), file=sys.stderr)
        return 2
    return 0


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m neaspec.crossings", description="Find crossings in field data.")
    parser.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="files: tables, zip, gz, xlsx, Parquet")
    parser.add_argument("--out", type=Path, required=True, help="folder; it is made if it is missing")
    parser.add_argument("--day-first", action="append", default=[], metavar="FILE", help="its dates are day/month/year")
    parser.add_argument(
        "--month-first", action="append", default=[], metavar="FILE", help="its dates are month/day/year"
    )
    parser.add_argument("--utm-zone", action="append", default=[], metavar="FILE=52N", help="zone of its coordinates")
    parser.add_argument(
        "--country", action="append", default=[], metavar="DATASET=CHN", help="all its stations' country"
    )
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=f"one of {_names()}")
    parser.add_argument("--rows", type=int, default=200_000, help="rows in a piece")
    parser.add_argument("--memory", default=MEMORY, help="most memory of the database")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--language", choices=languages(), default="en")
    return parser.parse_args(arguments)


def _inputs(paths: Sequence[Path]) -> list[Input]:
    missing = [f"{path}: there is no such file" for path in paths if not path.is_file()]
    if missing:
        raise InputError(missing)
    names = [path.name for path in paths]
    # Two files of one name in two folders are told apart by their folders.
    return [Input(path.name if names.count(path.name) == 1 else path.as_posix(), path) for path in paths]


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    wrong = [f"--{option} {text}: it must be NAME=VALUE" for text in given if "=" not in text]
    if wrong:
        raise InputError(wrong)
    return {name: value for name, _, value in (text.rpartition("=") for text in given)}


def _answers(given: argparse.Namespace) -> Answers:
    return Answers(
        day_first=dict.fromkeys(given.day_first, True) | dict.fromkeys(given.month_first, False),
        utm_zone=_pairs(given.utm_zone, "utm-zone"),
        country=_countries(_pairs(given.country, "country")),
    )


def _countries(given: Mapping[str, str]) -> dict[str, str]:
    """Return countries as alpha-3.

    Raises:
        InputError: if one is not known.
    """
    codes, _, _ = country_codes(pd.Series(list(given.values()), dtype="str"))
    wrong = [name for name, code in zip(given, codes, strict=True) if not code]
    if wrong:
        raise InputError([f"--country {name}={given[name]}: it must be a code of a country like CHN" for name in wrong])
    return dict(zip(given, codes, strict=True))


def _not_used(answers: Answers, worked: PipelineResult) -> list[str]:
    """Say which answers named no file or data set, and which there are."""
    sources = [table.source for table in worked.recognised if table.standard]
    sets = sorted(set(worked.results.lists["data_set"]) - {""})
    given = [("--day-first, --month-first", name, sources) for name in answers.day_first]
    given += [("--utm-zone", name, sources) for name in answers.utm_zone]
    given += [("--country", name, sets) for name in answers.country]
    return [
        f"{option} {name}: not used; there are {', '.join(known)}" for option, name, known in given if name not in known
    ]


def _names() -> str:
    return ", ".join(field.name for field in fields(Parameters))


def _parameters(given: Sequence[str]) -> Parameters:
    """Return the parameters with what was set.

    Raises:
        InputError: if a name is unknown or a value is not a number of its kind, zero or more.
    """
    kinds: dict[str, Callable[[str], float]] = {name: type(value) for name, value in Parameters().stated().items()}
    numbers: dict[str, Any] = {}
    problems = []
    for name, value in _pairs(given, "set").items():
        try:
            numbers[name] = kinds[name](value)
            if not 0 <= numbers[name] < float("inf"):
                raise ValueError
        except KeyError:
            problems.append(f"--set {name}: there is no such parameter; there are {_names()}")
        except ValueError:
            problems.append(f"--set {name}={value}: it must be a number, zero or more ({kinds[name].__name__})")
    if problems:
        raise InputError(problems)
    return replace(Parameters(), **numbers)


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """Show how many rows were read, on the terminal only."""
    with tqdm(unit=" rows", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
        yield lambda rows: (bar.update(rows), None)[1]


if __name__ == "__main__":
    sys.exit(main())
