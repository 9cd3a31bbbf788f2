"""Home and changes: what is next, how the species stand, what changed; the rule of large jumps."""

import re
from datetime import date

import pytest

from neaspec.blocks import Change, Heading, Linked, Metric, Notice, PageLink, Side, Table, Text, walk
from neaspec.data.database import current_version, database_path, open_database
from neaspec.data.queries import Ask
from neaspec.sections import changes
from neaspec.sections.changes import ChangesChoices
from neaspec.sections.home import page as overview
from neaspec.sections.home.page import OverviewChoices
from tests.support.made_up import write_package

SOM_24, SOM_27 = date(2020, 10, 13), date(2024, 12, 13)


COUNT = {
    "species_id": "made_up_cat",
    "country_code": "MNG",
    "area_name": "Park",
    "count_kind": "estimate",
    "population_part": "adults",
    "method": "camera_trap",
    "qualifier": "exact",
    "unit": "individuals",
    "is_derived": "false",
    "locator": "p. 1",
}


def at(connection, day):
    """Return the real data as known on a day; answers are kept for the other tests."""
    return Ask(connection, day, current_version())


def blocks_of(page, kind):
    return [block for block in walk(page.blocks) if isinstance(block, kind)]


def home(of, words, delegation_code=None):
    return overview.page(of, words, OverviewChoices(delegation_code=delegation_code))


def cards_of(of, words, delegation_code=None):
    return {card.species_id: card for card in blocks_of(home(of, words, delegation_code), Metric)}


def test_the_page_is_named_by_the_next_meeting_and_answers_with_the_issues_of_the_last_papers(ask, words):
    page = home(ask, words)
    assert page.title == "SOM-29"
    assert page.lead == (
        "SOM-27 was asked to consider 5 issues: 1 completed, 1 partly completed, 3 without a response on record."
    )
    notes = " ".join(block.text for block in blocks_of(page, Text))
    assert "SOM-29: date and place are not on record here. SOM-28 closed on 23 September 2025." in notes
    assert "A paper of SOM-28 on nature conservation is not on record here." in notes


@pytest.mark.parametrize(("day", "number"), [(SOM_24, 25), (date(2022, 9, 21), 26), (SOM_27, 28)])
def test_the_next_meeting_is_the_one_after_the_last_held_by_then(real_connection, words, day, number):
    assert home(at(real_connection, day), words).title == f"SOM-{number}"


def test_the_six_species_stand_in_their_order_with_a_line_an_area_each_with_its_year(ask, words):
    assert [(key, dict(card.lines)) for key, card in cards_of(ask, words).items()] == [
        (
            "amur_tiger",
            {
                "Northeast China Tiger and Leopard National Park (China)": "about 70 · 2024",
                "Russian Far East, whole tiger range (Russian Federation)": "about 750 · 2021–2022",
            },
        ),
        (
            "amur_leopard",
            {
                "Northeast China Tiger and Leopard National Park (China)": "about 80 · 2024",
                "Land of the Leopard National Park (Russian Federation)": "129 · 2023",
            },
        ),
        (
            "snow_leopard",
            {
                "China": "figures of single areas",
                "Mongolia": "about 953 (806–1,127) · 2017–2021",
                "Altai, Tyva, Buryatia and Krasnoyarsk Krai (Russian Federation)": "at least 87 · 2024",
            },
        ),
        ("black_faced_spoonbill", {"World": "7,081 · 2025"}),
        ("white_naped_crane", {"World": "about 13,100 · 2023", "Izumi Plain, Kagoshima (Japan)": "1,754 · 2025–2026"}),
        ("hooded_crane", {"World": "about 19,300 · 2023", "Izumi Plain, Kagoshima (Japan)": "11,548 · 2025–2026"}),
    ]


def test_no_figure_stands_for_a_species_of_several_states_and_none_is_a_sum(ask, words):
    cards = cards_of(ask, words)
    assert not any(card.value for card in cards.values())
    assert "820" not in str(cards["amur_tiger"].lines)
    assert not any(card.trend for card in cards.values())  # the line of one State would stand for all


def test_each_line_has_its_own_trend_of_like_figures_that_ends_with_the_figure_shown(ask, words):
    leopard = cards_of(ask, words)["amur_leopard"]
    assert [trend[0] for trend in leopard.line_trends] == [(2017, 42), (2017, 84)]
    for card in cards_of(ask, words).values():
        for (_, figure), trend in zip(card.lines, card.line_trends, strict=True):
            if trend:
                assert f"{trend[-1][1]:,.0f}" in figure
                assert [year for year, _ in trend] == sorted(year for year, _ in trend)


