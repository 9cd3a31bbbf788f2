"""From placed records to stays and crossings: the rules are SQL (queries/crossings/), run by DuckDB in bounded memory.

The same statements answer an upload in memory and ten million records in files. Nothing here holds a position.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from pandas.api.types import union_categoricals

from neaspec.crossings.doubts.kinds import OF_CLOCKS
from neaspec.crossings.doubts.movement import Movement, find, nothing, same_fixes
from neaspec.crossings.doubts.names import tell_names
from neaspec.crossings.doubts.tracks import Tracks, statement_hashes
from neaspec.crossings.identity.identities import (
    CONFLICT_COLUMNS,
    SEEN_COLUMNS,
    final_keys,
    find_conflicts,
    find_joined_names,
    find_names_of_two_species,
)
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import MOST_EXAMPLES, PLACED_COLUMNS, DoubtfulRows, Reason, RejectedRows
from neaspec.errors import InputError
from neaspec.paths import QUERIES_DIR

RULES_DIR = QUERIES_DIR / "crossings"
# In this order: each uses what the one before made.
STEPS = ("animals", "supported", "used", "stays", "crossings")
MEMORY = "1GB"


@dataclass(frozen=True)
class EngineResult:
    """Stays and crossings before they are made public: exact in time, generalised in place.

    stays: individual_key, individual, species_id, taxon, stay (1..n of the animal), country_code (empty = beyond the
    map), arrived_at, left_at (UTC), arrived_local, left_local (of the place), records, sea_records, solid_records,
    is_solid, evidence, first_source, first_row, last_source, last_row, longest_gap_days, first_place_kind,
    first_place_id, last_place_kind, last_place_id, sex, age, data_sets.
    crossings: individual_key, individual, species_id, taxon, from_country_code, to_country_code, grade, reasons,
    left_at, arrived_at, left_local, arrived_local, gap_days, from_stay, to_stay, from_source, from_row, to_source,
    to_row, from_place_kind, from_place_id, to_place_kind, to_place_id, evidence, sex, age.
    presences: one row for each animal, data set, country, place and month with records in it; is_supported: one of them
    is declared, inside or at the coast; evidence: of them.
    dropped: records of animals that were not used, with the reason.
    statements: what records say of their animals, each different statement once (identities.SEEN_COLUMNS).
    conflicts: identities that cannot be right; their animals were kept apart (identities.CONFLICT_COLUMNS).
    doubts: movement and clocks that cannot be, names alike, the same fixes under two names.
    """

    stays: pd.DataFrame
    crossings: pd.DataFrame
    presences: pd.DataFrame
    dropped: RejectedRows
    statements: pd.DataFrame
    conflicts: pd.DataFrame
    doubts: DoubtfulRows


@dataclass(frozen=True)
class RunRules:
    """A database in which the rules have worked, and what is known beside it.

    Attributes:
        connection: the database.
        statements: what records say of their animals (identities.SEEN_COLUMNS), and final_key.
        conflicts: identities that cannot be right (identities.CONFLICT_COLUMNS).
        joined: names that were taken as one (identities.find_joined_names).
        movement: what no animal can do.
    """

    connection: duckdb.DuckDBPyConnection
    statements: pd.DataFrame
    conflicts: pd.DataFrame
    joined: pd.DataFrame
    movement: Movement


@dataclass(frozen=True)
class Share:
    """What the rules made of some of the animals; what concerns animals of several shares is not said yet.

    stays, crossings, presences, dropped, conflicts: as in EngineResult. statements, joined: as in RunRules.
    sketches: as in Movement. doubts: of movement and places.
    """

    stays: pd.DataFrame
    crossings: pd.DataFrame
    presences: pd.DataFrame
    dropped: RejectedRows
    statements: pd.DataFrame
    conflicts: pd.DataFrame
    joined: pd.DataFrame
    sketches: pd.DataFrame
    doubts: DoubtfulRows


ORDER = {"stays": ("individual_key", "stay"), "crossings": ("individual_key", "to_stay", "from_stay", "grade")}


def stays_and_crossings(
    placed: pd.DataFrame | Sequence[Path],
    parameters: Parameters,
    memory: str = MEMORY,
    threads: int = 2,
    spill: Path | None = None,
    tracks: Tracks | None = None,
) -> EngineResult:
    """Work out stays and crossings.

    Args:
        placed: records with PLACED_COLUMNS, or Parquet files of them.
        parameters: of the definition.
        memory: most memory DuckDB may use.
        threads: of DuckDB; the result does not depend on it.
        spill: folder for what does not fit into memory (generalised places only); None = nothing is written to disk.
        tracks: positions, for what no animal can do; None = movement is not looked at.
    """
    return put_together([work_share(placed, parameters, memory, threads, spill, tracks)])


def work_share(
    placed: pd.DataFrame | pa.Table | Sequence[Path],
    parameters: Parameters,
    memory: str = MEMORY,
    threads: int = 2,
    spill: Path | None = None,
    tracks: Tracks | None = None,
) -> Share:
    """Work out stays and crossings of some animals, all records of each; arguments as `stays_and_crossings`."""
    with run_rules(placed, parameters, memory, threads, spill, tracks=tracks) as run:
        doubts = DoubtfulRows()
        doubts.merge(run.movement.doubts)
        doubts.merge(_lone(run.connection))
        return Share(
            stays=run_step(run.connection, "stays_result"),
            crossings=run_step(run.connection, "crossings_result"),
            presences=run_step(run.connection, "presences_result"),
            dropped=_dropped(run.connection),
            statements=run.statements,
            conflicts=run.conflicts,
            joined=run.joined,
            sketches=run.movement.sketches,
            doubts=doubts,
        )


def put_together(shares: Sequence[Share]) -> EngineResult:
    """Put shares together: every animal in its order, and what concerns animals of several of them."""
    dropped, doubts = RejectedRows(), DoubtfulRows()
    for share in shares:
        dropped.merge(share.dropped)
        doubts.merge(share.doubts)
    statements = _joined([share.statements for share in shares], SEEN_COLUMNS)
    joined = _joined([share.joined for share in shares], ("individual_key",))
    alike = same_fixes(_of_one_order([share.sketches for share in shares]))
    doubts.merge(tell_names(statements, joined, alike))
    presences = [share.presences for share in shares]
    return EngineResult(
        stays=_joined([share.stays for share in shares], ORDER["stays"]),
        crossings=_joined([share.crossings for share in shares], ORDER["crossings"]),
        presences=_joined(presences, tuple(presences[0].columns)),
        dropped=dropped,
        statements=statements[list(SEEN_COLUMNS)],
        conflicts=_joined([share.conflicts for share in shares], CONFLICT_COLUMNS),
        doubts=doubts,
    )


def _joined(frames: Sequence[pd.DataFrame], order: Sequence[str]) -> pd.DataFrame:
    """Return rows of all shares in one order; those of one share are in it."""
    if len(frames) == 1:
        return frames[0]
    filled = [frame for frame in frames if len(frame)] or [frames[0]]
    return pd.concat(filled, ignore_index=True).sort_values(list(order), ignore_index=True)


def _of_one_order(sketches: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return sketches whose keys are categories in one order."""
    if len(sketches) == 1:
        return sketches[0]
    keys = union_categoricals([part["individual_key"] for part in sketches], sort_categories=True)
    return pd.DataFrame({"individual_key": keys, "fix": pd.concat([part["fix"] for part in sketches]).to_numpy()})


