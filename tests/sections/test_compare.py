"""Compare: the same lines for each thing, nothing ranked, nothing chosen for the reader."""

import pytest

from neaspec.blocks import Chart, Notice, Table
from neaspec.sections.compare.page import CompareChoices, options, page
from tests.support.on_page import blocks_of, chart, table


def lines(made):
    rows = table(made, "compared").rows
    return rows.set_index("what")


def test_nothing_is_compared_until_two_are_chosen(ask, words):
    for choices in (CompareChoices(), CompareChoices(a="CHN"), CompareChoices(a="CHN", b="CHN")):
        made = page(ask, words, choices)
        assert made.lead == "Choose two or three States to see them side by side."
        assert not blocks_of(made, Table)


def test_two_states_have_the_same_lines_and_one_axis(ask, words):
    made = page(ask, words, CompareChoices(a="CHN", b="RUS"))
    rows = lines(made)
    assert [column.label for column in table(made, "compared").columns][1:3] == ["China", "Russian Federation"]
    assert "129 individuals" in rows.loc["Amur leopard", "thing_1"]
    assert "80" in rows.loc["Amur leopard", "thing_0"]
    assert rows.loc["Land protected", "thing_0"].count("%") == 2  # as reported and as computed
    assert rows.loc["Snow leopard", "thing_0"].startswith("figures of single areas on record:")
    assert set(chart(made, "stacked_bars").rows["thing"]) == {"China", "Russian Federation"}
    assert all(rows["document_ids"] != "")


def test_an_order_of_choice_is_kept_and_a_third_is_possible(ask, words):
    made = page(ask, words, CompareChoices(a="RUS", b="MNG", c="CHN"))
    assert [column.label for column in table(made, "compared").columns][1:4] == [
        "Russian Federation",
        "Mongolia",
        "China",
    ]
    assert lines(made).loc["Sea protected", "thing_1"] == "no sea"


def test_species_stand_by_state_and_list(ask, words):
    rows = lines(page(ask, words, CompareChoices(kind="species", a="amur_tiger", b="amur_leopard")))
    assert "750" in rows.loc["Russian Federation", "thing_0"]
    assert "CITES" in rows.index and "IUCN Red List" in rows.index


def test_sites_stand_with_what_is_on_record(ask, words):
    rows = lines(page(ask, words, CompareChoices(kind="site", a="rason", b="jingxin")))
    assert "Ramsar site" in rows.loc["In force", "thing_0"]
    assert rows.loc["State", "thing_1"] == "China"


def test_two_dates_show_what_was_on_record_then(ask, words):
    rows = lines(page(ask, words, CompareChoices(kind="som", a="som_24", b="som_28")))
    assert rows.loc["Stated totals", "thing_0"] == "Big cats 2020-2022: USD 337,081"
    assert "299,789" in rows.loc["Stated totals", "thing_1"]


@pytest.mark.parametrize("kind", ["state", "species", "site", "som"])
def test_an_unknown_key_is_named_and_left_out(ask, words, kind):
    known = list(options(ask, words, kind))
    made = page(ask, words, CompareChoices(kind=kind, a=known[0], b="no_such", c=known[1]))
    assert [notice.text for notice in blocks_of(made, Notice)] == [words("compare.unknown", asked="no_such")]
    assert blocks_of(made, Table)
    assert page(ask, words, CompareChoices(kind="planets")).lead == words("compare.choose_state")


def test_no_later_date_is_offered_when_looking_back(ask, words):
    assert list(options(ask.at("som_25"), words, "som")) == ["som_25", "som_24"]
    made = page(ask.at("som_25"), words, CompareChoices(a="CHN", b="RUS"))
    assert blocks_of(made, Chart)
