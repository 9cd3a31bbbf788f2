"""The vocabulary of a page. A section returns blocks; every output is rendered from the same blocks.

Blocks are plain data with meaning: no Streamlit, no SQL, no plotly. A chart is its rows and the role each column plays,
so that it can become a figure on the screen, a native chart in a slide deck or a spreadsheet, or a drawing on paper.
Text in blocks is plain text: no output may interpret markup in it.
Blocks compare by identity (eq=False), which lets renderers keep what they made from a block.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from neaspec.errors import BlockError

ColumnKind = Literal["text", "integer", "number", "year", "date", "money", "percent", "documents", "caveats", "link"]
Columns = Mapping[str, ColumnKind]  # of a table: its columns in order, and how the cells of each are written
ChartKind = Literal[
    "ranges", "bars", "stacked_bars", "stacked_areas", "lines", "fan", "timeline", "schedule", "pairs", "network"
]

# The roles a chart's columns may play, and which of them each kind needs.
CHART_ROLES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # kind: (needed, possible beside them)
    "ranges": (frozenset({"x", "y", "low", "high", "series"}), frozenset({"mark", "label", "species", "joined"})),
    "bars": (frozenset({"category", "value"}), frozenset({"low", "high", "mark", "label", "species"})),
    "stacked_bars": (frozenset({"category", "value", "part"}), frozenset({"mark", "label"})),
    "stacked_areas": (frozenset({"x", "y", "series"}), frozenset({"label"})),
    "lines": (frozenset({"x", "y", "series"}), frozenset({"label", "species"})),
    "fan": (frozenset({"x", "y", "low", "high", "low50", "high50", "series"}), frozenset({"label"})),
    "timeline": (frozenset({"category", "start", "end"}), frozenset({"part", "label", "species", "mark", "told"})),
    "schedule": (frozenset({"category", "start", "end"}), frozenset({"label", "mark"})),
    "pairs": (frozenset({"category", "first", "second"}), frozenset({"label"})),
    "network": (frozenset({"source", "target"}), frozenset({"label", "group"})),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """One column of a table: its name in the rows, its label, its unit, and how to write its values."""

    name: str
    label: str
    kind: ColumnKind = "text"
    unit: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Heading:
    """A heading; level 2 opens a part of the page, level 3 a part of a part."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class Text:
    """A paragraph of plain text; `lead` is larger, `note` smaller."""

    text: str
    style: Literal["lead", "body", "note"] = "body"
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Notice:
    """A sentence that stands out: an empty answer, a caution, or an information."""

    text: str
    kind: Literal["empty", "caution", "information"] = "information"


