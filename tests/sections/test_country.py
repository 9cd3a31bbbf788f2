"""The page of one State, on the mini data set: what is on record, what is not, and whom it names."""

import pytest

from neaspec.blocks import Details, Heading, PageLink
from neaspec.sections.delegation.page import CountryChoices, page, shared_with
from tests.support.mini import build_mini, mini_rows, without
from tests.support.on_page import below, blocks_of, column, entry, said, table

NO_GAPS = "No such item is noted for this country."
MEMBERS = {"CHN": "China", "JPN": "Japan", "KOR": "Republic of Korea"}


@pytest.fixture(scope="module")
def pages(mini, words):
    return {code: page(mini, words, CountryChoices(code)) for code in ("CHN", "JPN", "MNG", "PRK", "RUS")}


def test_a_state_with_gaps_has_its_own_listed_and_one_without_says_so(pages):
    assert column(pages["MNG"], "gaps", "what") == [
        "Dune birds were not counted in Mongolia.", "No plan of the park.", "How the cranes fly from Mongolia.",
    ]  # fmt: skip
    assert column(pages["MNG"], "gaps", "state_words") == ["not surveyed", "not reported", "not known"]
    assert NO_GAPS not in said(pages["MNG"])
    assert [block.text for block in below(pages["JPN"], "Not on record in the documents read")] == [NO_GAPS]


def test_several_species_without_a_figure_are_one_row_that_does_not_mean_zero(pages):
    rows = table(pages["CHN"], "gaps").rows
    assert rows["what"].tolist() == [
        "No figure for this country alone is on record for: Steppe cat, Marsh crane. That does not mean zero."
    ]
    assert rows["document_id"].tolist() == ["old_report study_2020"]


def test_one_species_without_a_figure_keeps_its_own_words(tmp_path, words):
    fewer = build_mini(tmp_path, without(mini_rows(), "gaps", "cranes_chn"))
    shown = page(fewer, words, CountryChoices("CHN"))
    assert column(shown, "gaps", "what") == ["No count of cats for China."]


def test_the_species_known_to_be_present_are_named_and_no_others(pages):
    assert pages["MNG"].lead.startswith("Flagship species on record: Steppe cat, Marsh crane. 3 sites and 2 projects")
    assert pages["CHN"].lead == "0 sites and 1 project or proposal are described below."
    assert pages["JPN"].lead == "0 sites and 1 project or proposal are described below."
    assert column(pages["MNG"], "species", "presence_words") == ["resident", "breeding", "not known"]
    assert column(pages["CHN"], "species", "presence_words") == ["not known", "not stated"]


def test_a_figure_a_zero_and_none_are_three_different_things(pages):
    assert column(pages["MNG"], "species", "by_area") == ["60", "21", ""]
    assert column(pages["RUS"], "species", "by_area") == ["at least 110"]
    assert column(pages["PRK"], "species", "by_area") == ["0"]
    assert column(pages["PRK"], "species", "unit_words") == ["nests"]


def test_all_figures_of_the_state_alone_are_behind_a_title_and_none_of_a_neighbour(pages):
    assert column(pages["MNG"], "counts", "figure") == ["60", "12–15", "21", "1.5"]
    assert column(pages["MNG"], "counts", "area_name") == ["Mongolia", "Steppe Park", "Two Banks", "Steppe Park"]
    assert column(pages["RUS"], "counts", "figure") == ["at least 110"]
    assert not [block for block in blocks_of(pages["CHN"], Details) if "Latest figures" in block.title]


def test_movements_are_those_with_one_end_in_the_state_and_its_ends_are_named(pages):
    rows = table(pages["MNG"], "movements").rows
    ways = list(zip(rows["animals"], rows["start"], rows["reached"], strict=True))
    assert ("Cat Seven", "Steppe Park (Mongolia)", "Pine Reserve (Russian Federation)") in ways
    assert ("5 animals", "Mongolia", "Russian Federation") in ways
    assert ("none detected by this method", "Lone Hill (China)", "Steppe Park (Mongolia)") in ways
    assert ("number not stated", "Mongolia", "Delta Marsh (Democratic People's Republic of Korea)") in ways
    assert len(ways) == 5
    links = [block for block in blocks_of(pages["MNG"], PageLink) if block.page == "movements"]
    assert [link.choices for link in links] == [{"country": "MNG"}]
    assert "No movement across its borders is on record." in said(pages["JPN"])


def test_a_project_of_all_six_says_so_and_another_names_its_states(pages):
    assert column(pages["MNG"], "projects", "shared_with") == ["Mongolia, Russian Federation", "all six member States"]
    assert column(pages["PRK"], "projects", "shared_with") == [
        "all six member States", "Democratic People's Republic of Korea"
    ]  # fmt: skip
    assert column(pages["MNG"], "projects", "period_words") == [
        "March 2019 to December 2021", "from 2021; no end stated"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "named"),
    [
        (["CHN", "JPN", "KOR"], "all six member States"), (["KAZ", "CHN", "JPN", "KOR"], "all six member States"),
        (["KOR", "CHN"], "China, Republic of Korea"), (["KAZ", "JPN"], "Japan"), ([], ""),
    ],
)  # fmt: skip
def test_all_members_are_named_in_short_only_where_none_is_missing(words, codes, named):
    assert shared_with(words, codes, MEMBERS) == named


def test_requests_to_all_and_to_the_state_are_listed_until_they_are_done(pages):
    assert column(pages["JPN"], "asks", "subject") == [
        "Views on the joint study",
        "Names of experts",
        "Money for training",
    ]
    assert column(pages["MNG"], "asks", "subject") == [
        "Views on the joint study", "Host of a workshop", "Data on cranes", "Names of experts",
    ]  # fmt: skip
    assert column(pages["JPN"], "asks", "state_words") == [
        "–", "reported as completed, not confirmed", "partly completed",
    ]  # fmt: skip
    assert column(pages["JPN"], "asks", "meeting_name") == ["SOM-91", "SOM-90", "SOM-90"]


def test_differences_are_those_about_the_state_the_significant_first(pages):
    shown = below(pages["MNG"], "Differences between documents")
    assert [block.title for block in shown] == [
        "Area of Steppe Park", "Budget of Joint study", "Countries of Joint study", "6 more",
    ]  # fmt: skip
    assert entry(shown, "Steppe cat, Mongolia, 2020").tags == ("small", "settled")
    assert "No difference between documents was found here." in said(pages["JPN"])


def test_shares_of_land_and_sea_are_those_of_the_state(pages):
    assert column(pages["MNG"], "coverage_land", "percent_computed") == [20.0]
    assert "Mongolia is landlocked." in said(pages["MNG"])
    assert "National report: no figure for Democratic People's Republic of Korea." in said(pages["PRK"])
    assert "No release of protected-area coverage is on record at this date." in said(pages["JPN"])


def test_a_share_of_which_no_row_speaks_is_not_said_to_be_landlocked(tmp_path, words):
    landlocked_row_gone = build_mini(tmp_path, without(mini_rows(), "pa_coverage", "mng_sea"))
    shown = said(page(landlocked_row_gone, words, CountryChoices("MNG")))
    assert not [text for text in shown if "landlocked" in text]


def test_what_is_not_on_record_is_the_last_thing_told(pages):
    for code, shown in pages.items():
        headings = [block.text for block in blocks_of(shown, Heading)]
        assert headings[-1] == "Not on record in the documents read", code
