"""The picture of the page: one row a project, what was planned around what was done."""

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Table
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table, rows_of
from neaspec.sections.projects.wording import row_name, signs_of, species_signs
from neaspec.text import Words, is_empty

MONTH = 7  # characters of a date by month
DONE = ("actual", "stated", "reported")


def timeline(ask: Ask, words: Words, projects: pd.DataFrame) -> list[Block]:
    """Draw when each project ran, the newest first; those without a date keep their row. The table has all periods."""
    periods = all_periods(ask, words, set(projects["project_id"]))
    signs = species_signs(ask)
    names = {row.project_id: " ".join([signs_of(row, signs), row.short_title]).strip() for row in rows_of(projects)}
    whole = told_once(periods[periods["component_id"].isna() & (periods["period_kind"] != "covered")])
    drawn = pd.DataFrame(
        [
            {"project": name, "start_date": term.start_date, "end_date": end_drawn(term), "mark": term.mark}
            for project_id, name in names.items()
            for term in rows_of(terms_of(whole, project_id))
        ],
        columns=["project", "start_date", "end_date", "mark"],
    )
    dates = sorted(str(day)[:4] for day in [*drawn["start_date"].dropna(), *drawn["end_date"].dropna()])
    return [
        Chart(
            title=words("projects.when_title"),
            kind="schedule",
            rows=drawn,
            roles={"category": "project", "start": "start_date", "end": "end_date", "mark": "mark"},
            value_title=words("projects.axis_years"),
            alt=words("projects.when_alt", count=len(names)),
            table=period_table(words, periods),
            counted=words("projects.when_counted"),
            period=words.period(dates[0], dates[-1]) if dates else "",
            document_ids=keys_in([*periods["document_id"], *projects["document_id"]]),
            caveat_ids=keys_in(periods["caveat_ids"]),
        )
    ]


def all_periods(ask: Ask, words: Words, keys: set[str]) -> pd.DataFrame:
    """Return every period stated of some projects and their components, with its words and how it is drawn."""
    periods = ask("projects_periods", project_id=None)
    periods = periods[periods["project_id"].isin(keys)].copy()
    return periods.assign(
        name=[row_name(row, words) for _, row in periods.iterrows()],
        kind_words=[words.term("period_kind", kind) for kind in periods["period_kind"]],
        mark=[
            "tentative" if row.is_tentative else "actual" if row.period_kind in DONE else "planned"
            for row in rows_of(periods)
        ],
    )


def period_table(words: Words, periods: pd.DataFrame) -> Table:
    """List periods as they are stated."""
    columns: Columns = {
        "name": "text",
        "kind_words": "text",
        "start_date": "date",
        "end_date": "date",
        "duration_months": "integer",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    return make_table(words, words("projects.periods"), periods, columns, "periods", {"duration_months": "months"})


def terms_of(whole: pd.DataFrame, project_id: str) -> pd.DataFrame:
    """Return the periods of one project that are drawn; of one without a date a row without dates."""
    own = whole[whole["project_id"] == project_id]
    own = own[own["start_date"].notna() | own["end_date"].notna()]
    if own.empty:
        return pd.DataFrame([{"start_date": None, "end_date": None, "mark": ""}])
    return longest(own)


def longest(own: pd.DataFrame) -> pd.DataFrame:
    """Of the periods of one project drawn alike keep one: the whole before one end, the exact before the bare year."""
    order = own.assign(
        whole=own["start_date"].notna() & own["end_date"].notna(),
        exact=[len(str(row.start_date or "")) + len(str(row.end_date or "")) for row in rows_of(own)],
    ).sort_values(["whole", "exact"], ascending=False, kind="stable")
    return order.drop_duplicates("mark")


def end_drawn(term: "pd.Series") -> object:
    """Return the end of a period as it is drawn: one without an end is a sign at its start."""
    return term.start_date if is_empty(term.end_date) else term.end_date


def told_once(periods: pd.DataFrame) -> pd.DataFrame:
    """Keep what several documents say alike once, in the order of the dates of each project.

    A bare year is left out where the same dates are told by month; a mere end where a whole period ends then.
    """
    drawn = periods.drop_duplicates(["name", "mark", "start_date", "end_date"])
    exact = {(row.name, row.mark) for row in rows_of(drawn) if len(str(row.start_date)) >= MONTH}
    whole = {(row.name, row.mark, row.end_date) for row in rows_of(drawn) if not is_empty(row.start_date)}
    keep = [
        (row.name, row.mark, row.end_date) not in whole
        if is_empty(row.start_date)
        else len(str(row.start_date)) >= MONTH or (row.name, row.mark) not in exact
        for row in rows_of(drawn)
    ]
    order = {name: place for place, name in enumerate(dict.fromkeys(drawn["name"]))}
    drawn = drawn[pd.Series(keep, index=drawn.index, dtype=bool)]  # of no row it keeps the columns
    return drawn.assign(place=drawn["name"].map(order)).sort_values(["place", "start_date", "end_date"], kind="stable")
