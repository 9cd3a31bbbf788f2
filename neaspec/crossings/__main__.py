"""Find crossings in field data: python -m neaspec.crossings INPUT… --out DIR.

Writes crossings.csv, stays.csv, report.json (what was recognised, what was left out and why, parameters) and, where
cameras, genotypes or pairs of pictures are given, the folder joint_study. An INPUT may be a folder. Works in pieces and
bounded memory, whatever the size. A run that was stopped goes on where it was when it is started again.
With --engine spark the work is spread over a cluster (neaspec/crossings/spread), with the same results.
"""

import argparse
import codecs
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from neaspec.crossings.engine import MEMORY
from neaspec.crossings.input.archives import NOT_OURS
from neaspec.crossings.input.encodings import ENCODINGS, HOW_TO, OLD
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.out_of_core import forget_work, run_out_of_core
from neaspec.crossings.outputs.tables import JOINT_FOLDER, result_files
from neaspec.crossings.pipeline import PipelineResult, make_context
from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.readers.countries import country_codes
from neaspec.crossings.spread.run import Given, Spread, run_spread
from neaspec.crossings.spread.session import engine_session
from neaspec.crossings.spread.written import run_and_write
from neaspec.data.database import open_database, serving_path, version_of
from neaspec.data.queries import Ask
from neaspec.errors import DashboardError, InputError
from neaspec.files import atomic_write
from neaspec.text import languages, load_words

REPORT = "report.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the results; return 0, 1 with the reasons if nothing is left of the inputs, or 2 if they cannot be used."""
    given = _read(arguments)
    try:
        addresses = _addresses(given)
        inputs = _inputs([Path(name) for name in given.inputs if name not in addresses])
        answers, parameters = _answers(given), _parameters(given.set)
        path = serving_path()
        ask = Ask(open_database(path), None, version_of(path))
        context = make_context(load_rules(ask), parameters)
        asked = Given(inputs, addresses, context, answers)
        worked = _spread(given, asked) if given.engine == "spark" else _on_this_machine(given, asked)
        for line in [*_not_used(answers, worked), *_doubtful(worked)]:
            print(line, file=sys.stderr)
        if worked.is_empty:
            for line in _reasons(worked):
                print(redact(line), file=sys.stderr)
            return 1
    except DashboardError as problem:
        print(redact(str(problem)), file=sys.stderr)
        if HOW_TO in str(problem):
            print("or state the encoding of a file: --encoding FILE=gb18030", file=sys.stderr)
        return 2
    return 0


def _addresses(given: argparse.Namespace) -> list[str]:
    """Return the inputs that the engine reads: folders of Parquet tables and addresses such as s3a://."""
    return [name for name in given.inputs if "://" in name or Path(name).is_dir()] if given.engine == "spark" else []


def _on_this_machine(given: argparse.Namespace, asked: Given) -> PipelineResult:
    if "://" in given.out:
        raise InputError([f"--out {given.out}: only workers of a cluster write to an address (--engine spark)"])
    out = Path(given.out)
    with _progress() as tell:
        worked = run_out_of_core(
            asked.inputs,
            out,
            asked.context,
            asked.answers,
            given.rows,
            given.memory,
            given.threads,
            tell,
            given.exact_traps,
        )
    _write(worked, out, asked, given.language)
    forget_work(out)
    return worked


def _spread(given: argparse.Namespace, asked: Given) -> PipelineResult:
    """Work on a cluster; its workers write rows if the results go to an address."""
    with engine_session(given.master, _pairs(given.conf, "conf")) as session, _progress() as tell:
        spread = Spread(session, given.rows, given.memory, tell=tell)
        if "://" in given.out:
            worked = run_and_write(asked, spread, given.out, given.language)
            print(given.out)
            return worked
        worked = run_spread(asked, spread)
    _write(worked, Path(given.out), asked, given.language)
    return worked


