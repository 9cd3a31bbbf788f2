"""Maps of sites: the region, the inset of the Tumen estuary, one site with the sites it is linked to."""

import math
from collections.abc import Mapping
from typing import Literal

import pandas as pd

from neaspec.blocks import Arrows, Block, Columns, Map, Notice, Points, Table
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table
from neaspec.sections.figures import Row
from neaspec.sections.sites.newest import latest, newest_of_sites
from neaspec.sections.sites.wording import LEVELS, level_words
from neaspec.text import Words

# Bases of a position that do not show the site itself: drawn hollow.
APPROXIMATE = ["approximate", "computed", "generalised", "midpoint_of_extent", "nearby_town"]
LARGEST_HA = 1_500_000


def site_map(ask: Ask, words: Words, site: pd.Series, links: pd.DataFrame) -> list[Block]:
    """Draw one site and the sites it is linked to, with lines that are no routes."""
    if pd.isna(site["latitude"]):
        return [Notice(text=words("sites.no_position"))]
    every = ask("sites_protected", country_code=None, species_id=None, level=None)
    linked = (set(links["from_site_id"]) | set(links["to_site_id"])) - {site["site_id"]}
    shown = every[every["site_id"].isin(linked | {site["site_id"]}) & every["latitude"].notna()]
    title = words("sites.one_map", name=site["name"])
    alt = words("sites.one_alt", name=site["name"], count=len(shown) - 1)
    table = site_table(words, words("sites.one_table"), shown, f"site_{site['site_id']}")
    view = "tumen" if bool(shown["is_tumen"].all()) else "region"
    return [draw_sites(ask, words, shown, title, alt, table, view, link_lines(words, links, shown))]


def draw_sites(
    ask: Ask,
    words: Words,
    sites: pd.DataFrame,
    title: str,
    alt: str,
    table: Table,
    view: str = "region",
    lines: Arrows | None = None,
    size: Literal["full", "small", "tall"] = "full",
) -> Map:
    """Make a map block of the sites that have a position."""
    placed = sites[sites["latitude"].notna()]
    groups = {level: level_words(words, level) for level in LEVELS if level in set(placed["level"])}
    day = ask.as_known_on
    points = Points(rows=site_points(ask, words, placed), groups=groups)
    return Map(
        title=title,
        layers=tuple(layer for layer in (lines, points) if layer is not None),
        alt=alt,
        table=table,
        view="tumen" if view == "tumen" else "region",
        size=size,
        group_kind="protection",
        period=words("sites.map_period", date=words.date(day)) if day else "",
        document_ids=keys_in(sites["document_ids"]),
        caveat_ids=keys_in(sites["caveat_ids"]),
    )


def site_points(ask: Ask, words: Words, placed: pd.DataFrame) -> pd.DataFrame:
    """Make the rows of the signs of sites that have a position."""
    figures = {key: latest(figures_of_site) for key, figures_of_site in newest_of_sites(ask, words).items()}
    return pd.DataFrame(
        {
            "id": placed["site_id"],
            "latitude": placed["latitude"],
            "longitude": placed["longitude"],
            "name": placed["name"],
            "tooltip": [tooltip(words, row, figures) for row in placed.to_dict("records")],
            "group": placed["level"],
            "is_approximate": placed["coordinate_basis"].isin(APPROXIMATE),
            "size": [
                float("nan") if pd.isna(area) else min(1.0, math.sqrt(area / LARGEST_HA)) for area in placed["area_ha"]
            ],
        }
    ).reset_index(drop=True)


def link_lines(words: Words, links: pd.DataFrame, shown: pd.DataFrame) -> Arrows | None:
    """Make a line for each pair of linked sites that have a position."""
    places = shown.set_index("site_id")[["latitude", "longitude"]]
    pairs: dict[frozenset[str], list[str]] = {}
    ends: dict[frozenset[str], tuple[str, str]] = {}
    for _, link in links.iterrows():
        start, end = str(link["from_site_id"]), str(link["to_site_id"])
        if start in places.index and end in places.index:
            pair = frozenset((start, end))
            pairs.setdefault(pair, []).append(words.labelled(words.term("link_kind", link["link_kind"]), link["what"]))
            ends.setdefault(pair, (start, end))
    if not pairs:
        return None
    names = shown.set_index("site_id")["name"]
    rows = [
        {
            "from_latitude": places.loc[start, "latitude"],
            "from_longitude": places.loc[start, "longitude"],
            "to_latitude": places.loc[end, "latitude"],
            "to_longitude": places.loc[end, "longitude"],
            "name": f"{names[start]} – {names[end]}",
            "tooltip": "\n".join([words("sites.link_line"), *pairs[pair]]),
            "group": "link",
            "weight": None,
            "is_directed": False,
        }
        for pair, (start, end) in ends.items()
    ]
    return Arrows(rows=pd.DataFrame(rows))


def site_table(words: Words, title: str, sites: pd.DataFrame, file_name: str) -> Table:
    """Make the table of sites: all that a map shows, and what it cannot show."""
    rows = sites.assign(
        kind_words=[words.term("site_kind", kind) for kind in sites["site_kind"]],
        level_words=[level_words(words, row["level"], row["standing"]) for _, row in sites.iterrows()],
        position_words=[words.term("coordinate_basis", basis) for basis in sites["coordinate_basis"]],
    )
    columns: Columns = {
        "name": "text",
        "country_names": "text",
        "kind_words": "text",
        "level_words": "text",
        "designations": "text",
        "recognitions": "text",
        "proposals": "text",
        "area_ha": "number",
        "species_names": "text",
        "position_words": "text",
        "latitude": "number",
        "longitude": "number",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    return make_table(words, title, rows, columns, file_name, {"area_ha": "ha", "latitude": "°N", "longitude": "°E"})


def tooltip(words: Words, row: Row, figures: Mapping[str, str]) -> str:
    """Write how the site is protected and where, and its newest figure or else its area: a glance, not a record."""
    level = words("sites.tip_level", level=level_words(words, row["level"], row["standing"]))
    figure = figures.get(str(row["site_id"]), "")
    if not figure and not pd.isna(row["area_ha"]):
        figure = words.labelled(words("sites.area"), words.unit(words.number(row["area_ha"]), words.term("unit", "ha")))
    return "\n".join(part for part in (level, figure) if part)


def publishers_of(ask: Ask, rows: pd.DataFrame) -> dict[str, str]:
    """Give the publisher of each document the rows name."""
    column = "document_ids" if "document_ids" in rows.columns else "document_id"
    cited = ask("sources_cited", document_ids=sorted(keys_in(rows[column])))
    known = cited[cited["publisher"].notna()]
    return dict(zip(known["document_id"].astype(str), known["publisher"].astype(str), strict=True))
