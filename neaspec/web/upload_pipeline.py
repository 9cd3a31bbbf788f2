"""From the bytes of an upload to results: read, work out, and let everything exact go. Knows no page, no database."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from neaspec.crossings.geo.borders import load_borders
from neaspec.crossings.input.members import PAGE, Input
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.pipeline import PipelineResult, make_context, run_pipeline
from neaspec.crossings.privacy.rules import Rules
from neaspec.crossings.readers.read import read


def make_ready() -> None:
    """Load what the first upload would wait for: the borders."""
    load_borders(Parameters())


def run_uploaded(
    files: Sequence[tuple[str, bytes]],
    answers: Mapping[str, Mapping[str, Any]],
    rules: Rules,
    tell: Callable[[str], None],
) -> tuple[PipelineResult, list[str]]:
    """Work out what files say about animals that cross.

    Args:
        files: (name, content); names may come twice.
        answers: the fields of Answers.
        rules: of sensitivity, with the names they need.
        tell: is told each stage.

    Returns:
        What is public, and the data sets with stations that declare no country.

    Raises:
        InputError: if files cannot be read; nothing of them is kept.
    """
    tell("reading")
    reading = read(inputs(files), Answers(**answers), limits=PAGE)
    records = reading.records
    fixed = records["evidence"] != "gps"
    undeclared = set(records.loc[fixed & (records["declared_country"] == ""), "data_set"])
    tell("crossings")
    return run_pipeline(reading, make_context(rules, Parameters())), sorted(undeclared | set(answers["country"]))


def inputs(files: Sequence[tuple[str, bytes]]) -> list[Input]:
    """Return files under different names: two countries may both send observations.csv."""
    times: Counter[str] = Counter()
    named = []
    for name, data in files:
        times[name] += 1
        named.append(Input(name if times[name] == 1 else f"({times[name]}) {name}", data))
    return named
