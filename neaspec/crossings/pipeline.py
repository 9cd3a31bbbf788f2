"""From a reading to results: the one way both the page and the command line go."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from neaspec.crossings.engine import EngineResult, stays_and_crossings
from neaspec.crossings.geo.borders import Borders, load_borders
from neaspec.crossings.geo.countries import assign_countries, neighbour_of
from neaspec.crossings.identity.identities import CONFLICT_COLUMNS, assign_keys
from neaspec.crossings.identity.matches import find_contradicted, find_joining_matches, find_unused
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Question, Reading
from neaspec.crossings.model.records import Recognised, RejectedRows
from neaspec.crossings.privacy.generalise import generalise_places, landscapes_of_sites
from neaspec.crossings.privacy.rules import Rules
from neaspec.crossings.publish import PublicResults, public_results


@dataclass(frozen=True)
class PipelineContext:
    """What records are measured with: rules of sensitivity, borders, parameters of the definition."""

    rules: Rules
    borders: Borders
    parameters: Parameters


@dataclass(frozen=True)
class PipelineResult:
    """What came of field data: public results, and what the reader must know to trust them.

    conflicts: identities that cannot be right (identities.CONFLICT_COLUMNS). unused: stated identities and samples
    that no record has (matches.UNUSED_COLUMNS). matches: stated matches that join animals (matches.MATCH_COLUMNS).
    """

    results: PublicResults
    recognised: Sequence[Recognised]
    dropped: RejectedRows
    questions: Sequence[Question]
    conflicts: pd.DataFrame
    unused: pd.DataFrame
    matches: pd.DataFrame


def make_context(rules: Rules, parameters: Parameters) -> PipelineContext:
    """Return rules, borders and parameters together; borders are loaded once."""
    return PipelineContext(rules, load_borders(parameters), parameters)


def place(records: pd.DataFrame, reading: Reading, context: PipelineContext) -> tuple[pd.DataFrame, RejectedRows]:
    """Give records a country and a generalised place; exact positions end here.

    Args:
        records: RECORD_COLUMNS, of all inputs or of a piece.
        reading: what states identities.
        context: what they are measured with.

    Returns:
        Placed records (PLACED_COLUMNS), and what was left out.
    """
    keyed, dropped = assign_keys(records, reading)
    countries = assign_countries(keyed, context.borders, context.parameters)
    is_nowhere = (countries["country_code"] == "") & (countries["zone"] == "none")
    for source, left_out in keyed[is_nowhere].groupby("source", sort=True):
        dropped.add(str(source), "no_country", left_out["row"])
    kept, countries = keyed[~is_nowhere], countries[~is_nowhere]
    return generalise_places(kept, countries, context.rules, context.borders, context.parameters, neighbour_of), dropped


def publish(movements: EngineResult, reading: Reading, context: PipelineContext) -> PipelineResult:
    """Make what was found public: nothing after this holds an exact time of a sensitive animal."""
    dropped = RejectedRows()
    dropped.merge(reading.dropped)
    dropped.merge(movements.dropped)
    of_sites = landscapes_of_sites(context.rules, context.borders, context.parameters, neighbour_of)
    return PipelineResult(
        results=public_results(movements, context.rules, context.parameters, of_sites),
        recognised=reading.recognised,
        dropped=dropped,
        questions=reading.questions,
        conflicts=pd.concat([movements.conflicts, find_contradicted(reading)])
        .drop_duplicates()
        .sort_values(list(CONFLICT_COLUMNS), ignore_index=True),
        unused=find_unused(movements.statements, reading),
        matches=find_joining_matches(movements.statements, reading),
    )


def run_pipeline(reading: Reading, context: PipelineContext) -> PipelineResult:
    """Work out stays and crossings of all that was read, in memory."""
    records, dropped = place(reading.records, reading, context)
    reading.dropped.merge(dropped)
    return publish(stays_and_crossings(records, context.parameters), reading, context)