def test_world_estimates_that_are_not_alike_have_a_chip_and_no_line(ask, words):
    crane = cards_of(ask, words)["white_naped_crane"]
    assert "not_comparable" in crane.chips
    assert crane.line_trends[0] == ()


def test_no_partial_count_stands_for_the_snow_leopard_at_som_24(real_connection, words):
    card = cards_of(at(real_connection, SOM_24), words)["snow_leopard"]
    assert dict(card.lines) == {"Mongolia": "no figure on record", "Russian Federation": "70–90 · 2015–2020"}


@pytest.mark.parametrize(("day", "value"), [(date(2023, 8, 29), "6,162"), (date(2023, 8, 30), "6,633")])
def test_a_census_total_stands_from_the_day_on_which_its_coordinators_published_it(real_connection, words, day, value):
    assert cards_of(at(real_connection, day), words)["black_faced_spoonbill"].lines[0][1].startswith(f"{value} · ")


def test_a_delegation_finds_its_species_marked_and_nobody_else_does(ask, words):
    marked = {key for key, card in cards_of(ask, words, "MNG").items() if card.status == "concerns you"}
    assert marked == {"snow_leopard", "white_naped_crane", "hooded_crane"}
    assert not any(card.status for card in cards_of(ask, words).values())


def test_the_issues_are_listed_with_sign_and_status_and_lead_to_their_elements(ask, words):
    issues = next(table for table in blocks_of(home(ask, words), Table) if table.file_name == "issues")
    assert issues.title == "Issues for consideration, SOM-27"
    assert issues.rows["issue_standing"].tolist() == [
        *["○ no response on record"] * 3,
        "● completed",
        "◐ partly completed",
    ]
    assert issues.rows["issue_link"].iloc[3] == (
        "Decision · Revised Black-faced Spoonbill Action Plan|issues?meeting=som_27&issue=som_27_spoonbill_plan"
    )


def test_what_is_addressed_to_the_delegation_comes_first(mini, words):
    def order(code):
        rows = overview.newest_issues(mini, code)
        return rows["issue_id"].tolist()

    assert order("JPN")[0] == "views_on_study"
    assert set(order("MNG")) == set(order(None))


def test_the_first_screen_says_what_changed_since_the_last_meeting(ask, words):
    first = home(ask, words).blocks[0]
    assert isinstance(first, Side)
    left = first.cells[0]
    assert "Changed since SOM-28" in [block.text for block in left if isinstance(block, Heading)]
    assert 1 <= len([block for block in left if isinstance(block, Change)]) <= 3


def test_a_site_of_the_map_can_be_selected_in_its_list_and_tells_its_facts(ask, words):
    linked = blocks_of(home(ask, words), Linked)[0]
    signs = linked.picture.layers[0].rows["id"]
    assert set(signs) <= {item.id for item in linked.items}
    rason = next(item for item in linked.items if item.id == "rason").blocks[0]
    assert rason.kind.startswith("Democratic People's Republic of Korea")
    assert dict(rason.facts)["Protection"] == "International"
    assert rason.links[0].choices == {"site": "rason"}


def test_the_first_page_leads_on(ask, words):
    page = home(ask, words)
    pages = {link.page for link in blocks_of(page, PageLink)} | {card.link.page for card in blocks_of(page, Metric)}
    assert {"issues", "changes", "species"} <= pages


def test_before_any_issue_the_page_says_so(mini, words):
    page = home(mini.on(date(2019, 1, 1)), words)
    assert page.lead == "No issue on nature conservation is on record at this date."


def between(real_connection, words, **choices):
    return changes.page(at(real_connection, None), words, ChangesChoices(**choices))


def test_the_new_bird_project_and_its_money_became_known_between_som_24_and_som_27(real_connection):
    added = at(real_connection, SOM_27)("changes_added", known_from=SOM_24)
    assert "budget_bird_connectivity_total" in set(added["statement_id"])
    assert "budget_big_cats_total" not in set(added["statement_id"])


def test_the_period_of_component_1_changed_and_names_both_documents(real_connection):
    stated = at(real_connection, SOM_27)("changes_planned", known_from=SOM_24)
    period = stated[(stated["subject"] == "period") & stated["what"].str.contains("component 1")].iloc[0]
    assert (period["old_said"], period["new_said"]) == ("2021-01 to 2022-12", "2021-09 to 2022-12")
    assert (period["old_document_id"][:6], period["document_id"]) == ("som_24", "workshop_2021_note")


