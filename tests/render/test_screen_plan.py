"""What a page is planned as: which blocks share HTML, what is sent later, what is left out, names that are apart."""

import base64
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import (
    Answer,
    Arrows,
    Block,
    Change,
    Chart,
    Column,
    Details,
    Entry,
    Heading,
    Item,
    Linked,
    Map,
    Metric,
    Page,
    PageLink,
    Panel,
    Points,
    Side,
    Tab,
    Table,
    Tabs,
    Text,
)
from neaspec.render.screen.escape import plain
from neaspec.render.screen.pieces import (
    Box,
    DataTable,
    Expander,
    Html,
    Later,
    Link,
    LinkedView,
    MapView,
    Plot,
    Row,
    TabSet,
)
from neaspec.render.screen.plan import plan
from neaspec.render.screen.tools import Offer, page_tools, qr_code, sources_tool
from neaspec.text import load_words
from tests.support.demo_page import demo_page, demo_palette
from tests.support.planned import html_of, opened
from tests.support.small_charts import small

WORDS = load_words("en")
PALETTE = demo_palette()
ENDS = ["from_longitude", "from_latitude", "to_longitude", "to_latitude"]


def page(*blocks: Block) -> Page:
    return replace(demo_page(), blocks=blocks)


def planned(*blocks: Block, files: bool = True, **params: str) -> tuple[Any, ...]:
    return plan(page(*blocks), PALETTE, WORDS, params, "/table/demo/{}.csv".format if files else None)


def table(count: int, name: str = "rows", **kinds: Any) -> Table:
    frame = pd.DataFrame({"name": [f"n{n}" for n in range(count)], "year": range(count), "size": 5.0})
    kinds = {"year": "year", "size": "number"} | kinds
    columns = tuple(Column(name=n, label=n.capitalize(), kind=kinds.get(n, "text")) for n in frame)
    return Table(title=f"Rows of {name}", columns=columns, rows=frame, file_name=name)


def bars(count: int = 1, rows: Table | None = None) -> Chart:
    chart = small("bars", *({"category": f"n{n}", "value": 1.0} for n in range(count)))
    return replace(chart, table=rows) if rows else chart


def a_map(count: int = 1, **given: Any) -> Map:
    spots = [
        {"longitude": 130.5, "latitude": 42.5, "name": f"P{n}", "tooltip": "", "group": "none"} | given.pop("row", {})
        for n in range(count)
    ]
    layers: Any = (Points(rows=pd.DataFrame(spots), groups={"none": "no level"}),)
    named: dict[str, Any] = {
        "title": "Where?",
        "layers": layers,
        "alt": "A map.",
        "table": table(1, "map"),
        "group_kind": "protection",
    }
    return Map(**named | given)


def test_html_that_follows_each_other_is_one_piece() -> None:
    (piece,) = planned(
        Heading(text="H"), Text(text="t"), Answer(text="5 more"), Panel(title="P"), Change(what="w", after="a")
    )
    assert isinstance(piece, Html)
    order = [piece.html.index(part) for part in ("<h2>H", "t ", "<b>5</b> more", "nc-panel-title", "nc-change-what")]
    assert order == sorted(order)


def test_figures_that_follow_each_other_share_a_grid() -> None:
    (piece,) = planned(
        Metric(label="A", value="1"), Metric(label="B", value="2"), Text(text="t"), Metric(label="C", value="3")
    )
    assert piece.html.count('class="nc-metrics"') == 2
    assert piece.html.index(">B<") < piece.html.index("t ") < piece.html.index(">C<")


def test_a_chart_stands_between_its_title_and_its_line() -> None:
    title, plot, below = planned(replace(bars(), unit="animals"))
    assert "How many?" in title.html
    assert isinstance(plot, Plot) and (plot.alt, plot.key) == ("Made up.", "chart rows")
    assert "animals" in below.html and "<summary>Data: Rows</summary>" in below.html