@contextmanager
def run_rules(
    placed: pd.DataFrame | pa.Table | Sequence[Path],
    parameters: Parameters,
    memory: str = MEMORY,
    threads: int = 2,
    spill: Path | None = None,
    steps: Sequence[str] = STEPS,
    tracks: Tracks | None = None,
) -> Iterator[RunRules]:
    """Give a database in which the rules have worked; arguments as `stays_and_crossings`."""
    config = {"memory_limit": memory, "threads": threads}
    with _enough_memory(memory), duckdb.connect(":memory:", config=config) as connection:
        connection.execute("set temp_directory = $folder", {"folder": str(spill) if spill else ""})
        connection.execute("set preserve_insertion_order = false")
        if isinstance(placed, pd.DataFrame):
            connection.register("given", placed[list(PLACED_COLUMNS)])
        elif isinstance(placed, pa.Table):
            connection.register("given", placed.select(list(PLACED_COLUMNS)))
        else:
            connection.read_parquet([str(path) for path in placed]).create_view("given")
        statements = run_step(connection, "statements_result")
        refused, doubled = find_conflicts(statements), find_names_of_two_species(statements)
        joined = find_joined_names(statements)
        final = final_keys(statements, refused, doubled, joined)
        if (final == statements["individual_key"]).all():  # the usual case, and much faster for millions of records
            connection.table("given").create_view("placed")
        else:
            names = statements.assign(final_key=final)[
                ["individual_key", "data_set", "individual", "taxon", "final_key"]
            ]
            changed = names[names["final_key"] != names["individual_key"]]
            connection.register(
                "renamed", changed.drop_duplicates(["individual_key", "data_set", "individual", "taxon"])
            )
            _run(connection, "placed", parameters)
        animals = dict(zip(statement_hashes(statements).tolist(), final, strict=True))
        movement = nothing() if tracks is None else find(tracks, animals, parameters)
        connection.register("jumps", movement.jumps)
        connection.register("doubtful", movement.doubtful)
        for step in steps:
            _run(connection, step, parameters)
        both = pd.concat([refused, doubled]).sort_values(list(CONFLICT_COLUMNS), ignore_index=True)
        yield RunRules(connection, statements.assign(final_key=final), both, joined, movement)


