"""Drafts side by side: their map, their sizes, what lies in and around them. A page of one reader, kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from neaspec.blocks import (
    Answer,
    Block,
    Column,
    ColumnKind,
    Details,
    Map,
    Outlines,
    Page,
    Points,
    Side,
    Tab,
    Table,
    Tabs,
    Text,
)
from neaspec.boundary.drafts import PILLARS, Draft
from neaspec.boundary.measure import BANDS_KM, INSIDE, SEA, Measures, SitePlace, measure, overlap_ha, site_places
from neaspec.data.queries import Ask
from neaspec.sections.boundary.gaps import left_out, recorded_gaps
from neaspec.sections.boundary.page import how_it_works
from neaspec.sections.boundary.said import said_of
from neaspec.sections.boundary.wording import (
    area_name,
    band_words,
    draft_title,
    hectares,
    kilometres,
    parts_sentence,
    short_name,
    sized,
    state_area,
)
from neaspec.sections.common import compose, joined_keys, keys_in
from neaspec.sections.figures import figure_with_kind, period_words
from neaspec.sections.movement_parts import described_movements, movement_table
from neaspec.sections.scenarios.evidence import plant_name
from neaspec.sections.sites.map import site_points
from neaspec.sections.sites.wording import LEVELS, level_words
from neaspec.shapes.listed_ground import is_listed
from neaspec.text import Words

KINDS_OF_KEYS: Mapping[str, ColumnKind] = {"document_ids": "documents", "caveat_ids": "caveats"}
DRAWN_STEPS = 1_500  # finer than a share of its width an outline is not drawn


@dataclass(frozen=True)
class Measured:
    """A draft with its sizes, and where sites and power plants lie to it.

    unlisted: the bands of which the list of plants does not hold all ground.
    """

    draft: Draft
    measures: Measures
    places: dict[str, SitePlace]
    plants: dict[str, SitePlace] = field(default_factory=dict)
    unlisted: frozenset[int] = frozenset()


def measured(ask: Ask, draft: Draft) -> Measured:
    """Measure a draft."""
    sites = ask("sites_placed")
    places = {place.site_id: place for place in site_places(draft, sites)}
    unlisted = frozenset(km for km in (INSIDE, *BANDS_KM) if not is_listed(draft.shape, (), km, sites))
    # the caveat of all plants says how uneven their places are
    plants = ask("plants_placed").rename(columns={"plant_id": "site_id"}).assign(coordinate_precision_deg=0.0)
    near = {place.site_id: place for place in site_places(draft, plants)}
    return Measured(draft, measure(draft), places, near, unlisted)


def drafts_page(ask: Ask, words: Words, area_id: str, drafts: Sequence[Measured]) -> Page:
    """Make the page of drafts."""
    areas = ask("shared_areas")
    area = areas[areas["shared_area_id"] == area_id].iloc[0]
    names: dict[str, str] = dict(ask("countries_named")[["country_code", "name"]].itertuples(index=False))
    answer = Answer(text=answer_text(words, drafts, names))
    tabs: list[tuple[str, list[Block]]] = [
        (
            "around",
            [
                bands_table(words, drafts, names),
                Text(text=words("boundary.around_note"), style="note"),
                *plants_in_bands(ask, words, drafts),
            ],
        ),
        ("sites_in", sites_tab(ask, words, area, drafts)),
        ("species", [*species_tab(ask, words, drafts), *movements_of(ask, words, drafts)]),
        (
            "gaps",
            [
                *left_out(ask, words, area, [(entry.draft, entry.measures, entry.places) for entry in drafts]),
                *recorded_gaps(ask, words, area),
            ],
        ),
        ("said", said_of(ask, words, area)),
        ("readiness", [readiness_table(words, drafts), Text(text=words("boundary.readiness_note"), style="note")]),
        ("how", list(how_it_works(words))),
    ]
    shown = Tabs(
        tabs=tuple(
            Tab(key=key, title=words(f"boundary.tab_{key}"), blocks=tuple(blocks)) for key, blocks in tabs if blocks
        )
    )
    lead = words("boundary.status")
    sizes = (sizes_table(words, drafts, names), Text(text=words("boundary.precision"), style="note"))
    side = Side(cells=((drafts_map(ask, words, area, drafts),), sizes), weights=(1.3, 1.0))
    blocks: list[Block] = [answer, side, shown]
    return compose(ask, "boundary", words("boundary.title_area", name=area["name"]), lead, blocks)


def answer_text(words: Words, drafts: Sequence[Measured], names: dict[str, str]) -> str:
    """Say how large a draft is and how much of it lies in which State; of several the sizes, the table has the rest."""
    if len(drafts) == 1:
        return parts_sentence(words, drafts[0].draft, drafts[0].measures, names)
    return words.sentences(
        *(
            words("boundary.answer_size", letter=entry.draft.letter, area=hectares(words, entry.measures.area_m2))
            for entry in drafts
        )
    )


def drafts_map(ask: Ask, words: Words, area: pd.Series, drafts: Sequence[Measured]) -> Map:
    """Draw the drafts over our ground, with the sites near them."""
    near = {key for entry in drafts for key, place in entry.places.items() if place.band is not None}
    every = ask("sites_protected", country_code=None, species_id=None, level=None)
    own = every[every["site_id"].isin(near | set(keys_in([area["site_ids"]]))) & every["latitude"].notna()]
    layers: list[Outlines | Points] = [Outlines(rows=outline_rows(words, drafts))]
    if not own.empty:
        groups = {level: level_words(words, level) for level in LEVELS if level in set(own["level"])}
        layers.append(Points(rows=site_points(ask, words, own), groups=groups))
    is_tumen = bool(own["longitude"].between(129.6, 132.0).all()) and all(in_inset(entry.draft) for entry in drafts)
    title = words("boundary.map", name=area["name"])
    return Map(
        title=title,
        layers=tuple(layers),
        alt=words("boundary.map_alt", count=len(drafts), sites=len(own)),
        table=corners_table(words, drafts),
        view="tumen" if is_tumen else "region",
        size="middle",
        group_kind="protection",
        document_ids=keys_in(own["document_ids"]),
    )


def in_inset(draft: Draft) -> bool:
    """Tell whether a draft lies on the inset of the Tumen estuary."""
    west, south, east, north = draft.shape.bounds
    return west > 129.6 and east < 132.0 and south > 41.8 and north < 43.2


def outline_rows(words: Words, drafts: Sequence[Measured]) -> pd.DataFrame:
    """Return the outlines as they are drawn: not finer than a screen shows."""
    rows = []
    for entry in drafts:
        west, _, east, _ = entry.draft.shape.bounds
        drawn = entry.draft.shape.simplify((east - west) / DRAWN_STEPS)
        parts = [
            [[(x, y) for x, y, *_ in ring.coords] for ring in (part.exterior, *part.interiors)]
            for part in getattr(drawn, "geoms", [drawn])
        ]
        rows.append(
            {
                "name": draft_title(words, entry.draft),
                "tooltip": words("boundary.tooltip", area=hectares(words, entry.measures.area_m2)),
                "label": words("boundary.on_line", letter=entry.draft.letter),
                "parts": parts,
            }
        )
    return pd.DataFrame(rows)


def corners_table(words: Words, drafts: Sequence[Measured]) -> Table:
    """Return what the map shows in words: each draft, its corners, how it was made."""
    rows = pd.DataFrame(
        {
            "draft": [draft_title(words, entry.draft) for entry in drafts],
            "corners": [entry.draft.points for entry in drafts],
            "parts": [
                words("boundary.parts", parts=len(entry.draft.shape.geoms), holes=entry.draft.holes) for entry in drafts
            ],
            "origin": [words(f"boundary.origin_{entry.draft.origin}") for entry in drafts],
            "author": [entry.draft.author for entry in drafts],
            "kind": [words(f"boundary.kind_{entry.draft.kind}") if entry.draft.kind else "" for entry in drafts],
            "status": [words("boundary.status")] * len(drafts),
        }
    )
    columns = tuple(
        Column(name=name, label=words(f"boundary.column_{name}"), kind="integer" if name == "corners" else "text")
        for name in rows.columns
    )
    return Table(title=words("boundary.drafts_table"), columns=columns, rows=rows, file_name="tentative_drafts")


def side_by_side(
    words: Words,
    title: str,
    first: str,
    lines: Sequence[tuple[str, Mapping[str, str]]],
    file_name: str,
    drafts: Sequence[Measured],
    more: Mapping[str, Sequence[str]] | None = None,
) -> Table:
    """Return a table with one column for each draft.

    Args:
        words: the wording.
        title: of the table.
        first: label of the first column.
        lines: (what, letter -> words).
        file_name: of the table.
        drafts: in order.
        more: document_ids and the like, aligned with the lines.
    """
    rows = pd.DataFrame({"what": [what for what, _ in lines]})
    for entry in drafts:
        rows[f"draft_{entry.draft.letter}"] = [cells[entry.draft.letter] for _, cells in lines]
    columns = [Column(name="what", label=first)]
    columns += [Column(name=f"draft_{entry.draft.letter}", label=draft_title(words, entry.draft)) for entry in drafts]
    for name, cells in (more or {}).items():
        rows[name] = list(cells)
        columns.append(Column(name=name, label=words.column(name), kind=KINDS_OF_KEYS.get(name, "text")))
    return Table(title=title, columns=tuple(columns), rows=rows, file_name=file_name)


def sizes_table(words: Words, drafts: Sequence[Measured], names: dict[str, str]) -> Table:
    """Show area, edge, States, land, inland water and sea."""
    codes = sorted(
        {area.code for entry in drafts for area in entry.measures.states} - {SEA},
        key=lambda code: area_name(words, code, names),
    )
    lines = [
        (
            words("boundary.line_area"),
            {entry.draft.letter: hectares(words, entry.measures.area_m2) for entry in drafts},
        ),
        *(
            (
                area_name(words, code, names),
                {entry.draft.letter: state_area(words, entry.measures.area_of(code)) for entry in drafts},
            )
            for code in codes
        ),
        (
            words("boundary.line_sea"),
            {entry.draft.letter: state_area(words, entry.measures.area_of(SEA)) for entry in drafts},
        ),
        (
            words("boundary.line_land"),
            {entry.draft.letter: hectares(words, land_of(entry.measures)) for entry in drafts},
        ),
        (words("boundary.line_water"), {entry.draft.letter: water_words(words, entry.measures) for entry in drafts}),
        (
            words("boundary.line_edge"),
            {entry.draft.letter: kilometres(words, entry.measures.edge_m) for entry in drafts},
        ),
    ]
    return side_by_side(words, words("boundary.sizes_table"), words("boundary.line"), lines, "tentative_sizes", drafts)


def land_of(measures: Measures) -> float:
    """Return the area on land, lakes and rivers included."""
    return sum(area.area_m2 for area in measures.states if area.code != SEA)


def water_words(words: Words, measures: Measures) -> str:
    """Write the area of lakes and rivers, or that no map kept draws them finely enough here."""
    if measures.inland_water_m2 is None:
        return str(words("boundary.not_known"))
    return str(words("boundary.about", size=hectares(words, measures.inland_water_m2)))


def bands_table(words: Words, drafts: Sequence[Measured], names: dict[str, str]) -> Table:
    """Show what lies within 1, 5 and 10 km outside each draft, by State."""
    lines = []
    for km in BANDS_KM:
        cells = {
            entry.draft.letter: words.listed(
                (
                    words("boundary.in_short", state=short_name(words, area.code, names), area=state_area(words, area))
                    for area in entry.measures.bands[km]
                ),
                "semicolon",
            )
            for entry in drafts
        }
        lines.append((words("boundary.line_band", km=km), cells))
    return side_by_side(
        words, words("boundary.bands_table"), words("boundary.line_within"), lines, "tentative_bands", drafts
    )


def plants_in_bands(ask: Ask, words: Words, drafts: Sequence[Measured]) -> list[Block]:
    """Show the power plants on record in and around the drafts, in bands; none on record is not none."""
    plants = ask("plants_placed")
    names = {str(row["plant_id"]): plant_name(words, row) for row in plants.to_dict("records")}
    bands: dict[int, list[set[str]]] = {
        band: [{key for key, place in entry.plants.items() if place.band == band} for entry in drafts]
        for band in (INSIDE, *BANDS_KM)
    }
    lines = [
        (
            plant_band(words, band),
            {
                entry.draft.letter: plants_words(words, sorted(names[key] for key in keys), band in entry.unlisted)
                for entry, keys in zip(drafts, near, strict=True)
            },
        )
        for band, near in bands.items()
    ]
    cited = plants[plants["plant_id"].isin(set().union(*(keys for near in bands.values() for keys in near)))]
    documents = [
        joined_keys(plants.loc[plants["plant_id"].isin(set().union(*near)), "document_id"]) for near in bands.values()
    ]
    caveats = [joined_keys(cited["caveat_ids"]) if keys else "" for keys in documents]
    table = side_by_side(
        words,
        words("boundary.plants_table"),
        words("boundary.line_plants"),
        lines,
        "tentative_plants",
        drafts,
        {"document_ids": documents, "caveat_ids": caveats},
    )
    unlisted = [words("scenarios.plants_unlisted")] if any(entry.unlisted for entry in drafts) else []
    note = words.sentences(words("boundary.plants_note"), *unlisted, words("scenarios.plants_licence"))
    return [Details(title=table.title, blocks=(table, Text(text=note, style="note")))]


def plant_band(words: Words, band: int) -> str:
    """Name a band of distance from the edge of a draft."""
    if band == INSIDE:
        return str(words("boundary.plants_inside"))
    nearer = max((km for km in BANDS_KM if km < band), default=0)
    return str(words("boundary.plants_between", range=words.range(nearer, band)))


def plants_words(words: Words, names: Sequence[str], is_unlisted: bool = False) -> str:
    """Write how many plants are on record in a band, and their names; not known where the list does not hold."""
    if not names:
        return str(words("boundary.not_known" if is_unlisted else "scenarios.band_none"))
    return str(words.labelled(words.number(len(names)), words.listed(names)))


def sites_tab(ask: Ask, words: Words, area: pd.Series, drafts: Sequence[Measured]) -> list[Block]:
    """Show sites in and around the drafts, their designations, and overlap where a range is printed."""
    near = {key for entry in drafts for key, place in entry.places.items() if place.band is not None}
    members = set(keys_in([area["site_ids"]])) - {area["site_id"]}
    every = ask("sites_protected", country_code=None, species_id=None, level=None)
    shown = every[every["site_id"].isin(near | members)]
    if shown.empty:
        return [Text(text=words("boundary.no_sites"))]
    ranges = ask("sites_printed_ranges")
    lines, protection, overlaps = [], [], []
    for row in shown.to_dict("records"):
        key = str(row["site_id"])
        lines.append(
            (str(row["name"]), {entry.draft.letter: band_words(words, entry.places.get(key)) for entry in drafts})
        )
        protection.append(
            words.listed([level_words(words, row["level"], row["standing"]), row["designations"]], "semicolon")
        )
        own = ranges[ranges["site_id"] == key]
        overlaps.append(
            (str(row["name"]), {entry.draft.letter: overlap_words(words, entry.draft, own) for entry in drafts})
        )
    more = {
        "protection_words": protection,
        "document_ids": list(shown["document_ids"]),
        "caveat_ids": list(shown["caveat_ids"]),
    }
    table = side_by_side(
        words,
        words("boundary.sites_table", count=len(lines)),
        words("boundary.line_site"),
        lines,
        "tentative_sites",
        drafts,
        more,
    )
    sources = [words.listed(ranges.loc[ranges["site_id"] == key, "document_id"], "space") for key in shown["site_id"]]
    overlap = side_by_side(
        words,
        words("boundary.overlap_table"),
        words("boundary.line_site"),
        overlaps,
        "tentative_overlap",
        drafts,
        {"document_ids": sources},
    )
    return [table, overlap, Text(text=words("boundary.overlap_note"), style="note")]


def overlap_words(words: Words, draft: Draft, ranges: pd.DataFrame) -> str:
    """Write how much of a printed range lies in a draft; not known where no whole range is printed."""
    if ranges.empty:
        return str(words("boundary.not_known"))
    total = sum(
        overlap_ha(draft, (row["west_deg"], row["south_deg"], row["east_deg"], row["north_deg"]))
        for row in ranges.to_dict("records")
    )
    return str(words("boundary.of_range", size=sized(words, total, "ha")))


def letters_of_sites(drafts: Sequence[Measured]) -> dict[str, list[str]]:
    """Return the letters of the drafts that a site lies in: site -> letters, of all sites that lie near any draft."""
    return {
        key: [entry.draft.letter for entry in drafts if (place := entry.places.get(key)) and place.band == INSIDE]
        for key in {key for entry in drafts for key in entry.places}
    }


def movements_of(ask: Ask, words: Words, drafts: Sequence[Measured]) -> list[Block]:
    """Show the movements between States that documents state to or from a site inside a draft."""
    letters = letters_of_sites(drafts)
    moves = ask("movements_found", species_id=None, country_code=None, method=None)
    ends = moves[["from_site_id", "to_site_id"]].fillna("").itertuples(index=False)
    inside = [sorted({letter for key in pair for letter in letters.get(key, ())}) for pair in ends]
    near = described_movements(words, moves).assign(in_drafts=[words.listed(within) for within in inside])
    near = near[[bool(within) for within in inside]]
    if near.empty:
        return [Text(text=words("boundary.no_movements"), style="note")]
    table = movement_table(words, words("boundary.movements_table", count=len(near)), near, "tentative_movements")
    in_draft = Column(name="in_drafts", label=words("boundary.column_in_drafts"))
    return [replace(table, columns=(in_draft, *table.columns), rows=near[["in_drafts", *table.rows.columns]])]


def species_tab(ask: Ask, words: Words, drafts: Sequence[Measured]) -> list[Block]:
    """Show flagship species and their newest counts at the sites inside the drafts."""
    letters = letters_of_sites(drafts)
    names: dict[str, str] = dict(ask("sites_options")[["site_id", "name"]].itertuples(index=False))
    uses = ask("sites_newest")
    rows = [
        {
            "in_drafts": words.listed(letters[row["site_id"]]),
            "site_name": names[row["site_id"]],
            "species_name": row["species_name"],
            "use_words": words.listed(words.term("role", role) for role in str(row["roles"]).split()),
            "figure": figure_with_kind(words, row),
            "period_words": "" if pd.isna(row["count_kind"]) else period_words(words, row),
            "document_ids": row["document_ids"],
            "caveat_ids": row["caveat_ids"],
        }
        for row in uses.to_dict("records")
        if letters.get(row["site_id"])
    ]
    if not rows:
        return [Text(text=words("boundary.no_species"))]
    frame = pd.DataFrame(rows)
    columns = tuple(
        Column(
            name=name,
            label=words("boundary.column_in_drafts") if name == "in_drafts" else words.column(name),
            kind=KINDS_OF_KEYS.get(name, "text"),
        )
        for name in frame.columns
    )
    return [Table(title=words("boundary.species_table"), columns=columns, rows=frame, file_name="tentative_species")]


def readiness_table(words: Words, drafts: Sequence[Measured]) -> Table:
    """Show the questions of readiness with the answers of the user."""
    lines = [
        (
            words.labelled(words(f"boundary.pillar_{pillar}"), words(f"boundary.question_{question}")),
            {
                entry.draft.letter: words(f"boundary.answer_{entry.draft.answers.get(question, 'not_known')}")
                for entry in drafts
            },
        )
        for pillar, questions in PILLARS.items()
        for question in questions
    ]
    return side_by_side(
        words, words("boundary.readiness_table"), words("boundary.line_question"), lines, "tentative_readiness", drafts
    )
