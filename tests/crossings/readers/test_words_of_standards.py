"""Words of standards and what they are taken for: countries, evidence, metres, behaviour, status, dates in parts."""

import json

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers, Reading
from neaspec.crossings.readers import darwin_terms
from neaspec.crossings.readers.countries import ALPHA_3, CODES, NAMES, apply_answers, country_codes
from neaspec.crossings.readers.movebank import columns_of, uncertainty
from neaspec.crossings.readers.read import read
from tests.support.made_field_files import csv


def texts(*values: str) -> "pd.Series[str]":
    return pd.Series(list(values), dtype="str")


def test_every_code_of_two_letters_is_one_of_three() -> None:
    pairs = [pair.split("=") for pair in CODES.split()]
    assert all(len(two) == 2 and len(three) == 3 for two, three in pairs)
    assert len({two for two, _ in pairs}) == len(pairs) == len(ALPHA_3)
    assert set(NAMES.values()) == {"CHN", "JPN", "KOR", "MNG", "PRK", "RUS"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CN", "CHN"),
        ("kr", "KOR"),
        ("RUS", "RUS"),
        (" Mongolia ", "MNG"),
        ("DPRK", "PRK"),
        ("South Korea", "KOR"),
        ("中国", "CHN"),
        ("Россия", "RUS"),
        ("монгол улс", "MNG"),
        ("日本国", "JPN"),
        ("북한", "PRK"),
        ("大韓民国", "KOR"),
        ("NA", "NAM"),
        ("AU", "AUS"),
        ("VNM", "VNM"),
        ("TW", "CHN"),
        ("MAC", "CHN"),
        ("HKG", "CHN"),
    ],
)
def test_a_country_is_known_however_it_is_written(written: str, code: str) -> None:
    codes, unknown, _ = country_codes(texts(written))
    assert codes.tolist() == [code] and not unknown.any()


@pytest.mark.parametrize("written", ["", "ZZ", "XZ", "-", "N/A", "null"])
def test_nothing_declared_is_no_unknown_country(written: str) -> None:
    codes, unknown, part = country_codes(texts(written))
    assert (codes.tolist(), unknown.tolist(), part.tolist()) == ([""], [False], [False])


def test_unknown_countries_and_areas_told_as_china_are_marked() -> None:
    codes, unknown, part = country_codes(texts("Atlantis", "TW", "CN", "xx"))
    assert codes.tolist() == ["", "CHN", "CHN", ""]
    assert (unknown.tolist(), part.tolist()) == ([True, False, False, True], [False, True, False, False])


def test_an_answer_fills_in_stations_alone_and_only_where_nothing_is_declared() -> None:
    declared, sets = texts("", "", "", "RUS", ""), texts("a", "a", "a", "a", "b")
    evidence = texts("camera", "gps", "ring", "camera", "camera")
    answers = Answers(country={"a": "CHN"})
    assert apply_answers(declared, sets, evidence, answers).tolist() == ["CHN", "", "", "RUS", ""]
    assert apply_answers(declared, "a", "genetic", answers).tolist() == ["CHN", "CHN", "CHN", "RUS", "CHN"]
    assert apply_answers(declared, sets, evidence, Answers()).tolist() == declared.tolist()


@pytest.mark.parametrize(
    ("basis", "protocol", "evidence"),
    [
        ("MaterialSample", "", "genetic"),
        ("material entity", "camera", "genetic"),
        ("MachineObservation", "camera trap", "camera"),
        ("MachineObservation", "video", "camera"),
        ("MachineObservation", "", "gps"),
        ("HumanObservation", "ringing", "ring"),
        ("HumanObservation", "band recovery", "ring"),
        ("HumanObservation", "photo", "camera"),
        ("", "GPS collar", "gps"),
        ("HumanObservation", "GPS", "sighting"),
        ("HumanObservation", "footprints", "tracks"),
        ("HumanObservation", "tracking collar", "sighting"),
        ("HumanObservation", "", "sighting"),
        ("", "", "sighting"),
        ("HumanObservation", "spring count", "sighting"),
    ],
)
def test_basis_and_protocol_tell_the_evidence(basis: str, protocol: str, evidence: str) -> None:
    assert darwin_terms._evidence(texts(basis), texts(protocol)).tolist() == [evidence]


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("coordinates obscured to 30 km", "30000.0"),
        ("Location rounded, 1,500 m", "1500.0"),
        ("generalised to a grid of 10 км", "10000.0"),
        ("withheld: 5 公里 or 2 km", "5000.0"),
        ("position hidden", "yes"),
        ("sex not recorded", ""),
        ("", ""),
        ("randomised within 400 metres", "400.0"),
    ],
)
def test_words_that_say_a_position_was_made_coarser(text: str, metres: str) -> None:
    assert darwin_terms._obscured(texts(text)).tolist() == [metres]


