"""Golden cases: readable made-up text in, crossings out, the whole way that a file goes.

Each case is one rule of the definition or one trap met in real files. Nothing here is placed or labelled by hand.
"""

from functools import partial

import pytest

from neaspec.crossings.model.reading import Answers
from neaspec.errors import InputError
from tests.support.golden_files import (
    CHINA,
    CRANES,
    MONGOLIA,
    ON_THE_TUMEN,
    RUSSIA,
    TIGERS,
    TWO_CRANES,
    TWO_TIGERS,
    WITH_PLACE,
    crane,
    crossings,
    left_out,
    load_kit,
    packed,
    tiger,
    track,
    work_out_files,
)


@pytest.fixture(scope="module")
def work():
    return partial(work_out_files, load_kit())


def test_a_fix_on_the_line_is_no_crossing_but_border_zone_only(work):
    fixes = [(1, CHINA), (2, CHINA), (3, ON_THE_TUMEN), (4, CHINA)]
    worked = work(cranes_csv=track(fixes))
    there, back = crossings(worked)
    assert there[1:] == ("CHN", "PRK", "border_zone_only")
    assert back[1:] == ("PRK", "CHN", "border_zone_only")
    assert worked.results.pairs["confirmed"].sum() == worked.results.pairs["probable"].sum() == 0


def test_a_stay_of_one_fix_is_probable_and_two_fixes_are_confirmed(work):
    one = TWO_CRANES.rsplit("Tuul", 1)[0]
    assert crossings(work(cranes_csv=one)) == [("cranes: Tuul", "MNG", "CHN", "probable")]
    assert crossings(work(cranes_csv=TWO_CRANES)) == [("cranes: Tuul", "MNG", "CHN", "confirmed")]


def test_a_gap_of_months_is_told_and_no_country_between_is(work):
    worked = work(cranes_csv=TWO_CRANES.replace("2020-04-03", "2020-11-03").replace("2020-04-04", "2020-11-04"))
    assert crossings(worked) == [("cranes: Tuul", "MNG", "CHN", "confirmed")]
    assert worked.results.crossings["gap_days"].tolist() == [215]
    assert worked.results.stays["country_code"].tolist() == ["MNG", "CHN"]


def test_twins_of_one_time_in_two_countries_are_in_neither_and_told(work):
    both = crane("2020-04-02T12:00:00Z", RUSSIA) + crane("2020-04-02T12:00:00Z", CHINA)
    worked = work(cranes_csv=TWO_CRANES + both)
    assert crossings(worked) == [("cranes: Tuul", "MNG", "CHN", "confirmed")]
    assert left_out(worked) == {"same_time_two_countries": [6, 7]}


def test_twins_of_one_time_in_one_country_are_one_record(work):
    worked = work(cranes_csv=TWO_CRANES + crane("2020-04-01T00:00:00Z", MONGOLIA))
    assert worked.results.stays["records"].tolist() == [2, 2]
    assert left_out(worked) == {"duplicate": [6]}


def test_chukotka_is_the_russian_federation_on_both_sides_of_the_antimeridian_and_alaska_is_not(work):
    fixes = enumerate(("179.0,67.5", "-179.0,67.5", "-175.0,66.8", "-150.0,66.0"), start=1)
    worked = work(cranes_csv=track(fixes))
    assert worked.results.stays[["country_code", "records"]].values.tolist() == [["RUS", 3], ["", 1]]
    assert crossings(worked) == []


def test_islands_belong_to_their_states(work):
    islands = {
        "Jeju": ("126.55,33.4", "KOR"),
        "Tsushima": ("129.3,34.4", "JPN"),
        "Ulleungdo": ("130.87,37.5", "KOR"),
        "Sakhalin": ("142.8,50.0", "RUS"),
        "Hainan": ("109.8,19.2", "CHN"),
        "Sado": ("138.4,38.0", "JPN"),
    }
    worked = work(
        cranes_csv=CRANES + "".join(crane("2020-05-01T00:00:00Z", islands[name][0], name) for name in islands)
    )
    found = dict(worked.results.stays[["individual", "country_code"]].itertuples(index=False))
    assert found == {name: country for name, (_, country) in islands.items()}


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("0,0", "coordinates_zero"),
        ("43.5,128.5", "coordinates_impossible"),  # the axes exchanged
        ("500000,4816000", "coordinates_impossible"),  # UTM
        ("14305000,5388000", "coordinates_impossible"),  # Web-Mercator
        (",", "no_coordinates"),
        ("forest,43.5", "coordinates_unreadable"),
    ],
)
def test_a_position_that_cannot_be_is_left_out_with_its_line_and_makes_no_crossing(where, reason, work):
    worked = work(cranes_csv=TWO_CRANES + crane("2020-04-03T12:00:00Z", where))
    assert crossings(worked) == [("cranes: Tuul", "MNG", "CHN", "confirmed")]
    assert left_out(worked) == {reason: [6]}
    found = [one.found for examples in worked.dropped.examples.values() for one in examples]
    assert not any(number in text for text in found for number in where.split(",") if number.strip("0"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b"\xef\xbb\xbf" + TWO_CRANES.encode(), "Tuul"),
        (TWO_CRANES.replace("\n", "\r").encode(), "Tuul"),
        (TWO_CRANES.replace("\n", "\r\n").encode("utf-16"), "Tuul"),
        (TWO_CRANES.replace(",", ";").encode(), "Tuul"),
        (TWO_CRANES.replace(",", ";").replace(".", ",").encode(), "Tuul"),
        (TWO_CRANES.replace("Tuul", "Журавль Дарья").encode("cp1251"), "Журавль Дарья"),
        (TWO_CRANES.replace("Tuul", "白枕鹤一号").encode("gb18030"), "白枕鹤一号"),
    ],
    ids=["BOM", "CR", "UTF-16", "semicolons", "decimal commas", "cp1251", "GB18030"],
)
def test_how_a_text_is_written_changes_no_crossing(text, name, work):
    assert crossings(work(cranes_csv=text)) == [(f"cranes: {name}", "MNG", "CHN", "confirmed")]


