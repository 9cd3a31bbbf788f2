"""Crossings and stays of field data: what is told of each, the map, the grades, the matrix, the line of time."""

import pandas as pd
import pytest

from neaspec.blocks import Arrows, Chart, Map, Notice, Points, Table, Text
from neaspec.sections.field_data import crossings
from neaspec.sections.field_data.places import Gazetteer
from neaspec.sections.field_data.results import points_of
from tests.support.made_crossings import CELL, CROSSING, STAY, rows

NAMES = {"steppe_cat": "Steppe cat"}
NOTHING = pd.NA
IN_CHINA = {"to_country_code": "CHN", "to_place_kind": "landscape", "to_place_id": "landscape:CHN-RUS"}


@pytest.fixture(scope="module")
def places(mini, words):
    return Gazetteer(mini, words)


@pytest.fixture(scope="module")
def told(words, places):
    """Tell crossings."""
    return lambda *changes: crossings.told_crossings(words, places, rows(CROSSING, *changes), NAMES)


@pytest.fixture(scope="module")
def stays(words, places):
    """Tell stays."""
    return lambda *changes: crossings.told_stays(words, places, rows(STAY, *changes), NAMES)


@pytest.mark.parametrize(
    ("place_id", "code", "name", "latitude", "longitude", "is_area"),
    [
        ("site:steppe_park", "", "Steppe Park", 49.5, 114.5, False),
        ("cell:1:48.5:118.5", "CHN", "cell of 1° around 48.5° N, 118.5° E", 48.5, 118.5, True),
        ("country:MNG", "RUS", "Mongolia", 47, 104, True),
        ("none", "RUS", "Russian Federation", 62, 110, True),
        ("landscape:MNG-RUS", "", "Mongolia: land near the border (Russian Federation)", 47, 104, True),
    ],
)
def test_a_place_has_a_name_and_a_point_that_says_whether_it_is_an_area(
    places, place_id, code, name, latitude, longitude, is_area
):
    place = places.place(place_id, code)
    assert (place.name, place.latitude, place.longitude, place.is_area) == (name, latitude, longitude, is_area)


def test_a_place_in_a_country_of_no_record_has_its_code_and_no_point(places):
    place = places.place("landscape:FRA-MNG")
    assert place.name == "FRA: land near the border (Mongolia)" and pd.isna(place.latitude) and pd.isna(place.longitude)
    assert (places.country("FRA"), places.country("MNG")) == ("FRA", "Mongolia")
    assert places.country("") == "not in a country of the map"


def test_a_site_without_an_open_position_has_no_point(places):
    assert pd.isna(places.place("site:south_bank").latitude)


@pytest.mark.parametrize(
    ("cells", "column", "words_told"),
    [
        ({}, "animal", "T1"),
        ({"individual": ""}, "animal", "T1"),
        ({"individual": "Old"}, "animal", "T1 (Old)"),
        ({}, "time_between", "about 3 months"),
        ({"gap_months": 1}, "time_between", "about 1 month"),
        ({"gap_months": 0}, "time_between", "within one season"),
        ({"gap_months": NOTHING}, "time_between", ""),
        ({"gap_days": 12}, "time_between", "12 days"),
        ({"gap_days": 0}, "time_between", "0 days"),
        ({"gap_days": 1}, "time_between", "1 day"),
        ({}, "species_name", "Steppe cat"),
        ({"species_id": "", "taxon": "Grus aliena"}, "species_name", "Grus aliena"),
        ({}, "from_country_name", "Mongolia"),
        ({}, "to_country_name", "Russian Federation"),
        ({"grade": "border_zone_only"}, "grade_words", "in the border zone only"),
        ({"evidence": "gps camera"}, "evidence_words", "transmitter, camera trap"),
        ({"sex": ""}, "sex_words", ""),
        ({"age": "subadult"}, "age_words", "subadult"),
        (
            {"reasons": "coast_before jump"},
            "reason_words",
            "before it: at the coast only, a jump lies between that no animal or clock makes",
        ),
        ({}, "from_name", "Steppe Park"),
        ({}, "to_name", "Pine Reserve"),
        ({"from_place_id": "none"}, "from_name", "Mongolia"),
        ({"to_place_id": "none"}, "to_name", "Russian Federation"),
        ({}, "from_latitude", 49.5),
        ({}, "from_longitude", 114.5),
        ({}, "to_latitude", 51.5),
        ({}, "to_longitude", 115.5),
        ({}, "from_record", "a.csv, line 5"),
        ({}, "to_record", "b.csv, line 7"),
    ],
)
def test_each_cell_of_a_crossing_is_told_in_words(told, cells, column, words_told):
    assert told(cells)[column].tolist() == [words_told]


def test_rows_that_say_the_same_are_told_each_for_itself(told):
    both = told({}, {"individual_key": "T2", "individual": "T2"}, {})
    assert both["animal"].tolist() == ["T1", "T2", "T1"]


