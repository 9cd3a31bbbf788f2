"""Figures and statuses of the six species: on which documents they rest, by value."""

import pandas as pd
import pytest

PARK = "Northeast China Tiger and Leopard National Park"
WIDE_AGES = ("all_ages", "not_stated")


@pytest.fixture(scope="module")
def known(real_connection):
    """Ask the real database: SQL in, a table out."""
    return lambda sql, *values: real_connection.cursor().execute(sql, list(values)).df()


@pytest.fixture(scope="module")
def counts(known) -> pd.DataFrame:
    """All counts with the grade, publisher and date of their document, by key."""
    found = known(
        "select counts.*, documents.grade, documents.publisher, documents.published_date "
        "from counts inner join documents on counts.document_id = documents.document_id"
    )
    return found.set_index("count_id", drop=False)


def test_the_park_figure_that_later_pages_repeat_stands_once_in_the_year_in_which_it_was_first_stated(counts):
    park = counts[(counts["area_name"] == PARK) & counts["population_part"].isin(WIDE_AGES)]
    told = {
        species: dict(zip(rows["year_to"], rows["value"], strict=True)) for species, rows in park.groupby("species_id")
    }
    assert told == {"amur_tiger": {2017: 27, 2021: 50, 2024: 70}, "amur_leopard": {2017: 42, 2021: 60, 2024: 80}}
    assert len(park) == 6
    newest = park[park["year_to"] == 2024]
    assert set(newest["as_of"]) == {"2024-05"}
    assert newest["note"].str.contains("first stated").all()


def test_the_tiger_figure_rests_on_the_official_text_and_its_unlike_comparison_is_told(counts):
    newest, before = counts.loc["tiger_rus_2022"], counts.loc["tiger_rus_2010_adults_statement"]
    assert (newest["value"], newest["qualifier"], newest["grade"]) == (750, "about", "official")
    assert str(newest["published_date"]) == "2022-09-05"
    assert {"includes_cubs", "not_like_for_like"} <= set(newest["caveat_ids"].split())
    assert "390 adults" in newest["note"]
    assert (before["high"], before["qualifier"], before["population_part"]) == (390, "at_most", "adults")
    assert "not_like_for_like" in before["caveat_ids"].split()
    assert before["document_id"] == newest["document_id"]


def test_the_spoonbill_census_of_2025_rests_on_its_report(counts):
    parts = counts[counts["part_of_count_id"] == "bfs_2025_world"].set_index("area_name")["value"]
    assert counts.loc["bfs_2025_world", "value"] == parts.sum() == 7081
    assert parts.to_dict() == {
        "Taiwan Province of China": 4169,
        "Chinese mainland with Hainan": 1671,
        "Japan": 716,
        "Deep Bay (Hong Kong, China, and Shenzhen)": 328,
        "Viet Nam": 112,
        "Republic of Korea": 52,
        "Philippines": 17,
        "Macao, China": 16,
    }
    rows = counts[(counts["part_of_count_id"] == "bfs_2025_world") | (counts["count_id"] == "bfs_2025_world")]
    assert rows["publisher"].str.startswith("Hong Kong Bird Watching Society").all()
    assert set(rows["grade"]) == {"organisation"}
    assert not rows["caveat_ids"].str.contains("press_only").any()


def test_the_spoonbill_census_of_2024_rests_on_the_national_coordinator(counts):
    total = counts.loc["bfs_2024_world"]
    assert (total["value"], total["grade"]) == (6988, "organisation")
    assert total["publisher"].startswith("Wild Bird Society of Japan")
    assert str(total["published_date"]) == "2024-05-02"


def test_double_totals_of_the_spoonbill_series_say_which_one_stands(ask, counts, known):
    series = known(
        "select year_to, count_id, value from series_counts(null::date) where series_id = 'bfs_world_census'"
    )
    stands = dict(zip(series["year_to"], series["value"], strict=True))
    assert stands[2001] == 825
    assert stands[2007] == 1695
    assert 2002 not in stands
    assert counts.loc["bfs_2007_world", ["value", "qualifier"]].tolist() == [1760, "preliminary"]
    readings = ask("readings_taken")
    reading = readings[readings["finding_key"] == "bfs_2007_world_bfs_2007_world_campaign"].iloc[0]
    assert "1,695 stands" in reading["reading"]
    gaps = known("select gap_id, what from gaps").set_index("gap_id")["what"]
    assert "January 2001" in gaps["bfs_census_2001"]
    assert "January 2002" in gaps["bfs_census_2002"]