def test_lines_in_reports_and_crossings_are_those_of_the_file(work):
    head = TIGERS.replace("\n", ",station\n")
    text = (
        head + 'F1,Panthera tigris,2020-01-01T00:00:00Z,camera,CHN,"by\nthe\nriver"\n'  # lines 2 to 4
        "\n"  # line 5
        "F1,Panthera tigris,spring,camera,CHN,ridge\n"  # line 6
        "F1,Panthera tigris,2020-03-01T00:00:00Z,camera,RUS,pass\n"  # line 7
    )
    worked = work(tigers_csv=text)
    assert left_out(worked) == {"time_unreadable": [6]}
    assert worked.results.crossings[["from_row", "to_row"]].values.tolist() == [[2, 7]]


def test_the_declared_country_wins_and_a_map_that_contradicts_it_makes_the_crossing_probable(work):
    rows = [
        f"F1,Panthera tigris,2020-0{month}-01T00:00:00Z,camera,{where},{country}\n"
        for month, where, country in ((1, CHINA, "CHN"), (3, CHINA, "RUS"))
    ]
    worked = work(tigers_csv=WITH_PLACE + "".join(rows))
    assert crossings(worked) == [("tigers: F1", "CHN", "RUS", "probable")]
    assert "contradicted_after" in worked.results.crossings["reasons"].iloc[0]


def test_a_position_the_map_contradicts_does_not_count_among_the_fixes_that_confirm(work):
    fixes = ((1, CHINA, "CHN"), (2, CHINA, "CHN"), (3, CHINA, "RUS"), (4, RUSSIA, "RUS"))
    rows = [f"Tuul,Antigone vipio,2020-04-0{day}T00:00:00Z,gps,{where},{country}\n" for day, where, country in fixes]
    worked = work(cranes_csv=WITH_PLACE + "".join(rows))
    assert crossings(worked) == [("cranes: Tuul", "CHN", "RUS", "probable")]
    assert worked.results.crossings["reasons"].tolist() == ["few_fixes_after"]


def test_the_last_land_country_is_carried_over_the_sea(work):
    fixes = enumerate(("126.9,36.5", "126.9,36.5", "123.5,35.0", "126.9,36.5", "120.2,33.5", "120.0,33.5"), start=1)
    worked = work(birds_csv=track(fixes))
    assert worked.results.stays[["country_code", "records", "sea_records"]].values.tolist() == [
        ["KOR", 3, 1],
        ["CHN", 2, 0],
    ]


def test_a_time_known_only_as_months_leaves_the_order_uncertain(work):
    text = TIGERS + tiger("2020-01-01/2020-12-31", "CHN") + tiger("2020-06-01T00:00:00Z", "RUS")
    worked = work(tigers_csv=text)
    assert crossings(worked) == [("tigers: F1", "CHN", "RUS", "probable")]
    assert worked.results.crossings["reasons"].tolist() == ["order_uncertain"]
    short = text.replace("2020-01-01/2020-12-31", "2020-01-01T10:00:00Z/10:30:00Z")
    assert crossings(work(tigers_csv=short)) == [("tigers: F1", "CHN", "RUS", "confirmed")]


def test_a_winter_holds_december_and_the_next_two_months(work):
    worked = work(tigers_csv=TIGERS + tiger("2019-12-31T23:59:00Z", "CHN") + tiger("2020-01-01T00:01:00Z", "RUS"))
    told = worked.results.crossings[["left_period", "arrived_period", "start", "end", "gap_months"]].values.tolist()
    assert told == [["winter 2019/20", "winter 2019/20", "2019-12", "2020-02", 0]]


