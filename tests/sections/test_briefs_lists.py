"""Lists of papers, on the mini data set: every row of a kind of paper, in its order, with what it rests on."""

import pandas as pd
import pytest

from neaspec.blocks import Chart, Heading, Map, Table, Text
from neaspec.sections.briefs import facts as say
from neaspec.sections.briefs.choices import BriefsChoices, front_length
from neaspec.sections.briefs.draft import Cut, Draft, Listed, listed, page_of, stages
from neaspec.sections.briefs.issue import issue_draft
from neaspec.sections.briefs.page import draft_of
from neaspec.sections.briefs.som import before_som, som_lead, som_number
from neaspec.sections.briefs.subjects import place_lead, protection_facts
from tests.support.mini import load_mini, mini_rows, with_cells, without


@pytest.fixture(scope="module")
def draft(mini, words):
    """Make drafts of papers, each once."""
    made: dict[str, Draft] = {}

    def of(kind: str, **choices: str) -> Draft:
        key = f"{kind} {sorted(choices.items())}"
        if key not in made:
            made[key] = draft_of(mini, words, BriefsChoices(kind, **choices))
        return made[key]

    return of


def rows_of(made: Draft, key: str) -> list[list[object]]:
    """Give the rows of one list, without their documents."""
    (part,) = [part for part in made.lists if part.key == key]
    return part.rows[[name for name in part.columns if name != "document_ids"]].values.tolist()


def cited(made: Draft, key: str) -> list[str]:
    return next(list(part.rows["document_ids"]) for part in made.lists if part.key == key)


PARK_FACTS = [
    ["National park", "since 1 May 1998"],
    ["Marsh crane, density", "1.5 individuals per 100 km² (2019)"],
    ["Steppe cat, individuals identified", "12–15 individuals (2019)"],
    ["Area", "100,000 ha"],
    ["Wetland of International Importance", "since 2004"],
    ["Project", "Joint study"],
]
CAT_FACTS = [
    ["Mongolia", "60 individuals (2020)"],
    ["Russian Federation", "at least 110 individuals (2020)"],
    ["Red List", "Endangered (2021)"],
    ["Sites used", "2, of which 0 without protection on record"],
]