def test_names_of_pieces_are_apart() -> None:
    keys = [piece.key for piece in planned(bars(), bars(), bars()) if isinstance(piece, Plot)]
    assert keys == ["chart rows", "chart rows 2", "chart rows 3"]


@pytest.mark.parametrize(("count", "is_told"), [(200, False), (201, True)])
def test_of_a_chart_two_hundred_rows_are_drawn(count: int, is_told: bool) -> None:
    pieces = planned(bars(count, table(1)))
    (plot,) = [piece for piece in pieces if isinstance(piece, Plot)]
    assert len(plot.figure.data) == 200
    assert (WORDS("common.first_rows", shown="200", count="201") in html_of(pieces)) is is_told


@pytest.mark.parametrize(("count", "is_table"), [(25, False), (26, True)])
def test_a_table_of_more_than_25_rows_scrolls(count: int, is_table: bool) -> None:
    pieces = planned(table(count))
    assert any(isinstance(piece, DataTable) for piece in pieces) is is_table


def test_a_long_table_writes_years_without_thousands_and_leaves_out_what_nobody_scrolls_to() -> None:
    pieces = planned(table(1001))
    (shown,) = [piece for piece in pieces if isinstance(piece, DataTable)]
    assert shown.formats == {"Year": "%d", "Size": "localized"}
    assert (shown.rows.num_rows, shown.rows.column_names) == (1000, ["Name", "Year", "Size"])
    assert (shown.alt, shown.key) == ("Rows of rows", "table rows")
    assert WORDS("common.first_rows", shown="1,000", count="1,001") in html_of(pieces)
    assert "common.first_rows" not in html_of(planned(table(1000)))
    assert WORDS("common.first_rows", shown="1,000", count="1,000") not in html_of(planned(table(1000)))


def test_a_table_can_be_taken_away_and_a_picture_can_become_a_slide() -> None:
    alone, picture = html_of(planned(table(2))), html_of(planned(bars()))
    assert 'href="/table/demo/rows.csv"' in alone and "nc-add" not in alone
    assert 'href="/briefs?add=demo%2Frows.csv"' in picture
    assert "nc-download" not in html_of(planned(table(2), files=False))
    assert WORDS("common.no_rows") in html_of(planned(table(0)))
    assert "nc-download" not in html_of(planned(table(0)))


def test_a_map_has_its_height_legend_note_and_rows() -> None:
    title, view, below = planned(a_map())
    assert isinstance(view, MapView)
    assert (view.height, view.alt, view.key, view.live, view.months) == (520, "A map.", "map map", None, None)
    assert "no level" in title.html and "color:#6B747D" in title.html
    assert ">Boundary note</button>" in below.html and "United Nations" in below.html
    assert "Data: Rows of map" in below.html


@pytest.mark.parametrize(("size", "height"), [("full", 520), ("small", 330), ("middle", 430), ("tall", 560)])
def test_maps_have_the_height_of_their_size(size: Any, height: int) -> None:
    (view,) = [piece for piece in planned(a_map(size=size)) if isinstance(piece, MapView)]
    assert view.height == height


def test_a_map_whose_signs_have_keys_can_be_selected_and_one_with_months_has_a_slider() -> None:
    block = a_map(row={"id": "park"}, month_note="Pale ones state none.")
    (view,) = [piece for piece in planned(block) if isinstance(piece, MapView)]
    assert view.live is not None
    assert view.months is not None
    assert (view.months.names[0], view.months.names[11]) == ("January", "December")
    assert (view.months.label, view.months.whole_year) == (WORDS("map.month"), WORDS("map.all_months"))
    assert (view.months.play, view.months.stop, view.months.note) == (
        WORDS("map.play"),
        WORDS("map.stop"),
        "Pale ones state none.",
    )


