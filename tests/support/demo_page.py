"""A made-up page with every kind of block, to test and look at the renderers. None of its figures is real."""

import pandas as pd

from neaspec.blocks import (
    Answer,
    Change,
    Chart,
    Column,
    Details,
    Entry,
    Heading,
    Item,
    Linked,
    Metric,
    Notice,
    Page,
    PageLink,
    Panel,
    Side,
    Tab,
    Table,
    Tabs,
    Text,
)
from neaspec.palette import Palette, make_palette

MEAN = '<b>bold</b> & <script>alert("x")</script> **stars** $x$ %{y}'

SPECIES = pd.DataFrame(
    [
        ("amur_tiger", "Amur tiger", "#81300F", "#DB7039", "circle"),
        ("amur_leopard", "Amur leopard", "#C869BF", "#95528E", "square"),
    ],
    columns=["species_id", "name", "colour", "colour_dark", "marker"],
)


def demo_palette(is_dark: bool = False) -> Palette:
    """Return colours for two species."""
    return make_palette(SPECIES, is_dark)


def table_of(rows: pd.DataFrame, name: str) -> Table:
    """Return the rows of a picture as a table."""
    kinds = {
        "value": "number",
        "year": "year",
        "first": "number",
        "second": "number",
        "low": "number",
        "high": "number",
    }
    columns = tuple(
        Column(
            name=column,
            label=column.capitalize().replace("_", " "),
            kind=kinds.get(column, "text"),  # type: ignore[arg-type]
        )
        for column in rows.columns
    )
    return Table(title=f"Rows of {name}", columns=columns, rows=rows, file_name=name)


def ranges_chart() -> Chart:
    """Return counts of two series, one joined, with every mark."""
    rows = pd.DataFrame(
        [
            (2005, 480, 428, 502, "Full census", "exact", True),
            (2015, 520, 480, 540, "Full census", "about", True),
            (2022, 750, None, None, "Full census", "at_least", False),
            (2012, 26, None, None, "Camera traps in one park", "exact", False),
            (2018, None, 27, 55, "Camera traps in one park", "preliminary", False),
            (2010, None, None, None, "Camera traps in one park", "not_surveyed", False),
            (2020, None, None, None, "Camera traps in one park", "not_reported", False),
            (1999, 0, None, None, "Camera traps in one park", "zero", False),
        ],
        columns=["year", "value", "low", "high", "series", "mark", "joined"],
    )
    return Chart(
        title="How many were counted, by method?",
        kind="ranges",
        rows=rows,
        roles={c: c for c in ("low", "high", "series", "mark", "joined")} | {"x": "year", "y": "value"},
        value_title="Animals counted (individuals)",
        category_title="Year",
        alt="Made-up counts from 1999 to 2022.",
        table=table_of(rows, "ranges"),
        unit="individuals",
        counted="adults",
        period="1999–2022",
        document_ids=("paper", "news"),
        caveat_ids=("range_only",),
    )


def bars_chart() -> Chart:
    """Return bars with long names, a range, zero and what is not known."""
    rows = pd.DataFrame(
        [
            (
                "A reserve with quite a long name that needs more than one line on a phone",
                12,
                None,
                None,
                "exact",
                "amur_tiger",
            ),
            ("Second reserve", 30, 25, 34, "about", "amur_leopard"),
            ("Third reserve", 0, None, None, "zero", ""),
            (MEAN, None, None, None, "not_surveyed", ""),
            ("Fifth reserve", 7, None, None, "at_least", ""),
            ("Sixth reserve", None, None, None, "not_reported", ""),
        ],
        columns=["site", "value", "low", "high", "mark", "species"],
    )
    return Chart(
        title="Where were most seen?",
        kind="bars",
        rows=rows,
        roles={
            "category": "site",
            "value": "value",
            "low": "low",
            "high": "high",
            "mark": "mark",
            "species": "species",
        },
        value_title="Animals (individuals)",
        alt="Made-up bars.",
        table=table_of(rows, "bars"),
        unit="individuals",
    )


