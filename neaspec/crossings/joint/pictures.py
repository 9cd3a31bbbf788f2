"""Pairs of pictures proposed as one animal: who confirmed what, the left and the right flank apart until joined.

A pair is confirmed by both sides when two different parties have confirmed it. What both confirmed is written as a
table of identities for the holders to give back; this run joins nothing by it. Left and right flanks are two lists of
animals until a pair of the same two pictures or animals is confirmed on both flanks, or a pair says `both`.
"""

import re
from typing import Literal, get_args

import pandas as pd

from neaspec.crossings.model.reading import IDENTITY_COLUMNS
from neaspec.crossings.privacy.redact import redact, redact_all

State = Literal["by_both_sides", "by_one_side", "proposed"]
STATES: tuple[State, ...] = get_args(State)
FLANKS = ("left", "right", "both", "")
PAIR_COLUMNS = ("data_set_a", "id_a", "data_set_b", "id_b", "flank", "score", "confirmed_by", "state")
SUMMARY_COLUMNS = ("flank", "pairs", *STATES, "animals", "joined_animals")
_BETWEEN = re.compile(r"[|;]")
Node = tuple[str, str]


def parties(confirmed_by: str) -> tuple[str, ...]:
    """Return the different parties of a cell, whatever their case."""
    named = {" ".join(part.split()).casefold(): " ".join(part.split()) for part in _BETWEEN.split(confirmed_by)}
    return tuple(named[key] for key in sorted(named) if key)


def told_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs with their state (PAIR_COLUMNS): those confirmed by both sides first, the highest scores first."""
    count = [len(parties(text)) for text in pairs["confirmed_by"]]
    state = [STATES[0] if number > 1 else STATES[1] if number else STATES[2] for number in count]
    rows = pairs.assign(state=state, order=[STATES.index(name) for name in state])
    rows["number"] = pd.to_numeric(rows["score"].str.replace(",", ".", regex=False), errors="coerce")
    rows["confirmed_by"] = [" | ".join(parties(text)) for text in pairs["confirmed_by"]]
    keys = ["order", "number", "data_set_a", "id_a", "data_set_b", "id_b", "flank"]
    rows = rows.sort_values(keys, ascending=[True, False, *[True] * 5], kind="stable", ignore_index=True)
    return rows[list(PAIR_COLUMNS)]


def public_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs whose texts hold no position."""
    texts = ("data_set_a", "id_a", "data_set_b", "id_b", "confirmed_by")
    return pairs.assign(**{name: redact_all(pairs[name]) for name in texts})


def summary(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return for each flank how many pairs are in which state, and how many animals the confirmed ones make.

    Returns:
        SUMMARY_COLUMNS. animals: groups of pictures joined by pairs that both sides confirmed on this flank;
        joined_animals: those of them that are joined with the other flank.
    """
    joined = _joined(pairs)
    rows = []
    for flank in FLANKS:
        own = pairs[pairs["flank"] == flank]
        if own.empty:
            continue
        groups = _groups(_sure(own))
        of_both = sum(any(node in joined for node in group) for group in groups)
        counts = [int((own["state"] == state).sum()) for state in STATES]
        rows.append((flank, len(own), *counts, len(groups), of_both if flank in ("left", "right", "both") else 0))
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS))


def proposals(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the identities that both sides confirmed (IDENTITY_COLUMNS), to be given back as a table of identities.

    A group of a flank that is joined with the other has one key with it; the flanks of all others keep keys of their
    own, so that no animal of the left list is taken for one of the right.
    """
    rows = []
    sure = _sure(pairs)
    joined = _joined(pairs)
    used: set[Node] = set()
    whole = [group for group in _groups(sure) if group & joined]
    for number, group in enumerate(whole, start=1):
        used |= group
        rows += [_identity(node, f"pictures {number}", "both flanks") for node in sorted(group)]
    for flank in ("left", "right", ""):
        groups = [group - used for group in _groups(sure[sure["flank"] == flank])]
        for number, group in enumerate([group for group in groups if len(group) > 1], start=1):
            key = f"pictures {flank or 'flank not stated'} {number}"
            rows += [_identity(node, key, flank) for node in sorted(group)]
    table = pd.DataFrame(rows, columns=list(IDENTITY_COLUMNS), dtype="str")
    return table.drop_duplicates(["data_set", "individual"], keep=False).reset_index(drop=True)


def _identity(node: Node, key: str, flank: str) -> tuple[str, ...]:
    method = f"pictures confirmed by both sides ({flank})" if flank else "pictures confirmed by both sides"
    return (redact(node[0]), redact(node[1]), key, method, "", "", "")


def _sure(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs[pairs["state"] == STATES[0]]


def _ends(pairs: pd.DataFrame) -> list[tuple[Node, Node]]:
    columns = ("data_set_a", "id_a", "data_set_b", "id_b")
    return [((a, one), (b, two)) for a, one, b, two in zip(*(pairs[name] for name in columns), strict=True)]


def _joined(pairs: pd.DataFrame) -> set[Node]:
    """Return the pictures or animals whose two flanks are joined."""
    sure = _sure(pairs)
    left = {frozenset(pair) for pair in _ends(sure[sure["flank"] == "left"])}
    right = {frozenset(pair) for pair in _ends(sure[sure["flank"] == "right"])}
    both = {frozenset(pair) for pair in _ends(sure[sure["flank"] == "both"])}
    return {node for pair in (left & right) | both for node in pair}


def _groups(sure: pd.DataFrame) -> list[set[Node]]:
    """Return what pairs put together, in the order of their first names."""
    group_of: dict[Node, set[Node]] = {}
    for one, two in _ends(sure):
        together = group_of.get(one, {one}) | group_of.get(two, {two})
        for node in together:
            group_of[node] = together
    groups = {id(group): group for group in group_of.values()}
    return sorted(groups.values(), key=min)