def _write(worked: PipelineResult, out: Path, asked: Given, language: str) -> None:
    """Write the files of results.

    The report comes last, and one of an earlier run goes first: who finds it finds results that belong to it.
    """
    (out / REPORT).unlink(missing_ok=True)
    shutil.rmtree(out / JOINT_FOLDER, ignore_errors=True)
    for name, data in result_files(worked, asked.context, load_words(language)):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        atomic_write(out / name, data)
        print(out / name)


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m neaspec.crossings", description="Find crossings in field data.")
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="files: tables, zip, gz, xlsx, Parquet")
    parser.add_argument("--out", required=True, help="folder, made if it is missing; with Spark also an address")
    parser.add_argument("--day-first", action="append", default=[], metavar="FILE", help="its dates are day/month/year")
    parser.add_argument(
        "--month-first", action="append", default=[], metavar="FILE", help="its dates are month/day/year"
    )
    parser.add_argument("--utm-zone", action="append", default=[], metavar="FILE=52N", help="zone of its coordinates")
    parser.add_argument(
        "--country", action="append", default=[], metavar="DATASET=CHN", help="all its stations' country"
    )
    parser.add_argument("--encoding", action="append", default=[], metavar="FILE=gb18030", help="how its text is coded")
    parser.add_argument(
        "--exact-traps",
        action="store_true",
        help="also write capture histories with the cameras themselves: EXACT places, for their holder alone",
    )
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=f"one of {_names()}")
    parser.add_argument("--rows", type=int, default=200_000, help="rows in a piece")
    parser.add_argument("--memory", default=MEMORY, help="most memory of the database")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="this machine or a cluster")
    parser.add_argument("--master", metavar="URL", help="of the cluster, for example spark://host:7077")
    parser.add_argument("--conf", action="append", default=[], metavar="NAME=VALUE", help="a setting of the cluster")
    parser.add_argument("--language", choices=languages(), default="en")
    return parser.parse_args(arguments)


def _inputs(paths: Sequence[Path]) -> list[Input]:
    missing = [f"{path}: there is no such file or folder" for path in paths if not path.is_file() and not path.is_dir()]
    missing += [f"{path}: the folder holds no files" for path in paths if path.is_dir() and not _files_of(path)]
    if missing:
        raise InputError(missing)
    files = [path for path in paths if path.is_file()]
    inputs = [Input(name, path) for name, path in zip(told_apart(files), files, strict=True)]
    folders = [path for path in paths if path.is_dir()]
    for folder, name in zip(folders, told_apart(folders), strict=True):
        inputs += [Input(f"{name}/{path.relative_to(folder).as_posix()}", path) for path in _files_of(folder)]
    return inputs


def _files_of(folder: Path) -> list[Path]:
    """Return the files of a folder, those that systems leave behind not counted, in the order of their names."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(path for path in files if not NOT_OURS.search(path.relative_to(folder).as_posix()))


def told_apart(paths: Sequence[Path]) -> list[str]:
    """Return names of files; where two have one name, the files of their folders are told apart by a number of it.

    Names of folders are not told: they hold names of users and places.
    """
    names = [path.name for path in paths]
    folders = sorted({path.resolve().parent for path in paths if names.count(path.name) > 1})
    return [
        f"folder {folders.index(path.resolve().parent) + 1}/{path.name}"
        if path.resolve().parent in folders
        else path.name
        for path in paths
    ]


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
        encoding=_encodings(_pairs(given.encoding, "encoding")),
    )


def _encodings(given: Mapping[str, str]) -> dict[str, str]:
    """Return encodings by their usual names.

    Raises:
        InputError: if one is not known.
    """
    known, problems = {}, []
    for name, written in given.items():
        try:
            known[name] = codecs.lookup(ENCODINGS.get(written.strip().lower(), written.strip())).name
        except LookupError:
            problems.append(f"--encoding {name}={written}: not an encoding; for example utf-8, {', '.join(OLD)}")
    if problems:
        raise InputError(problems)
    return known


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
    sources = list(worked.sources)
    sets = sorted(set(worked.results.lists["data_set"]) - {""})
    given = [("--day-first, --month-first", name, sources) for name in answers.day_first]
    given += [("--utm-zone", name, sources) for name in answers.utm_zone]
    given += [("--encoding", name, sources) for name in answers.encoding]
    given += [("--country", name, sets) for name in answers.country]
    return [
        f"{option} {name}: not used; there are {', '.join(known)}" for option, name, known in given if name not in known
    ]


def _doubtful(worked: PipelineResult) -> list[str]:
    """Say how much is doubtful; what it is stands in the report."""
    total = sum(worked.doubts.counts.values())
    kinds = ", ".join(sorted({code for _, code in worked.doubts.counts}))
    return [f"doubtful: {total:,} ({kinds}); see {REPORT}"] if total else []


def _reasons(worked: PipelineResult) -> list[str]:
    """Say why nothing is left."""
    counted = [
        f"{source}: {count:,} rows left out ({reason}), first line {worked.dropped.examples[source, reason][0].row}"
        for (source, reason), count in sorted(worked.dropped.counts.items())
    ]
    return ["nothing is left of these files: no animal that is identified, with a time and a place", *counted]


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
