"""From a reading to results: the one way both the page and the command line go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pandas as pd

from neaspec.crossings.doubts.records import add_doubts
from neaspec.crossings.doubts.tracks import BUCKETS, Tracks, TracksInMemory, tracks_of
from neaspec.crossings.engine import EngineResult, stays_and_crossings
from neaspec.crossings.geo.borders import Borders, load_borders
from neaspec.crossings.geo.countries import assign_countries, neighbour_of
from neaspec.crossings.geo.local_time import offsets
from neaspec.crossings.identity.identities import CONFLICT_COLUMNS, assign_keys
from neaspec.crossings.identity.matches import find_contradicted, find_joining_matches, find_unused
from neaspec.crossings.joint.study import JointStudy, StudyKit, joint_study
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Question, Reading
from neaspec.crossings.model.records import DoubtfulRows, Reason, Recognised, RejectedRows, without
from neaspec.crossings.privacy.generalise import generalise_places, landscapes_of_sites
from neaspec.crossings.privacy.rules import Rules
from neaspec.crossings.privacy.taxa import meanings
from neaspec.crossings.publish import PublicResults, public_results


@dataclass(frozen=True)
class PipelineContext:
    """What records are measured with: rules of sensitivity, borders, parameters of the definition, the last moment.

    until: records after it are left out: the end of the day of the run wherever it ends last, and a day for clocks.
    """

    rules: Rules
    borders: Borders
    parameters: Parameters
    until: datetime = field(default_factory=lambda: end_of_today())


def end_of_today() -> datetime:
    """Return the end of this day in the zone where it ends last, without a zone: the same all day long."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return today + timedelta(days=2)


@dataclass(frozen=True)
class PipelineResult:
    """What came of field data: public results, and what the reader must know to trust them.

    conflicts: identities that cannot be right (identities.CONFLICT_COLUMNS). unused: stated identities and samples
    that no record has (matches.UNUSED_COLUMNS). matches: stated matches that join animals (matches.MATCH_COLUMNS).
    doubts: what is doubtful (doubts/kinds.py). sources: all files that an answer can be about.
    joint: what a joint study of several sides needs.
    """

    results: PublicResults
    recognised: Sequence[Recognised]
    dropped: RejectedRows
    questions: Sequence[Question]
    conflicts: pd.DataFrame
    unused: pd.DataFrame
    matches: pd.DataFrame
    doubts: DoubtfulRows = field(default_factory=DoubtfulRows)
    sources: tuple[str, ...] = ()
    joint: JointStudy = field(default_factory=JointStudy)

    @property
    def is_empty(self) -> bool:
        """Whether rows were read and nothing is left of them."""
        return any(table.rows for table in self.recognised) and self.results.stays.empty and self.joint.is_empty


def make_context(rules: Rules, parameters: Parameters) -> PipelineContext:
    """Return rules, borders and parameters together; borders are loaded once."""
    return PipelineContext(rules, load_borders(parameters), parameters)


@dataclass(frozen=True)
class Placed:
    """Records of a piece after the last step that sees their positions.

    Attributes:
        records: PLACED_COLUMNS.
        tracks: positions for the checks of movement (doubts/tracks.py): in memory, or sealed on disk.
        dropped: what was left out.
        doubts: what is doubtful.
    """

    records: pd.DataFrame
    tracks: pd.DataFrame
    dropped: RejectedRows
    doubts: DoubtfulRows


