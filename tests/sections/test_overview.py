"""Overview and changes: what is next, how the species stand, what changed; the rule of large jumps."""

import re
from datetime import date

import pytest

from neaspec.blocks import Chart, Heading, Map, Metric, Notice, PageLink, Side, Table, Text, walk
from neaspec.data.database import current_version, database_path, open_database
from neaspec.data.queries import Ask
from neaspec.sections import changes
from neaspec.sections.changes import ChangesChoices
from neaspec.sections.home import page as overview
from neaspec.sections.home.page import OverviewChoices
from tests.support.made_up import write_package

SOM_24, SOM_27 = date(2020, 10, 13), date(2024, 12, 13)


COUNT = {
    "species_id": "made_up_cat", "country_code": "MNG", "area_name": "Park", "count_kind": "estimate",
    "population_part": "adults", "method": "camera_trap", "qualifier": "exact", "unit": "individuals",
    "is_derived": "false", "locator": "p. 1",
}  # fmt: skip


def at(connection, day):
    """Return the real data as known on a day; answers are kept for the other tests."""
    return Ask(connection, day, current_version())


def blocks_of(page, kind):
    return [block for block in walk(page.blocks) if isinstance(block, kind)]


def test_the_next_meeting_without_date_is_told_as_such(ask, words):
    lead = overview.page(ask, words, OverviewChoices()).lead
    assert "SOM-29; its date and place are not on record" in lead
    assert lead.startswith("The latest meeting was the 28th")
    assert "23 September 2025 in Ulaanbaatar" in lead


@pytest.mark.parametrize(("day", "number"), [(SOM_24, 25), (date(2022, 9, 21), 26), (SOM_27, 28)])
def test_the_next_meeting_is_the_one_after_the_last_held_by_then(real_connection, words, day, number):
    assert f"SOM-{number}" in overview.page(at(real_connection, day), words, OverviewChoices()).lead


def test_the_six_species_stand_in_their_order_with_figure_kind_and_year(ask, words):
    cards = blocks_of(overview.page(ask, words, OverviewChoices()), Metric)
    assert [(card.species_id, card.value) for card in cards] == [
        ("amur_tiger", "Northeast China Tiger and Leopard National Park (China): about 70; "
         "Russian Far East, whole tiger range (Russian Federation): about 750"),
        ("amur_leopard", "Northeast China Tiger and Leopard National Park (China): about 80; "
         "Land of the Leopard National Park (Russian Federation): 129"),
        ("snow_leopard", "China: no national figure on record at this date; Mongolia: about 953 (806–1,127); "
         "Altai, Tyva, Buryatia and Krasnoyarsk Krai (Russian Federation): at least 87"),
        ("black_faced_spoonbill", "7,081"), ("white_naped_crane", "about 13,100"), ("hooded_crane", "about 19,300"),
    ]  # fmt: skip
    for card in cards:
        assert card.counted
        assert re.search(r"\b20[12]\d\b", card.period or card.counted)  # the year, with the State where States are told
        assert card.document_ids
        assert "Red List" in card.status


def test_figures_of_two_countries_stand_beside_each_other_and_are_not_added(ask, words):
    tiger = blocks_of(overview.page(ask, words, OverviewChoices()), Metric)[0]
    assert "China: estimate, camera traps, 2024" in tiger.counted
    assert "Red List: Endangered 2022, of the species Panthera tigris, as quoted." in tiger.status
    assert "820" not in tiger.status + tiger.value + tiger.counted
    assert not tiger.trend  # the line of one State would stand for all


def test_no_partial_count_stands_for_the_snow_leopard_at_som_24(real_connection, words):
    card = blocks_of(overview.page(at(real_connection, SOM_24), words, OverviewChoices()), Metric)[2]
    assert card.value == "Mongolia: no national figure on record at this date; Russian Federation: 70–90"
    assert "Also 61: Altai-Sayan in the Russian Federation" in card.status


def test_a_claim_that_is_not_confirmed_stands_beside_the_held_status(ask, words):
    spoonbill = blocks_of(overview.page(ask, words, OverviewChoices()), Metric)[3]
    assert "Endangered 2017" in spoonbill.status
    assert "not confirmed" in spoonbill.status


