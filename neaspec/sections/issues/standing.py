"""How an issue for consideration stands: its sign and its words, and how many of a meeting stand so."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from neaspec.data.queries import Ask
from neaspec.sections.common import rows_of
from neaspec.text import Words, is_empty

# Full, half and open disc; an open ring with a bar where the date a paper names lies before the day looked at.
SIGNS = {"completed": "●", "partly": "◐", "none": "○", "passed": "⊖"}
OF_STATE = {
    "done": "completed",
    "done_unconfirmed": "completed",
    "superseded": "completed",
    "partly": "partly",
    "open": "none",
}
PRECISE = ("done_unconfirmed", "superseded")  # states that say more than how the issue stands


def all_issues(ask: Ask, country_code: str | None = None) -> pd.DataFrame:
    """Return all issues with how they stand, the newest meeting first; `standing` is empty for an agenda item.

    Args:
        ask: of the data.
        country_code: only those addressed to this State.
    """
    rows = ask("issues_asked", meeting_id=None, country_code=country_code, ask_kind=None)
    day = ask.as_known_on.isoformat() if ask.as_known_on else str(ask("data_version")["newest_seen_date"].iloc[0])
    return rows.assign(standing=[standing_of(row, day) for row in rows_of(rows)])


def standing_of(row: Any, day: str) -> str:
    """Tell how an issue stands on a day; an agenda item of which nothing is on record does not stand in any way."""
    if is_empty(row.state):
        return ""
    standing = OF_STATE[str(row.state)]
    if standing == "none" and not is_empty(row.due_date) and str(row.due_date) < day[: len(str(row.due_date))]:
        return "passed"
    return standing


def nature(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the issues on nature conservation; items of an agenda are none."""
    return rows[rows["is_nature_conservation"].astype(bool) & ~rows["is_agenda_item"].astype(bool)]


def newest_meeting(rows: pd.DataFrame) -> str | None:
    """Return the key of the newest meeting with issues on nature conservation, or of the newest with any item."""
    natures = nature(rows)
    chosen = natures if len(natures) else rows
    return str(chosen["meeting_id"].iloc[0]) if len(chosen) else None


def som_names(ask: Ask, words: Words) -> dict[str, str]:
    """Give the short names of the Senior Officials Meetings: som_27 is SOM-27."""
    return {
        row.meeting_id: words("issues.som", number=int(row.number)) for row in rows_of(ask("meetings_held", kind="som"))
    }


def sign_of(row: Any) -> str:
    """Return the sign of how an issue stands; none for an agenda item."""
    return SIGNS.get(row.standing, "")


def standing_words(words: Words, row: Any) -> str:
    """Say how an issue stands; silence is no answer and is not told as one."""
    if not row.standing:
        return words("issues.item")
    if row.standing == "passed":
        return words("issues.standing_passed", date=words.date(row.due_date))
    if row.state in PRECISE:
        return words.term("status", row.state)
    return words.term("standing", row.standing)


def signed_words(words: Words, row: Any) -> str:
    """Say how an issue stands, with its sign before it."""
    return words.listed((sign_of(row), standing_words(words, row)), "space")


def answer(words: Words, put: pd.DataFrame, meeting: str) -> str:
    """Say how many issues were put to a meeting and how they stand, in one sentence."""
    standings = put["standing"].replace("passed", "none").tolist()
    counts: Mapping[str, int] = Counter(standings)
    known = [name for name in ("completed", "partly", "none") if counts.get(name)]
    numbers = {name: counts.get(name, 0) for name in ("completed", "partly", "none")}
    return words("issues.answer_" + "_".join(known), meeting=meeting, total=len(put), **numbers)
