"""One site in detail: designations over time, areas, species and counts, links, threats, what is missing."""

from dataclasses import replace

import pandas as pd

from neaspec.blocks import (
    Block,
    Chart,
    Columns,
    Details,
    Heading,
    Metric,
    Notice,
    PageLink,
    Side,
    Tab,
    Table,
    Tabs,
    Text,
)
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table
from neaspec.sections.contradictions import contradiction_entries
from neaspec.sections.figures import number_words, season_or_years
from neaspec.sections.sites.counts import species_and_counts
from neaspec.sections.sites.lead import lead_sentence
from neaspec.sections.sites.map import publishers_of, site_map
from neaspec.sections.sites.panel import site_panel, site_records
from neaspec.sections.sites.wording import capital, filled, level_words
from neaspec.text import Words

# How a designation is drawn by its state.
STATE_MARKS = {"proposed": "planned", "not_confirmed": "tentative"}
# What the card of protection counts where no level is in force.
PROTECTION_COUNTED = {"not_known": "sites.standing_counted", "none": "sites.as_stated"}
ENDED = ["former", "merged_into_national_park"]


def one_site(ask: Ask, words: Words, site_id: str) -> tuple[str, str, list[Block]]:
    """Make the title, the lead and the blocks of one site."""
    every = ask("sites_protected", country_code=None, species_id=None, level=None)
    back = PageLink(text=words("sites.all_sites"), page="sites")
    chosen = every[every["site_id"] == site_id]
    if chosen.empty:
        nothing: list[Block] = [back, Notice(text=words("sites.not_known_then"), kind="empty")]
        return words("sites.title"), words("sites.lead_none"), nothing
    site = chosen.iloc[0]
    links = ask("sites_links", site_id=site_id)
    own = every[every["part_of_site_id"] == site_id]
    parts = {
        "designations": designations(ask, words, site_id),
        "areas": areas(ask, words, site_id),
        "species": species_and_counts(ask, words, site_id, every[every["site_id"] == site["part_of_site_id"]]),
        "links": link_table(words, links, site_id),
        "threats": threats(ask, words, site_id),
        "projects": projects(ask, words, site_id),
    }
    absent = [part for part, blocks_of_part in parts.items() if not blocks_of_part]
    documents = [
        *(block for part in ("projects", "links", "threats") for block in parts[part]),
        *further(ask, words, site_id),
        *disagreements(ask, words, site_id),
        *missing(ask, words, site_id, absent),
    ]
    tabs = [
        ("counts", words("sites.tab_counts"), parts["species"]),
        ("designations", words("sites.tab_designations"), [*parts["designations"], *parts["areas"]]),
        ("documents", words("sites.tab_documents"), documents),
    ]
    shown = tuple(Tab(key=key, title=title, blocks=tuple(blocks)) for key, title, blocks in tabs if blocks)
    panel = site_panel(words, site.to_dict(), site_records(ask, words))
    at_a_glance = replace(panel, title=words("sites.at_a_glance"), links=(back,))
    figures = (*key_figures(ask, words, site), at_a_glance)
    blocks: list[Block] = [
        Side(cells=(figures, tuple(site_map(ask, words, site, links))), weights=(1.0, 2.0)),
        *([Tabs(tabs=shown)] if shown else []),
    ]
    return words("sites.title_one", name=site["name"]), lead_sentence(ask, words, site, own), blocks


def key_figures(ask: Ask, words: Words, site: pd.Series) -> list[Block]:
    """Give protection, area and the highest figure of each species."""
    cards: list[Block] = [
        Metric(
            label=words("sites.protection"),
            value=capital(level_words(words, site["level"], site["standing"])),
            counted=words(PROTECTION_COUNTED.get(site["level"], "sites.protection_counted")),
            # Only what states the protection: the document that names the site says nothing of it.
            document_ids=keys_in([site["protection_document_ids"]]),
            caveat_ids=keys_in([site["protection_caveat_ids"]]),
            status="" if pd.isna(site["designations"]) else site["designations"],
        )
    ]
    cards += area_card(ask, words, site)
    counts = ask("sites_counts", site_id=site["site_id"])
    for _, row in counts[counts["is_highest"]].iterrows():
        cards.append(
            Metric(
                label=highest_label(words, row),
                value=number_words(words, row),
                unit=words.term("unit", row["unit"]),
                counted=words(
                    "sites.highest_counted",
                    kind=words.term("count_kind", row["count_kind"]),
                    method=words.term("method", row["method"]),
                ),
                period=season_or_years(words, row),
                species_id=row["species_id"],
                document_ids=keys_in([row["document_id"]]),
                caveat_ids=keys_in([row["caveat_ids"]]),
            )
        )
    return cards


