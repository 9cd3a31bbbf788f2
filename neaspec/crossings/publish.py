"""From stays and crossings to what everybody may see: times as coarse as the rules, small cells merged, names cleared.

What comes in is generalised in place but exact in time (engine.EngineResult); days and seasons are those of the place.
What goes out holds no exact time of an animal whose rule does not allow it, no place with fewer animals than the set
number but a country, and no text that could tell a position.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from neaspec.crossings import summaries
from neaspec.crossings.engine import EngineResult
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.privacy.periods import applied_rules, gaps, lengths, periods
from neaspec.crossings.privacy.place_names import points
from neaspec.crossings.privacy.redact import WITHHELD, redact, redact_all
from neaspec.crossings.privacy.rules import Rules
from neaspec.crossings.privacy.small_cells import look_up_places, merge_small_cells

NEST = "degree_0_1"  # only nests and roosts are told as exactly as this
KEYED = ["species_id", "taxon"]
COARSER = {"day": "season", "month": "season", "season": "season", "year": "year"}
RULED = ["time_level", "rule_ids", "reason", "review_date"]
CROSSING_COLUMNS = (
    "individual_key",
    "individual",
    "species_id",
    "taxon",
    "from_country_code",
    "to_country_code",
    "grade",
    "reasons",
    "left_period",
    "arrived_period",
    "start",
    "end",
    "gap_days",
    "gap_months",
    "from_stay",
    "to_stay",
    "from_place_kind",
    "from_place_id",
    "from_is_merged",
    "to_place_kind",
    "to_place_id",
    "to_is_merged",
    "evidence",
    "sex",
    "age",
    "from_source",
    "from_row",
    "to_source",
    "to_row",
    *RULED,
)
STAY_COLUMNS = (
    "individual_key",
    "individual",
    "species_id",
    "taxon",
    "stay",
    "country_code",
    "arrived_period",
    "left_period",
    "start",
    "end",
    "records",
    "sea_records",
    "solid_records",
    "is_solid",
    "longest_gap_days",
    "longest_gap_months",
    "first_place_kind",
    "first_place_id",
    "first_is_merged",
    "last_place_kind",
    "last_place_id",
    "last_is_merged",
    "evidence",
    "sex",
    "age",
    "data_sets",
    "first_source",
    "first_row",
    "last_source",
    "last_row",
    *RULED,
)
CELL_COLUMNS = (
    "species_id",
    "taxon",
    "country_code",
    "place_kind",
    "place_id",
    "period",
    "start",
    "end",
    "animals",
    "is_merged",
    "latitude",
    "longitude",
    "coordinate_precision_deg",
    "uncertainty_m",
    *RULED,
)
_DIGEST = re.compile(r"\s*#[0-9a-f]{16}$")  # of redact.redact_distinctly


@dataclass(frozen=True)
class PublicResults:
    """What may be shown and taken away.

    crossings: CROSSING_COLUMNS. left_period and arrived_period are words; start (of the first) and end (of the second)
    are ISO 8601 days, months or years. gap_days, or gap_months in steps of the period: worked out from the two periods.
    stays: STAY_COLUMNS. cells: CELL_COLUMNS, animals of a place in a season; a point where one would not mislead.
    matrix, pairs, both_sides, lists, sexes: see summaries.
    rules: the rules of sensitivity that were applied (queries/sensitivity_rules.sql).
    """

    crossings: pd.DataFrame
    stays: pd.DataFrame
    pairs: pd.DataFrame
    matrix: pd.DataFrame
    lists: pd.DataFrame
    both_sides: pd.DataFrame
    sexes: pd.DataFrame
    cells: pd.DataFrame
    parameters: Parameters
    rules: Rules


def public_results(
    movements: EngineResult, rules: Rules, parameters: Parameters, of_sites: Mapping[tuple[str, str], str] | None = None
) -> PublicResults:
    """Make what was found public.

    Args:
        movements: stays, crossings and presences.
        rules: the tables of sensitivity.
        parameters: smallest_cell.
        of_sites: (site, country) -> landscape (generalise.landscapes_of_sites); a site without one is merged into its
            country.
    """
    publisher = Publisher.of(movements.stays, movements.presences, rules, parameters, of_sites)
    return publisher.results(
        publisher.crossings(movements.crossings), publisher.stays(movements.stays), movements.presences, parameters
    )


def told_presences(
    movements: EngineResult, rules: Rules, parameters: Parameters, of_sites: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    """Return presences as they may be told: names cleared, and told_place_id, the place of their small cell.

    Their place_id and month are still those the engine knows: what is shown of them must go through the told place and
    a season.
    """
    seen = _seen(movements.presences, rules)
    cells = merge_small_cells(seen, parameters.smallest_cell, of_sites)
    generalised = seen.assign(told_place_id=look_up_places(seen, cells)["place_id"])
    return _Names.of(movements.stays, movements.presences).put(generalised, ())


@dataclass(frozen=True)
class Publisher:
    """What it takes to make rows public, whatever the number of rows: names, cells with few animals, rules."""

    names: "_Names"
    cells: pd.DataFrame
    rules: Rules

    @classmethod
    def of(
        cls,
        stays: pd.DataFrame,
        presences: pd.DataFrame,
        rules: Rules,
        parameters: Parameters,
        of_sites: Mapping[tuple[str, str], str] | None = None,
    ) -> "Publisher":
        """Look at all animals; arguments as `public_results`, of stays only the first of each animal is needed."""
        cells = merge_small_cells(_seen(presences, rules), parameters.smallest_cell, of_sites or {})
        return cls(_Names.of(stays, presences), cells, rules)

    def crossings(self, exact: pd.DataFrame) -> pd.DataFrame:
        """Return CROSSING_COLUMNS of exact crossings."""
        return self.names.put(_crossings(exact, self.cells, self.rules), ("from_source", "to_source"))

    def stays(self, exact: pd.DataFrame) -> pd.DataFrame:
        """Return STAY_COLUMNS of exact stays."""
        return self.names.put(_stays(exact, self.cells, self.rules), ("first_source", "last_source"))

    def results(
        self, crossings: pd.DataFrame, stays: pd.DataFrame, presences: pd.DataFrame, parameters: Parameters
    ) -> PublicResults:
        """Return public rows with what is counted of them and of presences."""
        named = self.names.put(presences[presences["is_supported"]].reset_index(drop=True), ())
        return PublicResults(
            crossings=crossings,
            stays=stays,
            pairs=summaries.pairs(crossings),
            matrix=summaries.matrix(crossings),
            lists=summaries.lists(named),
            both_sides=summaries.both_sides(named, crossings),
            sexes=summaries.sexes(named),
            cells=_cells(_seen(presences, self.rules), self.cells, self.rules),
            parameters=parameters,
            rules=self.rules,
        )


def _kind_of_animal(frame: pd.DataFrame) -> pd.Series:
    return frame["species_id"].where(frame["species_id"] != "", frame["taxon"])


def _seen(presences: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Return which animal was in which cell: a place and a season, or a year where a rule allows no season."""
    has_nest = presences["place_kind"] == NEST
    period = periods(presences["month"], _of_cells(presences["taxon"], has_nest, rules)["time_level"])
    rows = presences.assign(kind_of_animal=_kind_of_animal(presences), has_nest=has_nest)
    return pd.concat([rows, period[["period", "start", "end"]]], axis=1)


