"""Pieces of HTML: figures in bold, links, tables with their classes, cards, lines below pictures."""

import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import (
    Answer,
    Change,
    Column,
    Entry,
    Heading,
    Map,
    Metric,
    Notice,
    PageLink,
    Panel,
    Table,
    Text,
    link_cell,
)
from neaspec.palette import SURFACE
from neaspec.render import html as made
from neaspec.render.citations import make_marks
from neaspec.render.source_control import screen_citations
from neaspec.text import load_words
from tests.support.demo_page import demo_page, demo_palette, network_chart, ranges_chart

WORDS = load_words("en")
PALETTE = demo_palette()
MARKS = make_marks(demo_page(), WORDS)


def screen() -> Any:
    return screen_citations(demo_page(), WORDS, {}, ())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("129 adults were seen", "<b>129</b> adults were seen"),
        ("From 84 to 1,416.13 in 2023", "From <b>84</b> to <b>1,416.13</b> in 2023"),
        ("480–540 in 2005–2015", "<b>480–540</b> in 2005–2015"),
        ("in 2005–15 & 1999", "in 2005–15 &amp; 1999"),
        ("USD 1,200 of 5", "<b>USD 1,200</b> of <b>5</b>"),
        ("on 12 October 2020 and 27–30 March 2014, 3 times", "on 12 October 2020 and 27–30 March 2014, <b>3</b> times"),
        ("SOM-24 and A23 and 24-hour", "SOM-24 and A23 and 24-hour"),
        ("<i>7</i>", "&lt;i&gt;<b>7</b>&lt;/i&gt;"),
        ("none", "none"),
        ("2100 and 1899", "<b>2100</b> and <b>1899</b>"),
        ("Read 5.", "Read <b>5</b>."),
    ],
)
def test_figures_of_a_sentence_are_bold_and_years_and_dates_are_not(text: str, html: str) -> None:
    assert made.bold_figures(text) == html


def test_in_a_file_marks_lead_to_the_lists_at_its_end() -> None:
    html = made.cited(MARKS, ["paper", "news"], ["range_only", "unknown"])
    assert re.findall(r'href="(#[^"]+)"', html) == ["#source-1", "#source-2", "#caveat-a"]
    assert ">[1]</a>" in html and ">[2 press]</a>" in html
    assert 'aria-label="Source 2 press"' in html
    assert 'title="Range only"' in html and 'aria-label="Caveat a: Range only"' in html


def test_what_cites_nothing_has_no_marks() -> None:
    assert made.cited(MARKS, []) == ""
    assert made.cited(MARKS, ["unknown"], ["unknown"]) == ""
    assert made.cited(MARKS, [], ["range_only"]) != ""


def test_sources_beyond_twelve_are_told_as_a_number() -> None:
    marks = replace(MARKS, numbers={f"d{n}": n for n in range(13)}, low_grades={})
    html = made.cited(marks, list(marks.numbers))
    assert WORDS("common.more_sources", count=3) in html
    assert html.count("nc-mark") == 10


def test_a_link_takes_choices_along_and_is_text_where_our_pages_cannot_be_reached() -> None:
    link = PageLink(text="Open <it>", page="sites", choices={"site": "park"})
    assert 'href="/sites?site=park&amp;as_known=som_24"' in made.anchor(link, {"as_known": "som_24"})
    assert made.anchor(link, None) == '<span class="nc-link">Open &lt;it&gt;</span>'
    paper = replace(link, form="pdf")
    assert 'href="/take/sites.pdf?site=park"' in made.anchor(paper, {})
    assert made.anchor(paper, None) == '<span class="nc-link">Open &lt;it&gt;</span>'


def test_links_stand_beside_each_other() -> None:
    links = [PageLink(text=text, page="sites") for text in ("One", "Two")]
    assert re.sub("<[^>]+>", "", made.anchors(links, {})) == "One · Two"
    assert made.anchors([], {}) == ""
    assert made.anchor_alone(links[0], {}).startswith("<p><a")


@pytest.mark.parametrize(("kind", "sign"), [("empty", "○"), ("caution", "▲"), ("information", "●")])
def test_a_notice_is_told_apart_by_a_shape(kind: Any, sign: str) -> None:
    html = made.notice(Notice(text="a <b>", kind=kind))
    assert f'class="nc-notice nc-{kind}"' in html and f">{sign}</span> a &lt;b&gt;" in html