def stacked_bars_chart() -> Chart:
    """Return budgets with a part that is not itemised."""
    rows = pd.DataFrame(
        [
            ("Project one", 97000, "Component 1: camera traps on both sides"),
            ("Project one", 50000, "Component 2: genetics"),
            ("Project one", 141081, "not_itemised"),
            ("Project two", 120000, "Component 1: camera traps on both sides"),
        ],
        columns=["project", "value", "part"],
    )
    return Chart(
        title="What does each part cost?",
        kind="stacked_bars",
        rows=rows,
        roles={"category": "project", "value": "value", "part": "part"},
        value_title="Budget (US dollars)",
        alt="Made-up budgets.",
        table=table_of(rows, "stacked_bars"),
    )


def areas_chart() -> Chart:
    """Return parts of a whole with a gap of years and a year that stands alone."""
    years = (2003, 2004, 2005, 2009, 2010, 2014)
    rows = pd.DataFrame(
        [
            (year, (index + 1) * (year - 1995), name)
            for index, name in enumerate(("Japan", "Republic of Korea", "China, other areas"))
            for year in years
        ],
        columns=["year", "value", "region"],
    )
    return Chart(
        title="Where do they spend the winter?",
        kind="stacked_areas",
        rows=rows,
        roles={"x": "year", "y": "value", "series": "region"},
        value_title="Birds (individuals)",
        category_title="Winter",
        alt="Made-up areas.",
        table=table_of(rows, "areas"),
    )


def fan_chart() -> Chart:
    """Return two fans over years."""
    rows = pd.DataFrame(
        [
            (year, name, 100 + rise * year, 100 - year, 100 + (rise + 4) * year, 100, 100 + (rise + 2) * year)
            for name, rise in (("no project", 5), ("A: more deaths", 3))
            for year in range(11)
        ],
        columns=["year", "future", "middle", "low", "high", "low50", "high50"],
    )
    return Chart(
        title="How many will there be?",
        kind="fan",
        rows=rows,
        roles={
            "x": "year",
            "y": "middle",
            "low": "low",
            "high": "high",
            "low50": "low50",
            "high50": "high50",
            "series": "future",
        },
        value_title="Birds (individuals)",
        category_title="Year",
        alt="Made-up courses.",
        table=table_of(rows, "courses"),
    )


def lines_chart() -> Chart:
    """Return two lines."""
    rows = pd.DataFrame(
        [
            (year, 3 * (year - 1999) + 20 * index, name)
            for index, name in enumerate(("Izumi", "Cheorwon"))
            for year in range(2000, 2026)
        ],
        columns=["year", "value", "place"],
    )
    return Chart(
        title="How did the peak change?",
        kind="lines",
        rows=rows,
        roles={"x": "year", "y": "value", "series": "place"},
        value_title="Peak count (individuals)",
        category_title="Winter",
        alt="Made-up lines.",
        table=table_of(rows, "lines"),
    )


def timeline_chart() -> Chart:
    """Return periods: planned, actual, tentative, one day."""
    rows = pd.DataFrame(
        [
            ("Big cats in borderlands", "2021-01", "2022-12", "Component 1", "planned"),
            ("Big cats in borderlands", "2021-09", "2023-03", "Component 1", "actual"),
            ("Big cats in borderlands", "2022", "2024", "Component 2", "tentative"),
            ("Migratory birds and their places in the estuary", "2014-10-12", "2014-10-12", "Survey", "actual"),
        ],
        columns=["project", "start", "end", "component", "kind"],
    )
    return Chart(
        title="When did the work take place?",
        kind="timeline",
        rows=rows,
        roles={"category": "project", "start": "start", "end": "end", "part": "component", "mark": "kind"},
        value_title="Year",
        alt="Made-up periods.",
        table=table_of(rows, "timeline"),
    )


