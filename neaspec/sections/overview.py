"""What briefs tell as the first page once did: asks in a table, species with their leading figures."""

import pandas as pd

from neaspec.blocks import Block, Column, Metric, Notice, PageLink, Table, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, rows_of
from neaspec.sections.figures import figure_words, period_words
from neaspec.sections.headlines import areas_only, beside, counted_words, leading, value_words
from neaspec.sections.species.page import assessed_of, category_words
from neaspec.text import Words

MOST_CONTRADICTIONS = 4
MOST_CHANGES = 6
MOST_NEW = 4
FIGURE = ("value", "low", "high", "qualifier")


def soms_held(ask: Ask) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all SOMs known, and those of them that were held by the date, the newest last."""
    soms = ask("meetings_held", kind="som").sort_values("number")
    held = soms[soms["state"] == "held"]
    if ask.as_known_on is not None:
        held = held[[str(row.end_date) <= ask.as_known_on.isoformat() for row in rows_of(held)]]
    return soms, held


def lead(ask: Ask, words: Words) -> str:
    """Say which SOM was the latest and which is next, and say it when no date or place is known."""
    soms, held = soms_held(ask)
    if held.empty:
        return words("overview.lead_none")
    last = held.iloc[-1]
    place = "" if pd.isna(last["place"]) else words("overview.in_place", place=last["place"])
    following = soms[soms["number"] == last["number"] + 1]
    sentence = words("overview.lead_last", meeting=last["name"], date=words.date(last["end_date"]), place=place)
    dated = following[following["start_date"].notna()]
    if dated.empty:
        return sentence + " " + words("overview.lead_next", number=int(last["number"]) + 1)
    row = dated.iloc[0]
    where = "" if pd.isna(row["place"]) else words("overview.in_place", place=row["place"])
    date = words.date(row["start_date"])
    return sentence + " " + words("overview.lead_next_dated", number=int(row["number"]), date=date, place=where)


def asks(ask: Ask, words: Words, latest: pd.DataFrame) -> list[Block]:
    """List the asks of the newest meeting that has any, one line each; say it if they are not those of the next SOM."""
    if latest.empty:
        return [Notice(text=words("overview.no_asks"), kind="empty")]
    meeting_id, name = latest["meeting_id"].iloc[0], latest["meeting_name"].iloc[0]
    asked = zip(latest["ask_kind"], latest["subject"], strict=True)
    rows = latest.assign(
        ask_line=[words(f"overview.ask_{kind}", subject=subject) for kind, subject in asked],
        state_words=[words.term("status", state) for state in latest["state"]],
    )
    columns = (
        Column(name="ask_line", label=words.column("ask_line")),
        Column(name="state_words", label=words.column("state_words")),
        Column(name="document_ids", label=words.column("document_ids"), kind="documents"),
    )
    _, held = soms_held(ask)
    title, notes = words("overview.asks", meeting=name), list[Block]()
    if meeting_id in set(held["meeting_id"]):
        number = int(held["number"].iloc[-1]) + 1
        of_number = int(held.loc[held["meeting_id"] == meeting_id, "number"].iloc[0])
        title = words("overview.asks_before", number=number, of_number=of_number)
        between = held[held["number"] > of_number]["number"]
        skipped = ", ".join(words("changes.som", number=int(between_number)) for between_number in between)
        notes = [Text(text=words("overview.asks_skipped", skipped=skipped), style="note")] if skipped else []
    link = PageLink(text=words("overview.all_asks"), page="issues", choices={"meeting": meeting_id})
    dated_in = keys_in(latest.loc[latest["due_date"].notna(), "document_ids"])
    notes.insert(0, Text(text=asked_of(words, latest), style="note", document_ids=dated_in))
    return [Table(title=title, columns=columns, rows=rows, file_name="newest_asks"), *notes, link]


def asked_of(words: Words, latest: pd.DataFrame) -> str:
    """Say of whom the asks are and for when, where a paper sets a date; most go to all member States."""
    sentence = words("overview.asked_of", addressees="; ".join(dict.fromkeys(latest["addressee"])))
    dated = latest[latest["due_date"].notna()]
    dues = [words("overview.due", subject=row.subject, date=words.date(row.due_date)) for row in rows_of(dated)]
    return " ".join([sentence, *dues])


def species_cards(ask: Ask, words: Words) -> list[Block]:
    """Show each species with the newest figure that stands for it; figures of countries are never added."""
    figures = ask("species_headlines")
    cards: list[Block] = []
    for species_id, rows in figures.groupby("species_id", sort=False):
        cards.append(species_card(ask, words, str(species_id), rows))
    return cards


def species_card(ask: Ask, words: Words, species_id: str, rows: pd.DataFrame) -> Metric:
    """Make the card of one species: an estimate of the whole range, or the figures of its States side by side."""
    name = rows["species_name"].iloc[0]
    link = PageLink(text=words("overview.more", name=name), page="species", choices={"species": species_id})
    status = red_list(ask, words, species_id)
    leaders = leading(rows)
    if leaders.empty:
        return Metric(label=name, value=words("overview.no_figure"), status=status, species_id=species_id, link=link)
    is_whole = set(leaders["standing"]) == {"range"}
    first = leaders.iloc[0]
    others = [before(words, row) for _, row in leaders.iterrows() if pd.notna(row["earlier_year"])]
    others += [beside_words(words, row) for _, row in beside(rows).iterrows()]
    if areas_only(rows):
        others.append(words("overview.areas_only", countries=", ".join(areas_only(rows))))
    return Metric(
        label=name,
        value=value_words(words, rows),
        unit=words.term("unit", first["unit"]),
        counted=counted_words(words, rows),
        period=period_words(words, first) if is_whole else "",
        status=" ".join([*others, status]),
        species_id=species_id,
        trend=trend(first) if is_whole else (),
        link=link,
        document_ids=keys_in([*rows["document_ids"], *leaders["earlier_document_id"]]),
        caveat_ids=keys_in(rows["caveat_ids"]),
    )


def beside_words(words: Words, row: pd.Series) -> str:
    """Say a second figure that stands for the species or one of its States."""
    series, period = row["series_name"], period_words(words, row)
    return words("overview.beside", figure=figure_words(words, row), series=series, period=period)


def before(words: Words, row: pd.Series) -> str:
    """Say the figure before, where the two are not alike enough for a line."""
    figure_text = figure_words(words, pd.Series({name: row[f"earlier_{name}"] for name in FIGURE}))
    if row["standing"] == "range":
        return words("overview.before", figure=figure_text, year=int(row["earlier_year"]))
    year, country = int(row["earlier_year"]), row["country_name"]
    return words("overview.before_in_state", country=country, figure=figure_text, year=year)


def trend(row: pd.Series) -> tuple[tuple[float, float], ...]:
    """Give the like figures of a series; none where the newest is a range that a line would leave out."""
    if pd.isna(row["points"]) or pd.isna(row["value"]):
        return ()
    pairs = (point.partition("=") for point in str(row["points"]).split())
    return tuple({float(year): float(value) for year, _, value in pairs}.items())


def red_list(ask: Ask, words: Words, species_id: str) -> str:
    """Say the Red List category that is held, and a newer claim beside it."""
    statuses = ask("species_statuses", species_id=None)  # all six at once: six questions take six times as long
    listed = statuses[(statuses["species_id"] == species_id) & (statuses["scheme"] == "iucn")]
    parts = []
    for row in rows_of(listed[listed["standing"].isin(["held", "claim"])].sort_values("standing", ascending=False)):
        year = "" if pd.isna(row.assessed_year) else f" {int(row.assessed_year)}"
        held = "red_list" if row.is_confirmed else "red_list_unconfirmed"
        key = f"overview.{held}" if row.standing == "held" else "overview.red_list_claim"
        year += assessed_of(words, row.scope, row.caveat_ids)
        parts.append(words(key, category=category_words(words, "iucn", row.category), year=year))
    return " ".join(parts) or words("overview.red_list_unknown")