def test_of_a_layer_four_hundred_signs_are_drawn() -> None:
    rows = [{"longitude": 130 + n / 100, "latitude": 42.5, "name": f"P{n}", "tooltip": ""} for n in range(401)]
    pieces = planned(a_map(layers=(Points(rows=pd.DataFrame(rows)), Arrows(rows=pd.DataFrame(columns=ENDS)))))
    html = html_of(pieces)
    assert html.count(WORDS("common.first_rows", shown="400", count="401")) == 1
    (view,) = [piece for piece in pieces if isinstance(piece, MapView)]
    texts = re.findall(r"data:application/json;base64,([^\"]+)", view.drawing.to_json())
    shown = " ".join(base64.b64decode(text).decode() for text in texts) + view.drawing.to_json()
    assert "P399" in shown and "P400" not in shown


def test_a_link_to_a_page_is_the_frameworks_and_one_to_a_file_is_html() -> None:
    ours, file = planned(
        PageLink(text="Open", page="sites", choices={"site": "a"}),
        PageLink(text="Take", page="country", form="pdf"),
        as_known="som_24",
    )
    assert isinstance(ours, Link)
    assert (ours.page, ours.text, dict(ours.choices)) == ("sites", "Open", {"site": "a", "as_known": "som_24"})
    assert 'href="/sites?site=a&amp;as_known=som_24"' in ours.html
    assert 'href="/take/country.pdf?as_known=som_24"' in file.html


def test_an_entry_with_more_stands_in_a_box() -> None:
    (plain_entry,) = planned(Entry(title="E"))
    assert "nc-box" not in plain_entry.html
    (linked,) = planned(Entry(title="E", links=(PageLink(text="Open", page="sites"),)))
    assert "nc-box" in linked.html and "nc-links" in linked.html
    (with_details,) = planned(Entry(title="E", details=(Text(text="inside"),)))
    assert f"<summary>{WORDS('common.more')}</summary>" in with_details.html and "inside" in with_details.html
    (with_chart,) = planned(Entry(title="E", details=(bars(),)))
    assert isinstance(with_chart, Box)
    assert any(isinstance(piece, Plot) for piece in opened(with_chart.pieces))


def test_a_fold_of_text_is_html_and_one_with_a_picture_or_much_text_is_sent_when_it_is_opened() -> None:
    (short,) = planned(Details(title="More", blocks=(Text(text="x" * 100),)))
    assert "<summary>More</summary>" in short.html
    (long,) = planned(Details(title="More", blocks=(Text(text="x" * 8000),)))
    assert isinstance(long, Expander) and (long.title, long.key) == ("More", "fold More")
    (picture,) = planned(Details(title="More", blocks=(bars(),)))
    assert isinstance(picture, Expander)
    paragraph = len('<div class="nc-p nc-body"> </div>')
    (just,) = planned(Details(title="More", blocks=(Text(text="x" * (8000 - paragraph)),)))
    (above,) = planned(Details(title="More", blocks=(Text(text="x" * (8001 - paragraph)),)))
    assert (type(just), type(above)) == (Html, Expander)


def test_cells_stand_side_by_side_with_their_weights() -> None:
    (row,) = planned(Side(cells=((Text(text="left"),), (Text(text="a"), bars())), weights=(2, 1)))
    assert isinstance(row, Row) and row.weights == (2, 1)
    left, right = row.cells
    assert "left" in left[0].html and [type(piece) for piece in right] == [Html, Plot, Html]


def test_tabs_are_planned_when_they_are_opened_and_keep_their_names_apart() -> None:
    tabs = Tabs(
        tabs=(
            Tab(key="A b", title="First", blocks=(bars(), Text(text="t", document_ids=("paper",)))),
            Tab(key="c", title="Second", blocks=(bars(),)),
        )
    )
    chart, tab_set = planned(bars(), tabs)[1], planned(bars(), tabs)[-1]
    assert isinstance(tab_set, TabSet)
    assert (tab_set.name, tab_set.label, tab_set.titles) == (
        "tab",
        WORDS("common.tabs"),
        {"A b": "First", "c": "Second"},
    )
    first = tab_set.bodies["A b"].pieces()
    assert first is tab_set.bodies["A b"].pieces()
    (plot,) = [piece for piece in first if isinstance(piece, Plot)]
    (other,) = [piece for piece in tab_set.bodies["c"].pieces() if isinstance(piece, Plot)]
    assert len({chart.key, plot.key, other.key}) == 3
    assert "tab-a-b" in plot.key
    assert 'id="nc-tab-a-b-' in html_of(first)