def schedule_chart() -> Chart:
    """Return a schedule: planned over done, numbered days, a name without a date."""
    rows = pd.DataFrame(
        [
            ("Big cats in borderlands", "2021-01", "2022-12", "planned", ""),
            ("Big cats in borderlands", "2021-09", "2023-03", "actual", ""),
            ("Meetings", "2020-10-12", "2020-10-13", "actual", "1"),
            ("Meetings", "2022-09-20", "2022-09-21", "actual", "2"),
            ("Proposal without a date", None, None, "", ""),
        ],
        columns=["project", "start", "end", "kind", "number"],
    )
    return Chart(
        title="When did each project run?",
        kind="schedule",
        rows=rows,
        roles={"category": "project", "start": "start", "end": "end", "mark": "kind", "label": "number"},
        value_title="Year",
        alt="Made-up rows.",
        table=table_of(rows, "schedule"),
    )


def pairs_chart() -> Chart:
    """Return pairs: different, equal, one missing, both missing."""
    rows = pd.DataFrame(
        [("Japan", 20.5, 29.8), ("Mongolia", 21.0, 21.0), ("China", 18.0, None), ("Nowhere", None, None)],
        columns=["country", "first", "second"],
    )
    return Chart(
        title="How much land is protected?",
        kind="pairs",
        rows=rows,
        roles={"category": "country", "first": "first", "second": "second"},
        value_title="Share of land (%)",
        alt="Made-up shares.",
        table=table_of(rows, "pairs"),
    )


def network_chart() -> Chart:
    """Return causes and effects with a way back."""
    rows = pd.DataFrame(
        [
            ("Fertiliser use in the river basin", "Nutrients in the lagoon", "human side"),
            ("Nutrients in the lagoon", "Algae", "ecological side"),
            ("Algae", "Fewer fish", "ecological side"),
            ("Fewer fish", "Fewer waterbirds at the stopover site", "ecological side"),
            ("Fewer fish", "Income of fishing villages", "ecological side"),
            ("Income of fishing villages", "Fertiliser use in the river basin", "human side"),
        ],
        columns=["cause", "effect", "side"],
    )
    return Chart(
        title="What acts on what in the delta?",
        kind="network",
        rows=rows,
        roles={"source": "cause", "target": "effect", "group": "side"},
        value_title="",
        alt="Made-up causes.",
        table=table_of(rows, "network"),
    )


def all_charts() -> list[Chart]:
    """Return one chart of each kind."""
    return [
        ranges_chart(),
        bars_chart(),
        stacked_bars_chart(),
        areas_chart(),
        lines_chart(),
        fan_chart(),
        timeline_chart(),
        schedule_chart(),
        pairs_chart(),
        network_chart(),
    ]


def mean_table(rows: int = 3) -> Table:
    """Return a table with markup, a formula, marks, and numbers."""
    frame = pd.DataFrame(
        {
            "name": [MEAN, "=1+1", "-plain"] + ["row"] * (rows - 3),
            "value": [1416.13, None, -3.0] + [1.0] * (rows - 3),
            "year": [2012, 2015, 2020] + [2000] * (rows - 3),
            "when": ["2020-10-12", "2020-10", None] + ["2020"] * (rows - 3),
            "document_id": ["paper", "news", "paper news"] + ["paper"] * (rows - 3),
            "caveat_ids": ["range_only", None, "press_only"] + [None] * (rows - 3),
        }
    )
    kinds = {"value": "number", "year": "year", "when": "date", "document_id": "documents", "caveat_ids": "caveats"}
    columns = tuple(
        Column(name=name, label=name.capitalize(), kind=kinds.get(name, "text"), unit="ha" * (name == "value"))  # type: ignore[arg-type]
        for name in frame.columns
    )
    return Table(title="A table", columns=columns, rows=frame, file_name=f"demo_{rows}")