@dataclass(frozen=True, eq=False, kw_only=True)
class PageLink:
    """A link to a page of this dashboard with its choices (codes as in the address).

    form: ending of a file the page is handed out as (pdf); its choices are then the fields of the page's choices.
    """

    text: str
    page: str
    choices: Mapping[str, str] = field(default_factory=dict)
    form: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Metric:
    """One figure, large, with what it needs to be quoted: unit, what was counted, period, sources, caveats.

    trend: like-for-like figures only, as (year, value); drawn small beside the figure. status: for example the Red List
    category in words. lines: where no single figure may stand for all: (area, figure with year), one line each, of the
    same size; `value` is empty then. line_trends: the trend of each line. chips: keys of CHIPS, the caveats that change
    the reading, at most two.
    """

    label: str
    value: str
    unit: str = ""
    counted: str = ""
    period: str = ""
    status: str = ""
    species_id: str = ""
    trend: tuple[tuple[float, float], ...] = ()
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()
    link: PageLink | None = None
    lines: tuple[tuple[str, str], ...] = ()
    line_trends: tuple[tuple[tuple[float, float], ...], ...] = ()
    chips: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Table:
    """Rows that can be read, sorted and downloaded; `file_name` has no ending.

    Cells of `documents` and `caveats` columns hold keys separated by a space. A cell of a `link` column holds a web
    address (https:// or http://, shown as it is and opened only when the reader follows it, with rel=noopener), or
    `label|page?key=value`: words, then a page of this dashboard with its choices, written by `link_cell`; or nothing.
    """

    title: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    file_name: str

    def __post_init__(self) -> None:
        """Refuse a column that the rows do not have."""
        missing = [column.name for column in self.columns if column.name not in self.rows.columns]
        if missing:
            raise BlockError(
                f"table {self.file_name!r}: the rows have no {missing}; they have {list(self.rows.columns)}"
            )


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart:
    """A chart as data: its rows and the role of each column (see CHART_ROLES).

    title: the finding or the question. value_title: quantity and unit for the value axis. category_title: the other
    axis (empty for names). unit, counted, period: the line below the picture. alt: what a reader who cannot see it
    needs to know. table: the same rows, to read and download.
    events: (year, what) of what a chart over years marks with a line. A timeline with the role `told` (what stands
    beside the pointer) has one lane a category, without words in it.
    The column with the role `mark` holds one of: exact, about, at_least, more_than, preliminary, zero, not_surveyed,
    not_reported, not_itemised, planned, actual, tentative. `joined` (ranges): rows of one series are joined only where
    true.
    """

    title: str
    kind: ChartKind
    rows: pd.DataFrame
    roles: Mapping[str, str]
    value_title: str
    alt: str
    table: Table
    category_title: str = ""
    unit: str = ""
    counted: str = ""
    period: str = ""
    events: tuple[tuple[float, str], ...] = ()
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse roles the kind does not know, lacks, or whose column is not in the rows."""
        needed, possible = CHART_ROLES[self.kind]
        given = set(self.roles)
        if not needed <= given or not given <= needed | possible:
            raise BlockError(
                f"chart {self.title!r} ({self.kind}) has the roles {sorted(given)}; it needs {sorted(needed)} "
                f"and may have {sorted(possible)}"
            )
        missing = [column for column in self.roles.values() if column not in self.rows.columns]
        if missing:
            raise BlockError(f"chart {self.title!r}: the rows have no {missing}; they have {list(self.rows.columns)}")


@dataclass(frozen=True, eq=False, kw_only=True)
class Points:
    """Points on a map; an area is never drawn, it would cover ground that is not of the site.

    Columns: latitude, longitude, name, tooltip; and where they apply:
    group (key into `groups`), is_approximate (drawn hollow), size (0 to 1, for the marker), id (of a Linked's items).
    """

    rows: pd.DataFrame
    groups: Mapping[str, str] = field(default_factory=dict)  # group key -> label in the legend


@dataclass(frozen=True, eq=False, kw_only=True)
class Arrows:
    """Arrows between sites, places or countries; never a route.

    Columns: from_latitude, from_longitude, to_latitude, to_longitude, name, tooltip, group, weight (individuals, may be
    empty), is_directed, and where it applies id (of a Linked's items).
    """

    rows: pd.DataFrame
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Outlines:
    """Shapes that a reader gave, on a map: dashed, neutral, each with its label at the line; no outline of a document.

    Columns: name, tooltip, label (written at the line), parts: of each part its rings, the outer one first, as
    (longitude, latitude).
    """

    rows: pd.DataFrame
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Map:
    """A map: layers over our own basemap, with the boundary disclaimer and source below it in every output.

    view: region or tumen (inset of the estuary); a map opens on the places it shows.
    size: small for a map beside other blocks, middle for one beside a list, tall for the main picture of a page.
    group_kind tells the palette what the groups are. month_note: for a map that can be seen month by month (rows of
    Arrows then have `months`, numbers with a space between): what it says of the rows that state none.
    """

    title: str
    layers: tuple[Points | Arrows | Outlines, ...]
    alt: str
    table: Table
    view: Literal["region", "tumen"] = "region"
    size: Literal["full", "small", "middle", "tall"] = "full"
    group_kind: Literal["species", "protection", "method"] = "species"
    month_note: str = ""
    unit: str = ""
    counted: str = ""
    period: str = ""
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Entry:
    """One item of a list that is more than a table row: an ask, a decision, a contradiction."""

    title: str
    text: str = ""
    tags: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()  # (label, value)
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    details: "tuple[Block, ...]" = ()  # shown on demand on the screen, in full elsewhere


@dataclass(frozen=True, eq=False, kw_only=True)
class Side:
    """Blocks side by side on a wide screen, one below the other on a narrow one or on paper."""

    cells: "tuple[tuple[Block, ...], ...]"
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse weights that do not match the cells."""
        if len(self.cells) != len(self.weights):
            raise BlockError(f"{len(self.cells)} cells side by side but {len(self.weights)} weights")


@dataclass(frozen=True, eq=False, kw_only=True)
class Details:
    """Blocks shown on demand on the screen, in full elsewhere."""

    title: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, eq=False, kw_only=True)
class Answer:
    """A computed sentence with the decisive figure in it, set larger; the page's own answer is its lead."""

    text: str
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Panel:
    """The facts of one thing a reader selected: its name, what it is, five to eight lines, where to go from here.

    place: where in the first of its documents it stands.
    """

    title: str
    kind: str = ""
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # (label, value)
    chips: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    place: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Item:
    """One thing of a list that is linked with a picture: its key in the address, one line, and its blocks."""

    id: str
    title: str
    line: str = ""
    sign: str = ""  # a letter that stands before the title: ●, ◐, ○, ◆
    blocks: "tuple[Block, ...]" = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Linked:
    """A picture and a list that select each other; what is selected is shown in full.

    name: of the selection in the address (?site=rason), where it lasts. picture: a map whose rows have `id`, another
    picture, or none (a list with its detail). is_over: the picture takes the whole width; the list is a box of choices
    below it, and what is selected lies over the picture. first: key of the item that is open when nothing is selected;
    empty for none.
    """

    name: str
    title: str
    items: tuple[Item, ...]
    picture: Chart | Map | None = None
    weights: tuple[float, float] = (2.0, 1.0)
    first: str = ""
    is_over: bool = False

    def __post_init__(self) -> None:
        """Refuse two items of one key, and a first item that there is not."""
        keys = [item.id for item in self.items]
        if len(keys) != len(set(keys)):
            raise BlockError(f"{self.title!r}: two items have one key in {keys}")
        if self.first and self.first not in keys:
            raise BlockError(f"{self.title!r}: there is no item {self.first!r}; there are {keys}")


@dataclass(frozen=True, eq=False, kw_only=True)
class Change:
    """What was stated before and what is stated now of one thing; `parts` are the same for parts of it."""

    what: str
    after: str
    before: str = ""
    date: str = ""
    kind: Literal["new", "updated", "ended"] = "updated"
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()
    parts: "tuple[Change, ...]" = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Tab:
    """One of several peers: its key in the address, its name, its blocks."""

    key: str
    title: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, eq=False, kw_only=True)
