"""Changes that matter: the world before documents, at most ten, whole ranges first, their areas folded below."""

from datetime import date

import pytest

from neaspec.blocks import Change, Heading
from neaspec.sections.changes_ranked import GROUPS, change_blocks, chosen, documents_of, ranked_changes

SOM_24 = date(2020, 10, 13)


@pytest.fixture(scope="module")
def since_24(ask, words):
    return ranked_changes(ask.at("som_27"), words, SOM_24)


def named(ranked, group):
    return {change.what: change for change in ranked.groups.get(group, ())}


def test_at_most_ten_in_the_order_of_the_groups(ask, words, since_24):
    assert since_24.shown == 10 < since_24.total
    assert list(since_24.groups) == [group for group in GROUPS if group in since_24.groups]
    assert len(since_24.groups) == 5
    everything = ranked_changes(ask.at("som_27"), words, SOM_24, most=1000)
    assert everything.shown == everything.total == since_24.total


def test_the_whole_range_leads_and_its_areas_are_folded_below(since_24):
    first = since_24.groups["species"][0]
    assert first.what.startswith("Black-faced spoonbill: World")
    assert (first.before, first.after) == ("3,941, 2018", "6,988, 2024")
    assert {"wbsj_2018_2018", "wbsj_2024_international_bfs_census_2024_2024"} <= set(first.document_ids)
    assert len(first.parts) >= 5
    assert all(part.before and part.after and part.document_ids for part in first.parts)


def test_a_species_without_a_range_has_no_single_figure(since_24):
    leopard = named(since_24, "species")["Snow leopard"]
    assert (leopard.before, leopard.after) == ("", "2 areas")
    assert len(leopard.parts) == 2


def test_agreements_issues_money_and_sites_are_told(since_24):
    assert named(since_24, "agreements")["Agreement on the Land of Big Cats"].after == "signed, 16 May 2024"
    meeting = named(since_24, "issues")["27th Senior Officials Meeting of NEASPEC"]
    assert (meeting.after, meeting.kind) == ("5 requests to member States", "new")
    assert "no response on record" in [part.after for part in meeting.parts]
    money = named(since_24, "projects")["Bird connectivity 2024: amount (Project total)"]
    assert money.after == "299,789 USD"
    assert {part.what for part in named(since_24, "sites")["Ramsar site"].parts} == {
        "Han River Estuary (Janghang Wetland)",
        "Izumi",
    }


def test_what_was_answered_since_has_its_status_before_and_after(ask, words):
    answered = named(ranked_changes(ask, words, date(2024, 12, 13)), "issues")
    plan = answered["27th Senior Officials Meeting of NEASPEC: Activity plan for 2025"]
    assert (plan.before, plan.after) == ("no response on record", "partly completed")


def test_documents_newly_found_and_undated_ones_are_only_counted(ask, since_24):
    added = ask.at("som_27")("changes_added", known_from=SOM_24)
    assert since_24.new_records + since_24.undated_records == len(added)


def test_every_change_has_its_documents(since_24):
    for changes in since_24.groups.values():
        assert documents_of(changes)
        assert all(change.document_ids for change in changes)


def test_the_blocks_stand_under_the_names_of_their_groups(words, since_24):
    blocks = change_blocks(words, since_24)
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "Species",
        "Sites and protection",
        "Agreements",
        "Issues",
        "Projects and funding",
    ]


def test_the_groups_take_turns():
    def change(what):
        return Change(what=what, after="x")

    everything = {group: [] for group in GROUPS}
    everything["species"] = [change(f"s{number}") for number in range(5)]
    everything["issues"] = [change("i0"), change("i1")]
    kept = chosen(everything, 4)
    assert [[one.what for one in kept[group]] for group in ("species", "issues")] == [["s0", "s1"], ["i0", "i1"]]


def test_between_two_days_without_news_there_is_nothing(mini, words):
    ranked = ranked_changes(mini.on(date(2021, 4, 2)), words, date(2021, 4, 1))
    assert (ranked.shown, ranked.groups) == (0, {})


def test_changes_of_the_mini_data(mini, words):
    ranked = ranked_changes(mini, words, date(2020, 4, 2))
    cats = ranked.groups["species"]
    assert any(change.what.startswith("Steppe cat") for change in cats)
    assert ranked.groups["agreements"][0].what == "Protocol on the two banks"