def area_card(ask: Ask, words: Words, site: pd.Series) -> list[Block]:
    """Give the area of the whole site, and from which to which figure documents differ."""
    stated = ask("sites_areas", site_id=site["site_id"])
    current = stated[stated["is_current"]]
    if current.empty:
        return []
    area = current.iloc[0]
    is_misprinted = stated["caveat_ids"].fillna("").str.contains("printed_error")
    whole = stated[(stated["part"] == area["part"]) & ~is_misprinted & stated["formula"].isna()]
    differ = len(set(whole["area_ha"])) > 1
    between = words.range(whole["area_ha"].min(), whole["area_ha"].max())
    return [
        Metric(
            label=words("sites.area"),
            value=words.number(area["area_ha"]),
            unit="ha",
            counted=words("sites.area_counted" if pd.isna(area["formula"]) else "sites.area_counted_derived"),
            period=words.date(area["as_of"]),
            status=words("sites.area_differs", range=between) if differ else "",
            document_ids=keys_in([*area[["document_id"]], *(whole["document_id"] if differ else [])]),
            caveat_ids=keys_in([area["caveat_ids"]]),
        )
    ]


def highest_label(words: Words, row: pd.Series) -> str:
    """Name a highest figure; one counted on one side of a border says on which."""
    if pd.isna(row["side_name"]):
        return words("sites.highest", species=row["species_name"])
    return words("sites.highest_side", species=row["species_name"], side=row["side_name"])


