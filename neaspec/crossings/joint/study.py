"""All of a joint study, worked out from a reading and its movements; all public but exact histories."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from neaspec.crossings.doubts.tracks import Tracks, statement_hashes
from neaspec.crossings.engine import EngineResult
from neaspec.crossings.geo.borders import Borders
from neaspec.crossings.identity.identities import (
    final_keys,
    find_conflicts,
    find_joined_names,
    find_names_of_two_species,
)
from neaspec.crossings.joint.alive import ALIVE_COLUMNS, known_alive
from neaspec.crossings.joint.effort import EFFORT, effort_by, place_deployments, public_places, spells
from neaspec.crossings.joint.genotypes import GenotypeComparison, compare_genotypes
from neaspec.crossings.joint.histories import CaptureHistory, exact_histories, public_histories
from neaspec.crossings.joint.network import LINK_COLUMNS, SECTION_COLUMNS, links, sections
from neaspec.crossings.joint.periods import season_marks, season_words, year_marks
from neaspec.crossings.joint.pictures import proposals, public_pairs, summary, told_pairs
from neaspec.crossings.joint.study_table import STUDY_COLUMNS, study_table
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Reading
from neaspec.crossings.privacy.rules import Rules
from neaspec.crossings.publish import told_presences

KEYS = ["species_id", "taxon"]
STUDIED = {"camera", "genetic"}  # evidence that makes a kind of animal one of a joint study
YEAR_COLUMNS = ("country_code", "year", "status", *EFFORT)
COUNT_COLUMNS = (*KEYS, "country_code", "year", "status", "animals", *EFFORT)


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})


@dataclass(frozen=True)
class JointStudy:
    """Results of a joint study.

    Attributes:
        sides: States with animals of the study or with cameras, in order.
        effort: YEAR_COLUMNS: each side and year from the first to the last; numbers are empty where not reported.
        counts: COUNT_COLUMNS: animals of each side and year beside the effort.
        alive: ALIVE_COLUMNS with period and start (month) of the season, stations and camera_days.
        study: the joint table (joint/study_table.py).
        histories: capture histories at the public level.
        genotypes: samples held against each other; None = none were given.
        pictures: pairs with their state; picture_summary: by flank; identities: what both sides confirmed.
        sections, links: of the border, between places.
        undated: deployments whose dates are not stated or cannot be.
        exact: capture histories with the cameras; empty unless the holder asked for them.
    """

    sides: tuple[str, ...] = ()
    effort: pd.DataFrame = field(default_factory=lambda: _empty(YEAR_COLUMNS))
    counts: pd.DataFrame = field(default_factory=lambda: _empty(COUNT_COLUMNS))
    alive: pd.DataFrame = field(default_factory=lambda: _empty((*ALIVE_COLUMNS, "period", "start", *EFFORT[::2])))
    study: pd.DataFrame = field(default_factory=lambda: _empty(STUDY_COLUMNS))
    histories: list[CaptureHistory] = field(default_factory=list)
    genotypes: GenotypeComparison | None = None
    pictures: pd.DataFrame = field(default_factory=lambda: pd.DataFrame())
    picture_summary: pd.DataFrame = field(default_factory=lambda: pd.DataFrame())
    identities: pd.DataFrame = field(default_factory=lambda: pd.DataFrame())
    sections: pd.DataFrame = field(default_factory=lambda: _empty(SECTION_COLUMNS))
    links: pd.DataFrame = field(default_factory=lambda: _empty(LINK_COLUMNS))
    undated: int = 0
    exact: list[CaptureHistory] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing a joint study would tell."""
        return not self.sides and self.genotypes is None and self.pictures.empty


@dataclass(frozen=True)
class StudyKit:
    """What a joint study is worked out with."""

    rules: Rules
    borders: Borders
    parameters: Parameters
    of_sites: Mapping[tuple[str, str], str]


def joint_study(
    movements: EngineResult, crossings: pd.DataFrame, reading: Reading, kit: StudyKit, tracks: Tracks | None = None
) -> JointStudy:
    """Work out a joint study.

    Args:
        movements: with presences.
        crossings: PublicResults.crossings.
        reading: deployments, genotypes, pairs of pictures.
        kit: rules, borders, parameters.
        tracks: positions, where the holder asked for exact capture histories; None = not asked.
    """
    genotypes = compare_genotypes(reading.genotypes, kit.parameters) if reading.genotypes else None
    picture_pairs = told_pairs(reading.picture_pairs)
    proposed = JointStudy(
        genotypes=genotypes,
        pictures=public_pairs(picture_pairs),
        picture_summary=summary(picture_pairs),
        identities=proposals(picture_pairs),
    )
    placed = place_deployments(reading.deployments, kit.borders, kit.parameters)
    seen = _of_the_study(told_presences(movements, kit.rules, kit.parameters, kit.of_sites))
    if seen.empty and placed.empty:
        return proposed
    effort_sides = set(placed.loc[placed["begin"].notna(), "country_code"]) - {""}
    sides = tuple(sorted((set(seen["country_code"]) | effort_sides) - {""}))
    of_study = crossings[crossings[KEYS].apply(tuple, axis=1).isin(set(seen[KEYS].itertuples(index=False, name=None)))]
    exact = (
        []
        if tracks is None
        else exact_histories(_met_exactly(movements, tracks), reading.deployments, placed, kit.parameters)
    )
    effort = _by_year(seen, placed, sides)
    return replace(
        proposed,
        sides=sides,
        effort=effort,
        counts=_counts(seen, effort),
        alive=_alive(seen, placed),
        study=study_table(seen, _all_the_time(placed), sides),
        histories=_histories(seen, placed, reading, kit),
        sections=sections(of_study),
        links=links(seen),
        undated=int(placed["begin"].isna().sum()),
        exact=exact,
    )