@pytest.mark.parametrize(
    ("kind", "choices", "rows"),
    [
        ("species", {"species_id": "steppe_cat"}, CAT_FACTS),
        (
            "species",
            {"species_id": "marsh_crane"},
            [
                ["Marsh cranes of the world", "about 8,000 individuals (2021)"],
                ["Red List", "Least Concern (2019)"],
                ["Sites used", "3, of which 3 without protection on record"],
            ],
        ),
        ("site", {"site_id": "steppe_park"}, PARK_FACTS),
        (
            "site",
            {"site_id": "delta_marsh"},
            [["None", "in force"], ["Marsh crane, nests", "0 nests (2019)"], ["Project", "Delta idea"]],
        ),
        (
            "area",
            {"area_id": "steppe"},
            [
                ["States", "Mongolia, Russian Federation"],
                ["Protection: international", "1: Steppe Park"],
                ["Protection: national", "1: Pine Reserve"],
                ["Two Banks: Marsh crane, breeding pairs", "21 pairs (2020)"],
                ["Steppe Park: Marsh crane, density", "1.5 individuals per 100 km² (2019)"],
                ["Steppe Park: Steppe cat, individuals identified", "12–15 individuals (2019)"],
            ],
        ),
        (
            "som",
            {},
            [
                ["Steppe cat", "Mongolia: 60 individuals (2020); Russian Federation: at least 110 individuals (2020)"],
                ["Marsh crane", "Marsh cranes of the world: about 8,000 individuals (2021)"],
                ["Dune bird", "Dune birds of the world: about 900 individuals (2022)"],
            ],
        ),
        (
            "issue",
            {"issue_id": "views_on_study"},
            [
                ["Steppe cat: Mongolia", "60 individuals (2020)"],
                ["Steppe cat: Russian Federation", "at least 110 individuals (2020)"],
                ["Steppe cat: Red List", "Endangered (2021)"],
                ["Steppe Park", "international"],
                ["Steppe Park: Marsh crane, density", "1.5 individuals per 100 km² (2019)"],
                ["Steppe Park: Steppe cat, individuals identified", "12–15 individuals (2019)"],
                ["Joint study", "completed, March 2019 to December 2021"],
                ["Steppe cat: Sites used", "2, of which 0 without protection on record"],
            ],
        ),
        ("country", {"country_code": "PRK"}, [["Marsh crane, Delta Marsh", "0 nests (2019)"]]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_facts_of_a_paper_are_stated_in_their_order(draft, kind, choices, rows):
    assert rows_of(draft(kind, **choices), "facts") == rows


def test_each_fact_cites_what_it_rests_on(draft):
    assert cited(draft("species", species_id="steppe_cat"), "facts") == [
        "paper_91",
        "study_2020",
        "late_report",
        "old_report late_report",
    ]
    assert cited(draft("site", site_id="steppe_park"), "facts") == [
        "old_report",
        "paper_90",
        "paper_90",
        "old_report",
        "old_report",
        "paper_90",
    ]
    assert cited(draft("som"), "facts") == ["paper_91 study_2020", "late_report", "late_report"]


def test_animals_on_both_sides_are_a_fact_where_a_joint_study_found_some(joined, words):
    facts = [row for row in say.species_facts(joined, words, "steppe_cat") if "sides" in str(row["fact"])]
    assert [(row["fact"], row["on_record"], row["document_ids"]) for row in facts] == [
        (
            words("briefs.both_sides", method="camera traps"),
            say.shared_said(words, joined("movements_shared_counts", species_id="steppe_cat").iloc[0]),
            "study_2020",
        ),
        (
            words("briefs.both_sides", method="genetic analysis"),
            words(
                "briefs.shared",
                first="Mongolia",
                first_count="10",
                second="Russian Federation",
                second_count="14",
                both="5",
                period="2019–2020",
            ),
            "paper_90",
        ),
    ]


@pytest.mark.parametrize(
    ("kind", "choices", "lead"),
    [
        (
            "species",
            {"species_id": "steppe_cat"},
            "Mongolia: 40 (2019) to 60 (2020), like for like (adults, camera traps). "
            "Russian Federation: at least 110 individuals (2020).",
        ),
        ("species", {"species_id": "marsh_crane"}, "Marsh cranes of the world: about 8,000 individuals (2021)."),
        ("site", {"site_id": "steppe_park"}, "Steppe Park (Mongolia): international. Used by: Steppe cat."),
        (
            "area",
            {"area_id": "steppe"},
            "Shared steppe (Mongolia, Russian Federation): 3 sites, 1 of them without protection on record.",
        ),
        (
            "som",
            {},
            "SOM-91 considered 3 issues on nature conservation: 0 completed, 0 partly, 3 with no response on record.",
        ),
        (
            "issue",
            {"issue_id": "views_on_study"},
            "Views, put to SOM-91 (paragraph 12): Views on the next step. Status: no response on record.",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_paper_opens_with_its_answer(draft, kind, choices, lead):
    assert draft(kind, **choices).lead == lead


def test_a_species_without_figures_says_so(words):
    ask = load_mini(without(without(mini_rows(), "counts", "birds_world_2023"), "series", "birds_world"))
    assert say.species_lead(ask, words, "dune_bird") == words("briefs.no_figure")


def test_a_joined_series_that_does_not_lead_is_told_after_what_leads(words):
    """A world estimate leads; what changed where figures are like for like still stands behind it."""
    rows = with_cells(mini_rows(), "counts", "cats_rus_2019", country_code="", area_name="World")
    rows = with_cells(rows, "counts", "cats_rus_2020", country_code="", area_name="World")
    assert say.species_lead(load_mini(rows), words, "steppe_cat") == (
        "Steppe cats in the Russian Federation: at least 110 individuals (2020). "
        "Mongolia: 40 (2019) to 60 (2020), like for like (adults, camera traps)."
    )


ISSUE_ROWS = [
    ["Views on the joint study", "Views", "SOM-91", "no response on record"],
    ["Host of a workshop", "Expression of interest: host", "SOM-91", "no response on record"],
    ["Data on cranes", "Information", "SOM-91", "no response on record"],
]


@pytest.mark.parametrize(
    ("kind", "choices", "key", "rows"),
    [
        ("som", {}, "issues", ISSUE_ROWS),
        ("species", {"species_id": "steppe_cat"}, "issues", ISSUE_ROWS[:1]),
        ("site", {"site_id": "steppe_park"}, "issues", ISSUE_ROWS[:2]),
        (
            "som",
            {},
            "changes",
            [
                ["Pine Reserve: Hunting ban", "in force, 2010, 500 ha", "former, 2010, 500 ha"],
                ["Steppe cat: IUCN Red List, global", "VU 2018", "EN 2021"],
                ["Protocol on the two banks: protocol", "", "signed, 1 October 2022"],
            ],
        ),
        ("som", {}, "money", [["Joint study", "USD 100,000", "Made-up Union"]]),
        (
            "site",
            {"site_id": "steppe_park"},
            "links",
            [
                ["Pine Reserve", "adjacency: Cats walk between the two."],
                ["South Bank", "hydrology: The river joins them."],
            ],
        ),
        ("site", {"site_id": "steppe_park"}, "threats", [["Fires in the park."]]),
        ("site", {"site_id": "steppe_park"}, "gaps", [["No plan of the park."]]),
        (
            "species",
            {"species_id": "steppe_cat"},
            "threats",
            [
                ["Fences along the border."],
                ["Winters without snow."],
                ["Fires in the park."],
                ["Snares for the steppe cat."],
            ],
        ),
        (
            "species",
            {"species_id": "steppe_cat"},
            "projects",
            [
                ["Joint study of steppe cats", "March 2019 to December 2021", "completed"],
            ],
        ),
        ("species", {"species_id": "marsh_crane"}, "projects", [["Idea for the delta", "", "proposed"]]),
        ("species", {"species_id": "steppe_cat"}, "gaps", [["No count of cats for China."]]),
        (
            "issue",
            {"issue_id": "views_on_study"},
            "options",
            [
                ["Go on", "Cats are counted again."],
                ["Stop", "Cats are not counted."],
            ],
        ),
        (
            "issue",
            {"issue_id": "views_on_study"},
            "trail",
            [
                ["SOM-91", "repeated at the same meeting", "Views on the joint study: Views on the next step."],
                ["SOM-90", "requested before", "Samples of cats: Approval of sharing samples."],
                ["no date", "follow-up", "The study went on."],
            ],
        ),
        (
            "issue",
            {"issue_id": "views_on_study", "country_code": "MNG"},
            "own",
            [
                ["Letter on the joint study", "agreement · signed · Samples are shared. · 2019"],
                ["A day in the park.", "event · 1 May 2020"],
                ["Steppe Park", "designation · in force · Wetland of International Importance · 2004"],
                ["Steppe Park", "designation · in force · National park · 1 May 1998"],
                ["Steppe Park", "designation · former · Hunting reserve · 1970"],
                ["Joint study", "takes part in the project"],
            ],
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_lists_of_a_paper_have_every_row_in_words(draft, kind, choices, key, rows):
    assert rows_of(draft(kind, **choices), key) == rows


@pytest.mark.parametrize(
    ("kind", "choices", "names"),
    [
        ("som", {}, ["Delta Marsh", "South Bank", "Two Banks"]),
        ("species", {"species_id": "steppe_cat"}, ["Pine Reserve", "Steppe Park"]),
        ("area", {"area_id": "steppe"}, ["Two Banks", "Pine Reserve", "Steppe Park"]),
        ("country", {"country_code": "MNG"}, ["South Bank", "Two Banks", "Steppe Park"]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_sites_of_a_paper_stand_with_the_least_protected_first(draft, kind, choices, names):
    assert [row[0] for row in rows_of(draft(kind, **choices), "sites")] == names


def test_a_site_cites_its_protection_or_else_the_document_that_names_it(draft):
    assert cited(draft("som"), "sites") == ["paper_91", "old_report paper_91", "paper_91"]


def test_points_for_home_end_with_the_figures_and_the_first_cites_the_paper(draft, words):
    made = draft("issue", issue_id="views_on_study")
    assert [row[0] for row in rows_of(made, "home")][3:] == [
        "Which of the 2 options named in the papers would be preferred, or another one.",
        "An answer was requested for May 2021.",
        words("briefs.home_facts"),
    ]
    assert cited(made, "home") == ["paper_91", "", "", "", "", ""]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", "no response on record"),
        ("not_found", "no response on record"),
        (None, "no response on record"),
        ("done", "completed"),
        ("partly", "partly completed"),
    ],
)
def test_a_status_is_one_on_record(words, state, said):
    assert say.status_words(words, state) == said


@pytest.mark.parametrize(
    ("caveats", "qualifier", "said"),
    [
        ("", None, "60"),
        ("press_only", None, "60 · press report only"),
        ("at_least approximate", "about", "60"),
        ("derived", "at_least", "60 · our sum"),
    ],
)
def test_a_figure_has_the_caveats_its_words_do_not_say(words, caveats, qualifier, said):
    names = {
        "60 · press report only": words.listed(["60", words.term("chip", "press_only")], "dot"),
        "60 · our sum": words.listed(["60", words.term("chip", "our_sum")], "dot"),
    }
    assert say.with_chips(words, "60", caveats, qualifier) == names.get(said, said)


def test_the_paper_of_a_meeting_counts_what_followed(words):
    asked = pd.DataFrame(
        {
            "meeting_id": "som_9",
            "state": ["done", "done_unconfirmed", "superseded", "partly", "open", "not_found", None],
        }
    )
    assert som_lead(words, asked) == (
        "SOM-9 considered 7 issues on nature conservation: 3 completed, 1 partly, 3 with no response on record."
    )
    assert som_lead(words, asked.iloc[:0]) == words("briefs.lead_none")


@pytest.mark.parametrize(("meeting", "number", "before"), [("", 93, "2022-04-02"), ("som_91", 91, "2020-04-02")])
def test_a_paper_counts_changes_from_the_meeting_before(mini, meeting, number, before):
    assert (som_number(mini.at(meeting)), before_som(mini.at(meeting))) == (number, before)


def test_before_any_meeting_there_is_nothing_to_count_from(mini):
    first = mini.at("som_90")
    assert (som_number(first), before_som(first)) == (90, None)


def test_a_meeting_says_in_its_annex_each_issue_with_options_and_trail(draft):
    blocks = list(draft("som").annex())
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "Views on the joint study",
        "Host of a workshop",
        "Data on cranes",
        "Differences between documents",
    ]
    assert [block.text for block in blocks if isinstance(block, Text)] == [
        "Views on the next step.",
        "An offer to host a workshop.",
        "Counts of cranes.",
    ]
    assert [block.file_name for block in blocks if isinstance(block, Table)] == [
        "options_views_on_study",
        "trail_views_on_study",
        "trail_host_workshop",
        "trail_data_on_cranes",
        "every_site",
        "all_facts",
        "all_issues",
        "all_changes",
        "all_money",
        "all_sites",
    ]


def test_without_differences_an_annex_ends_with_its_lists(draft):
    assert not [block for block in draft("species", species_id="marsh_crane").annex() if isinstance(block, Heading)]


@pytest.mark.parametrize(
    ("issue_id", "names"),
    [("views_on_study", ["Steppe Park"]), ("host_workshop", ["Steppe Park"])],
)
def test_an_issue_draws_its_sites_and_its_species_over_time(draft, issue_id, names):
    site, *series = draft("issue", issue_id=issue_id).pictures
    assert isinstance(site, Map) and list(site.layers[0].rows["name"]) == names
    assert [chart.title for chart in series] == (
        ["Steppe cat: like-for-like figures"] if issue_id == "views_on_study" else []
    )


def test_an_issue_without_sites_draws_those_of_its_species(words):
    ask = load_mini(without(mini_rows(), "evidence_links", "views_park"))
    site, chart = issue_draft(ask, words, "views_on_study", "").pictures
    assert list(site.layers[0].rows["name"]) == ["Pine Reserve", "Steppe Park"] and isinstance(chart, Chart)


def test_an_issue_without_projects_names_those_at_its_sites(words):
    ask = load_mini(without(mini_rows(), "evidence_links", "views_study"))
    assert rows_of(issue_draft(ask, words, "views_on_study", ""), "projects") == [
        ["Joint study of steppe cats", "March 2019 to December 2021", "completed"],
    ]


def test_a_site_nobody_uses_has_no_sentence_of_users(words):
    site = pd.Series({"name": "S", "country_names": "A; B", "level": "none", "standing": None, "species_names": None})
    assert place_lead(words, site) == words(
        "briefs.lead_site", name="S", countries="A, B", level=words("sites.no_protection")
    )


def test_protection_of_an_area_is_counted_from_the_highest_level(words):
    sites = pd.DataFrame(
        [("A", "subnational", "d1"), ("B", "international", "d2"), ("C", "subnational", "d1 d3"), ("D", "none", "d4")],
        columns=["name", "level", "protection_document_ids"],
    )
    assert [(row["fact"], row["on_record"], row["document_ids"]) for row in protection_facts(words, sites)] == [
        ("Protection: international", "1: B", "d2"),
        ("Protection: subnational", "2: A, C", "d1 d3"),
    ]


def test_a_row_cites_two_documents_at_most():
    (part,) = listed("facts", [{"fact": "a", "document_ids": "one two three"}], {"fact": "text"})
    assert list(part.rows["document_ids"]) == ["one two"] and listed("facts", [], {"fact": "text"}) == []


def made_draft(*counts: tuple[str, int], pictures: int = 0, mini_draft: Draft | None = None) -> Draft:
    lists = tuple(
        Listed(key=key, rows=pd.DataFrame({"what": ["w."] * count, "document_ids": ""}), columns={"what": "text"})
        for key, count in counts
    )
    return Draft(title="T", lead="L", lists=lists, pictures=mini_draft.pictures[:pictures] if mini_draft else ())


def test_rows_are_dropped_one_by_one_in_the_stated_order_down_to_what_each_list_keeps():
    first, last = list(stages(made_draft(("facts", 7), ("links", 2), ("gaps", 2)), "2"))[:2]
    assert [cut.rows for cut in first] == [
        (("facts", 6), ("links", 2), ("gaps", 2)),
        (("facts", 6), ("links", 1), ("gaps", 2)),
        (("facts", 6), ("links", 0), ("gaps", 2)),
        (("facts", 6), ("links", 0), ("gaps", 1)),
    ]
    assert last[-1].rows == (("facts", 3), ("links", 0), ("gaps", 0))


@pytest.mark.parametrize(
    ("length", "given", "shown"), [("1", 3, [1, 1, 0]), ("2", 3, [2, 1, 1, 0]), ("6", 0, [0, 0, 0])]
)
def test_pictures_go_one_by_one_after_lists_were_shortened(draft, length, given, shown):
    made = made_draft(("facts", 4), pictures=given, mini_draft=draft("species", species_id="steppe_cat"))
    assert [cuts[0].pictures for cuts in stages(made, length)] == shown


def test_a_front_shows_the_first_picture_before_the_facts_and_others_after_them(draft, words):
    made = draft("species", species_id="steppe_cat")
    cut = Cut(2, tuple((part.key, 1) for part in made.lists))
    kinds = [type(block).__name__ for block in made.blocks(words, cut)]
    assert kinds[:4] == ["Map", "Table", "Chart", "Table"]
    assert (
        made.blocks(words, Cut(0, tuple((part.key, int(part.key == "facts")) for part in made.lists)))[0].rows.shape[0]
        == 1
    )
    note = draft("issue", issue_id="views_on_study", country_code="MNG")
    assert note.blocks(words, Cut(0, tuple((part.key, 0) for part in note.lists)))[0].text.startswith(
        "Elements for a response"
    )
    assert note.has_position and not made.has_position


def test_pictures_of_a_front_name_no_documents_in_their_rows(draft):
    made = draft("species", species_id="steppe_cat")
    assert {column.kind for column in made.shown[0].table.columns} == {"text"}
    assert "documents" in {column.kind for column in made.pictures[0].table.columns}


def test_gaps_are_one_sentence_of_rows_without_their_full_stops(words):
    part = made_draft(("gaps", 2)).lists[0]
    assert part.block(words, 2).text == words("briefs.gaps", listed="w; w")


def test_a_full_paper_tells_where_its_annex_begins(mini, draft, words):
    made = draft("site", site_id="steppe_park")
    cut = next(stages(made, "2"))[0]
    page, place = page_of(mini, words, made, cut, True)
    assert page.blocks[place].text == words("briefs.annex")
    assert page.blocks[-1] is made.pictures[-1].table
    assert page_of(mini, words, made, cut, False)[1] == 0


@pytest.mark.parametrize(
    ("kind", "length", "front"),
    [("som", "full", "6"), ("som", "2", "2"), ("site", "full", "2"), ("site", "1", "1"), ("som", "1", "1")],
)
def test_the_front_has_the_pages_its_length_allows(kind, length, front):
    assert front_length(BriefsChoices(kind, length=length)) == front
