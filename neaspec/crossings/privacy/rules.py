"""What the rules of sensitivity rest on: the tables of the data package, asked once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from neaspec.data.queries import Ask

GROUPS = ("big_cat", "migratory_bird", "other")
RECORD_KINDS = ("nest_or_roost", "tagged", "seen")
OTHER = "other"
# From the most exact to the coarsest; a result that rests on several kinds of records takes the coarsest of them.
TIME_LEVELS = ("day", "month", "season", "year")


@dataclass(frozen=True)
class Rules:
    """The tables as their queries answer them."""

    levels: pd.DataFrame  # queries/sensitivity_rules.sql
    names: pd.DataFrame  # queries/taxon_names.sql
    sites: pd.DataFrame  # queries/sites_open.sql
    countries: pd.DataFrame  # queries/countries_named.sql

    def of(self, group: str, kind: str) -> dict[str, Any]:
        """Return the rule of a group of animals and a kind of record; a group nobody knows has that of `other`."""
        group = group if group in GROUPS else OTHER
        is_it = (self.levels["taxon_group"] == group) & (self.levels["record_kind"] == kind)
        return {str(name): value for name, value in self.levels[is_it].iloc[0].items()}


def load_rules(ask: Ask) -> Rules:
    """Ask for all that the generalisation of field data needs.

    Raises:
        QueryError: if the database cannot answer.
    """
    return Rules(ask("sensitivity_rules"), ask("taxon_names"), ask("sites_open"), ask("countries_named"))


def kinds_of_records(behaviour: pd.Series, evidence: pd.Series) -> pd.Series:
    """Return the kind of record the rules speak of, for each record.

    Args:
        behaviour: nest, roost or empty.
        evidence: see records.Evidence; gps means that the animal carries a tag.
    """
    kinds = np.where(evidence == "gps", "tagged", "seen").astype(object)
    is_home = behaviour.isin(["nest", "roost"]).to_numpy()
    return pd.Series(np.where(is_home, "nest_or_roost", kinds), index=behaviour.index, dtype="str")
