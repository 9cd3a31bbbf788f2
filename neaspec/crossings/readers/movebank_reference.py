"""Movebank reference data: which animal carried which tag from when until when, its sex, life stage and taxon.

Names are unique only within a study. A reference table that states its study is joined by study and animal. One that
does not is joined by animal and tag together, which two studies hardly share; where the locations name no tag, by the
animal, if there is only one such table. Where they name the tag only, the animal is the one that wore it then, if the
table says so of one animal alone (and states the study, or is the only one).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import chunks, header_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.times import times
from neaspec.crossings.input.values import ages, sexes, trim_cells

_COLUMNS = {
    "animal": ("animal-id", "individual-local-identifier"),
    "tag": ("tag-id", "tag-local-identifier"),
    "study": ("study-name", "study-id"),
    "sex": ("animal-sex", "individual-sex"),
    "age": ("animal-life-stage",),
    "taxon": ("animal-taxon", "animal-taxon-detail"),
    "on": ("deploy-on-date", "deploy-on-timestamp"),
    "off": ("deploy-off-date", "deploy-off-timestamp"),
}


@dataclass
class Reference:
    """Reference data of all files together.

    Attributes:
        animals: study ("" = not stated), animal, tag, sex, age, taxon, on, off (UTC; not a time = open; both open
            where the end stands before the beginning: is_turned).
    """

    animals: pd.DataFrame

    def of(
        self, study: "pd.Series[str]", animal: "pd.Series[str]", tag: "pd.Series[str]", time: "pd.Series[pd.Timestamp]"
    ) -> pd.DataFrame:
        """Return sex, age, taxon, animal, is_outside (the tag was not on the animal then) and doubts for each location.

        Empty, and not outside, where nothing is known.
        """
        texts = dict.fromkeys(("sex", "age", "taxon", "animal", "doubts"), "")
        known = pd.DataFrame({**texts, "is_outside": False}, index=range(len(animal)))
        known = known.astype(dict.fromkeys(texts, "str"))
        if self.animals.empty or not len(animal):
            return known
        asked = pd.DataFrame({"study": study, "animal": animal, "tag": tag, "time": time})
        asked["row"] = np.arange(len(asked))
        worn = self._worn(asked[(asked["animal"] == "") & (asked["tag"] != "")])
        known.loc[worn.index, "animal"] = worn.to_numpy()
        asked["animal"] = asked["animal"].where(asked["animal"] != "", known["animal"])
        asked = asked[asked["animal"] != ""]
        matched = pd.concat([self._by_study(asked), self._by_tag(asked), self._by_animal(asked)], ignore_index=True)
        if matched.empty:
            return known
        matched["is_on"] = ~((matched["time"] < matched["on"]) | (matched["time"] > matched["off"]))
        of_row = matched.groupby("row")
        rows = of_row["is_on"].any()
        known.loc[rows.index, "is_outside"] = ~rows.to_numpy()
        known.loc[matched.loc[matched["is_turned"], "row"].unique(), "doubts"] = "deployment_contradicts_itself"
        for name in ("sex", "age", "taxon"):
            stated = matched[matched[name] != ""].groupby("row")[name]
            first, kinds = stated.min(), stated.nunique()
            sure = first[kinds == 1]  # two different statements say nothing
            known.loc[sure.index, name] = sure.to_numpy()
        return known

    def _worn(self, asked: pd.DataFrame) -> "pd.Series[str]":
        """Return row -> the one animal that wore the tag then."""
        named = self.animals[(self.animals["animal"] != "") & (self.animals["tag"] != "")]
        if asked.empty or named.empty:
            return pd.Series(dtype="str")
        of_study = asked.drop(columns="animal").merge(named[named["study"] != ""], on=["study", "tag"])
        unnamed = named[named["study"] == ""]
        alone = len(self.animals["file"].unique()) == 1
        of_tag = asked.drop(columns=["animal", "study"]).merge(unnamed, on="tag") if alone else of_study.iloc[:0]
        worn = pd.concat([of_study, of_tag], ignore_index=True)
        worn = worn[~((worn["time"] < worn["on"]) | (worn["time"] > worn["off"]))]
        of_row = worn.groupby("row")["animal"]
        return of_row.first()[of_row.min() == of_row.max()].astype("str")

    def _by_study(self, asked: pd.DataFrame) -> pd.DataFrame:
        named = self.animals[self.animals["study"] != ""]
        matched = asked[asked["study"] != ""].merge(named, on=["study", "animal"], suffixes=("", "_stated"))
        return self._of_its_tag(matched)

    def _by_tag(self, asked: pd.DataFrame) -> pd.DataFrame:
        unnamed = self.animals[(self.animals["study"] == "") & (self.animals["tag"] != "")]
        return asked[asked["tag"] != ""].merge(unnamed, on=["animal", "tag"], suffixes=("", "_stated"))

    def _by_animal(self, asked: pd.DataFrame) -> pd.DataFrame:
        unnamed = self.animals[self.animals["study"] == ""]
        without = asked[asked["tag"] == ""] if not (unnamed["tag"] == "").all() else asked
        if len(unnamed["file"].unique()) > 1:
            without = asked.iloc[:0]
        return without.merge(unnamed, on="animal", suffixes=("", "_stated"))

    @staticmethod
    def _of_its_tag(matched: pd.DataFrame) -> pd.DataFrame:
        """Leave out what another tag of the same animal says of times, where both sides name their tags."""
        other = (matched["tag"] != "") & (matched["tag_stated"] != "") & (matched["tag"] != matched["tag_stated"])
        return matched[~other]


def is_reference(header: Sequence[str]) -> bool:
    """Tell a reference table by its header."""
    plains = {column.strip().lower().replace("_", "-").replace(".", "-") for column in header}
    return {"animal-id", "tag-id"} <= plains and bool(
        plains & {"deploy-on-date", "deploy-on-timestamp", "animal-sex", "animal-taxon", "deployment-id"}
    )


def reference_of(members: Sequence[Member]) -> Reference:
    """Read reference data (small tables: one row a deployment)."""
    frames = [_read(member) for member in members]
    columns = [*_COLUMNS, "is_turned", "file"]
    return Reference(pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns))


def _read(member: Member) -> pd.DataFrame:
    plains = {column.strip().lower().replace("_", "-").replace(".", "-"): column for column in header_of(member)}
    names = {
        name: next((plains[spelling] for spelling in spellings if spelling in plains), "")
        for name, spellings in _COLUMNS.items()
    }
    frame = pd.concat([table.frame for table in chunks(member)], ignore_index=True)
    own = {
        name: trim_cells(frame[column]) if column else pd.Series("", index=frame.index, dtype="str")
        for name, column in names.items()
    }
    on, off = times(own["on"], without_offset="utc_by_standard"), times(own["off"], without_offset="utc_by_standard")
    half_a_day = np.timedelta64(12, "h")  # a day alone is kept as its noon: on from its start, off at its end
    on_at = on.values.where(on.quality != "day_only", on.values - half_a_day)
    off_at = off.values.where(off.quality != "day_only", off.values + half_a_day)
    is_turned = (off_at < on_at).to_numpy()
    return pd.DataFrame(
        {
            "study": own["study"],
            "animal": own["animal"],
            "tag": own["tag"],
            "sex": sexes(own["sex"]),
            "age": ages(own["age"]),
            "taxon": own["taxon"],
            "on": on_at.where(~is_turned),
            "off": off_at.where(~is_turned),
            "is_turned": is_turned,
            "file": member.name,
        }
    ).drop_duplicates(ignore_index=True)
