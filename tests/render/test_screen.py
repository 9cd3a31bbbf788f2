"""The screen shows every block, and shows text as it is written."""

import csv
import io
import re

import pandas as pd
import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from neaspec.blocks import Column, Metric, PageLink, Table, link_cell
from neaspec.paths import ROOT
from neaspec.render import html as made
from neaspec.render.cells import linked_columns, shown_frame, table_csv
from neaspec.render.citations import letter, make_marks
from neaspec.render.screen.escape import plain
from neaspec.render.source_control import SourceRecord, control_label
from neaspec.text import load_words
from tests.support import demo_page as demo

WORDS = load_words("en")


def show_demo() -> None:
    from neaspec.render.screen.plan import plan
    from neaspec.render.screen.streamlit import show, show_title
    from neaspec.text import load_words
    from tests.support.demo_page import demo_page, demo_palette

    page = demo_page()
    show_title(page, ["You look back."])
    show(plan(page, demo_palette(), load_words(), {"as_known": "som_24"}, "/table/demo/{}.csv".format))


@pytest.fixture(scope="module")
def app() -> AppTest:
    return AppTest.from_function(show_demo, default_timeout=30).run()


@pytest.fixture(scope="module")
def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def test_every_block_is_shown_without_a_problem(app: AppTest, html: str) -> None:
    assert not app.exception
    assert len(app.get("plotly_chart")) == len(demo.all_charts())
    assert "More were seen than in 2017: <b>84</b> to <b>129</b>." in html
    assert "Does every block show as it should?" in html
    assert "You look back." in html


def test_text_of_the_data_is_escaped_in_html(html: str) -> None:
    assert "<script>" not in html
    assert "<b>bold" not in html
    assert "&lt;script&gt;" in html


def test_labels_are_escaped_where_markdown_is_read() -> None:
    assert plain("**a** [b](c) $x$ :red[d] <i>") == r"\*\*a\*\* \[b\]\(c\) \$x\$ \:red\[d\] \<i\>"


def test_every_chart_has_a_text_alternative_and_its_rows(app: AppTest, html: str) -> None:
    assert [chart.proto.alt for chart in app.get("plotly_chart")] == [chart.alt for chart in demo.all_charts()]
    titles = [box.label for box in app.expander]
    for chart in demo.all_charts():
        title = f"{WORDS('common.rows_title')}: {chart.table.title}"
        if plain(title) not in titles:  # a long table is sent when its fold is opened
            assert f"<summary>{escape(title)}</summary>" in html
            assert f'href="/table/demo/{chart.table.file_name}.csv"' in html


def test_the_line_below_a_picture_has_unit_counted_period_and_one_source_control(html: str) -> None:
    line = html.split("individuals · adults · 1999–2022")[1].split("nc-picture")[0]
    assert "Source: Secretariat 2020 and 1 more" in line
    panel = re.search(r'popovertarget="([^"]+)"', line)[1]
    listed = html.split(f'id="{panel}"')[1].split("</div>")[0]
    assert "A newspaper, news, undated" in listed
    assert ">press report<" in listed
    assert "<b>Range only:</b> The document gives only a range." in listed
    assert 'href="/sources?document=news&amp;as_known=som_24"' in listed
    assert 'data-copy="Secretariat, report, 12 October 2020. https://example.org/a"' in listed


def record(number: int, grade: str = "official") -> SourceRecord:
    return SourceRecord(f"d{number}", "line", f"Publisher {number}", grade, "", "", "", "")


@pytest.mark.parametrize(
    ("records", "label"),
    [
        ([record(1)], "Source: Publisher 1"),
        ([record(1), record(2)], "Source: Publisher 1 and 1 more"),
        ([record(number) for number in range(10)], "Source: Publisher 0 and 9 more"),
        ([record(number) for number in range(11)], "Sources: 11"),
        ([record(number, "press") for number in range(11)], "Sources: 11 · press only"),
        ([], "Note"),
    ],
)
def test_a_control_names_its_document_unless_there_are_so_many_that_one_name_says_nothing(records, label):
    assert control_label(records, WORDS, is_narrow=False) == label


