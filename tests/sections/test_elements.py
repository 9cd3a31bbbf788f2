"""Elements for a response: facts, what a State is on record with, options, points to settle; nothing is a position."""

from datetime import date

import pytest

from neaspec.blocks import Details, Entry, Heading, Notice, Text, walk
from neaspec.sections.elements import POINTS, elements
from tests.support.mini import build_mini, mini_rows

NOTICE = "Prepared from documents; not a position of any Government."


def parts(blocks) -> dict[str, list]:
    """Give the blocks under each heading."""
    named: dict[str, list] = {"": []}
    for block in blocks:
        if isinstance(block, Heading):
            named[block.text] = []
        else:
            named[list(named)[-1]].append(block)
    return named


def entries(blocks) -> dict[str, Entry]:
    """Give the entries by title and first label, those that are folded too."""
    return {
        f"{entry.title}; {entry.facts[0][0] if entry.facts else entry.tags[0]}": entry
        for entry in walk(tuple(blocks))
        if isinstance(entry, Entry)
    }


def test_the_four_parts_stand_in_their_order_under_the_notice(mini, words):
    named = parts(elements(mini, words, "views_on_study", "MNG"))
    assert list(named) == [
        "",
        "Facts that bear on it",
        "What the State is on record with",
        "Options named in the papers",
        "Points to settle at home",
    ]
    assert [block.text for block in named[""]] == [NOTICE]


def test_at_most_six_facts_one_of_each_kind_first(mini, words):
    facts = [
        block
        for block in parts(elements(mini, words, "views_on_study", "MNG"))["Facts that bear on it"]
        if isinstance(block, Entry)
    ]
    assert [(fact.title, fact.facts[0]) for fact in facts] == [
        ("Steppe cat", ("Mongolia", "60 individuals (estimate), 2020")),
        ("Steppe cat", ("Recorded in both States", "with Russian Federation: 5, 2019–2020")),
        ("Steppe Park", ("Protection", "international")),
        ("Steppe Park", ("Steppe cat, counted", "12–15 individuals (individuals identified), 2019")),
        ("Joint study", ("Stated total", "USD 100,000")),
        ("Joint study", ("Period (revised)", "March 2019 to December 2021")),
    ]
    assert all(fact.document_ids for fact in facts)


def test_facts_of_another_state_are_not_told(mini, words):
    japan = elements(mini, words, "views_on_study", "JPN")
    assert not [entry for entry in entries(japan).values() if entry.title in ("Steppe cat", "Steppe Park")]


def test_without_a_delegation_the_figures_of_all_states_stand_in_one_fact(mini, words):
    fact = entries(elements(mini, words, "views_on_study"))["Steppe cat; Mongolia"]
    assert [label for label, _ in fact.facts] == ["Mongolia", "Russian Federation"]
    assert fact.document_ids == ("paper_91", "study_2020")


def test_what_a_state_is_on_record_with_is_told_with_its_kind_and_date(mini, words):
    recorded = parts(elements(mini, words, "views_on_study", "MNG"))["What the State is on record with"]
    letter = next(entry for entry in recorded if entry.title == "Letter on the joint study")
    assert (letter.tags, letter.facts) == (("agreement", "signed"), (("Date", "2019"),))
    assert recorded[-1].tags == ("takes part in the project",)
    everybody = parts(elements(mini, words, "views_on_study"))["What States are on record with"]
    letter = next(entry for entry in everybody if entry.title == "Letter on the joint study")
    assert letter.facts[-1] == ("States", "Mongolia; Russian Federation")


def test_a_statement_a_response_money_and_a_host_are_told_and_what_is_many_is_folded(tmp_path, words):
    rows = mini_rows()
    rows["decisions"][0] |= {"country_codes": "MNG"}
    rows["follow_ups"].append(
        rows["follow_ups"][-1] | {"follow_up_id": "mng_view", "what": "Mongolia gave its view.", "country_codes": "MNG"}
    )
    rows["budgets"][0] |= {"funder_id": "made_up_bureau"}
    rows["meetings"].append(
        rows["meetings"][1]
        | {"meeting_id": "study_talks", "kind": "workshop", "name": "Talks", "number": "", "host_country_code": "MNG"}
    )
    rows["events"].append(
        rows["events"][0] | {"event_id": "talks", "meeting_id": "study_talks", "what": "Talks on the study."}
    )
    blocks = elements(build_mini(tmp_path, rows), words, "views_on_study", "MNG")
    recorded = parts(blocks)["What the State is on record with"]
    titles = [entry.title for entry in walk(tuple(recorded)) if isinstance(entry, Entry)]
    assert titles[:3] == ["Mongolia gave its view.", "Samples", "Joint study"]
    assert recorded[2].facts[-1] == ("Stated total", "USD 100,000")
    assert "Talks" in titles
    folded = next(block for block in recorded if isinstance(block, Details))
    assert folded.title == f"All {len(titles)} records"