def _of_cells(taxa: pd.Series, has_nest: pd.Series, rules: Rules) -> pd.DataFrame:
    """Return the rules of cells: of all kinds of records together, as a cell may hold each; a season at least."""
    every = pd.Series("gps camera", index=taxa.index)
    ruled = applied_rules(taxa, every, has_nest, rules)
    return ruled.assign(time_level=ruled["time_level"].map(COARSER).astype("str"))


def _places_of_ends(
    frame: pd.DataFrame, cells: pd.DataFrame, rules: Rules, country: str, time: str, place: str
) -> pd.DataFrame:
    """Return place_kind, place_id and is_merged of one end of rows."""
    ruled = _of_cells(frame["taxon"], frame[f"{place}_place_kind"] == NEST, rules)
    asked = pd.DataFrame(
        {
            "kind_of_animal": _kind_of_animal(frame),
            "country_code": frame[country],
            "start": periods(frame[time], ruled["time_level"])["start"],
            "place_id": frame[f"{place}_place_id"],
        }
    )
    return look_up_places(asked, cells).add_prefix(f"{place}_")


def _apply_rules(frame: pd.DataFrame, rules: Rules, ends: tuple[str, str]) -> pd.DataFrame:
    has_nest = (frame[f"{ends[0]}_place_kind"] == NEST) | (frame[f"{ends[1]}_place_kind"] == NEST)
    return applied_rules(frame["taxon"], frame["evidence"], has_nest, rules)