def test_no_marks_stand_in_texts_or_cells_and_no_title_of_a_document_is_told(html: str) -> None:
    assert "<sup" not in html
    assert re.findall(r"\[\d+[^\]]*\]", html) == []
    assert "An article" not in html
    assert html.count('class="nc-sources"') == 0


def test_the_last_column_of_a_table_is_what_each_row_rests_on(html: str) -> None:
    table = html.split("Document_id")
    assert len(table) == 1, "columns of documents and caveats are told by the control"
    row = html.split("=1+1")[1].split("</tr>")[0]
    assert 'class="nc-src nc-narrow"' in row


def test_equal_lists_of_sources_are_written_once_for_a_part_of_the_page(html: str) -> None:
    names = re.findall(r'<div popover class="nc-pop" id="([^"]+)"', html)
    assert len(names) == len(set(names))
    opened = set(re.findall(r'popovertarget="([^"]+)"', html))
    assert opened == set(names), "every control opens a list that is there"


def test_at_most_two_caveats_stand_beside_a_figure_and_lines_of_areas_beside_each_other(html: str) -> None:
    card = html.split("Animals by area")[1].split('class="nc-p nc-below"')[0]
    assert re.findall(r'nc-chip">([^<]+)<', card) == ["about", "press only"]
    assert "<dt>Far East</dt><dd>≥ 750 · 2022</dd>" in card


def test_a_tab_is_made_when_it_is_opened_and_stands_in_the_address() -> None:
    app = AppTest.from_function(show_demo, default_timeout=30).run()
    html = "".join(element.proto.body for element in app.get("html"))
    assert "84 (2017)" in html
    assert "All parks" not in html
    app.query_params["tab"] = "parks"
    html = "".join(element.proto.body for element in app.run().get("html"))
    assert "All parks" in html
    assert "84 (2017)" not in html


def test_an_unknown_tab_opens_the_first_one() -> None:
    app = AppTest.from_function(show_demo, default_timeout=30)
    app.query_params["tab"] = "<b>x"
    html = "".join(element.proto.body for element in app.run().get("html"))
    assert "84 (2017)" in html


def test_a_list_shows_what_is_selected_of_it_and_tells_a_selection_that_is_gone() -> None:
    app = AppTest.from_function(show_demo, default_timeout=30).run()
    assert app.radio[0].value == "south"
    assert "<dd>34 ha</dd>" in "".join(element.proto.body for element in app.get("html"))
    app.radio[0].set_value("north").run()
    html = "".join(element.proto.body for element in app.get("html"))
    assert app.query_params["park"] == "north"
    assert "<dd>12 ha</dd>" in html
    assert 'href="/sites?site=north&amp;as_known=som_24"' in html
    assert "<dt>Empty</dt>" not in html
    app.query_params["park"] = "atlantis"
    app.run()
    assert plain(WORDS("common.item_gone")) in [notice.value for notice in app.info]
    assert app.radio[0].value == "south"


def test_links_take_as_known_at_along(html: str) -> None:
    assert 'href="/projects?project=big_cats&amp;as_known=som_24"' in html
    assert made.page_address("overview", {}) == "/"


def test_a_long_table_can_be_sorted_and_a_short_one_is_plain(app: AppTest) -> None:
    assert [len(frame.value) for frame in app.dataframe] == [40]
    assert app.dataframe[0].value["Value (ha)"].tolist()[0] == 1416.13


def test_a_fold_with_a_long_table_is_filled_when_it_is_opened() -> None:
    app = AppTest.from_function(show_demo, default_timeout=30).run()
    lines = next(chart for chart in demo.all_charts() if len(chart.table.rows) == 52)
    app.session_state[f"fold {WORDS('common.rows_title')}: {lines.table.title}"] = True
    app.run()
    assert [len(frame.value) for frame in app.dataframe] == [52, 40]
    assert f'href="/table/demo/{lines.table.file_name}.csv"' in "".join(e.proto.body for e in app.get("html"))


def test_a_download_opens_in_spreadsheets_and_runs_nothing() -> None:
    data = table_csv(demo.mean_table())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["Name", "Value (ha)", "Year", "When", "Document_id", "Caveat_ids"]
    assert rows[1][0] == demo.MEAN
    assert rows[2][0] == "'=1+1"
    assert rows[3][:3] == ["'-plain", "-3", "2020"]
    assert rows[3][4] == "paper news"


