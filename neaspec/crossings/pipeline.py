"""From a reading to results: the one way both the page and the command line go."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from neaspec.crossings.engine import Found, stays_and_crossings
from neaspec.crossings.geo.borders import Borders, load_borders
from neaspec.crossings.geo.countries import countries_of, neighbour_of
from neaspec.crossings.identity.identities import CONFLICT_COLUMNS, with_keys
from neaspec.crossings.identity.matches import contradicted, unused, used
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Question, Reading
from neaspec.crossings.model.records import Dropped, Recognised
from neaspec.crossings.privacy.generalise import landscapes_of_sites, placed
from neaspec.crossings.privacy.rules import Rules
from neaspec.crossings.publish import PublicResults, public_results


@dataclass(frozen=True)
class Kit:
    """What records are measured with: rules of sensitivity, borders, parameters of the definition."""

    rules: Rules
    borders: Borders
    parameters: Parameters


@dataclass(frozen=True)
class Worked:
    """What came of field data: public results, and what the reader must know to trust them.

    conflicts: identities that cannot be right (identities.CONFLICT_COLUMNS). unused: stated identities and samples
    that no record has (matches.UNUSED_COLUMNS). matches: stated matches that join animals (matches.MATCH_COLUMNS).
    """

    results: PublicResults
    recognised: Sequence[Recognised]
    dropped: Dropped
    questions: Sequence[Question]
    conflicts: pd.DataFrame
    unused: pd.DataFrame
    matches: pd.DataFrame


def make_kit(rules: Rules, parameters: Parameters) -> Kit:
    """Return rules, borders and parameters together; borders are loaded once."""
    return Kit(rules, load_borders(parameters), parameters)


def place(records: pd.DataFrame, reading: Reading, kit: Kit) -> tuple[pd.DataFrame, Dropped]:
    """Give records a country and a generalised place; exact positions end here.

    Args:
        records: RECORD_COLUMNS, of all inputs or of a piece.
        reading: what states identities.
        kit: what they are measured with.

    Returns:
        Placed records (PLACED_COLUMNS), and what was left out.
    """
    keyed, dropped = with_keys(records, reading)
    countries = countries_of(keyed, kit.borders, kit.parameters)
    is_nowhere = (countries["country_code"] == "") & (countries["zone"] == "none")
    for source, left_out in keyed[is_nowhere].groupby("source", sort=True):
        dropped.add(str(source), "no_country", left_out["row"])
    kept, countries = keyed[~is_nowhere], countries[~is_nowhere]
    return placed(kept, countries, kit.rules, kit.borders, kit.parameters, neighbour_of), dropped


def publish(found: Found, reading: Reading, kit: Kit) -> Worked:
    """Make what was found public: nothing after this holds an exact time of a sensitive animal."""
    dropped = Dropped()
    dropped.merge(reading.dropped)
    dropped.merge(found.dropped)
    of_sites = landscapes_of_sites(kit.rules, kit.borders, kit.parameters, neighbour_of)
    return Worked(
        results=public_results(found, kit.rules, kit.parameters, of_sites),
        recognised=reading.recognised,
        dropped=dropped,
        questions=reading.questions,
        conflicts=pd.concat([found.conflicts, contradicted(reading)])
        .drop_duplicates()
        .sort_values(list(CONFLICT_COLUMNS), ignore_index=True),
        unused=unused(found.statements, reading),
        matches=used(found.statements, reading),
    )


def work_out(reading: Reading, kit: Kit) -> Worked:
    """Work out stays and crossings of all that was read, in memory."""
    records, dropped = place(reading.records, reading, kit)
    reading.dropped.merge(dropped)
    return publish(stays_and_crossings(records, kit.parameters), reading, kit)