@pytest.mark.parametrize(
    ("cells", "column", "words_told"),
    [
        ({}, "stay_country", "Mongolia"),
        ({"country_code": ""}, "stay_country", "not in a country of the map"),
        ({}, "evidence_words", "camera trap, genetic sample"),
        ({}, "record_count", 4),
        ({}, "from_name", "Steppe Park"),
        ({}, "to_name", "cell of 1° around 49.5° N, 114.5° E"),
        ({"last_place_id": "none"}, "to_name", "Mongolia"),
        ({"first_place_id": "none", "country_code": "RUS"}, "from_name", "Russian Federation"),
        ({"individual": "Old"}, "animal", "T1 (Old)"),
        ({"species_id": "x"}, "species_name", "Felis ficta"),
    ],
)
def test_each_cell_of_a_stay_is_told_in_words(stays, cells, column, words_told):
    assert stays(cells)[column].tolist() == [words_told]


def picture(words, places, told_rows, *cells):
    return crossings.crossing_picture(words, told_rows, points_of(words, places, rows(CELL, *cells), NAMES))


def layer(blocks, kind):
    (drawn,) = [block for block in blocks if isinstance(block, Map)]
    return next(shown.rows for shown in drawn.layers if isinstance(shown, kind))


def test_crossings_between_the_same_places_are_one_arrow_as_wide_as_its_animals(words, places, told):
    blocks = picture(words, places, told({}, {}, {"individual_key": "T2"}))
    arrow = layer(blocks, Arrows).iloc[0]
    assert arrow[["from_latitude", "from_longitude", "to_latitude", "to_longitude"]].tolist() == [
        49.5,
        114.5,
        51.5,
        115.5,
    ]
    assert (arrow["name"], arrow["tooltip"]) == ("Steppe Park to Pine Reserve", "Steppe cat: 3 crossings by 2 animals")
    assert (arrow["group"], arrow["weight"], arrow["is_directed"]) == ("steppe_cat", 2, True)
    assert not [block for block in blocks if isinstance(block, Text)]
    assert blocks[0].alt.startswith("Map with 1 arrow between places at the public level and 0 places with records.")


@pytest.mark.parametrize(
    "cells",
    [
        {"to_place_id": "site:steppe_park"},
        IN_CHINA,
        {"from_place_kind": "country", "from_place_id": "country:MNG"},
        {"to_place_id": "site:south_bank"},
    ],
)
def test_a_crossing_without_two_points_that_may_be_drawn_is_counted_below_the_map(words, places, told, cells):
    blocks = picture(words, places, told({}, cells))
    assert len(layer(blocks, Arrows)) == 1
    assert blocks[1].text.startswith("Not drawn as arrows: 1 of 2 crossings")


def test_ends_that_differ_in_longitude_alone_are_apart(words, places, told):
    moved = told({"from_place_kind": "degree_1", "from_place_id": "cell:1:51.5:118.5"})
    assert layer(picture(words, places, moved), Arrows)["from_longitude"].tolist() == [118.5]
    north = told({"from_place_kind": "degree_0_1", "from_place_id": "cell:0.1:50.5:115.5"})
    assert layer(picture(words, places, north), Arrows)["from_latitude"].tolist() == [50.5]


def test_what_is_in_the_border_zone_only_is_in_the_list_and_not_on_the_map(words, places, told):
    blocks = picture(words, places, told({}, {"grade": "border_zone_only", "individual_key": "T9"}))
    assert layer(blocks, Arrows)["weight"].tolist() == [1]
    assert blocks[0].table.rows["animal"].tolist() == ["T1", "T9 (T1)"]


def test_without_any_point_the_list_stands_alone_below_what_is_not_drawn(words, places, told):
    blocks = picture(words, places, told(IN_CHINA))
    assert [type(block) for block in blocks] == [Text, Table]
    assert [type(block) for block in picture(words, places, told(IN_CHINA), {})] == [Map, Text]
    (none,) = picture(words, places, told())
    assert isinstance(none, Notice) and none.text == words("field_data.no_crossing")


def test_a_place_with_records_is_one_point_with_its_fullest_season(words, places):
    points = points_of(
        words,
        places,
        rows(
            CELL,
            {},
            {"animals": 5},
            {"place_kind": "landscape", "place_id": "landscape:MNG-RUS"},
            {"latitude": float("nan")},
            {
                "place_kind": "degree_1",
                "place_id": "cell:1:48.5:118.5",
                "latitude": 48.5,
                "longitude": 118.5,
                "animals": 1,
                "species_id": "",
                "taxon": "Grus aliena",
            },
        ),
        NAMES,
    )
    assert points[
        ["latitude", "longitude", "name", "tooltip", "group", "group_name", "is_approximate"]
    ].values.tolist() == [
        [
            48.5,
            118.5,
            "cell of 1° around 48.5° N, 118.5° E",
            "Grus aliena; at most 1 animal in one season",
            "",
            "Grus aliena",
            True,
        ],
        [49.5, 114.5, "Steppe Park", "Steppe cat; at most 5 animals in one season", "steppe_cat", "Steppe cat", False],
    ]