def designations(ask: Ask, words: Words, site_id: str) -> list[Block]:
    """Draw designations by the date documents give; list all statements, those without a date too."""
    rows = ask("sites_designations", site_id=site_id)
    rows = rows[rows["level"] != "none"]  # that there is none is told by the card, and is no designation
    if rows.empty:
        return []
    heading = Heading(text=words("sites.designations"))
    ended = set(rows.loc[rows["is_current"] & rows["state"].isin(ENDED), "designation"])
    rows = rows.assign(
        level_words=[
            words("sites.level_not_named") if level == "not_known" else level_words(words, level)
            for level in rows["level"]
        ],
        state_words=[
            words("sites.as_of", date=words.date(row["as_of"]))
            if row["state"] == "in_force" and row["designation"] in ended and not pd.isna(row["as_of"])
            else words.term("state", row["state"])
            for row in rows.to_dict("records")
        ],
        mark=[STATE_MARKS.get(state, "exact") for state in rows["state"]],
    )
    rows["label"] = [f"{row.level_words}, {row.state_words}" for row in rows.itertuples()]
    columns: Columns = {
        "designation": "text",
        "side_name": "text",
        "level_words": "text",
        "state_words": "text",
        "designated_date": "date",
        "area_ha": "number",
        "identifier": "text",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    title = words("sites.designations_table")
    table = make_table(words, title, rows, filled(rows, columns), f"designations_{site_id}", {"area_ha": "ha"})
    drawn = drawn_once(rows, day_of(ask))
    if drawn.empty:
        return [heading, Notice(text=words("sites.designations_no_date")), table]
    if len(set(drawn["designated_date"])) == 1:
        return [heading, table]  # one date is read, not drawn
    summary = words.listed(
        (
            f"{row['designation']}, {words.period(row['designated_date'], row['end_date'])} ({row['label']})"
            for _, row in drawn.iterrows()
        ),
        "semicolon",
    )
    chart = Chart(
        title=words("sites.designations_chart"),
        kind="timeline",
        rows=drawn,
        roles={
            "category": "designation",
            "start": "designated_date",
            "end": "end_date",
            "label": "label",
            "mark": "mark",
        },
        value_title=words("sites.axis_years"),
        alt=words("sites.designations_alt", summary=summary),
        table=table,
        unit=words("sites.designations_unit"),
        counted=words("sites.designations_counted"),
        period=words.period(drawn["designated_date"].min()[:4], drawn["designated_date"].max()[:4]),
        document_ids=keys_in(drawn["document_id"]),
        caveat_ids=keys_in(drawn["caveat_ids"]),
    )
    return [heading, chart]


def day_of(ask: Ask) -> str:
    """Return the day up to which what is in force is drawn: the date chosen, else that of the data, never the clock."""
    return ask.as_known_on.isoformat() if ask.as_known_on else str(ask("data_version")["newest_seen_date"].iloc[0])


def drawn_once(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Make one row per designation that has a date, from its beginning to its end.

    Of several documents on one designation the current statement is drawn, with the most exact date that fits its
    year. What is in force, or a label that is held, reaches to the day given; what is former or merged, to the date of
    which its document speaks; a proposal, a signature and an unconfirmed statement are points.
    """
    bars = []
    for designation, stated in rows.groupby("designation", sort=False):
        dated = stated[stated["designated_date"].notna()]
        if dated.empty:
            continue
        current = stated[stated["is_current"]].iloc[0]
        chosen = dated[dated["is_current"]] if pd.notna(current["designated_date"]) else dated
        year = str(chosen["designated_date"].iloc[0])[:4]
        fitting = [str(given) for given in dated["designated_date"] if str(given).startswith(year)]
        start, state = max(fitting, key=len), current["state"]
        end = {"in_force": day, "recognition_only": day, **dict.fromkeys(ENDED, current["as_of"])}.get(state)
        is_later = not pd.isna(end) and str(end)[:4] > year
        bars.append(
            {**current, "designation": designation, "designated_date": start, "end_date": end if is_later else start}
        )
    return pd.DataFrame(bars, columns=[*rows.columns, "end_date"]).sort_values("designated_date", kind="stable")


def areas(ask: Ask, words: Words, site_id: str) -> list[Block]:
    """Draw the areas that documents state for the site and its parts, side by side and never added."""
    rows = ask("sites_areas", site_id=site_id)
    heading = Heading(text=words("sites.areas"))
    if rows.empty:
        return []
    publishers = publishers_of(ask, rows)
    rows = rows.assign(
        part_words=[words.term("part", part) for part in rows["part"]],
        category=[area_name(words, row, publishers) for _, row in rows.iterrows()],
        mark=[area_mark(row) for _, row in rows.iterrows()],
    )
    columns: Columns = {
        "area_ha": "number",
        "part_words": "text",
        "part_name": "text",
        "formula": "text",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    table = make_table(
        words, words("sites.areas_table"), rows, filled(rows, columns), f"areas_{site_id}", {"area_ha": "ha"}
    )
    if len(rows) == 1:
        return [heading, table]
    # What is known to be misprinted stays in the table: drawn, it would dwarf what is right.
    drawn = rows[~rows["caveat_ids"].fillna("").str.contains("printed_error")]
    summary = words.listed(
        (
            words.labelled(row["category"], words.unit(words.number(row["area_ha"]), words.term("unit", "ha")))
            for _, row in drawn.iterrows()
        ),
        "semicolon",
    )
    chart = Chart(
        title=words("sites.areas_chart"),
        kind="bars",
        rows=drawn,
        roles={"category": "category", "value": "area_ha", "mark": "mark"},
        value_title=words("sites.areas_axis"),
        alt=words("sites.areas_alt", summary=summary),
        table=table,
        unit=words("sites.areas_unit"),
        counted=words("sites.areas_counted"),
        document_ids=keys_in(rows["document_id"]),
        caveat_ids=keys_in(rows["caveat_ids"]),
    )
    return [heading, chart]


def area_name(words: Words, row: pd.Series, publishers: dict[str, str]) -> str:
    """Name an area by what it covers and who says so."""
    is_printed = bool(pd.isna(row["formula"]))
    publisher = publishers.get(row["document_id"], row["document_id"]) if is_printed else words("sites.our_sum")
    part = words.term("part", row["part"])
    if pd.isna(row["part_name"]):
        return words("sites.areas_row", part=part, publisher=publisher)
    return words("sites.areas_row_part", part=part, name=row["part_name"], publisher=publisher)


def area_mark(row: pd.Series) -> str:
    """Tell how exact an area is."""
    if row["part"] == "planned":
        return "planned"
    caveats = keys_in([row["caveat_ids"]])
    if "at_least" in caveats:
        return "at_least"
    return "about" if "approximate" in caveats else "exact"


def link_table(words: Words, links: pd.DataFrame, site_id: str) -> list[Block]:
    """List the links of the site by the site at the other end, those across a border first."""
    if links.empty:
        return []
    heading = Heading(text=words("sites.links"))
    rows = links.sort_values("crosses_border", ascending=False, kind="stable")
    rows = rows.assign(
        linked_site=rows["to_site_name"].where(rows["from_site_id"] == site_id, rows["from_site_name"]),
        kind_words=[words.term("link_kind", kind) for kind in rows["link_kind"]],
        across_words=[
            words(
                "sites.across" if row.crosses_border else "sites.with_shared" if row.is_with_shared else "sites.within"
            )
            for row in rows.itertuples()
        ],
    )
    columns: Columns = {
        "linked_site": "text",
        "what": "text",
        "kind_words": "text",
        "across_words": "text",
        "species_name": "text",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return [heading, make_table(words, words("sites.links_table"), rows, filled(rows, columns), "site_links")]


def threats(ask: Ask, words: Words, site_id: str) -> list[Block]:
    """List the threats named for the site."""
    rows = ask("threats_named", species_id=None, site_id=site_id, country_code=None)
    rows = rows.assign(threat_words=[words.term("threat_kind", kind) for kind in rows["threat_kind"]])
    columns = ("threat_words", "what", "species_name", "as_of", "document_id", "locator", "caveat_ids")
    return listed(words, "threats", rows, columns)


def projects(ask: Ask, words: Words, site_id: str) -> list[Block]:
    """List the projects and components that work at the site."""
    columns = ("short_title", "component_number", "document_id", "locator", "caveat_ids")
    return listed(words, "projects", ask("sites_projects", site_id=site_id), columns)


def missing(ask: Ask, words: Words, site_id: str, absent: list[str]) -> list[Block]:
    """List once, at the end, what is not on record: whole parts of the page, and what was looked for."""
    rows = ask("gaps_stated", species_id=None, country_code=None, site_id=site_id, project_id=None, meeting_id=None)
    rows = rows.assign(gap_words=[words.term("state", state) for state in rows["state"]])
    listing = listed(
        words, "missing", rows, ("gap_words", "what", "species_name", "document_id", "locator", "caveat_ids")
    )
    if not absent:
        return listing
    named = words.listed(words(f"sites.{part}").lower() for part in absent)
    note = Text(text=words("sites.absent", parts=named), style="note")
    return [*(listing or [Heading(text=words("sites.missing"))]), note]


def listed(words: Words, part: str, rows: pd.DataFrame, columns: tuple[str, ...]) -> list[Block]:
    """Make a heading with a table; nothing where there is nothing."""
    if rows.empty:
        return []
    return [Heading(text=words(f"sites.{part}")), statement_table(words, part, rows, columns)]


def statement_table(words: Words, part: str, rows: pd.DataFrame, columns: tuple[str, ...]) -> Table:
    """Make a table whose columns of sources, caveats and dates are known by their names."""
    kinds: Columns = {
        "document_id": "documents",
        "caveat_ids": "caveats",
        "as_of": "date",
        "component_number": "integer",
    }
    named = {column: kinds.get(column, "text") for column in columns}
    return make_table(words, words(f"sites.{part}_table"), rows, filled(rows, named), f"site_{part}")


def further(ask: Ask, words: Words, site_id: str) -> list[Block]:
    """Give further statements and coordinates as printed, on demand."""
    facts = ask("sites_facts", site_id=site_id)
    facts = facts.assign(topic_words=[words.term("topic", topic) for topic in facts["topic"]])
    extents = ask("sites_extents", site_id=site_id)
    parts = (
        ("facts", facts, ("topic_words", "what", "as_of", "document_id", "locator", "caveat_ids", "note")),
        ("extents", extents, ("part_name", "printed", "document_id", "locator", "caveat_ids", "note")),
    )
    return [
        Details(title=words(f"sites.{part}", count=len(rows)), blocks=(statement_table(words, part, rows, columns),))
        for part, rows, columns in parts
        if not rows.empty
    ]


def disagreements(ask: Ask, words: Words, site_id: str) -> list[Block]:
    """Show the differences about one site; nothing where there is none."""
    entries = contradiction_entries(ask, words, {("sites", site_id)})
    return [Heading(text=words("sites.disagree_one")), *entries] if entries else []


def all_disagreements(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """Give the differences between documents about all sites shown, the significant first."""
    return contradiction_entries(ask, words, {("sites", key) for key in keys})