def place(records: pd.DataFrame, reading: Reading, context: PipelineContext, buckets: int = BUCKETS) -> Placed:
    """Give records a country and a generalised place; exact positions end here, but for the tracks.

    Args:
        records: RECORD_COLUMNS, of all inputs or of a piece.
        reading: what states identities.
        context: what they are measured with.
        buckets: parts in which the movement of animals is looked at.
    """
    keyed, dropped = assign_keys(records, reading)
    is_late = (keyed["time"] > pd.Timestamp(context.until)).to_numpy()
    _drop(keyed.loc[is_late, ["source", "row"]], "after_today", dropped)
    doubted, doubts = add_doubts(without(keyed, is_late), reading, context.parameters)
    countries = assign_countries(doubted, context.borders, context.parameters)
    is_nowhere = ((countries["country_code"] == "") & (countries["zone"] == "none")).to_numpy()
    _drop(doubted.loc[is_nowhere, ["source", "row"]], "no_country", dropped)
    kept, countries = without(doubted, is_nowhere), without(countries, is_nowhere)
    _tell_contradicted(kept, countries, doubts)
    placed = generalise_places(kept, countries, context.rules, context.borders, context.parameters, neighbour_of)
    minutes = offsets(kept["time"], kept["time_quality"], countries["country_code"], kept["longitude"].to_numpy(float))
    placed = placed.assign(offset_minutes=minutes)
    groups = meanings(kept["taxon"], context.rules.names)["taxon_group"]
    return Placed(placed, tracks_of(kept, placed, groups, context.parameters, buckets), dropped, doubts)


def _drop(records: pd.DataFrame, reason: Reason, dropped: RejectedRows) -> None:
    for source, left_out in records[["source", "row"]].groupby("source", sort=True):
        dropped.add(str(source), reason, left_out["row"])


def _tell_contradicted(kept: pd.DataFrame, countries: pd.DataFrame, doubts: DoubtfulRows) -> None:
    """Tell which records declare a country that the map contradicts, and which of the two is which."""
    is_contradicted = countries["is_contradicted"].to_numpy()
    rows, said = kept.loc[is_contradicted, ["source", "row"]], countries[is_contradicted]
    on_map = said["map_code"].where(said["map_code"] != "", "none")
    rows = rows.assign(found="declared " + said["country_code"] + ", on the map " + on_map)
    for source, contradicted in rows.groupby("source", sort=True):
        doubts.add(str(source), "contradicted_country", contradicted["row"], "", contradicted["found"])


def publish(
    movements: EngineResult,
    reading: Reading,
    context: PipelineContext,
    results: PublicResults | None = None,
    exact: Tracks | None = None,
) -> PipelineResult:
    """Make what was found public: nothing after this holds an exact time of a sensitive animal.

    Args:
        movements: what the rules made of records.
        reading: what was read.
        context: rules of sensitivity.
        results: what is public of the movements, if it was made elsewhere.
        exact: positions for capture histories with the cameras themselves, where their holder asked for them.
    """
    dropped = RejectedRows()
    dropped.merge(reading.dropped)
    dropped.merge(movements.dropped)
    doubts = DoubtfulRows()
    doubts.merge(reading.doubts)
    doubts.merge(movements.doubts)
    of_sites = landscapes(context)
    results = results or public_results(movements, context.rules, context.parameters, of_sites)
    kit = StudyKit(context.rules, context.borders, context.parameters, of_sites)
    return PipelineResult(
        results=results,
        recognised=reading.recognised,
        dropped=dropped,
        questions=reading.questions,
        conflicts=pd.concat([movements.conflicts, find_contradicted(reading)])
        .drop_duplicates()
        .sort_values(list(CONFLICT_COLUMNS), ignore_index=True),
        unused=find_unused(movements.statements, reading),
        matches=find_joining_matches(movements.statements, reading),
        doubts=doubts,
        sources=reading.sources,
        joint=joint_study(movements, results.crossings, reading, kit, exact),
    )


def landscapes(context: PipelineContext) -> dict[tuple[str, str], str]:
    """Return the landscape of each site of a country, into which it is merged where few animals are."""
    return landscapes_of_sites(context.rules, context.borders, context.parameters, neighbour_of)


def run_pipeline(reading: Reading, context: PipelineContext) -> PipelineResult:
    """Work out stays and crossings of all that was read, in memory."""
    placed = place(reading.records, reading, context)
    reading.dropped.merge(placed.dropped)
    reading.doubts.merge(placed.doubts)
    tracks = TracksInMemory([placed.tracks])
    return publish(stays_and_crossings(placed.records, context.parameters, tracks=tracks), reading, context)