def test_ambiguous_dates_are_asked_and_read_as_answered(work):
    text = TIGERS + tiger("03/10/2020", "CHN") + tiger("05/11/2020", "RUS")
    worked = work(tigers_csv=text)
    assert [question.kind for question in worked.questions] == ["day_or_month_first"]
    assert crossings(worked) == []
    answered = work(Answers(day_first={"tigers.csv": True}), tigers_csv=text)
    assert answered.results.crossings["left_period"].tolist() == ["autumn 2020"]


def test_splits_and_lists_add_up(work):
    head = TIGERS.replace("\n", ",sex,age\n")
    rows = [
        tiger("2020-01-01T00:00:00Z", "CHN", name).replace("\n", f",{sex},{age}\n")
        for name, sex, age in (("A", "f", "adult"), ("B", "m", ""), ("C", "", "cub"))
    ]
    russia = [tiger("2020-03-01T00:00:00Z", "RUS", name).replace("\n", ",,\n") for name in ("A", "D")]
    worked = work(tigers_csv=head + "".join(rows + russia))
    parts = worked.results.lists.set_index(["part", "country_code"])["animals"]
    assert (parts["list", "CHN"], parts["list", "RUS"]) == (3, 2)
    assert (parts["sum_of_lists", ""], parts["distinct", ""], parts["overlap", ""]) == (5, 4, 1)
    sexes = worked.results.sexes
    assert (sexes["female"] + sexes["male"] + sexes["sex_not_stated"] == sexes["animals"]).all()
    assert (sexes["adult"] + sexes["subadult"] + sexes["juvenile"] + sexes["age_not_stated"] == sexes["animals"]).all()


def test_formats_mixed_in_one_zip_are_each_read_as_what_they_are(work):
    head = "timestamp,location_long,location_lat,individual_local_identifier,tag_local_identifier,visible\n"
    movebank = head + "".join(
        f"2020-04-0{day} 00:00:00.000,{where},Tuul,T1,{seen}\n"
        for day, where, seen in (
            (1, MONGOLIA, "true"),
            (2, MONGOLIA, "true"),
            (3, RUSSIA, "false"),
            (4, CHINA, "true"),
            (5, CHINA, "true"),
            (9, RUSSIA, "true"),
        )
    )
    reference = "animal-id,tag-id,deploy-on-date,deploy-off-date,animal-sex\nTuul,T1,2020-03-01,2020-04-05,f\n"
    worked = work(all_zip=packed(a_csv=movebank, b_csv=reference, c_csv=TWO_TIGERS))
    assert {(one.source, one.standard) for one in worked.recognised} == {
        ("all.zip/a.csv", "movebank"),
        ("all.zip/c.csv", "records"),
    }
    assert [row[1:] for row in crossings(worked)] == [("MNG", "CHN", "confirmed"), ("CHN", "RUS", "confirmed")]
    assert left_out(worked) == {"not_visible": [4], "before_or_after_tag": [7]}


def test_a_wrong_file_beside_a_right_one_is_refused_by_name(work):
    files = {"tigers_csv": TWO_TIGERS, "wrong_csv": "a,b\n1,2\n"}
    with pytest.raises(InputError) as refused:
        work(**files)
    named = [problem.partition(",")[0] for problem in refused.value.problems if not problem.startswith("Looked for")]
    assert named == ["wrong.csv"]


def test_neither_a_question_nor_what_is_left_out_tells_the_time_of_day_of_an_animal(work):
    asked = work(tigers_csv=TIGERS + tiger("03/10/2020 04:56:33", "CHN"))
    assert [question.example for question in asked.questions] == ["03/10/2020 …"]
    worked = work(tigers_csv=TIGERS + tiger("2020-02-30T04:56:33Z", "CHN") + tiger("31/10/2020 04:56:99", "CHN"))
    found = [one.found for examples in worked.dropped.examples.values() for one in examples]
    assert len(found) == 2 and not any(":56" in text for text in found)


def test_an_error_about_a_name_that_holds_a_position_does_not_tell_it(work):
    twice = "data_set,individual,individual_key\nx,43.123457N 130.654329E,A\nx,43.123457N 130.654329E,B\n"
    with pytest.raises(InputError) as refused:
        work(tigers_csv=TWO_TIGERS, same_csv=twice)
    assert "lines 2, 3" in str(refused.value) and "43.12" not in str(refused.value)


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rows_behind_it(work):
    text = TIGERS + tiger("2020-01-01T00:00:00Z", "CHN") + tiger("2020-02-01T00:00:00Z", '"CHN')
    with pytest.raises(InputError) as refused:
        work(tigers_csv=text + tiger("2020-03-01T00:00:00Z", "RUS") * 30)
    assert refused.value.problems[0].startswith("tigers.csv, line 3: a quotation mark")