def test_a_revision_that_was_already_known_is_not_told_as_a_change_again(real_connection):
    som_28 = date(2025, 9, 23)
    told = at(real_connection, None)("changes_planned", known_from=som_28)
    assert told["old_said"].isna().all() and told["is_known_only"].all()


@pytest.mark.parametrize("since", [SOM_24, date(2022, 9, 21), SOM_27])
def test_a_document_is_no_change_of_itself(real_connection, since):
    told = [at(real_connection, None)(name, known_from=since) for name in ("changes_planned", "changes_stated")]
    for rows in told:
        assert not (rows["old_document_id"] == rows["document_id"]).any()
        bare = rows["new_said"].str.replace("from ", "").str.replace("until ", "")
        assert not (rows["old_said"].fillna("") == bare).any()
    assert not told[0]["old_said"].isin(["2022-12", "2020-07", "2020-05", "2022-08"]).any()


def test_a_reserve_that_became_part_of_a_national_park_is_merged_and_not_ended(real_connection, words):
    page = between(real_connection, words, from_meeting_id="som_24", to_meeting_id="som_27")
    stated, ended = (
        [table.rows for table in blocks_of(page, Table) if table.file_name == name] for name in ("stated", "withdrawn")
    )
    rows = stated[0][stated[0]["about"] == "Hunchun Nature Reserve"].set_index("what")
    said = rows.loc["National nature reserve", "new_said"]
    assert said.startswith("merged into")
    assert not any(rows["about"].str.contains("Hunchun|Wangqing|Laoyeling").any() for rows in ended)


def test_an_unconfirmed_status_is_no_change(real_connection, words):
    som_28 = date(2025, 9, 23)
    assert at(real_connection, None)("changes_claims", known_from=som_28).empty
    shown = overview.page(at(real_connection, None), words, OverviewChoices())
    assert not any("Vulnerable" in change.after for change in blocks_of(shown, Change))
    tables = blocks_of(changes.page(at(real_connection, None), words, ChangesChoices()), Table)
    told = [table.rows["new_said"] for table in tables if "new_said" in table.rows]
    assert not any(said.str.contains("Vulnerable").any() for said in told)


def test_dates_of_changes_are_words(real_connection, words):
    page = between(real_connection, words, from_meeting_id="som_24", to_meeting_id="som_27")
    tables = {table.file_name: table.rows for table in blocks_of(page, Table)}
    stated = tables["stated"]
    period = stated[stated["what"] == "component 1, revised"].iloc[0]
    assert period["old_said"] == "January 2021 to December 2022"
    assert period["new_said"] == "September 2021 to December 2022"
    known = set(tables["added"]["known_words"])
    assert {"12 December 2024", "by end of 2021"} <= known
    assert not any(re.search(r"\d{4}-\d\d", when) for when in known)


def test_two_lists_of_one_state_are_not_a_change(real_connection):
    stated = at(real_connection, SOM_27)("changes_stated", known_from=SOM_24)
    assert not stated["old_said"].str.contains("Natural Monument").any()


def test_an_area_that_only_the_newer_document_states_is_not_a_change(real_connection):
    stated = at(real_connection, None)("changes_stated", known_from=date(2025, 9, 23))
    assert not (stated["subject"] == "designation").any()


def test_a_figure_keeps_its_range_and_how_exact_it_is(real_connection, words):
    page = between(real_connection, words, from_meeting_id="som_24", to_meeting_id="som_27")
    table = next(table for table in blocks_of(page, Table) if table.file_name == "changed_counts")
    world = table.rows[table.rows["area_counted"].str.startswith("World")].iloc[0]
    assert (world["old_words"], world["new_words"]) == ("3,941, 2018", "6,988, 2024")
    labels = {column.name: column.label for column in table.columns}
    assert (labels["area_counted"], labels["change_percent"]) == ("Area (age group; kind; method)", "Change, %")
    # About 2,700 cranes in 2020 and 5,423 counted in 2023, 22 cubs and at least 14: not alike, so not compared.
    assert not table.rows["area_counted"].str.startswith("Suncheon Bay").any()
    assert not table.rows["new_words"].str.contains("at least 14").any()
    # 510 and 750 tigers are not like for like, as their caveats say: that is no change.
    assert not table.rows["new_words"].str.contains("750").any()


def test_the_world_census_of_spoonbills_is_a_large_jump(real_connection):
    counts = at(real_connection, SOM_27)("changes_counts", known_from=SOM_24)
    world = counts[(counts["species_id"] == "black_faced_spoonbill") & (counts["area_name"] == "World")].iloc[0]
    assert world["new_value"] == 6988
    assert bool(world["is_jump"])


