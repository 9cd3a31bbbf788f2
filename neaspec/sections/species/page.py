"""Species: status, counts, survey effort, threats, sites and what is not known of one flagship species."""

import re
from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Columns, Entry, Heading, Metric, Notice, Page, PageLink, Side, Tab, Tabs, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, keys_in, make_table
from neaspec.sections.contradictions import contradiction_entries, weightiest_first
from neaspec.sections.documented import fact_blocks
from neaspec.sections.figures import chips_of, figure_words, period_words
from neaspec.sections.headlines import areas_only, beside, leading, place_words
from neaspec.sections.movement_parts import described_movements
from neaspec.sections.movements import movement_map
from neaspec.sections.species.answer import answer
from neaspec.sections.species.counts import counts_blocks, series_label
from neaspec.sections.species.known import demography, effort, sites, states, threats, unknown
from neaspec.sections.species.picture import main_picture
from neaspec.text import Words, is_empty

MOST_CARDS = 4
SAID_BY_VALUE = ("about", "minimum")  # chips that would say again what the figure says
QUOTED = "secondary_quotation"  # caveat: the document quotes the body that decides


@dataclass(frozen=True)
class SpeciesChoices:
    """What the reader chose: one species, always."""

    species_id: str = "amur_tiger"


def page(ask: Ask, words: Words, choices: SpeciesChoices) -> Page:
    """Make the page of one species."""
    species_id = choices.species_id
    names = ask("species_styles").set_index("species_id")["name"]
    counts = ask("species_counts", species_id=species_id)
    statuses = ask("species_statuses", species_id=species_id)
    stands = ask("species_headlines")
    stands = stands[stands["species_id"] == species_id]
    shown_tabs = tabs(ask, words, counts, statuses, species_id)
    blocks: list[Block] = [
        *headlines(ask, words, stands, counts, statuses, species_id),
        *main_picture(ask, words, counts, stands, species_id),
        Tabs(tabs=tuple(Tab(key=key, title=title, blocks=tuple(inner)) for key, title, inner in shown_tabs if inner)),
    ]
    return compose(ask, "species", words("species.title", name=names[species_id]), answer(words, stands), blocks)


def tabs(
    ask: Ask, words: Words, counts: pd.DataFrame, statuses: pd.DataFrame, species_id: str
) -> list[tuple[str, str, list[Block]]]:
    """Make the tabs below the picture: key, name, blocks."""
    stated = ask("facts_stated", subject_tables=["species"])
    differences = disagreements(ask, words, species_id)
    return [
        (
            "figures",
            words("species.tab_figures"),
            [
                *counts_blocks(ask, words, counts, species_id),
                *effort(ask, words, species_id),
            ],
        ),
        (
            "places",
            words("species.tab_places"),
            [
                *states(ask, words, species_id),
                *sites(ask, words, species_id),
            ],
        ),
        ("movements", words("species.tab_movements"), movements_of(ask, words, species_id)),
        (
            "gaps",
            words("species.tab_gaps"),
            [
                *threats(ask, words, species_id),
                *unknown(ask, words, counts, species_id),
            ],
        ),
        (
            "status",
            words("species.tab_status"),
            [
                *(claim_entry(words, statuses, row) for _, row in statuses[statuses["standing"] == "claim"].iterrows()),
                *status(words, statuses),
                *demography(ask, words, species_id),
                *fact_blocks(words, stated[stated["subject_id"] == species_id]),
            ],
        ),
        (
            "differences",
            words("species.tab_differences", count=len(differences)),
            weightiest_first(words, differences) if differences else [],
        ),
    ]


