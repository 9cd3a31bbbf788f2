"""What only a screen can show is told in full by every other output."""

from neaspec.blocks import Answer, Change, Entry, Heading, Item, Linked, Metric, PageLink, Panel, Tab, Tabs, Text
from neaspec.render.lowered import lowered
from neaspec.text import load_words

WORDS = load_words("en")


def test_tabs_become_headings_with_what_is_in_them_one_level_lower() -> None:
    tabs = Tabs(tabs=(Tab(key="a", title="Figures", blocks=(Heading(text="North"), Text(text="x"))),))
    heading, inner, text = lowered((tabs,), WORDS)
    assert (heading.text, heading.level, inner.text, inner.level, text.text) == ("Figures", 2, "North", 3, "x")


def test_a_tab_with_nothing_in_it_leaves_no_heading() -> None:
    assert lowered((Tabs(tabs=(Tab(key="a", title="Empty", blocks=()),)),), WORDS) == ()


def test_a_linked_list_tells_every_thing_with_its_facts() -> None:
    panel = Panel(
        title="Park",
        kind="site",
        text="On one side.",
        facts=(("Area", "5 ha"),),
        chips=("minimum",),
        document_ids=("paper",),
        links=(PageLink(text="Open", page="sites"),),
    )
    items = (
        Item(id="a", title="Park", blocks=(panel, PageLink(text="More", page="sites"))),
        Item(id="b", title="Lake", line="no area on record here"),
        Item(id="c", title="Marsh", blocks=(Text(text="Wet."),)),
    )
    park, lake, marsh, wet = lowered((Linked(name="site", title="Sites", items=items),), WORDS)
    assert (park.title, park.tags, park.facts) == ("Park", ("site", "minimum"), (("Area", "5 ha"),))
    assert park.document_ids == ("paper",)
    assert (lake.title, lake.text) == ("Lake", "no area on record here")
    assert (marsh.text, marsh.level, wet.text) == ("Marsh", 3, "Wet.")


def test_a_change_tells_both_figures_its_kind_and_its_parts() -> None:
    change = Change(
        what="World census",
        before="6,988 (2024)",
        after="7,081 (2025)",
        date="2025",
        document_ids=("census",),
        parts=(Change(what="Japan", after="700 (2025)", kind="new"),),
    )
    (entry,) = lowered((change,), WORDS)
    assert isinstance(entry, Entry)
    assert (entry.title, entry.text, entry.tags) == ("World census", "6,988 (2024) → 7,081 (2025)", ("updated", "2025"))
    assert entry.document_ids == ("census",)
    assert [(part.title, part.text, part.tags) for part in entry.details] == [("Japan", "700 (2025)", ("new",))]


def test_an_answer_is_a_lead_and_a_card_keeps_its_lines_and_caveats() -> None:
    answer, lines, figure = lowered(
        (
            Answer(text="84 to 129.", document_ids=("paper",)),
            Metric(label="Tiger", value="", lines=(("Far East", "750 · 2022"),), chips=("about",), period="now"),
            Metric(label="Crane", value="19,300", chips=("not_comparable",), status="Vulnerable"),
        ),
        WORDS,
    )
    assert (answer.style, answer.document_ids) == ("lead", ("paper",))
    assert (lines.facts, lines.tags, lines.text) == ((("Far East", "750 · 2022"),), ("about",), "now")
    assert (figure.value, figure.status, figure.chips) == ("19,300", "Vulnerable · not comparable", ())