def _crossings(exact: pd.DataFrame, cells: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    ruled = _apply_rules(exact, rules, ("from", "to"))
    left, arrived = (periods(exact[name], ruled["time_level"]) for name in ("left_local", "arrived_local"))
    rows = exact.drop(columns=["gap_days", "left_at", "arrived_at", "left_local", "arrived_local"])
    rows = rows.assign(
        left_period=left["period"], arrived_period=arrived["period"], start=left["start"], end=arrived["end"]
    )
    parts = [ruled, gaps(left, arrived, ruled["time_level"])]
    for end, country, time in (("from", "from_country_code", "left_local"), ("to", "to_country_code", "arrived_local")):
        parts.append(_places_of_ends(exact, cells, rules, country, time, end))
        rows = rows.drop(columns=[f"{end}_place_kind", f"{end}_place_id"])
    rows = pd.concat([rows, *parts], axis=1)[list(CROSSING_COLUMNS)]
    return rows.sort_values(["individual_key", "to_stay", "from_stay", "grade"], ignore_index=True)


def _stays(exact: pd.DataFrame, cells: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    ruled = _apply_rules(exact, rules, ("first", "last"))
    arrived, left = (periods(exact[name], ruled["time_level"]) for name in ("arrived_local", "left_local"))
    longest = lengths(exact["longest_gap_days"], ruled["time_level"])
    rows = exact.assign(
        arrived_period=arrived["period"],
        left_period=left["period"],
        start=arrived["start"],
        end=left["end"],
        longest_gap_days=longest["days"],
        longest_gap_months=longest["months"],
    )
    rows = rows.drop(columns=["arrived_at", "left_at", "arrived_local", "left_local"])
    parts = [ruled]
    for end, time in (("first", "arrived_local"), ("last", "left_local")):
        parts.append(_places_of_ends(exact, cells, rules, "country_code", time, end))
        rows = rows.drop(columns=[f"{end}_place_kind", f"{end}_place_id"])
    rows = pd.concat([rows, *parts], axis=1)[list(STAY_COLUMNS)]
    return rows.sort_values(["individual_key", "stay"], ignore_index=True)


def _cells(seen: pd.DataFrame, cells: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Count the animals of each cell as it is told."""
    rows = pd.concat([seen.drop(columns=["place_id", "place_kind"]), look_up_places(seen, cells)], axis=1)
    keys = [*KEYED, "country_code", "place_kind", "place_id", "period", "start", "end"]
    counted = rows.groupby(keys, as_index=False).agg(
        animals=("individual_key", "nunique"),
        is_merged=("is_merged", "any"),
        has_nest=("has_nest", "any"),
    )
    ruled = _of_cells(counted["taxon"], counted["has_nest"], rules)
    counted = pd.concat([counted, ruled, points(counted["place_id"], rules)], axis=1)
    return counted[list(CELL_COLUMNS)].sort_values(keys, ignore_index=True)


@dataclass(frozen=True)
class _Names:
    """Names as they may be told, and the order in which animals that cannot be told by name are numbered."""

    keys: dict[str, str]
    data_sets: dict[str, str]

    @classmethod
    def of(cls, stays: pd.DataFrame, presences: pd.DataFrame) -> "_Names":
        order = stays.sort_values(["arrived_at", "first_source", "first_row", "individual_key"])
        keys = pd.concat([order["individual_key"], presences["individual_key"].sort_values()])
        return cls(_number_alike(keys), _number_alike(presences["data_set"].sort_values()))

    def put(self, frame: pd.DataFrame, sources: tuple[str, ...]) -> pd.DataFrame:
        """Return a frame with cleared names."""
        named = frame.assign(individual_key=frame["individual_key"].map(self.keys).astype("str"))
        for column in {"individual", "taxon", *sources} & set(frame.columns):
            named[column] = redact_all(frame[column])
        if "data_set" in frame.columns:
            named["data_set"] = frame["data_set"].map(self.data_sets).astype("str")
        if "data_sets" in frame.columns:
            public_names = [
                " | ".join(self.data_sets.get(name, name) for name in str(text).split(" | "))
                for text in frame["data_sets"]
            ]
            named["data_sets"] = pd.Series(public_names, index=frame.index, dtype="str")
        return named


def _number_alike(texts: pd.Series) -> dict[str, str]:
    """Return text -> text without positions; texts that would become the same are numbered in their order."""
    names: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for text in dict.fromkeys(texts.astype("str")):
        plain = redact(text)
        if plain == text and not (WITHHELD in text and _DIGEST.search(text)):
            names[text] = text
            continue
        plain = _DIGEST.sub("", plain)
        numbers[plain] = numbers.get(plain, 0) + 1
        names[text] = f"{plain} ({numbers[plain]})"
    return names