def movements_of(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """Draw the movements of the species and lead on to their page."""
    moves = described_movements(words, ask("movements_found", species_id=species_id, country_code=None, method=None))
    if moves.empty:
        return []
    link = PageLink(text=words("species.movements_link"), page="movements", choices={"species": species_id})
    return [link, *movement_map(words, moves, "full")]


def category_words(words: Words, scheme: str, category: str) -> str:
    """Write a category of a list; the letters of the Red List in words."""
    if category == "not_listed":
        return words("species.not_listed")
    if scheme == "iucn" and f"species.iucn_{category}" in words.texts:
        return words(f"species.iucn_{category}")
    return category


def dated_category(words: Words, row: pd.Series) -> str:
    """Write a category with its year if one is stated."""
    category = category_words(words, row["scheme"], row["category"])
    if pd.isna(row["assessed_year"]):
        return category
    return words("species.category_year", category=category, year=int(row["assessed_year"]))


def assessed_of(words: Words, scope: object, caveat_ids: object) -> str:
    """Say what an assessment is of, where it is the whole species a subspecies belongs to, and that it is quoted."""
    named = "" if is_empty(scope) else re.search(r"\bspecies [A-Z][a-z]+ [a-z]+\b", str(scope))
    of = words("overview.red_list_of", scope=named[0]) if named else ""
    return of + (words("overview.red_list_quoted") if QUOTED in keys_in([caveat_ids]) else "")


def red_list(statuses: pd.DataFrame, standing: str) -> pd.Series | None:
    """Give the Red List row that is held, or the newer claim beside it."""
    matching = statuses[(statuses["scheme"] == "iucn") & (statuses["standing"] == standing)]
    return None if matching.empty else matching.iloc[0]


def place_of(words: Words, row: pd.Series) -> str:
    """Name what a leading figure is of: its series where that is of the whole range, else the State or a part of it."""
    return str(row["series_name"]) if row["standing"] == "range" else place_words(words, row)


def headlines(
    ask: Ask,
    words: Words,
    stands: pd.DataFrame,
    counts: pd.DataFrame,
    statuses: pd.DataFrame,
    species_id: str,
) -> list[Block]:
    """Show at most four cards: the figures that stand for the species, the joint count, and its Red List category."""
    rows = pd.concat([leading(stands), beside(stands)])
    held = red_list(statuses, "held")
    metrics: list[Block] = [headline(words, counts, row, species_id) for _, row in rows.iterrows()]
    joint = joint_metric(ask, words, species_id)
    room = MOST_CARDS - (held is not None)
    metrics = [*metrics[: room - len(joint)], *joint]
    if held is not None:
        metrics.append(status_metric(words, held))
    blocks: list[Block] = []
    if metrics:
        blocks.append(Side(cells=tuple((metric,) for metric in metrics), weights=(1.0,) * len(metrics)))
    if areas_only(stands):
        sentence = words("species.areas_only", countries=words.listed(areas_only(stands)))
        documents = keys_in(stands.loc[stands["standing"] == "areas", "document_ids"])
        blocks.append(Text(text=sentence, style="note", document_ids=documents))
    return blocks


def joint_metric(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """Make the card of the different animals of a joint study, where one found some on both sides."""
    shared = ask("movements_shared_counts", species_id=species_id)
    shared = shared[shared["distinct_animals"].notna()]
    if shared.empty:
        return []
    most = shared.sort_values("distinct_animals").iloc[-1]
    return [
        Metric(
            label=words("species.joint"),
            value=words.number(most["distinct_animals"]),
            unit=words.term("unit", "individuals"),
            counted=words("species.joint_counted", both=words.number(most["in_both"])),
            period=words.period(most["year_from"], most["year_to"]),
            species_id=species_id,
            chips=("our_sum", "shared_animals"),
            document_ids=keys_in([most["document_id"]]),
            caveat_ids=(*keys_in([most["caveat_ids"]]), "overlapping_counts"),
        )
    ]


def headline(words: Words, counts: pd.DataFrame, row: pd.Series, species_id: str) -> Metric:
    """Make the metric of one series: its newest figure, and the like figures before it."""
    same = counts[(counts["series_id"] == row["series_id"]) & counts["value"].notna() & counts["is_joined"]]
    same = same.sort_values("year_to")
    is_whole = not pd.isna(row["value"])  # a trend that leaves the newest figure out would mislead
    return Metric(
        label=place_of(words, row),
        value=figure_words(words, row),
        unit=words.term("unit", row["unit"]),
        counted=series_label(words, row),
        period=period_words(words, row),
        species_id=species_id,
        trend=tuple((float(item.year_to), float(item.value)) for item in same.itertuples() if is_whole),
        chips=tuple(chip for chip in chips_of(keys_in([row["caveat_ids"]])) if chip not in SAID_BY_VALUE),
        document_ids=keys_in([row["document_ids"]]),
        caveat_ids=keys_in([row["caveat_ids"]]),
    )


def status_metric(words: Words, held: pd.Series) -> Metric:
    """Make the metric of the held Red List category."""
    return Metric(
        label=words("species.status_metric"),
        value=category_words(words, "iucn", held["category"]),
        period=""
        if pd.isna(held["assessed_year"])
        else str(int(held["assessed_year"])) + assessed_of(words, held["scope"], held["caveat_ids"]),
        document_ids=(held["document_id"],),
        caveat_ids=keys_in([held["caveat_ids"]]),
    )


def status(words: Words, statuses: pd.DataFrame) -> list[Block]:
    """Show the status in every scheme, and every claim about it, as a table."""
    blocks: list[Block] = [Heading(text=words("species.status"))]
    if statuses.empty:
        return [*blocks, Notice(text=words("species.status_none"), kind="empty")]
    rows = statuses.assign(
        country_label=statuses["country_name"],
        scheme_words=[words.term("scheme", scheme) for scheme in statuses["scheme"]],
        category_words=[category_words(words, row["scheme"], row["category"]) for _, row in statuses.iterrows()],
        standing_words=[words(f"species.standing_{standing}") for standing in statuses["standing"]],
        confirmed_words=[
            words(
                "species.status_unconfirmed"
                if not row["is_confirmed"]
                else "species.as_quoted"
                if QUOTED in keys_in([row["caveat_ids"]])
                else "species.confirmed"
            )
            for _, row in statuses.iterrows()
        ],
    )
    columns: Columns = {
        "scheme_words": "text",
        "list_name": "text",
        "category_words": "text",
        "assessed_year": "year",
        "standing_words": "text",
        "confirmed_words": "text",
        "scope": "text",
        "country_label": "text",
        "trend": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    return [*blocks, make_table(words, words("species.status_table"), rows, columns, "statuses")]


def claim_entry(words: Words, statuses: pd.DataFrame, claim: pd.Series) -> Entry:
    """Make the entry of a newer claim, with the status that is held."""
    held = statuses[(statuses["scheme"] == claim["scheme"]) & (statuses["standing"] == "held")]
    if pd.notna(claim["country_name"]):
        held = held[held["country_name"] == claim["country_name"]]
    scheme = words.term("scheme", claim["scheme"])
    facts = [(words("species.status_claimed"), dated_category(words, claim))]
    facts += [(words("species.status_held"), dated_category(words, row)) for _, row in held.head(1).iterrows()]
    note = "" if pd.isna(claim["note"]) else claim["note"]
    category = category_words(words, claim["scheme"], claim["category"])
    return Entry(
        title=words("species.status_claim", scheme=scheme, category=category),
        text=words("species.status_claim_text", note=note).strip(),
        tags=(words("species.status_claim_tag"), words("species.status_unconfirmed")),
        facts=tuple(facts),
        document_ids=(claim["document_id"], *held["document_id"].head(1)),
        caveat_ids=keys_in([claim["caveat_ids"]]),
    )


def disagreements(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """Give the differences between documents about the species."""
    about = ask("species_subjects", species_id=species_id)
    return contradiction_entries(ask, words, set(zip(about["subject_table"], about["subject_id"], strict=True)))
