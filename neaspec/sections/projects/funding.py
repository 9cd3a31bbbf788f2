"""Money of projects: stated totals, what is itemised of them, and contributions that are larger than the projects."""

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Metric, Notice, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table
from neaspec.sections.projects.wording import part_name
from neaspec.text import Words


def budgets_of(ask: Ask, keys: set[str]) -> pd.DataFrame:
    """Return the amounts of some projects."""
    budgets = ask("projects_budgets", project_id=None)
    return budgets[budgets["project_id"].isin(keys)].copy()


def figures(words: Words, budgets: pd.DataFrame, projects: pd.DataFrame) -> list[Block]:
    """Give four figures: money stated, itemised and not itemised, and how many projects and proposals there are."""
    totals = budgets[budgets["part"] == "whole"]
    parts = budgets[budgets["part"] == "component"]
    proposed = int((projects["state"] == "proposed").sum())
    blocks: list[Block] = []
    if len(totals):
        stated, itemised = totals["amount"].sum(), parts["amount"].sum()
        cited = keys_in(totals["document_ids"])
        for key, amount, documents in (
            ("stated", stated, cited),
            ("itemised", itemised, keys_in(parts["document_ids"]) or cited),  # nothing itemised: the total says so
            ("not_itemised", stated - itemised, keys_in(budgets["document_ids"])),
        ):
            blocks.append(
                Metric(
                    label=words(f"projects.figure_{key}"),
                    value=words.number(amount, 0),
                    unit=words("projects.usd"),
                    chips=("our_sum",) if key == "not_itemised" or (key == "stated" and len(totals) > 1) else (),
                    document_ids=documents,
                    caveat_ids=keys_in(totals["caveat_ids"]),
                )
            )
    figure = words("projects.projects_value", projects=len(projects) - proposed, proposals=proposed)
    blocks.append(
        Metric(
            label=words("projects.figure_projects"),
            value=figure,
            document_ids=keys_in(projects["document_ids"]),
            caveat_ids=keys_in(projects["caveat_ids"]),
        )
    )
    return blocks


def money(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """Draw each project's money once, by component, with the part that no document breaks down."""
    budgets = budgets_of(ask, keys)
    if budgets.empty:
        return [Notice(text=words("projects.no_money"), kind="empty"), *contributions(ask, words)]
    budgets["part_words"] = [part_name(row, words) for _, row in budgets.iterrows()]
    columns: Columns = {
        "short_title": "text",
        "part_words": "text",
        "amount": "money",
        "currency": "text",
        "funder_name": "text",
        "document_ids": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("projects.budgets"), budgets, columns, "budgets", {"amount": "USD"})
    drawn = drawn_parts(words, budgets)
    chart = Chart(
        title=words("projects.money_title"),
        kind="stacked_bars",
        rows=drawn,
        roles={"category": "project", "value": "amount", "part": "part_words", "mark": "mark", "label": "label"},
        value_title=words("projects.axis_money"),
        alt=words("projects.money_alt", summary=words.listed(drawn["project"].drop_duplicates(), "semicolon")),
        table=table,
        unit=words("projects.unit_money"),
        counted=words("projects.money_counted"),
        document_ids=keys_in(budgets["document_ids"]),
        caveat_ids=keys_in(budgets["caveat_ids"]),
    )
    funders = words.listed(dict.fromkeys(str(name) for name in budgets["funder_name"].dropna()))
    note = words("projects.funders", funders=funders) if funders else words("projects.no_funder")
    return [chart, Text(text=note, style="note"), *contributions(ask, words)]


def drawn_parts(words: Words, budgets: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of each project's money; a total that no document breaks down is one part, not itemised.

    The name of a bar tells its total and every part of it: a part may be too short to hold its figure.
    """
    rows = []
    for _, group in budgets.groupby("project_id", sort=False):
        parts = group[group["part"] != "whole"]
        shown = parts if len(parts) else group.assign(part="not_itemised")
        named = [part_name(row, words) for _, row in shown.iterrows()]
        figures = [words.number(amount, 0) for amount in shown["amount"]]
        totals = words.listed(words.labelled(name, figure) for name, figure in zip(named, figures, strict=True))
        whole = group.loc[group["part"] == "whole", "amount"]
        key = "projects.money_row" if len(whole) else "projects.money_row_no_total"
        total = words.number(whole.iloc[0], 0) if len(whole) else ""
        title = words(key, project=group["short_title"].iloc[0], total=total, parts=totals)
        rows += [
            {"project": title, "part_words": name, "amount": amount, "label": figure, "mark": mark}
            for name, amount, figure, mark in zip(
                named,
                shown["amount"],
                figures,
                ["not_itemised" if part == "not_itemised" else "exact" for part in shown["part"]],
                strict=True,
            )
        ]
    return pd.DataFrame(rows)


def contributions(ask: Ask, words: Words) -> list[Block]:
    """Tell contributions that are larger than the projects, apart from project money."""
    rows = ask("projects_contributions")
    if rows.empty:
        return []
    rows = rows.assign(per_words=[words.term("per", per) for per in rows["per"]])
    columns: Columns = {
        "item": "text",
        "amount": "money",
        "currency": "text",
        "per_words": "text",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
    }
    table = make_table(words, words("projects.contributions"), rows, columns, "contributions", {"amount": "USD"})
    return [table, Notice(text=words("projects.contributions_note"), kind="caution")]