def test_points_and_arrows_share_one_legend(words, places, told):
    (drawn, *_) = picture(words, places, told({}), {"species_id": "", "taxon": "Grus aliena"})
    assert [type(shown) for shown in drawn.layers] == [Points, Arrows]
    assert all(shown.groups == {"steppe_cat": "Steppe cat", "": "Grus aliena"} for shown in drawn.layers)


def test_no_place_with_records_is_no_point(words, places):
    assert points_of(words, places, rows(CELL, {"place_kind": "country"}), NAMES).empty


def test_grades_are_counted_by_pair_the_best_first_and_the_matrix_leaves_out_the_border_zone(words, places, told):
    every = told(
        {"grade": "border_zone_only"},
        {"grade": "probable"},
        {},
        {},
        {"from_country_code": "RUS", "to_country_code": "CHN"},
    )
    chart, matrix = crossings.crossings_counted(words, places, every)
    assert isinstance(chart, Chart) and chart.table.rows[["pair", "grade_words", "crossing_count"]].values.tolist() == [
        ["Mongolia to Russian Federation", "confirmed", 2],
        ["Mongolia to Russian Federation", "probable", 1],
        ["Mongolia to Russian Federation", "in the border zone only", 1],
        ["Russian Federation to China", "confirmed", 1],
    ]
    assert "Mongolia to Russian Federation: 2 confirmed; " in chart.alt
    assert [column.label for column in matrix.columns[1:]] == ["China", "Mongolia", "Russian Federation"]
    assert matrix.rows.values.tolist() == [["China", 0, 0, 0], ["Mongolia", 0, 0, 3], ["Russian Federation", 1, 0, 0]]


def test_with_crossings_in_the_border_zone_only_there_is_no_matrix(words, places, told):
    assert crossings.crossings_counted(words, places, told()) == []
    blocks = crossings.crossings_counted(words, places, told({"grade": "border_zone_only"}))
    assert [type(block) for block in blocks] == [Chart]


def test_the_line_of_time_has_solid_stays_in_a_country_of_animals_that_crossed(words, stays):
    every = stays(
        {},
        {"stay": 2, "country_code": "RUS", "start": "2020-06", "end": "2020-08"},
        {"stay": 3, "country_code": ""},
        {"stay": 4, "is_solid": False},
        {"individual_key": "T9"},
    )
    (chart,) = crossings.timeline(words, every, pd.Series(["T1"]))
    assert chart.rows[["animal", "start", "end", "stay_country"]].values.tolist() == [
        ["T1", "2020-01", "2020-03", "Mongolia"],
        ["T1", "2020-06", "2020-08", "Russian Federation"],
    ]
    assert chart.table.rows["stay_country"].tolist()[2] == "not in a country of the map"
    assert len(chart.table.rows) == 5
    assert chart.alt.startswith("Line of time of 1 animal:")


def test_without_an_animal_that_crossed_the_stays_are_a_list_alone(words, stays):
    (listed,) = crossings.timeline(words, stays({}), pd.Series([], dtype=str))
    assert isinstance(listed, Table) and listed.file_name == "stays"


@pytest.mark.parametrize(("of_one", "drawn"), [(10, 10), (11, 10)])
def test_of_one_animal_at_most_ten_stays_are_drawn(words, stays, of_one, drawn):
    every = stays(*({"stay": place} for place in range(1, of_one + 1)))
    chart, *notes = crossings.timeline(words, every, pd.Series(["T1"]))
    assert chart.rows["stay"].tolist() == list(range(1, drawn + 1))
    assert [note.text for note in notes] == (
        [] if of_one == drawn else [words("field_data.timeline_first", most=10, shown=1, count=1)]
    )


@pytest.mark.parametrize(("animals", "drawn"), [(6, 6), (7, 6)])
def test_of_all_at_most_sixty_stays_are_drawn_those_that_crossed_most_first(words, stays, animals, drawn):
    keys = [f"T{number}" for number in range(animals)]
    every = stays(
        *({"individual_key": key, "individual": key, "stay": place} for key in keys for place in range(1, 11))
    )
    crossed = pd.Series([*keys, keys[-1]])
    chart, *notes = crossings.timeline(words, every, crossed)
    assert set(chart.rows["animal"]) == {keys[-1], *keys[: drawn - 1]}
    assert [note.text for note in notes] == (
        [] if animals == drawn else [words("field_data.timeline_first", most=10, shown=6, count=7)]
    )
