"""My delegation, on the mini data set: what is put to one State, its own figures, and behind tabs what is on record."""

import pytest

from neaspec.blocks import Change, Linked, Metric, Tabs
from neaspec.sections.delegation.page import CountryChoices, page
from neaspec.sections.delegation.tabs import shared_with
from tests.support.mini import build_mini, mini_rows, without
from tests.support.on_page import blocks_of, column, said, table

MEMBERS = {"CHN": "China", "JPN": "Japan", "KOR": "Republic of Korea"}


@pytest.fixture(scope="module")
def pages(mini, words):
    return {code: page(mini, words, CountryChoices(code)) for code in ("CHN", "JPN", "MNG", "PRK", "RUS")}


def cards(shown):
    """Give the lines of all cards: name -> lines."""
    return {block.label: dict(block.lines) for block in blocks_of(shown, Metric)}


def test_nobody_is_shown_a_state_that_was_not_chosen(mini, words):
    for code in ("", "ATL"):
        shown = page(mini, words, CountryChoices(code))
        assert (shown.title, shown.lead) == ("My delegation", "Which member State do you represent?")
        assert not shown.marks


def test_the_answer_counts_what_is_on_record_and_what_is_addressed_to_the_state(pages):
    assert pages["MNG"].title == "Mongolia"
    assert pages["MNG"].lead.startswith("Mongolia: 2 flagship species, 3 sites, 2 projects and proposals; ")
    assert pages["MNG"].lead.endswith("3 issues of SOM-91 are addressed to it.")
    assert pages["JPN"].lead == (
        "Japan: 0 flagship species, 0 sites, 1 project or proposal; 1 issue of SOM-91 is addressed to it."
    )


def test_issues_lead_to_their_elements_and_to_the_paper_of_the_delegation(pages):
    issues = table(pages["MNG"], "issues").rows
    assert len(issues) == 3
    assert "issues?meeting=som_91&issue=host_workshop" in " ".join(issues["issue_link"])
    assert "⊖ requested for June 2021; no response on record" in set(issues["issue_standing"])


def test_a_figure_a_zero_and_none_are_three_different_things(pages):
    assert next(iter(cards(pages["MNG"])["Steppe cat"].values())).startswith("60 · ")
    assert [line.split(" · ")[0] for line in cards(pages["RUS"])["Steppe cat"].values()] == ["at least 110"]
    assert "No document known at this date names a flagship species for this country." in said(pages["JPN"])


def test_a_species_whose_presence_is_not_known_has_no_card(pages):
    assert set(cards(pages["MNG"])) >= {"Steppe cat", "Marsh crane"}
    assert "Steppe cat" not in cards(pages["CHN"])


def test_shares_of_land_and_sea_are_those_of_the_state(pages):
    assert cards(pages["MNG"])["Land protected"]["Calculated"] == "20.0 %"
    assert "Sea protected" not in cards(pages["MNG"])  # it is landlocked
    assert "Reported" not in cards(pages["PRK"])["Land protected"]
    assert "Land protected" not in cards(pages["JPN"])


def test_the_sites_of_the_state_can_be_selected_on_its_map(pages):
    linked = blocks_of(pages["MNG"], Linked)[0]
    told = {cell.partition("site=")[2] for cell in column(pages["MNG"], "own_sites", "site_link")}
    assert {item.id for item in linked.items} == told
    assert not blocks_of(pages["JPN"], Linked)


def test_tabs_without_anything_are_left_out_and_gaps_come_last(pages):
    keys = {code: [tab.key for tabs in blocks_of(shown, Tabs) for tab in tabs.tabs] for code, shown in pages.items()}
    assert keys["MNG"] == ["sites", "figures", "movements", "projects", "meetings", "gaps"]
    assert "gaps" not in keys["JPN"]
    assert "figures" not in keys["JPN"]


def test_a_state_with_gaps_has_its_own_listed(pages):
    assert column(pages["MNG"], "gaps", "what") == [
        "Dune birds were not counted in Mongolia.",
        "No plan of the park.",
        "How the cranes fly from Mongolia.",
    ]
    assert column(pages["MNG"], "gaps", "state_words") == ["not surveyed", "not reported", "not known"]