@pytest.mark.parametrize(
    ("metres", "precision", "expected"),
    [
        ("50", "0.1", 50.0),
        ("", "0.1", 11_132.0),
        ("0", "0.1", 11_132.0),
        ("", "10", 1_113_200.0),
        ("", "10.1", None),
        ("", "0", None),
        ("", "", None),
    ],
)
def test_an_uncertainty_is_stated_or_follows_from_the_precision(
    metres: str, precision: str, expected: float | None
) -> None:
    (found,) = darwin_terms._uncertainty(texts(metres), texts(precision))
    assert np.isnan(found) if expected is None else found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "behaviour"),
    [
        ("nesting", "nest"),
        ("incubating", "nest"),
        ("egg laying", "nest"),
        ("Roosting", "roost"),
        ("nest and roost", "nest"),
        ("foraging", ""),
        ("earnest", ""),
    ],
)
def test_behaviour_is_a_nest_a_roost_or_nothing(text: str, behaviour: str) -> None:
    assert darwin_terms._behaviour(texts(text)).tolist() == [behaviour]


@pytest.mark.parametrize(
    ("date", "clock", "parts", "whole"),
    [
        ("2020-03-01", "10:20Z", ("", "", ""), "2020-03-01T10:20Z"),
        ("2020-03-01", "10:20/11:00", ("", "", ""), "2020-03-01T10:20"),
        ("", "", ("2020", "3", "1"), "2020-03-01"),
        ("", "10:20", ("2020.0", "3.0", "1.0"), "2020-03-01T10:20"),
        ("", "", ("2020", "3", ""), "2020-03"),
        ("", "", ("2020", "", ""), "2020"),
        ("", "", ("", "3", "1"), ""),
        ("2020-03-01T05:00", "10:20", ("", "", ""), "2020-03-01T05:00"),
        ("2020-03-01", "noon", ("", "", ""), "2020-03-01"),
        ("2021-01-01", "", ("2020", "3", "1"), "2021-01-01"),
    ],
)
def test_a_date_in_up_to_five_columns_is_one(date: str, clock: str, parts: tuple[str, str, str], whole: str) -> None:
    assert darwin_terms._dates(texts(date), texts(clock), *(texts(part) for part in parts)).tolist() == [whole]


OCCURRENCE = (
    "occurrenceID",
    "basisOfRecord",
    "eventDate",
    "countryCode",
    "scientificName",
    "organismID",
    "decimalLatitude",
    "decimalLongitude",
)


def occurrence(**more: str) -> Reading:
    row = {
        "occurrenceID": "1",
        "basisOfRecord": "HumanObservation",
        "eventDate": "2020-01-01",
        "countryCode": "CN",
        "scientificName": "Panthera tigris",
        "organismID": "F1",
        "decimalLatitude": "43.51234",
        "decimalLongitude": "131.51234",
    }
    whole = row | more
    return read([csv("o.csv", list(whole), list(whole.values()))])


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"occurrenceStatus": "ABSENT"}, "absent"),
        ({"occurrenceStatus": "not_detected"}, "absent"),
        ({"occurrenceStatus": "обнаружен"}, ""),
        ({"occurrenceStatus": "perhaps"}, "status_not_understood"),
        ({"individualCount": "0"}, "absent"),
        ({"basisOfRecord": "LivingSpecimen"}, "captive"),
        ({"basisOfRecord": "FossilSpecimen"}, "captive"),
        ({"degreeOfEstablishment": "captive"}, "captive"),
        ({"establishmentMeans": "zoo animal"}, "captive"),
        ({"basisOfRecord": "PreservedSpecimen"}, ""),
        ({"individualCount": "1"}, ""),
    ],
)
def test_what_was_not_there_or_is_kept_is_no_record(more: dict[str, str], reason: str) -> None:
    found = occurrence(**more)
    assert {why for _, why in found.dropped.counts} == {reason} - {""}
    assert len(found.records) == (0 if reason else 1)


@pytest.mark.parametrize(
    ("more", "doubts", "notes"),
    [
        ({"basisOfRecord": "PreservedSpecimen"}, "specimen", set()),
        ({"informationWithheld": "coordinates hidden"}, "obscured", {"generalised_at_source"}),
        ({"dataGeneralizations": "rounded to 5 km"}, "obscured", {"generalised_at_source"}),
        (
            {"informationWithheld": "coordinates hidden", "coordinateUncertaintyInMeters": "100"},
            "",
            {"generalised_at_source"},
        ),
        ({"geodeticDatum": "Pulkovo 1942"}, "", {"datum_not_wgs84"}),
        ({"geodeticDatum": "EPSG:4326"}, "", set()),
        ({"geodeticDatum": "WGS84"}, "", set()),
        ({"countryCode": "TW"}, "", {"told_as_china"}),
        ({"countryCode": "Atlantis"}, "", {"country_not_known"}),
    ],
)
def test_what_is_doubtful_or_noted_of_an_occurrence(more: dict[str, str], doubts: str, notes: set[str]) -> None:
    found = occurrence(**more)
    assert found.records["doubts"].tolist() == [doubts]
    assert {note for table in found.recognised for note in table.notes} == notes


def test_metres_of_the_words_stand_for_an_uncertainty_that_is_not_stated() -> None:
    assert occurrence(dataGeneralizations="rounded to 5 km").records["uncertainty_m"].tolist() == [5_000]