CHANGES = [("100", "124", False), ("100", "125", True), ("100", "75", True), ("0", "1", True)]


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A function: what changed up to the end of 2022 in made-up figures of 2018 and 2021, one area for each pair."""
    rows = []
    for old, new, _ in CHANGES:
        area = COUNT | {"area_name": f"Park {old} {new}"}
        figures = (("2018", "camera_trap", old), ("2021", "camera_trap", new), ("2021", "snow_tracks", "900"))
        rows += [
            area
            | {
                "count_id": f"c{old}_{new}_{method}_{year}",
                "value": value,
                "method": method,
                "year_from": year,
                "year_to": year,
                "document_id": "old_paper" if year == "2018" else "new_paper",
            }
            for year, method, value in figures
        ]
    package = write_package(tmp_path_factory.mktemp("changed") / "data", {"counts": rows})
    connection = open_database(database_path(package, package))
    return lambda since: Ask(connection, date(2022, 12, 31))("changes_counts", known_from=since)


@pytest.mark.parametrize(("known_from", "count"), [(date(2020, 12, 31), 1), (date(2021, 1, 1), 0)])
def test_a_figure_more_than_two_years_old_at_the_earlier_date_is_no_change(changed, known_from, count):
    found = changed(known_from)
    assert len(found[found["area_name"] == "Park 100 125"]) == count


def test_the_agreement_on_the_land_of_big_cats_is_news_of_som_27_alone(real_connection, words):
    som_26, som_28 = date(2023, 11, 24), date(2025, 9, 23)
    told = {
        day: set(at(real_connection, day)("changes_new", known_from=since)["about"])
        for since, day in ((som_26, SOM_27), (SOM_27, som_28))
    }
    assert "Agreement on the Land of Big Cats" in told[SOM_27]
    assert "Agreement on the Land of Big Cats" not in told[som_28]
    page = changes.page(at(real_connection, SOM_27), words, ChangesChoices(from_meeting_id="som_26"))
    table = next(table for table in blocks_of(page, Table) if table.file_name == "stated")
    row = table.rows[table.rows["about"] == "Agreement on the Land of Big Cats"].iloc[0]
    assert (row["old_said"], row["new_said"]) == ("nothing on record", "signed, 16 May 2024")
    news = [change.what for change in blocks_of(home(at(real_connection, SOM_27), words), Change)]
    assert any("Agreement on the Land of Big Cats" in what for what in news), news


def test_nothing_is_compared_before_the_first_meeting(real_connection, words):
    page = changes.page(at(real_connection, SOM_24), words, ChangesChoices())
    assert [type(block) for block in page.blocks] == [Notice]


def test_two_meetings_can_be_chosen(real_connection, words):
    page = between(real_connection, words, from_meeting_id="som_24", to_meeting_id="som_27")
    assert page.lead.startswith("From SOM-24 to SOM-27: ")
    shown = blocks_of(page, Change)
    assert shown and all(change.after for change in shown)


def test_meetings_in_the_wrong_order_give_a_sentence(real_connection, words):
    page = between(real_connection, words, from_meeting_id="som_27", to_meeting_id="som_24")
    assert [block.text for block in page.blocks] == [words("changes.wrong_order")]


@pytest.mark.parametrize("day", [SOM_24, date(2021, 10, 7), date(2022, 9, 21), SOM_27, date(2025, 9, 23), None])
def test_both_pages_hold_at_every_meeting(real_connection, words, day):
    of = at(real_connection, day)
    for page in (overview.page(of, words, OverviewChoices()), changes.page(of, words, ChangesChoices())):
        cited = {document_id for block in walk(page.blocks) for document_id in getattr(block, "document_ids", ())}
        known = of("sources_cited", document_ids=[*cited]) if cited else None
        later = cited - set(known["document_id"]) if known is not None else set()
        # Only the outcome of a meeting is known before its document, and only where that bears no more than a year.
        dates = dict(real_connection.cursor().execute("select document_id, published_date from documents").fetchall())
        assert [key for key in later if len(dates[key] or "") != 4] == []


@pytest.mark.parametrize(("old", "new", "is_jump"), CHANGES)
def test_a_change_of_a_quarter_or_more_is_a_large_jump(changed, old, new, is_jump):
    found = changed(date(2020, 1, 1))
    mine = found[found["area_name"] == f"Park {old} {new}"]
    assert list(mine["is_jump"].astype(bool)) == [is_jump]