def test_several_species_without_a_figure_are_one_row_that_does_not_mean_zero(pages):
    rows = table(pages["CHN"], "gaps").rows
    assert rows["what"].tolist() == [
        "No figure for this country alone is on record for: Steppe cat, Marsh crane. That does not mean zero."
    ]
    assert rows["document_id"].tolist() == ["old_report study_2020"]


def test_one_species_without_a_figure_keeps_its_own_words(tmp_path, words):
    fewer = build_mini(tmp_path, without(mini_rows(), "gaps", "cranes_chn"))
    assert column(page(fewer, words, CountryChoices("CHN")), "gaps", "what") == ["No count of cats for China."]


def test_all_figures_of_the_state_alone_are_listed_and_none_of_a_neighbour(pages):
    assert column(pages["MNG"], "counts", "figure") == ["60", "12–15", "21", "1.5"]
    assert column(pages["MNG"], "counts", "area_name") == ["Mongolia", "Steppe Park", "Two Banks", "Steppe Park"]
    assert column(pages["RUS"], "counts", "figure") == ["at least 110"]


def test_movements_are_those_with_one_end_in_the_state_and_its_ends_are_named(pages):
    rows = table(pages["MNG"], "movements").rows
    ways = list(zip(rows["animals"], rows["start"], rows["reached"], strict=True))
    assert ("Cat Seven", "Steppe Park (Mongolia)", "Pine Reserve (Russian Federation)") in ways
    assert ("5 animals", "Mongolia", "Russian Federation") in ways
    assert ("none detected by this method", "Lone Hill (China)", "Steppe Park (Mongolia)") in ways
    assert len(ways) == 5
    assert "No movement across its borders is on record." in said(pages["JPN"])


def test_a_project_of_all_six_says_so_and_another_names_its_states(pages):
    assert column(pages["MNG"], "projects", "shared_with") == ["Mongolia, Russian Federation", "all six member States"]
    assert column(pages["MNG"], "projects", "period_words") == [
        "March 2019 to December 2021",
        "from 2021; no end stated",
    ]
    assert "is not that of any one State" in " ".join(said(pages["MNG"]))


@pytest.mark.parametrize(
    ("codes", "named"),
    [
        (["CHN", "JPN", "KOR"], "all six member States"),
        (["KAZ", "CHN", "JPN", "KOR"], "all six member States"),
        (["KOR", "CHN"], "China, Republic of Korea"),
        (["KAZ", "JPN"], "Japan"),
        ([], ""),
    ],
)
def test_all_members_are_named_in_short_only_where_none_is_missing(words, codes, named):
    assert shared_with(words, codes, MEMBERS) == named


def test_meetings_are_told_as_hosted_or_attended_the_newest_first(ask, words):
    shown = page(ask, words, CountryChoices("MNG"))
    rows = table(shown, "meetings").rows
    assert rows.iloc[0]["when"] == "22–23 September 2025"
    assert rows.iloc[0]["role"] == "host, present"
    assert set(rows["role"]) == {"host, present", "host", "present"}


def test_an_old_figure_that_became_known_is_no_news(ask, words):
    for code in ("CHN", "KOR"):
        changes = blocks_of(page(ask, words, CountryChoices(code)), Change)
        assert not [change for change in changes if not change.before and change.after.rpartition("· ")[2][:2] == "19"]


def test_a_state_without_news_says_so_in_one_line(ask, words):
    assert "No new figure or protection on record since SOM-28." in said(page(ask, words, CountryChoices("MNG")))


def test_long_lists_of_sites_are_folded_and_none_is_lost(ask, words):
    shown = page(ask, words, CountryChoices("RUS"))
    first, more = table(shown, "own_sites").rows, table(shown, "own_sites_more").rows
    assert len(first) == 8
    assert len(first) + len(more) == len(ask("sites_protected", country_code="RUS", species_id=None, level=None))


def test_nothing_later_is_known_at_an_earlier_meeting(ask, words):
    assert page(ask.at("som_24"), words, CountryChoices("MNG")).lead.endswith("7 issues of SOM-24 are addressed to it.")