def test_options_have_their_consequence_and_the_place_in_the_paper(mini, words):
    option = parts(elements(mini, words, "views_on_study", "MNG"))["Options named in the papers"][0]
    assert option.facts == (("Consequence", "Cats are counted again."), ("Place in the document", "para. 12"))


@pytest.mark.parametrize(
    ("issue", "first"),
    [
        ("views_on_study", "Which activities, outcomes and recommendations the views are to speak of."),
        ("name_experts", "Who is nominated: focal point, expert or agency."),
        ("host_workshop", "Whether interest in hosting is expressed, and with which organisation."),
        ("fund_training", "Whether a contribution is in cash or in kind, and how much."),
    ],
)
def test_the_points_follow_from_the_kind_of_the_request(mini, words, issue, first):
    points = [b.text for b in parts(elements(mini, words, issue))["Points to settle at home"] if isinstance(b, Text)]
    assert points[0] == first
    assert len(points) >= 3


def test_a_date_and_a_choice_of_options_are_points_too(mini, words):
    points = [block.text for block in parts(elements(mini, words, "views_on_study"))["Points to settle at home"]]
    assert points[-2:] == [
        "Which of the 2 options named in the papers would be preferred, or another one.",
        "An answer was requested for May 2021.",
    ]


def test_empty_parts_are_not_drawn_but_told_in_one_line_at_the_end(mini, words):
    blocks = elements(mini, words, "share_samples", "JPN")
    assert list(parts(blocks)) == ["", "Points to settle at home"]
    assert blocks[-1].text == (
        "Not on record here: figures on this subject for this choice; acts or statements on it; options named in a "
        "paper."
    )


def test_every_kind_of_request_has_points(words):
    assert set(POINTS) == set(words.terms["ask_kind"])
    for kind, points in POINTS.items():
        assert all(words(f"issues.home_{kind}_{point}") for point in points)


def test_an_unknown_request_and_one_not_yet_put_are_told(mini, words):
    for known in (mini, mini.on(date(1990, 1, 1))):
        blocks = elements(known, words, "nonsense" if known is mini else "views_on_study", "MNG")
        assert [type(block) for block in blocks] == [Notice]


REAL = [
    ("som_27_cats_views", "CHN", "Amur tiger; Recorded in both States", "with Russian Federation: 19, 2014–2016"),
    ("som_27_cats_views", "RUS", "Big cats 2020-2022; Stated total", "USD 337,081"),
    ("som_27_tumen_views", "PRK", "Rason Migratory Bird Reserve; Protection", "international"),
    ("som_27_tumen_views", "RUS", "Khasansky Nature Park; Protection", "subnational"),
]


@pytest.mark.parametrize(("issue", "state", "key", "value"), REAL)
def test_real_requests_have_their_facts(ask, words, issue, state, key, value):
    assert entries(elements(ask, words, issue, state))[key].facts[0][1] == value


def test_what_real_states_are_on_record_with(ask, words):
    russia = entries(elements(ask, words, "som_27_cats_views", "RUS"))
    assert "Agreement on the Land of Big Cats; Date" in russia
    china = [entry.title for entry in entries(elements(ask, words, "som_24_tumen_decision", "CHN")).values()]
    assert any("focal points of the Ramsar Convention" in title for title in china)
    korea = [entry.title for entry in entries(elements(ask, words, "som_27_birds_views", "KOR")).values()]
    assert "Republic of Korea on bird habitats" in korea


def test_every_real_request_has_elements_for_every_state(ask, words):
    issues = ask("issues_asked", meeting_id=None, country_code=None, ask_kind=None)["issue_id"]
    for issue in issues:
        for state in ("CHN", "JPN", "KOR", "MNG", "PRK", "RUS"):
            named = parts(elements(ask, words, issue, state))
            facts = [block for block in named.get("Facts that bear on it", []) if isinstance(block, Entry)]
            assert len(facts) <= 6
            assert named["Points to settle at home"]