def test_world_estimates_lead_the_cranes_and_are_no_trend(real_connection, words):
    for day, values in ((None, ["about 13,100", "about 19,300"]), (SOM_24, ["6,250–6,750", "14,000–16,000"])):
        cards = blocks_of(overview.page(at(real_connection, day), words, OverviewChoices()), Metric)[4:]
        assert [card.value for card in cards] == values
        assert not any(card.trend for card in cards)
        assert all("not comparable" in card.status for card in cards)


@pytest.mark.parametrize(("day", "value"), [(date(2023, 8, 29), "6,162"), (date(2023, 8, 30), "6,633")])
def test_a_census_total_stands_from_the_day_on_which_its_coordinators_published_it(real_connection, words, day, value):
    cards = blocks_of(overview.page(at(real_connection, day), words, OverviewChoices()), Metric)
    assert cards[3].value == value


def test_the_first_count_of_all_russian_regions_has_that_of_the_key_groups_beside_it(ask, words):
    snow_leopard = blocks_of(overview.page(ask, words, OverviewChoices()), Metric)[2]
    assert "at least 73–75" in snow_leopard.status
    assert "Mongolia: about 953" in snow_leopard.value  # no State is small print of another


def test_a_trend_ends_with_the_figure_shown(ask, words):
    for card in blocks_of(overview.page(ask, words, OverviewChoices()), Metric):
        if card.trend:
            assert f"{card.trend[-1][1]:,.0f}" in card.value
            assert [year for year, _ in card.trend] == sorted(year for year, _ in card.trend)


def test_the_newest_asks_are_one_line_each_with_their_kind(ask, words):
    asks = blocks_of(overview.page(ask, words, OverviewChoices()), Table)[0]
    assert len(asks.rows) == 5
    assert [column.name for column in asks.columns] == ["ask_line", "state_words", "document_ids"]
    assert asks.title == "Latest requests among the documents consulted (SOM-27; no paper of SOM-29 is among them)"
    assert asks.rows.iloc[0][["ask_line", "state_words"]].tolist() == [
        "Views: Big cat species and their habitats",
        "–",  # no follow-up; the note below says so once
    ]


def test_every_ask_fits_on_one_line(ask, words):
    asked = ask("issues_asked", meeting_id=None, country_code=None, ask_kind=None)
    for kind, subject in zip(asked["ask_kind"], asked["subject"], strict=True):
        line = words(f"overview.ask_{kind}", subject=subject)
        assert len(line) <= 78, line


def test_the_first_screen_says_what_changed_since_the_last_meeting(ask, words):
    first = overview.page(ask, words, OverviewChoices()).blocks[0]
    assert isinstance(first, Side)
    left = [block.text for block in first.cells[0] if isinstance(block, Heading | Text)]
    assert left[0] == "Addressed to: member States; the Meeting. “–”: no follow-up is among the documents consulted."
    assert left[1].startswith("No paper of SOM-28 on nature conservation")
    assert left[2] == "Changed since SOM-28"
    assert "Documents dated since then" in left[3]
    assert "documents without a date" in left[3]


def test_the_first_screen_has_one_small_map(ask, words):
    maps = blocks_of(overview.page(ask, words, OverviewChoices()), Map)
    assert [drawn.size for drawn in maps] == ["small"]


def test_the_overview_leads_on(ask, words):
    pages = {link.page for link in blocks_of(overview.page(ask, words, OverviewChoices()), PageLink)}
    assert {"issues", "changes", "sources", "species", "movements", "sites", "projects"} <= pages


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
    assert not any("Vulnerable, 2025" in block.text for block in blocks_of(shown, Text))
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
            area | {"count_id": f"c{old}_{new}_{method}_{year}", "value": value, "method": method,
                    "year_from": year, "year_to": year, "document_id": "old_paper" if year == "2018" else "new_paper"}
            for year, method, value in figures
        ]  # fmt: skip
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
    said = [
        block.text for block in blocks_of(overview.page(at(real_connection, SOM_27), words, OverviewChoices()), Text)
    ]
    assert any("Agreement on the Land of Big Cats" in text and text.startswith("New agreement") for text in said)


def test_nothing_is_compared_before_the_first_meeting(real_connection, words):
    page = changes.page(at(real_connection, SOM_24), words, ChangesChoices())
    assert [type(block) for block in page.blocks] == [Notice]


def test_two_meetings_can_be_chosen(real_connection, words):
    page = between(real_connection, words, from_meeting_id="som_24", to_meeting_id="som_27")
    assert page.lead.startswith("From SOM-24 to SOM-27: ")
    assert blocks_of(page, Chart)


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