def test_the_first_count_of_all_russian_regions_stands_beside_that_of_the_key_groups(ask):
    headlines = ask("species_headlines")
    rows = headlines[headlines["species_id"] == "snow_leopard"].set_index("series_id")
    whole, key_groups = rows.loc["snow_leopard_rus_all_regions"], rows.loc["snow_leopard_rus_minimum"]
    assert (whole["value"], whole["qualifier"], whole["year_to"]) == (87, "at_least", 2024)
    assert (key_groups["low"], key_groups["high"], key_groups["year_to"]) == (73, 75, 2022)


def test_the_regions_make_the_first_count_of_all_russian_regions(counts):
    parts = [
        "snow_leopard_altai_2024",
        "snow_leopard_tyva_2024",
        "snow_leopard_krasnoyarsk_2024",
        "snow_leopard_buryatia_2024",
    ]
    assert counts.loc[parts, "value"].tolist() == [54, 15, 11, 7]
    assert counts.loc[parts, "value"].sum() == counts.loc["snow_leopard_rus_2024", "value"] == 87
    assert "press" not in set(counts.loc[parts, "grade"])


def test_the_amur_leopard_is_critically_endangered_as_assessed_in_2008(ask):
    statuses = ask("species_statuses", species_id="amur_leopard")
    held = statuses[(statuses["scheme"] == "iucn") & (statuses["standing"] == "held")].iloc[0]
    assert (held["category"], held["assessed_year"], bool(held["is_confirmed"])) == ("CR", 2008, True)


def test_leopards_in_the_dprk_stay_not_known_and_statements_of_one_side_say_so(known):
    presence = known(
        "select presence from species_countries where species_id = 'amur_leopard' and country_code = 'PRK'"
    )
    assert set(presence["presence"]) == {"not_known"}
    crossings = known(
        "select * from movements where 'PRK' in (from_country_code, to_country_code) and movement_kind = 'stated'"
    )
    assert set(crossings["movement_id"]) == {"leopard_prk_signs_2019", "tiger_prk_2015"}
    assert crossings["note"].str.contains("alone").all()
    assert crossings["caveat_ids"].str.contains("not_confirmed").all()
    assert crossings[["to_site_id", "to_place_id"]].isna().all(axis=None)
    facts = known("select fact_id, what from facts where fact_id like 'leopard_prk%'").set_index("fact_id")["what"]
    assert len(facts) == 3
    assert facts.str.contains("Russian").all()


@pytest.mark.parametrize("name", ["Epoch Times", "Moscow Times"])
def test_media_that_delegations_object_to_are_not_cited(known, name):
    documents = known("select document_id, publisher || ' ' || title || ' ' || url as said from documents")
    said = documents["said"].str.lower().str.replace(" ", "")
    assert documents[said.str.contains(name.lower().replace(" ", ""), regex=False)].empty


def test_no_document_is_read_on_a_mirror_with_spam_around_it(known):
    urls = known("select url from documents where url is not null")["url"]
    for host in ("ttav89.com", "orobotics.cn", "yasudaily.com", "xds04.com", "whstyn.com", "nocservice.biz"):
        assert not urls.str.contains(host, regex=False).any(), host


def test_areas_of_the_russian_far_east_have_one_name(known):
    named = known(
        "select area_name as name from counts union all select name from places union all select name from sites "
        "union all select area_name from survey_effort"
    )["name"].dropna()
    for other in ("Jewish Autonomous Region", "Amur Region", "Khabarovsk Territory", "Primorye Territory"):
        assert not named.str.contains(other, regex=False).any(), other
    for name in ("Jewish Autonomous Oblast", "Amur Oblast", "Khabarovsk Krai"):
        assert named.str.contains(name, regex=False).any(), name


def test_no_current_count_and_no_point_of_a_series_rests_on_a_web_page(known):
    for rule in ("current_counts", "series_counts"):
        found = known(
            f"select counts.count_id from {rule}(null::date) as counts "
            "inner join documents on counts.document_id = documents.document_id where documents.grade = 'web_page'"
        )
        assert found.empty, rule
    cited = known(
        "select counts.count_id from counts inner join documents on counts.document_id = documents.document_id "
        "where documents.grade = 'web_page'"
    )
    assert len(cited) > 0
