"""The asks put to each Senior Officials Meeting: what is asked, of whom, on what evidence, and what followed."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Chart, Details, Entry, Heading, Notice, Page, PageLink, Text
from neaspec.queries import Ask
from neaspec.sections.common import compose, keys_in, make_table, rows_of
from neaspec.sections.contradictions import contradiction_entries
from neaspec.text import Words

# Tables whose rows have a page of their own, with the choice that opens it.
PAGES_OF = {"species": ("species", "species"), "sites": ("sites", "site"), "projects": ("projects", "project")}

STATES = ["done", "done_unconfirmed", "partly", "open"]  # open = no response on record in the documents read


@dataclass(frozen=True)
class IssuesChoices:
    """What the reader chose: one meeting, one addressed State, one kind of ask (None = all)."""

    meeting_id: str | None = None
    country_code: str | None = None
    ask_kind: str | None = None


def page(ask: Ask, words: Words, choices: IssuesChoices) -> Page:
    """Make the page of asks."""
    asked = ask(
        "issues_asked",
        meeting_id=choices.meeting_id,
        country_code=choices.country_code,
        ask_kind=choices.ask_kind,
    )
    if asked.empty:
        blocks: list[Block] = [Notice(text=words("issues.none"), kind="empty")]
        return compose(ask, "issues", words("issues.title"), words("issues.lead_none"), blocks)
    is_item = asked["is_agenda_item"].astype(bool)
    put = asked[~is_item]
    states = put["state"].value_counts()
    lead = words(
        "issues.lead", asks=len(put), meetings=put["meeting_id"].nunique(), done=int(states.get("done", 0)),
        partly=int(states.get("partly", 0)), still=int(states.get("open", 0)), items=int(is_item.sum()),
    )  # fmt: skip
    if "done_unconfirmed" in states.index:
        lead += " " + words("issues.lead_unsure", unsure=int(states["done_unconfirmed"]))
    blocks = [] if put.empty else [state_chart(put, words)]
    for _, rows in asked.groupby("meeting_id", sort=False):
        blocks.append(Heading(text=words("issues.of_meeting", meeting=rows["meeting_name"].iloc[0])))
        blocks.append(Text(text=words("issues.met_on", date=words.date(rows["meeting_date"].iloc[0])), style="note"))
        blocks += [ask_entry(ask, words, row) for _, row in rows[~is_item[rows.index]].iterrows()]
        items = tuple(ask_entry(ask, words, row) for _, row in rows[is_item[rows.index]].iterrows())
        if items:
            blocks.append(Text(text=words("issues.items_note"), style="note"))
            blocks.append(Details(title=words("issues.items", count=len(items)), blocks=items))
    return compose(ask, "issues", words("issues.title"), lead, blocks)


def state_chart(asked: pd.DataFrame, words: Words) -> Chart:
    """Draw how many asks of each meeting are done, partly answered or without a response on record."""
    rows = asked.assign(
        meeting=asked["meeting_name"],
        state_words=[words.term("status", state) for state in asked["state"]],
    )
    counted = (
        rows.groupby(["meeting", "meeting_date", "state", "state_words"], sort=False)
        .size()
        .rename("asks")
        .reset_index()
        .assign(place=lambda found: found["state"].map(STATES.index))
        .sort_values(["meeting_date", "place"], ascending=[False, True], ignore_index=True)
    )
    table = make_table(
        words,
        words("issues.table"),
        rows.assign(
            kind_words=[words.term("ask_kind", kind) for kind in rows["ask_kind"]], requested_for=rows["due_date"]
        ),
        {
            "meeting": "text", "paragraph": "text", "subject": "text", "kind_words": "text", "asked": "text",
            "addressee": "text", "requested_for": "date", "state_words": "text",
            "document_ids": "documents", "locator": "text",
        },
        "asks",
    )  # fmt: skip
    summary = ", ".join(f"{row.meeting}: {row.asks} {row.state_words}" for row in rows_of(counted))
    return Chart(
        title=words("issues.chart"), kind="stacked_bars", rows=counted,
        roles={"category": "meeting", "value": "asks", "part": "state_words"},
        value_title=words("issues.axis"), alt=words("issues.alt", summary=summary), table=table,
        unit=words("issues.unit"), counted=words("issues.counted"),
        document_ids=keys_in(asked["document_id"]), caveat_ids=keys_in(asked["caveat_ids"]),
    )  # fmt: skip


def ask_entry(ask: Ask, words: Words, row: pd.Series) -> Entry:
    """Make the entry of one ask with its evidence, options, trail and the contradictions that touch it."""
    evidence = of_issue(ask("evidence_of", from_table="issues", from_id=None), "from_id", row["issue_id"])
    facts = [(words("issues.addressee"), row["addressee"])]
    if not pd.isna(row["due_date"]):
        due = words.date(row["due_date"])
        by_repeat = words("issues.due_by", date=due, title=row["due_title"])
        facts.append((words("issues.due"), due if pd.isna(row["due_title"]) else by_repeat))
    state = words("issues.item") if pd.isna(row["state"]) else words.term("status", row["state"])
    facts.append((words("issues.state"), state))
    if not pd.isna(row["state_what"]):
        facts.append((words("issues.followed"), row["state_what"]))
    tags = [words.term("ask_kind", row["ask_kind"])]
    if not row["is_nature_conservation"]:
        tags.append(words("issues.all_areas"))
    details = [*option_entries(ask, words, row["issue_id"]), *evidence_blocks(words, evidence), *trail(ask, words, row)]
    subjects = {(thing.subject_table, thing.subject_id) for thing in rows_of(evidence)} | {("issues", row["issue_id"])}
    if row["ask_kind"] == "hosting":  # who hosts has nothing to do with the figures of a whole project
        subjects = {subject for subject in subjects if subject[0] != "projects"}
    found = contradiction_entries(ask, words, subjects)
    if found:
        details.append(Details(title=words("issues.contradictions", count=len(found)), blocks=tuple(found)))
    paragraph = "" if pd.isna(row["paragraph"]) else words("issues.paragraph", paragraph=row["paragraph"])
    return Entry(
        title=row["subject"], text=" ".join(part for part in (row["asked"], paragraph) if part), tags=tuple(tags),
        facts=tuple(facts), document_ids=tuple(row["document_ids"].split()), caveat_ids=keys_in([row["caveat_ids"]]),
        links=(*evidence_links(evidence), brief_link(words, row)), details=tuple(details),
    )  # fmt: skip


def of_issue(rows: pd.DataFrame, column: str, issue_id: str) -> pd.DataFrame:
    """Keep the rows of one ask; all asks are answered by one question, because nineteen take nineteen times as long."""
    return rows[rows[column] == issue_id]


def evidence_links(evidence: pd.DataFrame) -> tuple[PageLink, ...]:
    """Link to the pages of the species, sites and projects an ask is about."""
    return tuple(
        PageLink(text=thing.name, page=PAGES_OF[thing.subject_table][0],
                 choices={PAGES_OF[thing.subject_table][1]: thing.subject_id})
        for thing in rows_of(evidence)
        if thing.subject_table in PAGES_OF
    )  # fmt: skip


def brief_link(words: Words, row: pd.Series) -> PageLink:
    """Link to the brief of an ask."""
    return PageLink(text=words("issues.brief"), page="briefs", choices={"kind": "issue", "issue": row["issue_id"]})


def evidence_blocks(words: Words, evidence: pd.DataFrame) -> list[Block]:
    """Tell what the ask is about, each with the reason it is linked."""
    if evidence.empty:
        return [Notice(text=words("issues.no_evidence"), kind="empty")]
    rows = evidence.assign(kind_words=[words.term("subject_table", table) for table in evidence["subject_table"]])
    columns = {"kind_words": "text", "name": "text", "why": "text", "document_id": "documents"}
    return [make_table(words, words("issues.evidence"), rows, columns, "evidence")]  # type: ignore[arg-type]


def option_entries(ask: Ask, words: Words, issue_id: str) -> list[Block]:
    """Tell the options a paper names and what would follow from each."""
    options = of_issue(ask("issues_options", issue_id=None), "issue_id", issue_id)
    if options.empty:
        return []
    entries: list[Block] = [Heading(text=words("issues.options"), level=3)]
    for option in rows_of(options):
        entries.append(
            Entry(
                title=option.option,
                facts=((words("issues.consequence"), option.consequence), (words("issues.place"), option.locator)),
                document_ids=(option.document_id,),
                caveat_ids=keys_in([option.caveat_ids]),
            )
        )
    return entries


def trail(ask: Ask, words: Words, row: pd.Series) -> list[Block]:
    """Tell what was asked before, what followed, and what was asked again."""
    steps = of_issue(ask("issues_trail", issue_id=None), "of_issue_id", row["issue_id"])
    entries: list[Block] = [Heading(text=words("issues.trail"), level=3)]
    if steps.empty:
        return [*entries, Notice(text=words("issues.nothing_followed"), kind="empty")]
    for step in rows_of(steps):
        date = "" if pd.isna(step.date) else words.date(step.date)
        tags = (words(f"issues.step_{step.step}"), words.term("status", step.status))
        entries.append(
            Entry(
                title=date or words("issues.no_date"),
                text=step.what,
                tags=tuple(tag for tag in tags if tag),
                document_ids=(step.document_id,),
                caveat_ids=keys_in([step.caveat_ids]),
            )
        )
    return entries