def test_every_kind_of_formula_start_is_tamed() -> None:
    column = Column(name="a", label="=A")
    rows = pd.DataFrame({"a": ["=1", "+1", "-1", "@x", "\t=1", "ok", None]})
    table = Table(title="t", columns=(column,), rows=rows, file_name="t")
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig")))]
    assert read == ["'=A", "'=1", "'+1", "'-1", "'@x", "'\t=1", "ok", ""]


def test_documents_and_caveats_are_shown_as_marks_in_cells() -> None:
    marks = make_marks(demo.demo_page(), WORDS)
    frame = shown_frame(demo.mean_table(), WORDS, marks.plain())
    assert frame["Document_id"].tolist() == ["[1]", "[2 press]", "[1] [2 press]"]
    assert frame["Caveat_ids"].tolist() == ["a", "", "b"]
    assert frame["When"].tolist() == ["12 October 2020", "October 2020", ""]


def test_a_metric_can_be_quoted() -> None:
    metric = Metric(
        label="Amur leopard",
        value="129",
        unit="individuals",
        counted="adults photographed",
        period="2023",
        status="Critically endangered",
        species_id="amur_leopard",
        trend=((2013, 50), (2023, 129)),
        document_ids=("paper",),
        caveat_ids=("range_only",),
        link=PageLink(text="Open", page="species"),
    )
    card = made.metrics([metric], make_marks(demo.demo_page(), WORDS), demo.demo_palette(), {})
    for part in ("129", "individuals", "adults photographed · 2023", "Critically endangered", "#source-1", "#C869BF"):
        assert part in card
    assert 'alt="2013: 50, 2023: 129"' in card


def test_a_single_figure_has_no_trend() -> None:
    assert made.sparkline([(2020, 5)], "#000000", "#000000") == ""


def test_caveat_letters_go_on_after_z() -> None:
    assert [letter(number) for number in (0, 25, 26, 52)] == ["a", "z", "aa", "ba"]


def test_the_theme_has_the_colours_of_the_palette() -> None:
    import tomllib

    from neaspec.palette import SURFACE

    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    names = {
        "backgroundColor": "background",
        "secondaryBackgroundColor": "panel",
        "textColor": "text",
        "primaryColor": "accent",
        "borderColor": "line",
    }
    for index, mode in enumerate(("light", "dark")):
        for option, name in names.items():
            assert config["theme"][mode][option] == SURFACE[name][index], (mode, option)


def test_a_link_cell_leads_to_a_page_of_ours_or_opens_a_site_beside_ours() -> None:
    ours = link_cell(PageLink(text="Open <it>", page="sources", choices={"document": "paper"}))
    columns = (Column(name="a", label="A", kind="link"), Column(name="d", label="D", kind="documents"))
    rows = pd.DataFrame({"a": [ours, "https://example.org/?a=1&b", None], "d": ["paper", "news", None]})
    table = Table(title="t", columns=columns, rows=rows, file_name="t")
    marks = make_marks(demo.demo_page(), WORDS)
    html = made.static_table(table, marks, {"as_known": "som_24"})
    assert '<a target="_self" href="/sources?document=paper&amp;as_known=som_24">Open &lt;it&gt;</a>' in html
    assert 'target="_blank" rel="noopener noreferrer" href="https://example.org/?a=1&amp;b"' in html
    frame = shown_frame(table, WORDS, marks.plain(), {})
    assert frame["A"].tolist() == ["/sources?document=paper#~Open <it>", "https://example.org/?a=1&b", ""]
    assert frame["D"].tolist() == ["/sources?document=paper#~[1]", "/sources?document=news#~[2 press]", ""]
    assert linked_columns(table) == ["A", "D"]
    assert "/sources?document=paper\r\n" not in table_csv(table).decode()
    assert "/sources?document=paper,paper" in table_csv(table).decode()


def test_cells_with_several_documents_stay_marks() -> None:
    assert "Document_id" not in linked_columns(demo.mean_table())