def off(**cells: str) -> float:
    """Return the metres that a position of Movebank may be off."""
    names = ("error", "gps_accuracy", "eobs_accuracy", "argos_radius", "error_text", "argos_class", "sensor")
    return float(uncertainty({name: texts(cells.get(name, "")) for name in names})[0])


@pytest.mark.parametrize(
    ("cells", "metres"),
    [
        ({}, None),
        ({"error": "12"}, 12),
        ({"error": "12", "argos_radius": "800"}, 800),
        ({"gps_accuracy": "7", "eobs_accuracy": "9"}, 9),
        ({"error": "-3"}, None),
        ({"error": "0"}, None),
        ({"error_text": "10-100 m"}, 100),
        ({"error_text": "0,5 km"}, 500),
        ({"error_text": "far"}, None),
        ({"argos_class": "3"}, 250),
        ({"argos_class": "2"}, 500),
        ({"argos_class": "1"}, 1_500),
        ({"argos_class": "0"}, 10_000),
        ({"argos_class": "a"}, 10_000),
        ({"argos_class": "B"}, 10_000),
        ({"argos_class": "G"}, None),
        ({"argos_class": "B", "error": "20"}, 20),
        ({"sensor": "Solar-Geolocator"}, 200_000),
        ({"sensor": "3886361", "argos_class": "3"}, 200_000),
        ({"sensor": "gps"}, None),
    ],
)
def test_a_position_of_movebank_is_off_by_the_largest_that_is_stated(
    cells: dict[str, str], metres: float | None
) -> None:
    found = off(**cells)
    assert np.isnan(found) if metres is None else found == metres


def test_columns_of_movebank_are_known_in_three_spellings_the_better_one_first() -> None:
    header = ("location-long", "coords.x2", "timestamp", "individual.local.identifier", "individual_id", "argos:lc")
    assert columns_of(header) == {
        "time": "timestamp",
        "longitude": "location-long",
        "latitude": "coords.x2",
        "animal": "individual.local.identifier",
        "argos_class": "argos:lc",
    }


def gpx(*points: str) -> Reading:
    text = f'<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1">{"".join(points)}</gpx>'
    return read([Input("walk.gpx", text.encode())])


def test_points_of_gpx_have_the_name_of_their_track_or_their_file() -> None:
    point = '<{0} lat="43.51" lon="131.52"><time>2020-01-01T0{1}:00:00Z</time>{2}</{0}>'
    found = gpx(
        f"<trk><name> Tiger  1 </name><trkseg>{point.format('trkpt', 1, '')}</trkseg></trk>",
        f"<rte>{point.format('rtept', 2, '')}</rte>",
        point.format("wpt", 3, "<name>den</name>"),
        point.format("wpt", 4, ""),
        '<wpt lat="43.51" lon="131.52"/>',
    )
    assert found.records[["individual", "row"]].values.tolist() == [
        ["Tiger 1", 1],
        ["walk.gpx", 2],
        ["den", 3],
        ["walk.gpx", 4],
    ]
    assert set(found.records["time_quality"]) <= {"offset_given"}
    assert found.dropped.counts == {("walk.gpx", "no_time"): 1}


def geojson(*features: str) -> Reading:
    return read(
        [Input("walk.geojson", ('{"type": "FeatureCollection", "features": [' + ",".join(features) + "]}").encode())]
    )


def feature(kind: str, coordinates: list[object], **properties: object) -> str:
    geometry = {"type": kind, "coordinates": coordinates}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": geometry})


def test_lines_of_geojson_have_a_time_for_each_corner_or_none() -> None:
    corners: list[object] = [[131.5, 43.51], [131.6, 43.52, 7]]
    moments = ["2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"]
    found = geojson(feature("LineString", corners, coordTimes=moments, animal="T1", Species="Panthera tigris"))
    assert found.records[["individual", "taxon", "longitude", "latitude"]].values.tolist() == [
        ["T1", "Panthera tigris", 131.5, 43.51],
        ["T1", "Panthera tigris", 131.6, 43.52],
    ]
    short = geojson(feature("LineString", corners, times=moments[:1]))
    assert short.dropped.counts == {("walk.geojson", "no_time"): 2}


def test_points_of_geojson_have_their_error_and_lines_in_parts_their_times() -> None:
    point = feature("Point", [131.5, 43.51], timestamp="2020-01-01T00:00:00Z", accuracy=25)
    moments = [["2020-01-02T00:00:00Z"], ["2020-01-03T00:00:00Z"]]
    parts = feature("MultiLineString", [[[131.5, 43.52]], [[131.6, 43.53]]], times=moments)
    nothing = '{"type": "Feature", "properties": null, "geometry": null}'
    found = geojson(point, parts, nothing).records
    assert found["latitude"].tolist() == [43.51, 43.52, 43.53] and found["time"].dt.day.tolist() == [1, 2, 3]
    assert found["uncertainty_m"].tolist()[0] == 25 and found["uncertainty_m"].isna().tolist() == [False, True, True]
    assert set(found["individual"]) == {"walk.geojson"}