def screen_blocks() -> tuple[Answer | Change | Linked | Metric | Tabs, ...]:
    """Return the blocks that only a screen can show as they are, two linked lists among them."""
    parks = tuple(
        Item(
            id=key,
            title=f"{name} {MEAN}",
            line="national park",
            sign="●",
            blocks=(
                Panel(
                    title=name,
                    kind="site",
                    text=f"Lies on one side. {MEAN}",
                    facts=(("Area", f"{size} ha"), ("Empty", "")),
                    chips=("minimum",),
                    document_ids=("paper",),
                    caveat_ids=("range_only",),
                    links=(PageLink(text="Open the site", page="sites", choices={"site": key}),),
                ),
            ),
        )
        for key, name, size in (("north", "North park", 12), ("south", "South park", 34))
    )
    change = Change(
        what=f"Adults in the park {MEAN}",
        before="84 (2017)",
        after="129 (2023)",
        date="2024",
        document_ids=("paper",),
        parts=(Change(what="North of the river", after="40 (2023)", kind="new", document_ids=("news",)),),
    )
    card = Metric(
        label="Animals by area",
        value="",
        lines=(("Far East", "≥ 750 · 2022"), ("North-East", "about 70 · 2025")),
        chips=("about", "press_only"),
        document_ids=("news",),
    )
    return (
        Answer(text=f"More were seen than in 2017: 84 to 129. {MEAN}", document_ids=("paper",)),
        card,
        Linked(name="park", title="Parks of the demo", items=parts_without_picture(parks), first="south"),
        Tabs(
            tabs=(
                Tab(key="changes", title="What changed", blocks=(change,)),
                Tab(key="parks", title=f"Parks {MEAN}", blocks=(Heading(text="All parks"), mean_table(4))),
            )
        ),
    )


def parts_without_picture(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return items of a list that stands alone, one of them without anything to show."""
    return (*items, Item(id="none", title="A park without a panel", line="nothing is on record here"))


def demo_page() -> Page:
    """Return a page with every kind of block."""
    cards = [
        Metric(
            label=f"Species {number} {MEAN * (number == 1)}",
            value=f"{100 + number}–{200 + number}",
            unit="individuals",
            counted="adults photographed",
            period="2023",
            status="Endangered (IUCN, 2016)",
            species_id=("amur_tiger", "amur_leopard")[number % 2],
            trend=((2005, 30), (2015, 60), (2023, 129)),
            document_ids=("paper",),
            caveat_ids=("range_only",),
            link=PageLink(text="Open", page="species"),
        )
        for number in range(6)
    ]
    ask = Entry(
        title="Views on the proposed component",
        text=MEAN,
        tags=("Views", "open"),
        facts=(("Addressee", "member States"), ("Due", "March 2021")),
        document_ids=("paper",),
        links=(PageLink(text="The project", page="projects", choices={"project": "big_cats"}),),
        details=(Text(text="What was asked before."), mean_table()),
    )
    blocks = (
        *cards,
        Notice(text="Nothing was found for this choice.", kind="empty"),
        Notice(text=f"Read with care. {MEAN}", kind="caution"),
        Side(
            cells=((Heading(text="Left"), Text(text="Body", document_ids=("news",))), (Heading(text="Right"), ask)),
            weights=(1, 1),
        ),
        *all_charts(),
        Text(text="A small note.", style="note"),
        Heading(text="Tables", level=2),
        mean_table(),
        mean_table(40),
        Entry(title="A plain entry", text="Its text.", tags=("decision",), document_ids=("paper",)),
        Details(title=f"More {MEAN}", blocks=(Text(text="Inside."),)),
        PageLink(text=f"To the sites {MEAN}", page="sites", choices={"country": "CHN"}),
        *screen_blocks(),
    )
    sources = pd.DataFrame(
        [
            (1, "paper", f"P {MEAN}", "Secretariat", "2020-10-12", "report", "official", "en", "https://example.org/a"),
            (2, "news", "An article", "A newspaper", None, "news", "press", "en", None),
            (3, "wiki", "An entry", "An encyclopaedia", None, "web_page", "web_page", "en", None),
        ],
        columns=["number", "document_id", "title", "publisher", "published_date", "kind", "grade", "language", "url"],
    )
    caveats = pd.DataFrame(
        [
            ("range_only", "Range only", "The document gives only a range.", "information"),
            ("press_only", "Press only", "Only a press report says so.", "caution"),
        ],
        columns=["caveat_id", "name", "meaning", "severity"],
    )
    return Page(
        name="demo",
        title="Does every block show as it should?",
        lead=f"129 adults were photographed in 2023. {MEAN}",
        blocks=blocks,
        marks={"paper": 1, "news": 2, "wiki": 3},
        sources=sources,
        caveats=caveats,
    )