def test_texts_and_headings_keep_their_style_and_level() -> None:
    assert made.heading(Heading(text="Parks", level=3), {"id": "part-1"}) == '<h3 id="part-1">Parks</h3>'
    assert made.heading(Heading(text="Parks")) == "<h2>Parks</h2>"
    assert made.text(Text(text="t", style="lead"), MARKS) == '<div class="nc-p nc-lead">t </div>'
    assert "#source-1" in made.text(Text(text="t", document_ids=("paper",)), MARKS)
    assert "#caveat-a" in made.text(Text(text="t", caveat_ids=("range_only",)), MARKS)
    assert made.answer(Answer(text="5 more"), MARKS) == '<p class="nc-answer"><b>5</b> more</p>'
    assert "#source-1" in made.answer(Answer(text="t", document_ids=("paper",)), MARKS)


@pytest.mark.parametrize(("letters", "is_long"), [(24, False), (25, True)])
def test_a_long_value_is_set_smaller(letters: int, is_long: bool) -> None:
    html = made.metrics([Metric(label="l", value="9" * letters)], MARKS, PALETTE, {})
    assert ('class="nc-value nc-long"' in html) is is_long


def test_a_card_has_the_colour_of_its_species_else_the_accent() -> None:
    assert made.metric_colour(Metric(label="l", value="1", species_id="amur_leopard"), PALETTE) == "#C869BF"
    assert made.metric_colour(Metric(label="l", value="1"), PALETTE) == SURFACE["accent"][0]
    html = made.metrics([Metric(label="l", value="1")], MARKS, PALETTE, {})
    assert f"border-top-color:{SURFACE['accent'][0]}" in html


def test_a_card_of_lines_has_a_trend_beside_each_line_that_has_one() -> None:
    lines = (("North", "5"), ("South", "7"))
    html = made.metrics(
        [Metric(label="l", value="", lines=lines, line_trends=(((2000, 1), (2001, 2)),), chips=("about",))],
        MARKS,
        PALETTE,
        {},
    )
    north, south = html.split("<dd>")[1:]
    assert north.startswith("5<img") and 'alt="2000: 1, 2001: 2"' in north
    assert south.startswith("7</dd>")
    assert 'nc-chip">about<' in html
    assert "nc-value" not in html


def test_a_card_with_lines_cites_by_one_word_and_one_with_a_figure_by_name() -> None:
    lines = made.metrics(
        [Metric(label="l", value="", lines=(("N", "5"),), document_ids=("paper",))], screen(), PALETTE, {}
    )
    figure = made.metrics([Metric(label="l", value="5", document_ids=("paper",))], screen(), PALETTE, {})
    assert ">Source</button>" in lines
    assert ">Source: Secretariat 2020</button>" in figure


def test_the_name_of_a_card_is_its_link_where_both_say_the_same() -> None:
    same = made.metrics(
        [Metric(label="Tiger", value="5", link=PageLink(text="Tiger", page="species"))], MARKS, PALETTE, {}
    )
    other = made.metrics(
        [Metric(label="Tiger", value="5", link=PageLink(text="Open", page="species"))], MARKS, PALETTE, {}
    )
    assert '<p class="nc-label"><a class="nc-link"' in same and same.count("Tiger") == 1
    assert '<p class="nc-label">Tiger</p>' in other and ">Open</a></p></div>" in other


def test_a_trend_is_a_picture_with_its_figures_in_words() -> None:
    html = made.sparkline([(2000, 1.0), (2001, 2.0)], "#111111", "#222222", "nc-on-dark")
    assert html.startswith('<img class="nc-trend nc-on-dark" width="90" height="46" alt="2000: 1, 2001: 2"')
    assert 'src="data:image/svg+xml,%3Csvg' in html


TABLE = Table(title="t", columns=(Column(name="name", label="Name"),), rows=pd.DataFrame({"name": []}), file_name="t")


@pytest.mark.parametrize(
    ("view", "size", "look"),
    [
        ("region", "small", "nc-small-map"),
        ("region", "full", "nc-wide-map"),
        ("region", "tall", "nc-wide-map"),
        ("tumen", "small", ""),
        ("tumen", "full", ""),
    ],
)
def test_the_title_of_a_map_knows_whether_it_may_be_too_narrow(view: Any, size: Any, look: str) -> None:
    block = Map(title="Where?", layers=(), alt="a", table=TABLE, view=view, size=size)
    assert made.picture_title(block) == f'<p class="nc-picture{" " + look if look else ""}">Where?</p>'


