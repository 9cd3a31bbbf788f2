"""From the bytes of an upload to results: read, work out, and let everything exact go. Knows no page."""

from collections.abc import Callable, Mapping
from typing import Any

from neaspec.crossings.inputs import Input
from neaspec.crossings.parameters import Parameters
from neaspec.crossings.readers import read
from neaspec.crossings.reading import Answers, Question
from neaspec.crossings.run import work_out
from neaspec.queries import Ask


def work(
    files: Mapping[str, bytes], answers: Mapping[str, Mapping[str, Any]], ask: Ask, tell: Callable[[str], None]
) -> tuple[Any, list[Question], list[str]]:
    """Work out what files say about animals that cross.

    Args:
        files: name -> content.
        answers: the fields of Answers.
        ask: asks the database for rules and names.
        tell: is told each stage.

    Returns:
        What is public; the questions the files leave open; the data sets with stations that declare no country.

    Raises:
        InputError: if files cannot be read; nothing of them is kept.
    """
    tell("reading")
    reading = read([Input(name, data) for name, data in files.items()], Answers(**answers))
    records = reading.records
    fixed = records["evidence"] != "gps"
    undeclared = sorted(set(records.loc[fixed & (records["declared_country"] == ""), "data_set"]))
    tell("crossings")
    return work_out(reading, Parameters()), reading.questions, undeclared
