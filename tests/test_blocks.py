"""Blocks refuse what could not be shown; a page is walked in reading order; a link survives its cell."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import (
    CHART_ROLES,
    CHIPS,
    Change,
    Column,
    Details,
    Entry,
    Heading,
    Item,
    Linked,
    PageLink,
    Side,
    Tab,
    Table,
    Tabs,
    Text,
    link_cell,
    read_link_cell,
    walk,
)
from neaspec.errors import BlockError
from tests.support.said import made_up_map
from tests.support.small_charts import small


def table(*columns: str, has: tuple[str, ...] = ("a", "b")) -> Table:
    rows = pd.DataFrame({name: [1] for name in has})
    return Table(title="t", columns=tuple(Column(name=c, label=c) for c in columns), rows=rows, file_name="birds")


def test_a_table_names_the_columns_that_its_rows_lack() -> None:
    assert table("b", "a").rows.columns.tolist() == ["a", "b"]
    with pytest.raises(BlockError, match=r"table 'birds': the rows have no \['c', 'd'\]; they have \['a', 'b'\]"):
        table("a", "c", "d")


def test_a_chart_needs_its_roles_and_refuses_others() -> None:
    chart = small("pairs", {"category": "a", "first": 1, "second": 2})
    with pytest.raises(
        BlockError, match=r"\(pairs\) has the roles \['category', 'first'\]; it needs \['category', 'first'"
    ):
        replace(chart, roles={"category": "category", "first": "first"})
    with pytest.raises(BlockError, match="'species'"):
        replace(chart, roles=dict(chart.roles) | {"species": "first"})
    with pytest.raises(
        BlockError, match=r"the rows have no \['nothing'\]; they have \['category', 'first', 'second'\]"
    ):
        replace(chart, roles=dict(chart.roles) | {"label": "nothing"})
    assert replace(chart, roles=dict(chart.roles) | {"label": "category"}).roles["label"] == "category"


@pytest.mark.parametrize(
    ("kind", "needed", "possible"),
    [
        ("ranges", "high low series x y", "joined label mark species"),
        ("bars", "category value", "high label low mark species"),
        ("stacked_bars", "category part value", "label mark"),
        ("stacked_areas", "series x y", "label"),
        ("lines", "series x y", "label species"),
        ("fan", "high high50 low low50 series x y", "label"),
        ("timeline", "category end start", "label mark part species told"),
        ("schedule", "category end start", "label mark"),
        ("pairs", "category first second", "label"),
        ("network", "source target", "group label"),
    ],
)
def test_every_kind_of_chart_says_which_roles_it_takes(kind: str, needed: str, possible: str) -> None:
    assert [" ".join(sorted(roles)) for roles in CHART_ROLES[kind]] == [needed, possible]
    assert len(CHART_ROLES) == 10


@pytest.mark.parametrize(("cells", "weights"), [(1, 2), (2, 1), (0, 1)])
def test_cells_side_by_side_need_a_weight_each(cells: int, weights: int) -> None:
    with pytest.raises(BlockError, match=f"{cells} cells side by side but {weights} weights"):
        Side(cells=((),) * cells, weights=(1.0,) * weights)
    assert Side(cells=((),), weights=(1.0,)).weights == (1.0,)


def test_a_linked_list_has_one_item_a_key_and_opens_one_that_is_there() -> None:
    items = (Item(id="a", title="A"), Item(id="b", title="B"))
    assert Linked(name="n", title="t", items=items, first="b").first == "b"
    assert Linked(name="n", title="t", items=()).first == ""
    with pytest.raises(BlockError, match="two items have one key"):
        Linked(name="n", title="t", items=(*items, items[0]))
    with pytest.raises(BlockError, match=r"there is no item 'c'; there are \['a', 'b'\]"):
        Linked(name="n", title="t", items=items, first="c")


def test_tabs_need_keys_of_their_own() -> None:
    one = Tab(key="a", title="A", blocks=())
    assert Tabs(tabs=(one,)).name == "tab"
    for tabs in ((), (one, one)):
        with pytest.raises(BlockError, match="tabs need keys of their own, at least one"):
            Tabs(tabs=tabs)


@pytest.mark.parametrize(
    ("link", "cell"),
    [
        (PageLink(text="Open", page="sites"), "Open|sites"),
        (PageLink(text="Open", page="sites", choices={"site": "a b", "x": "&"}), "Open|sites?site=a+b&x=%26"),
        (PageLink(text="a|b", page="sites"), "a/b|sites"),
    ],
)
def test_a_link_survives_its_cell(link: PageLink, cell: str) -> None:
    assert link_cell(link) == cell
    read = read_link_cell(cell)
    assert read is not None
    assert (read.text, read.page, dict(read.choices)) == (link.text.replace("|", "/"), link.page, dict(link.choices))


@pytest.mark.parametrize("cell", ["https://example.org/a|b", "http://example.org"])
def test_a_web_address_is_no_link_to_a_page_of_ours(cell: str) -> None:
    assert read_link_cell(cell) is None


def test_a_page_is_walked_in_reading_order_with_all_that_lies_inside() -> None:
    def say(text: str) -> Text:
        return Text(text=text)

    chart = small("pairs", {"category": "a", "first": 1, "second": 2})
    picture = made_up_map()
    blocks: tuple[Any, ...] = (
        Heading(text="h"),
        Side(cells=((say("left"),), (say("right"),)), weights=(1, 1)),
        Details(title="d", blocks=(say("detail"),)),
        Entry(title="e", details=(say("inside"),)),
        chart,
        Tabs(tabs=(Tab(key="a", title="A", blocks=(say("tab"),)), Tab(key="b", title="B", blocks=()))),
        Linked(name="n", title="t", picture=picture, items=(Item(id="a", title="A", blocks=(say("item"),)),)),
        Linked(name="m", title="t", items=(Item(id="a", title="A", blocks=(say("alone"),)),)),
        Change(what="w", after="a", parts=(Change(what="part", after="b"),)),
    )
    walked = list(walk(blocks))
    texts = [block.text for block in walked if isinstance(block, Text)]
    assert texts == ["left", "right", "detail", "inside", "tab", "item", "alone"]
    assert walked[walked.index(chart) + 1] is chart.table
    assert walked[walked.index(picture) + 1] is picture.table
    assert [block.what for block in walked if isinstance(block, Change)] == ["w", "part"]
    assert [block for block in walked if block in blocks] == list(blocks)


def test_nine_caveats_may_stand_beside_a_figure() -> None:
    assert CHIPS == (
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