def test_only_a_network_is_a_wide_chart() -> None:
    assert 'class="nc-picture nc-wide-chart"' in made.picture_title(network_chart())
    assert 'class="nc-picture"' in made.picture_title(ranges_chart())
    assert made.title("A & B") == '<p class="nc-picture">A &amp; B</p>'


def test_the_line_below_a_picture_has_unit_counted_period_marks_and_more() -> None:
    chart = ranges_chart()
    text = re.sub("<[^>]+>", "", made.picture_line(chart, MARKS, "note"))
    assert text == "individuals · adults · 1999–2022 · [1] [2 press] a · note"
    bare = replace(chart, unit="", counted="", period="", document_ids=(), caveat_ids=())
    assert re.sub("<[^>]+>", "", made.picture_line(bare, MARKS)) == ""


def located(*rows: tuple[Any, Any], kind: Any = "documents") -> Table:
    frame = pd.DataFrame(list(rows), columns=["source", "locator"])
    columns = (Column(name="source", label="Source", kind=kind), Column(name="locator", label="Place"))
    return Table(title="t", columns=columns, rows=frame, file_name="t")


def test_places_in_documents_are_gathered_from_the_rows() -> None:
    table = located(("paper", "p. 1"), ("paper news", "p. 2"), ("paper", "p. 1"), ("news", None), (None, "p. 9"))
    assert made.places_in(table) == {"paper": "p. 1; p. 2", "news": "p. 2"}
    assert made.places_in(located(("paper", "p. 1"), kind="text")) == {}
    assert made.places_in(replace(table, columns=table.columns[:1])) == {}
    twice = (*table.columns, Column(name="source", label="Again", kind="documents"))
    assert made.places_in(replace(table, columns=twice)) == {}


def test_a_legend_has_style_sign_and_label_and_none_is_nothing() -> None:
    html = made.legend([("color:#111111", "●", "A <b>")], "nc-two")
    assert '<span class="nc-two" style="color:#111111" aria-hidden="true">●</span> A &lt;b&gt;' in html
    assert made.legend([]) == ""


def cells(kind: Any, *values: Any, marks: Any = MARKS, **more: Any) -> list[str]:
    columns = (Column(name="c", label="C", kind=kind),)
    table = Table(title="t", columns=columns, rows=pd.DataFrame({"c": list(values)}), file_name="t")
    return re.findall(r"<td.*?</td>", made.static_table(table, marks, more.pop("params", {}), **more))


@pytest.mark.parametrize("kind", ["integer", "number", "money", "percent", "year"])
def test_numbers_are_set_to_the_right(kind: Any) -> None:
    assert cells(kind, 5)[0].startswith('<td class="nc-number" data-label="C">')


@pytest.mark.parametrize(
    ("text", "is_long"), [("x" * 60, False), ("x" * 61, True), ("'" * 10, False), ("'" * 11, True)]
)
def test_a_long_text_gets_a_wider_column(text: str, is_long: bool) -> None:
    assert ('class="nc-long"' in cells("text", text)[0]) is is_long


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("number", 1416.5, "1416.5"),
        ("date", "2020-10-12", "2020-10-12"),
        ("date", "2020-10-12T08", "2020-10-12"),
        ("text", "a", None),
        ("number", None, None),
        ("date", "", None),
    ],
)
def test_numbers_and_dates_tell_a_file_how_they_are_sorted(kind: Any, value: Any, key: str | None) -> None:
    (cell,) = cells(kind, value, has_keys=True)
    assert re.findall('data-sort="([^"]*)"', cell) == ([key] if key else [])
    assert "data-sort" not in cells(kind, value)[0]


def test_links_in_cells_open_ours_here_and_others_beside() -> None:
    ours = link_cell(PageLink(text="Open", page="sites"))
    web = "https://example.org"
    assert cells("link", ours)[0].endswith('<a target="_self" href="/sites">Open</a></td>')
    assert f'<a target="_blank" rel="noopener noreferrer" href="{web}">{web}</a>' in cells("link", web)[0]
    assert cells("link", ours, params=None)[0].endswith(">Open</td>")
    assert 'target="_blank"' in cells("link", web, params=None)[0]
    assert cells("link", "")[0].endswith('data-label="C"></td>')


def test_documents_and_caveats_of_a_file_are_marks_in_their_cells() -> None:
    assert "[1]" in cells("documents", "paper")[0]
    assert "#caveat-a" in cells("caveats", "range_only")[0]


