"""The map where maps are whole: sites, movements, projects and meetings on one ground, each with its panel."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Arrows, Block, Item, Linked, Map, Notice, Page, PageLink, Panel, Points, Table
from neaspec.data.queries import Ask
from neaspec.palette import OTHERS, SIGNS
from neaspec.sections.common import compose, keys_in, make_table
from neaspec.sections.figures import Row
from neaspec.sections.movement_parts import described_movements, movement_items
from neaspec.sections.movements import arrow_rows
from neaspec.sections.sites.map import site_points
from neaspec.sections.sites.page import SitesChoices, sites_chosen
from neaspec.sections.sites.panel import site_items, site_records
from neaspec.sections.sites.wording import LEVELS, level_words
from neaspec.text import Words, is_empty

LAYERS = ("sites", "movements", "projects", "meetings")
FIRST_LAYERS = "sites,movements"
MOST_MEETINGS = 6  # that the panel of a host names; the page of meetings has all
COLUMNS = ["id", "latitude", "longitude", "name", "tooltip", "group", "is_approximate", "size"]
MIDDLE = 0.5  # size of a sign that stands for no area


@dataclass(frozen=True)
class MapChoices:
    """What the reader chose: layers (with commas between), a species or group, a level of protection, a State."""

    layers: str = FIRST_LAYERS
    species_id: str | None = None
    level: str | None = None
    country_code: str | None = None


@dataclass(frozen=True)
class Layer:
    """One layer: its list with panels, the rows of its signs, its lines."""

    items: tuple[Item, ...]
    points: pd.DataFrame
    lines: pd.DataFrame
    document_ids: tuple[str, ...]
    caveat_ids: tuple[str, ...]


def page(ask: Ask, words: Words, choices: MapChoices) -> Page:
    """Make the page of the map."""
    chosen = [name for name in LAYERS if name in choices.layers.split(",")]
    makers = {"sites": site_layer, "movements": movement_layer, "projects": project_layer, "meetings": meeting_layer}
    layers = {name: makers[name](ask, words, choices) for name in chosen}
    items = tuple(item for layer in layers.values() for item in layer.items)
    title = words("map.title")
    drawn = drawing(ask, words, layers)
    if drawn is None:
        nothing: list[Block] = [Notice(text=words("map.none"), kind="empty")]
        return compose(ask, "map", title, words("map.lead_none"), nothing)
    counts = [words(f"map.lead_{name}", count=count_of(name, layer)) for name, layer in layers.items()]
    lead = words("map.lead", counts=words.listed(counts))
    on_map = sum(count_of(name, layer) for name, layer in layers.items())
    key = "map.list" if on_map == len(items) else "map.list_more"  # what has no place stays on the list
    listed = words(key, count=len(items), drawn=on_map)
    linked = Linked(name="selected", title=listed, items=items, picture=drawn, weights=(2.4, 1.0))
    return compose(ask, "map", title, lead, [linked])


def count_of(name: str, layer: Layer) -> int:
    """Tell how many things of a layer the map shows: movements only where both their ends are known."""
    return len(layer.lines) if name == "movements" else len(layer.items)


def drawing(ask: Ask, words: Words, layers: dict[str, Layer]) -> Map | None:
    """Put the layers on one map; None where none of them has a place."""
    points = [layer.points for layer in layers.values() if len(layer.points)]
    lines = layers["movements"].lines if "movements" in layers else pd.DataFrame()
    if not points and lines.empty:
        return None
    groups = {level: level_words(words, level) for level in LEVELS}
    groups |= {"project": words("map.project"), "meeting": words("map.meeting")}
    parts: list[Points | Arrows] = []
    month_note = ""
    if len(lines):
        names = ask("species_styles").set_index("species_id")["name"]
        parts.append(Arrows(rows=lines, groups={key: names[key] for key in dict.fromkeys(lines["group"])}))
        stated = int((lines["months"] != "").sum())
        month_note = words("map.months", count=stated, total=len(lines))
    if points:
        rows = pd.concat(points, ignore_index=True)[COLUMNS]
        parts.append(Points(rows=rows, groups={key: name for key, name in groups.items() if key in set(rows["group"])}))
    return Map(
        title=words("map.map"),
        layers=tuple(parts),
        alt=words("map.alt", count=sum(len(part.rows) for part in parts)),
        table=map_table(words, layers),
        size="tall",
        group_kind="protection",
        month_note=month_note,
        document_ids=keys_in(key for layer in layers.values() for key in layer.document_ids),
        caveat_ids=keys_in(key for layer in layers.values() for key in layer.caveat_ids),
    )


def map_table(words: Words, layers: dict[str, Layer]) -> Table:
    """List what the map shows, and what it cannot show."""
    rows = pd.DataFrame(
        [
            {"layer": words(f"map.layer_{name}"), "name": item.title, "what": item.line}
            for name, layer in layers.items()
            for item in layer.items
        ],
        columns=["layer", "name", "what"],
    )
    return make_table(words, words("map.table"), rows, {"layer": "text", "name": "text", "what": "text"}, "map")


def site_layer(ask: Ask, words: Words, choices: MapChoices) -> Layer:
    """Make the layer of sites."""
    of_sites = SitesChoices(country_code=choices.country_code, species_id=choices.species_id, level=choices.level)
    sites = sites_chosen(ask, of_sites)
    placed = sites[sites["latitude"].notna()]
    return Layer(
        items=site_items(words, sites, site_records(ask, words)),
        points=site_points(ask, words, placed),
        lines=pd.DataFrame(),
        document_ids=keys_in(sites["document_ids"]),
        caveat_ids=keys_in(sites["caveat_ids"]),
    )


def species_of(ask: Ask, choices: MapChoices) -> set[str]:
    """Give the species of the choice: one, those of a group, or none for all."""
    groups = ask("species_groups")
    members = set(groups.loc[groups["group_id"] == choices.species_id, "species_id"])
    return members or ({choices.species_id} if choices.species_id else set())


def movement_layer(ask: Ask, words: Words, choices: MapChoices) -> Layer:
    """Make the layer of movements; the list keeps those that no map can show."""
    movements = ask("movements_found", species_id=None, country_code=choices.country_code, method=None)
    species = species_of(ask, choices)
    movements = movements[movements["species_id"].isin(species)] if species else movements
    moves = described_movements(words, movements.reset_index(drop=True))
    signs: dict[str, str] = dict(ask("species_styles")[["species_id", "marker"]].itertuples(index=False))
    return Layer(
        items=movement_items(words, moves, signs),
        points=pd.DataFrame(),
        lines=arrow_rows(words, moves[moves["is_drawn"]]),
        document_ids=keys_in(moves["document_id"]),
        caveat_ids=keys_in(moves["caveat_ids"]),
    )


def project_layer(ask: Ask, words: Words, choices: MapChoices) -> Layer:
    """Make the layer of projects: a sign at each site at which they work; the list keeps those without a site."""
    projects = ask("projects_found", species_id=None, country_code=choices.country_code)
    species = species_of(ask, choices)
    if species:
        projects = projects[[bool(species & set(keys_in([ids]))) for ids in projects["species_ids"]]]
    places = ask("projects_sites")
    placed = places[places["project_id"].isin(projects["project_id"]) & places["latitude"].notna()]
    rows = pd.DataFrame(
        {
            "id": placed["project_id"],
            "latitude": placed["latitude"],
            "longitude": placed["longitude"],
            "name": placed["short_title"],
            "tooltip": [words("map.works_at", site=name) for name in placed["site_name"]],
            "group": "project",
            "is_approximate": False,
            "size": MIDDLE,
        }
    )
    names = {str(key): list(own["site_name"]) for key, own in places.groupby("project_id")}
    named: dict[str, str] = dict(ask("countries_named")[["country_code", "name"]].itertuples(index=False))
    items = tuple(
        project_item(
            words,
            row,
            [named[code] for code in keys_in([row["country_codes"]])],
            names.get(str(row["project_id"]), []),
        )
        for row in projects.to_dict("records")
    )
    return Layer(items, rows, pd.DataFrame(), keys_in(projects["document_ids"]), keys_in(projects["caveat_ids"]))


def project_item(words: Words, row: Row, states: Iterable[str], sites: list[str]) -> Item:
    """Make a project of the list, with its panel."""
    period = words.period(row["start_date"], row["end_date"])
    facts = [
        (words("map.project_period"), period),
        (words("map.project_state"), words.term("state", row["state"])),
        (words("map.project_states"), words.listed(states)),
        (words("map.project_sites"), words.listed(sites)),
    ]
    panel = Panel(
        title=str(row["short_title"]),
        kind=words.term("project_kind", row["project_kind"]),
        text="" if is_empty(row["summary"]) else str(row["summary"]),
        facts=tuple(fact for fact in facts if fact[1]),
        document_ids=keys_in([row["document_ids"]]),
        caveat_ids=keys_in([row["caveat_ids"]]),
        links=(PageLink(text=words("map.open_project"), page="projects", choices={"project": str(row["project_id"])}),),
    )
    sign = SIGNS[OTHERS["project"][2]] if sites else "–"
    return Item(id=str(row["project_id"]), title=str(row["short_title"]), line=period, sign=sign, blocks=(panel,))


def meeting_layer(ask: Ask, words: Words, choices: MapChoices) -> Layer:
    """Make the layer of meetings: a sign at the name of each State that hosted some, not at their places."""
    hosts = ask("meetings_hosts")
    if choices.country_code is not None:
        hosts = hosts[hosts["country_code"] == choices.country_code]
    meetings = ask("meetings_held", kind=None)
    rows = pd.DataFrame(
        {
            "id": [f"host_{code}" for code in hosts["country_code"]],
            "latitude": hosts["label_latitude"],
            "longitude": hosts["label_longitude"],
            "name": hosts["country_name"],
            "tooltip": [words("map.hosted", count=count) for count in hosts["meetings"]],
            "group": "meeting",
            "is_approximate": True,
            "size": MIDDLE,
        }
    )
    items = tuple(host_item(words, row, meetings) for row in hosts.to_dict("records"))
    shown = meetings[meetings["host_country_code"].isin(hosts["country_code"])]
    return Layer(items, rows, pd.DataFrame(), keys_in(shown["document_id"]), keys_in(shown["caveat_ids"]))


def host_item(words: Words, row: Row, meetings: pd.DataFrame) -> Item:
    """Make a State that hosted meetings, with the newest of them in its panel."""
    own = meetings[meetings["host_country_code"] == row["country_code"]]
    newest = own.sort_values("start_date", ascending=False, na_position="last").head(MOST_MEETINGS)
    panel = Panel(
        title=words("map.meetings_in", country=row["country_name"]),
        kind=words("map.hosted", count=row["meetings"]),
        text=words("map.meetings_where"),
        facts=tuple(
            (words.date(meeting["start_date"]) or words("map.not_dated"), str(meeting["name"]))
            for meeting in newest.to_dict("records")
        ),
        document_ids=keys_in(newest["document_id"]),
        caveat_ids=keys_in(newest["caveat_ids"]),
        links=(PageLink(text=words("map.open_meetings"), page="cooperation"),),
    )
    return Item(
        id=f"host_{row['country_code']}",
        title=words("map.meetings_in", country=row["country_name"]),
        line=words("map.hosted", count=row["meetings"]),
        sign=SIGNS[OTHERS["meeting"][2]],
        blocks=(panel,),
    )