def _of_the_study(crossings: pd.DataFrame) -> pd.DataFrame:
    """Return presences that support a State, of kinds of animals that cameras or samples told of."""
    rows = crossings[crossings["is_supported"] & (crossings["country_code"] != "")]
    is_studied = rows["evidence"].map(lambda words: bool(STUDIED & set(str(words).split()))).astype(bool)
    kinds = rows.loc[is_studied, KEYS].drop_duplicates()
    return rows.merge(kinds, on=KEYS).reset_index(drop=True)


def _span(seen: pd.DataFrame, placed: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    firsts = [moment for moment in (seen["month"].min(), placed["begin"].min()) if not pd.isna(moment)]
    lasts = [moment for moment in (seen["month"].max(), placed["end"].max()) if not pd.isna(moment)]
    return (min(firsts), max(lasts)) if firsts else (pd.Timestamp("2000-01-01"), pd.Timestamp("2000-01-01"))


def _on_land(placed: pd.DataFrame) -> pd.DataFrame:
    return placed[placed["country_code"] != ""]


def _all_the_time(placed: pd.DataFrame) -> pd.DataFrame:
    known = _on_land(placed)
    first, last = known["begin"].min(), known["end"].max()
    if pd.isna(first):
        return effort_by(known.assign(period=0).iloc[:0], ["country_code"])
    marks = pd.DatetimeIndex([first, last + pd.Timedelta("1us")])
    return effort_by(spells(known, marks), ["country_code"])


def _by_year(seen: pd.DataFrame, placed: pd.DataFrame, sides: tuple[str, ...]) -> pd.DataFrame:
    """Return the effort of each side and year (YEAR_COLUMNS)."""
    first, last = _span(seen, placed)
    marks = year_marks(first, last)
    effort = effort_by(spells(_on_land(placed), marks), ["country_code", "period"])
    reported = set(effort["country_code"])
    every = pd.MultiIndex.from_product([sides, range(len(marks) - 1)], names=["country_code", "period"])
    table = every.to_frame(index=False).merge(effort, on=["country_code", "period"], how="left")
    is_reported = table["country_code"].isin(reported)
    for name in EFFORT:
        table[name] = table[name].fillna(0.0).where(is_reported).astype("Float64")
    status = np.where(
        ~is_reported, "not_reported", np.where(table["stations"].fillna(0) > 0, "surveyed", "not_surveyed")
    )
    table = table.assign(status=status, year=first.year + table["period"])
    return table[list(YEAR_COLUMNS)]


def _counts(seen: pd.DataFrame, effort: pd.DataFrame) -> pd.DataFrame:
    rows = seen.assign(year=seen["month"].dt.year)
    counted = rows.groupby([*KEYS, "country_code", "year"], as_index=False).agg(animals=("individual_key", "nunique"))
    table = seen[KEYS].drop_duplicates().merge(effort, how="cross")
    table = table.merge(counted, on=[*KEYS, "country_code", "year"], how="left")
    is_known = table["status"] == "surveyed"
    table["animals"] = table["animals"].astype("Int64").where(~(is_known & table["animals"].isna()), 0)
    return table[list(COUNT_COLUMNS)].sort_values([*KEYS, "year", "country_code"], ignore_index=True)


def _alive(seen: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    first, last = _span(seen, placed)
    marks = season_marks(first, last)
    cut = spells(_on_land(placed), marks)
    effort = effort_by(cut, ["country_code", "period"]).rename(columns={"period": "season"})
    numbered = seen.assign(season=np.searchsorted(marks, seen["month"], side="right") - 1)
    table = known_alive(numbered, effort[["country_code", "season"]], len(marks) - 1)
    together = effort_by(cut.assign(country_code=""), ["country_code", "period"]).rename(columns={"period": "season"})
    both = pd.concat([effort, together], ignore_index=True) if len(together) else effort
    beside = both[["country_code", "season", *EFFORT[::2]]]
    table = table.merge(beside, on=["country_code", "season"], how="left")
    named = season_words(marks).assign(season=range(len(marks)))
    return table.merge(named, on="season").sort_values([*KEYS, "season", "country_code"], ignore_index=True)


def _histories(seen: pd.DataFrame, placed: pd.DataFrame, reading: Reading, kit: StudyKit) -> list[CaptureHistory]:
    by_camera = seen[seen["evidence"].str.split().map(lambda kinds: "camera" in kinds).astype(bool)]
    by_camera = by_camera[by_camera["told_place_id"] != ""]
    places = {
        (str(species), str(taxon)): public_places(
            reading.deployments, str(taxon), kit.rules, kit.borders, kit.parameters
        )
        for species, taxon in by_camera[KEYS].drop_duplicates().itertuples(index=False)
    }
    return public_histories(by_camera, _on_land(placed), places, kit.rules)


def _met_exactly(movements: EngineResult, tracks: Tracks) -> pd.DataFrame:
    """Return the positions of records that no tag made, with their animals."""
    statements = movements.statements
    refused, doubled = find_conflicts(statements), find_names_of_two_species(statements)
    final = final_keys(statements, refused, doubled, find_joined_names(statements))
    animals = pd.DataFrame({"who": statement_hashes(statements), "individual_key": final}).drop_duplicates("who")
    known = movements.stays[["individual_key", "species_id", "taxon", "sex"]].drop_duplicates("individual_key")
    animals = animals.merge(known, on="individual_key")
    parts = [part.loc[~part["is_gps"], ["who", "time", "longitude", "latitude"]] for part in tracks.parts()]
    if not parts:
        return animals.reindex(columns=[*animals.columns, "time", "longitude", "latitude"]).iloc[:0]
    return pd.concat(parts, ignore_index=True).merge(animals, on="who").drop(columns="who")
