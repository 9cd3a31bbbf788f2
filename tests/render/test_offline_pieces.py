"""One HTML file to keep: both grounds in one, its list of contents, what cannot be reached from it, its pictures."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import Block, Column, Details, Entry, Heading, Metric, PageLink, Points, Side, Table, Text
from neaspec.errors import OutputError
from neaspec.palette import SURFACE
from neaspec.render.html_file import files
from neaspec.render.html_file.files import library_path, packed_library, script_json
from neaspec.render.html_file.html import surface_style, two
from neaspec.render.html_file.render import render_html_file
from neaspec.text import load_words
from tests.support.said import made_up_document, made_up_map
from tests.support.small_charts import small

WORDS = load_words("en")


def file_of(*blocks: Block, **given: Any) -> str:
    document = made_up_document()
    page = replace(document.page, blocks=blocks, title="The page", lead="Its lead.")
    return render_html_file(replace(document, page=page, kind="Brief", slides=None, **given)).decode()


def body(html: str) -> str:
    return html.partition('<main id="text">')[2].partition("</main>")[0]


def pictures(html: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/json" id="pictures">(.*?)</script>', html, re.DOTALL)
    found: dict[str, Any] = json.loads(data)
    return found


def contents(html: str) -> list[tuple[str, str, str]]:
    return re.findall(r'<li class="nc-level(\d)"><a href="#([^"]+)">([^<]+)</a>', html)


def bars(count: int = 1) -> Any:
    return small("bars", *({"category": f"n{n}", "value": 1.0} for n in range(count)), unit="animals")


def test_a_colour_is_given_for_both_grounds() -> None:
    assert two("#111111", "#222222") == "--light:#111111;--dark:#222222"
    style = surface_style()
    assert style.startswith(f":root{{color-scheme:light;--background:{SURFACE['background'][0]};--panel:")
    assert f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;--background:{SURFACE['background'][1]};" in style
    assert f"--text-soft:{SURFACE['text_soft'][0]}" in style and f"--text-soft:{SURFACE['text_soft'][1]}" in style


def test_the_first_sheet_says_what_the_file_is() -> None:
    html = body(file_of(notes=("A note.",)))
    for part in (
        '<p class="nc-kind">Brief</p>',
        "<h1>The page</h1>",
        "Its lead.",
        "<dt>Country</dt><dd>Mongolia</dd>",
        '<p class="nc-note">A note.</p>',
    ):
        assert part in html, part
    assert "default-src &#39;none&#39;" in file_of()


def test_the_list_of_contents_has_the_headings_but_those_inside_an_item() -> None:
    html = file_of(
        Heading(text="One"),
        Entry(title="E", details=(Heading(text="inside"),)),
        Heading(text="Two", level=3),
        Details(title="D", blocks=(Heading(text="Three"),)),
    )
    assert contents(html) == [
        ("2", "part-1", "One"),
        ("3", "part-3", "Two"),
        ("2", "part-4", "Three"),
        ("2", "caveats", WORDS("common.caveats_title")),
        ("2", "sources", WORDS("common.sources_title")),
    ]
    assert '<h2 id="part-2">inside</h2>' in html and '<h3 id="part-3">Two</h3>' in html


def test_what_a_page_does_not_cite_is_not_listed() -> None:
    document = made_up_document()
    page = replace(
        document.page, blocks=(), sources=document.page.sources.head(0), caveats=document.page.caveats.head(0), marks={}
    )
    html = render_html_file(replace(document, page=page, slides=None)).decode()
    assert contents(html) == [] and 'id="sources"' not in html and 'id="caveats"' not in html


def test_links_to_pages_are_told_in_words_and_those_of_figures_left_out() -> None:
    link = PageLink(text="The park", page="sites")
    said = WORDS("take.in_dashboard", page="The park")
    html = body(file_of(link, Entry(title="E", links=(link,)), Metric(label="L", value="5", link=link)))
    assert html.count(said) == 2
    assert "/sites" not in html


def test_figures_share_a_grid_and_have_the_colours_of_both_grounds() -> None:
    card = Metric(label="L", value="5", species_id="amur_leopard", trend=((2000, 1.0), (2001, 2.0)))
    html = body(file_of(card, card, Text(text="t"), card))
    assert html.count('class="nc-metrics"') == 2
    assert html.count("--light:#C869BF;--dark:#95528E") == 3
    assert html.count('class="nc-trend nc-on-light"') == html.count('class="nc-trend nc-on-dark"') == 3
    assert html.index("t </div>") > html.index('class="nc-metrics"')


def table(count: int) -> Table:
    columns = (Column(name="size", label="Size", kind="number"),)
    return Table(title="Rows", columns=columns, rows=pd.DataFrame({"size": range(count)}), file_name="rows")


@pytest.mark.parametrize(("count", "is_tall"), [(25, False), (26, True)])
def test_a_long_table_scrolls_and_all_rows_can_be_sorted(count: int, is_tall: bool) -> None:
    html = body(file_of(table(count)))
    assert ('class="nc-table nc-tall"' in html) is is_tall
    assert html.count("data-sort=") == count
    assert WORDS("common.no_rows") in body(file_of(table(0)))


def test_a_chart_is_drawn_for_both_grounds_in_a_place_of_its_height() -> None:
    html = file_of(bars(), bars())
    data = pictures(html)
    assert list(data["charts"]) == ["chart1", "chart2"]
    light, dark = (data["charts"]["chart1"][scheme]["layout"]["font"]["color"] for scheme in ("light", "dark"))
    assert (light, dark) == SURFACE["text"]
    height = data["charts"]["chart1"]["light"]["layout"]["height"]
    assert f'data-picture="chart1" role="img" aria-label="Made up." style="height:{height}px"' in html
    assert f"<summary>{WORDS('common.rows_title')}: Rows</summary>" in html
    assert "animals" in body(html) and WORDS("take.no_script") in html
    assert 'id="library-plotly"' in html and 'id="library-deck"' not in html
    assert data["words"]["sort_by"] == WORDS("take.sort_by", column="{column}")
    assert set(data["words"]) == {"no_pictures", "colours", "present", "sort_by"}
    assert data["slides"] == ""


@pytest.mark.parametrize(("count", "is_told"), [(200, False), (201, True)])
def test_of_a_chart_two_hundred_rows_are_drawn_and_the_rest_is_told(count: int, is_told: bool) -> None:
    html = file_of(bars(count))
    assert len(pictures(html)["charts"]["chart1"]["light"]["data"]) == 200
    assert (WORDS("take.first_drawn", shown="200", count="201") in html) is is_told


def test_a_map_has_its_state_ground_and_layers_and_goes_no_nearer_than_its_ground_allows() -> None:
    html = file_of(made_up_map())
    data = pictures(html)
    picture = data["maps"]["map1"]
    assert (picture["view"], picture["height"], picture["opens"]) == ("region", 520, [560, 520])
    assert picture["state"]["maxZoom"] == 5.5
    assert [layer["id"] for layer in picture["light"]["layers"]][0] == "points0"
    assert set(data["grounds"]) == {"region"} and set(data["grounds"]["region"]) == {"light", "dark"}
    assert data["grounds"]["region"]["light"] != data["grounds"]["region"]["dark"]
    assert picture["light"]["tooltip"]["backgroundColor"] == SURFACE["panel"][0]
    assert 'data-picture="map1"' in html and 'style="height:520px"' in html
    assert WORDS("maps.disclaimer") in html and 'id="library-deck"' in html and 'id="library-plotly"' not in html
    tumen = pictures(file_of(replace(made_up_map(), view="tumen")))["maps"]["map1"]
    assert tumen["state"]["maxZoom"] == 11.0


def test_of_a_map_four_hundred_signs_are_drawn_and_the_rest_is_told() -> None:
    rows = [{"longitude": 100 + n / 100, "latitude": 45.0, "name": f"P{n}", "tooltip": ""} for n in range(401)]
    html = file_of(replace(made_up_map(), layers=(Points(rows=pd.DataFrame(rows)),)))
    assert WORDS("take.first_drawn", shown="400", count="401") in html
    assert len(pictures(html)["maps"]["map1"]["light"]["layers"][0]["data"]) == 400


@pytest.mark.parametrize(("count", "is_many"), [(3, False), (4, True)])
def test_more_than_three_cells_side_by_side_go_on_lines(count: int, is_many: bool) -> None:
    html = body(file_of(Side(cells=((Text(text="t"),),) * count, weights=(1, 2.5, 1, 1)[:count])))
    assert ("nc-many" in html) is is_many
    assert "--widths:minmax(0,1fr) minmax(0,2.5fr) minmax(0,1fr)" in html


def test_sources_have_the_address_of_the_original_only_on_the_web() -> None:
    document = made_up_document()
    rows = document.page.sources.assign(url=["https://a.org", "ftp://b.org", None])
    html = render_html_file(
        replace(document, page=replace(document.page, blocks=(), sources=rows), slides=None)
    ).decode()
    listed = html.partition('id="sources"')[2]
    assert 'href="https://a.org"' in listed and "ftp://" not in listed
    assert '<li id="source-2" value="2"><b>[2]</b> An article · A newspaper · undated · press report' in listed


def test_a_library_comes_from_its_package_or_is_missed_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert library_path("plotly").name == "plotly.min.js"
    assert packed_library("plotly") is packed_library("plotly")
    monkeypatch.setitem(files.LIBRARIES, "none", ("plotly", "no/such.js"))
    with pytest.raises(OutputError, match="HTML: the package 'plotly' has no file 'no/such.js'"):
        library_path("none")
    monkeypatch.setitem(files.LIBRARIES, "odd", ("no_such_package", "x.js"))
    with pytest.raises(OutputError, match="'no_such_package' has no file"):
        library_path("odd")


def test_values_of_a_script_are_plain() -> None:
    assert script_json({"b": date(2020, 1, 2), "a": Path("x/<y>")}) == '{"a":"x/\\u003cy>","b":"2020-01-02"}'
    assert script_json([pd.Timestamp("2020-01-02"), 1]) == '["2020-01-02T00:00:00",1]'