@contextmanager
def _enough_memory(memory: str) -> Iterator[None]:
    """Say what to do when the memory is not enough."""
    try:
        yield
    except duckdb.OutOfMemoryException as problem:
        raise InputError(
            [
                f"there are too many animals or records for {memory} of memory; python -m neaspec.crossings takes more "
                "with --memory"
            ]
        ) from problem


def _run(connection: duckdb.DuckDBPyConnection, step: str, parameters: Parameters) -> None:
    stated: dict[str, object] = {**parameters.stated(), "clock_doubts": sorted(OF_CLOCKS)}
    for statement in duckdb.extract_statements((RULES_DIR / f"{step}.sql").read_text(encoding="utf-8")):
        connection.execute(statement, {name: stated[name] for name in statement.named_parameters})


def run_step(connection: duckdb.DuckDBPyConnection, step: str) -> pd.DataFrame:
    """Return the answer of a rule, text as text."""
    answer: pd.DataFrame = connection.sql((RULES_DIR / f"{step}.sql").read_text(encoding="utf-8")).df()
    texts = answer.select_dtypes(include=["object", "str", "category"]).columns
    return answer.astype(dict.fromkeys(texts, "str"))


def _dropped(connection: duckdb.DuckDBPyConnection) -> RejectedRows:
    """Say which records of animals were not used."""
    rejected = RejectedRows()
    rows = connection.sql((RULES_DIR / "twins_result.sql").read_text(encoding="utf-8")).fetchall()
    for source, reason, count, first in rows:
        named: Reason = reason
        first_rows = pd.Series(first[:MOST_EXAMPLES], dtype="int64")
        rejected.add(source, named, first_rows)
        rejected.counts[(source, named)] = count
    return rejected


def _lone(connection: duckdb.DuckDBPyConnection) -> DoubtfulRows:
    """Say which records stand alone beyond the map between others of their animal."""
    doubts = DoubtfulRows()
    for source, count, first in connection.sql((RULES_DIR / "lone_result.sql").read_text(encoding="utf-8")).fetchall():
        doubts.add(source, "lone_beyond_the_map", pd.Series(first[:MOST_EXAMPLES], dtype="int64"))
        doubts.counts[(source, "lone_beyond_the_map")] = count
    return doubts