def test_a_linked_list_has_its_picture_its_items_and_its_words() -> None:
    items = (
        Item(id="a", title="Park", sign="●", line="north", blocks=(Text(text="facts"),)),
        Item(id="b", title="Other"),
    )
    view = planned(
        Linked(name="park", title="Parks", items=items, picture=a_map(), first="a", weights=(3, 1), is_over=True)
    )[-1]
    assert isinstance(view, LinkedView)
    assert (view.name, view.title, view.weights, view.first, view.is_over, view.height) == (
        "park",
        "Parks",
        (3, 1),
        "a",
        True,
        560,
    )
    assert (view.back, view.gone) == (WORDS("common.all_items", count="2"), WORDS("common.item_gone"))
    assert view.key == "linked park"
    assert [(item.title, item.line) for item in view.items.values()] == [("● Park", "north"), ("Other", "")]
    assert "facts" in html_of(view.items["a"].body.pieces())
    assert any(isinstance(piece, MapView) for piece in view.picture)
    alone = planned(Linked(name="park", title="Parks", items=items))[-1]
    assert (alone.picture, alone.is_over) == ((), False)


def test_a_page_is_planned_once_for_a_background_and_what_links_take_along() -> None:
    shown = page(Text(text="t"))

    def of(dark: bool = False, held: Any = frozenset(), **params: str) -> Any:
        return plan(shown, demo_palette(dark), WORDS, params, None, held)

    assert of() is of()
    assert of() is not of(True) and of() is not of(as_known="som_24") and of() is not of(held=frozenset({"paper"}))


def test_pieces_that_are_made_later_are_made_once() -> None:
    made: list[int] = []

    def make() -> tuple[Any, ...]:
        made.append(1)
        return ()

    later = Later(make)
    assert made == []
    assert later.pieces() == later.pieces() == ()
    assert made == [1]


def test_the_toolbar_lists_sources_once_and_nothing_where_there_are_none() -> None:
    shown = page()
    first = sources_tool(shown, WORDS, {})
    assert first is sources_tool(shown, WORDS, {})
    assert "as_known=som_24" in sources_tool(shown, WORDS, {"as_known": "som_24"}) and "as_known" not in first
    assert WORDS("source_control.of_page", count=3) in first
    bare = replace(shown, sources=shown.sources.head(0), caveats=shown.caveats.head(0), marks={})
    assert sources_tool(bare, WORDS, {}) == ""


def test_tools_offer_mail_and_a_code_of_the_address() -> None:
    offer = Offer([("pdf", "/take/x.pdf")], "/x?present=1", "https://host/x?a=1&b=2", ("Paper", "/briefs"))
    html = page_tools(offer, page(), WORDS)
    assert (
        "mailto:?subject=Does%20every%20block%20show%20as%20it%20should%3F&amp;body=https%3A//host/x%3Fa%3D1%26b%3D2"
        in html
    )
    assert "/share/qr.svg?address=" in html and 'href="/briefs"' in html
    code = qr_code("https://host/x").decode()
    assert "<svg" in code and '"#000' in code
    assert qr_code("https://host/x") != qr_code("https://host/y")


@pytest.mark.parametrize("sign", list("\\`*_{}[]()#+-.!|<>~$:&^=\"'"))
def test_every_sign_of_markdown_is_escaped(sign: str) -> None:
    assert plain(f"a{sign}b\nc") == f"a\\{sign}b c"