def test_on_the_screen_one_last_column_says_what_each_row_rests_on() -> None:
    frame = pd.DataFrame(
        {"name": ["a", "b"], "source": ["paper", None], "locator": ["p. 3", "p. 4"], "caveat": [None, "range_only"]}
    )
    kinds: dict[str, Any] = {"source": "documents", "caveat": "caveats"}
    columns = tuple(Column(name=str(name), label=str(name), kind=kinds.get(str(name), "text")) for name in frame)
    table = Table(title="t", columns=columns, rows=frame, file_name="t")
    html = made.static_table(table, screen(), {})
    assert re.findall(r"<th [^>]*>(.*?)</th>", html) == ["name", "Source"]
    assert '<th scope="col" class="nc-proof">Source</th>' in html
    first, second = html.split("<tr>")[2:]
    assert '<span class="nc-src-at">p. 3</span>' in first
    assert ">Note</button>" in second and "nc-src-at" not in second
    plain = made.static_table(replace(table, columns=columns[:1]), screen(), {})
    assert "nc-proof" not in plain
    assert [made.is_proof(column) for column in columns] == [False, True, True, True]


def test_a_table_has_its_name_for_those_who_cannot_see_it() -> None:
    html = made.static_table(TABLE, MARKS, {}, look="nc-tall")
    assert html.startswith('<div class="nc-table nc-tall" role="region" aria-label="t" tabindex="0">')


def test_an_entry_leaves_out_facts_and_tags_that_are_empty() -> None:
    html = made.entry(Entry(title="T", tags=("open", ""), facts=(("Due", "May"), ("Empty", ""))), MARKS)
    assert html.count('nc-tag"') == 1 and "<dt>Due</dt><dd>May</dd>" in html and "Empty" not in html


def test_a_panel_tells_where_in_its_first_document_it_stands() -> None:
    panel = Panel(
        title="Park",
        kind="site",
        facts=(("Area", "5 ha"),),
        chips=("about",),
        place="p. 3",
        document_ids=("paper", "news"),
        links=(PageLink(text="Open", page="sites"),),
    )
    html = made.panel(panel, screen(), {"as_known": "som_24"})
    assert html.count("nc-src-at") == 1 and "p. 3" in html.split("A newspaper")[0]
    assert '<li><a class="nc-link" target="_self" href="/sites?as_known=som_24">Open</a></li>' in html
    assert '<p class="nc-kind">site</p>' in html and 'nc-chip">about<' in html
    assert "nc-src-at" not in made.panel(replace(panel, place=""), screen(), {})


def test_a_change_opens_its_parts() -> None:
    part = Change(what="North", after="40", kind="new")
    html = made.change(Change(what="Adults", before="84", after="129", date="2024", parts=(part, part)), MARKS)
    assert '<span class="nc-before">84</span> → <b>129</b>' in html
    assert "<summary>2 parts</summary>" in html and html.count('class="nc-change"') == 3
    assert WORDS.term("change", "updated") in html.split("Adults")[0]
    alone = made.change(part, MARKS)
    assert "<summary>" not in alone and "nc-before" not in alone


def test_caveats_are_listed_with_their_letters() -> None:
    html = made.caveats(demo_page(), MARKS, WORDS, {"id": "caveats"})
    assert '<section id="caveats" class="nc-sources">' in html
    assert '<li id="caveat-b"><b>b</b> Press only: Only a press report says so.</li>' in html
    assert made.caveats(replace(demo_page(), caveats=demo_page().caveats.head(0)), MARKS, WORDS) == ""


def test_the_note_on_boundaries_opens_over_the_page() -> None:
    html = made.boundary_note("Lines are <no> claims.", "tab", WORDS)
    (name,) = re.findall('popovertarget="([^"]+)"', html)
    assert name.startswith("nc-tab-") and f'id="{name}"' in html
    assert "<p>Lines are &lt;no&gt; claims.</p>" in html and ">Boundary note</button>" in html


def test_a_download_names_what_it_takes_away() -> None:
    html = made.download("/table/x.csv", "Rows", WORDS, "more")
    assert 'href="/table/x.csv" aria-label="Download as CSV: Rows">Download as CSV</a> · more' in html
    assert made.download("/t.csv", "Rows", WORDS).endswith("</a></p>")
    story = made.story_link("/briefs?add=x", "Rows", WORDS)
    assert f'href="/briefs?add=x" aria-label="{WORDS("common.add_to_story")}: Rows"' in story
    assert made.fold("More", made.box(made.title("t"))).startswith(
        '<details class="nc-fold"><summary>More</summary><div class="nc-box">'
    )