class Tabs:
    """Peers of which the screen shows one at a time, in the address (?tab=places); elsewhere all, with headings."""

    tabs: tuple[Tab, ...]
    name: str = "tab"

    def __post_init__(self) -> None:
        """Refuse tabs without a tab, and two of one key."""
        keys = [tab.key for tab in self.tabs]
        if not keys or len(keys) != len(set(keys)):
            raise BlockError(f"tabs need keys of their own, at least one; they have {keys}")


def link_cell(link: PageLink) -> str:
    """Write a link to a page of this dashboard for a cell of a `link` column."""
    choices = f"?{urlencode(dict(link.choices))}" if link.choices else ""
    return f"{link.text.replace('|', '/')}|{link.page}{choices}"


def read_link_cell(cell: str) -> PageLink | None:
    """Read a cell of a `link` column; None = it holds a web address."""
    if cell.startswith(("https://", "http://")):
        return None
    label, _, target = cell.partition("|")
    page, _, choices = target.partition("?")
    return PageLink(text=label, page=page, choices=dict(parse_qsl(choices)))


Block = (
    Heading
    | Text
    | Notice
    | PageLink
    | Metric
    | Table
    | Chart
    | Map
    | Entry
    | Side
    | Details
    | Answer
    | Panel
    | Linked
    | Change
    | Tabs
)

# The caveats that may stand beside a figure; all others are told by its source control.
CHIPS = (
    "minimum",
    "about",
    "press_only",
    "not_comparable",
    "includes_cubs",
    "shared_animals",
    "planned",
    "our_sum",
    "unconfirmed",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Page:
    """A whole page: its blocks, and the sources and caveats they refer to.

    marks: document_id -> number in the source list, in order of first appearance.
    sources: one row per mark with number, document_id, title, publisher, published_date, grade, language, url.
    caveats: caveat_id, name, meaning, severity of the caveats that occur.
    """

    name: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    marks: Mapping[str, int]
    sources: pd.DataFrame
    caveats: pd.DataFrame


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Give every block in reading order, those inside other blocks included."""
    for block in blocks:
        yield block
        yield from _inside(block)


def _inside(block: Block) -> Iterator[Block]:
    """Give every block inside another one."""
    match block:
        case Side():
            for cell in block.cells:
                yield from walk(cell)
        case Details():
            yield from walk(block.blocks)
        case Entry():
            yield from walk(block.details)
        case Chart() | Map():
            yield block.table
        case Tabs():
            for tab in block.tabs:
                yield from walk(tab.blocks)
        case Linked():
            yield from walk((block.picture,) if block.picture else ())
            for item in block.items:
                yield from walk(item.blocks)
        case Change():
            yield from walk(block.parts)
