"""Files of results to take away: two tables, a GeoPackage, rows for data/movements.csv, a report; made in memory.

Equal results give equal bytes. Every text of the data is redacted before it is written, and no file says more
than the public results do.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from neaspec.crossings.doubts.kinds import KINDS
from neaspec.crossings.model.records import MOST_EXAMPLES, POINT_KINDS, distinct_rows
from neaspec.crossings.outputs.geopackage import geopackage
from neaspec.crossings.outputs.joint_files import joint_files, joint_report
from neaspec.crossings.outputs.plain import as_csv, plain_records, plain_values
from neaspec.crossings.outputs.statement_rows import statement_rows
from neaspec.crossings.privacy.place_names import generalisations, names, points
from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.privacy.rules import TIME_LEVELS, Rules
from neaspec.crossings.publish import PublicResults
from neaspec.text import Words

if TYPE_CHECKING:
    from neaspec.crossings.pipeline import PipelineContext, PipelineResult

# The report is the last: who finds it finds the others.
RESULT_FILES = ("crossings.csv", "stays.csv", "crossings.gpkg", "movements_rows.csv", "report.json")
JOINT_FOLDER = "joint_study"
ENDS_OF = {"crossings": ("from", "to"), "stays": ("first", "last")}


def result_file(name: str, worked: "PipelineResult", borders_version: str, words: Words) -> bytes:
    """Return one file of results.

    Args:
        name: one of RESULT_FILES.
        worked: what came of field data.
        borders_version: of the borders countries were read from.
        words: the wording of the file.
    """
    results = worked.results
    if name == "movements_rows.csv":
        return as_csv(statement_rows(results, words))
    if name == "report.json":
        return report_json(worked, borders_version, words)
    if name == "crossings.gpkg":
        return geopackage(results, named_table(results, "crossings", words), words)
    return as_csv(named_table(results, name.removesuffix(".csv"), words))


def result_files(worked: "PipelineResult", context: "PipelineContext", words: Words) -> Iterator[tuple[str, bytes]]:
    """Give the files of results one by one, so that no more than one of them is in memory; see result_file.

    Those of a joint study stand in the folder joint_study, where there is something of it.
    """
    for name in RESULT_FILES[:-1]:
        yield name, result_file(name, worked, context.borders.version, words)
    if not worked.joint.is_empty:
        for name, content in joint_files(worked.joint, context.rules, words):
            yield f"{JOINT_FOLDER}/{name}", content
    yield RESULT_FILES[-1], result_file(RESULT_FILES[-1], worked, context.borders.version, words)


def named_table(results: PublicResults, name: str, words: Words) -> pd.DataFrame:
    """Return crossings or stays with the names of their places and what was generalised, in terms of Darwin Core.

    Args:
        results: the public results.
        name: crossings or stays.
        words: the wording.

    Returns:
        The columns of the results, then <end>_place_name of both ends, dataGeneralizations, informationWithheld,
        coordinatePrecision (degrees) and coordinateUncertaintyInMeters (the coarser of both ends; empty if one of them
        has no point).
    """
    return named_rows(getattr(results, name), name, results.rules, results.parameters.smallest_cell, words)


def named_rows(frame: pd.DataFrame, name: str, rules: Rules, smallest: int, words: Words) -> pd.DataFrame:
    """Return what `named_table` does for some rows.

    Args:
        frame: public rows.
        name: crossings or stays.
        rules: of sensitivity.
        smallest: number of animals of a place.
        words: the wording.
    """
    ends = ENDS_OF[name]
    of_ends, of_points = [], []
    added: dict[str, Any] = {}
    for end in ends:
        places = frame[f"{end}_place_id"]
        added[f"{end}_place_name"] = names(places, rules, words)
        of_ends.append(generalisations(places, frame[f"{end}_is_merged"], smallest, rules, words))
        is_point = frame[f"{end}_place_kind"].isin(POINT_KINDS)
        of_points.append(points(places, rules).where(is_point))
    times = frame["time_level"].map({level: words(f"crossings.generalised_time_{level}") for level in TIME_LEVELS})
    both = _in_both(of_ends[0], of_ends[1], words)
    return frame.assign(
        **added,
        dataGeneralizations=both + " " + times,
        informationWithheld=words("crossings.withheld"),
        coordinatePrecision=_coarser(*(end_points["coordinate_precision_deg"] for end_points in of_points)),
        coordinateUncertaintyInMeters=_coarser(*(end_points["uncertainty_m"] for end_points in of_points)),
    )


def report_json(worked: "PipelineResult", borders_version: str, words: Words, stays: int | None = None) -> bytes:
    """Return what was recognised, left out and asked, the definition, and the counts, as JSON without any position.

    Args:
        worked: what came of field data.
        borders_version: of the borders countries were read from.
        words: of the reasons for parameters.
        stays: how many there are, if the results do not hold all.
    """
    results = worked.results
    stated = results.parameters.stated()
    sections = {
        "recognised": [_redact_texts(asdict(entry)) for entry in worked.recognised],
        "left_out": [
            {
                "source": redact(source),
                "reason": reason,
                "rows": count,
                "first": [
                    _redact_texts(asdict(row)) for row in worked.dropped.examples[source, reason][:MOST_EXAMPLES]
                ],
            }
            for (source, reason), count in sorted(worked.dropped.counts.items())
        ],
        "doubts": [
            {
                "source": redact(source),
                "code": code,
                "count": count,
                "effect": KINDS[code],
                "why": words(f"doubts.why_{code}"),
                "what_to_do": words(f"doubts.do_{code}"),
                "first": [_redact_texts(asdict(row)) for row in worked.doubts.examples[source, code][:MOST_EXAMPLES]],
            }
            for (source, code), count in sorted(worked.doubts.counts.items())
        ],
        "questions": [_redact_texts(asdict(entry)) for entry in worked.questions],
        "identities_that_cannot_be_right": plain_records(worked.conflicts),
        "identities_nothing_was_found_of": plain_records(worked.unused),
        "matches_that_join_animals": plain_records(worked.matches),
        "counts": {
            "animals": int(results.stays["individual_key"].nunique()),
            "stays": len(results.stays) if stays is None else stays,
            "crossings": {str(key): int(count) for key, count in results.crossings.groupby("grade").size().items()},
        },
        "pairs": plain_records(results.pairs),
        "matrix": plain_records(results.matrix),
        "lists": plain_records(results.lists),
        "sexes_and_ages": plain_records(results.sexes),
        **({} if worked.joint.is_empty else {"joint_study": joint_report(worked.joint)}),
        "parameters": {
            name: {"value": value, "reason": words(f"field_data.reason_{name}")} for name, value in stated.items()
        },
        "borders": words("field_data.borders"),
        "borders_version": borders_version,
        "sensitivity_rules": plain_values(results.rules.levels),
    }
    return (json.dumps(sections, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def _coarser(one: pd.Series, other: pd.Series) -> pd.Series:
    """Return the greater of two numbers; nothing where one of them is not known."""
    return one.where(one >= other, other).where(one.notna() & other.notna())


def _in_both(start: pd.Series, end: pd.Series, words: Words) -> pd.Series:
    numbers, asked = distinct_rows(pd.DataFrame({"start": start, "end": end}))
    sentences = [
        words("crossings.generalised_ends", start=one, end=other) for one, other in asked.itertuples(index=False)
    ]
    return pd.Series(pd.array(sentences, dtype="str").take(numbers), index=start.index)


def _redact_texts(description: dict[str, Any]) -> dict[str, Any]:
    """Clear every text of a description."""
    return {
        name: redact(value)
        if isinstance(value, str)
        else [redact(text) if isinstance(text, str) else text for text in value]
        if isinstance(value, tuple | list)
        else value
        for name, value in description.items()
    }
