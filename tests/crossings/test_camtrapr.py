"""camtrapR's two tables: stations in UTM metres or degrees, and what their cameras recorded."""

import pytest

from neaspec.crossings.model.reading import Answers
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from tests.support.made_field_files import csv, zipped

RECORDS = (
    "Station",
    "Species",
    "Individual",
    "DateTimeOriginal",
    "Date",
    "Time",
    "delta.time.secs",
    "Directory",
    "FileName",
)
UTM = ("Station", "utm_y", "utm_x", "Setup_date", "Retrieval_date", "Problem1_from", "Problem1_to")
DEGREES = ("Station", "Longitude", "Latitude", "Setup_date", "Retrieval_date")
ZONE = Answers(utm_zone={"stations.csv": "52N"})


def record(station="A", individual="F1", time="2009-04-21 00:40:00"):
    return (station, "PTI", individual, time, time[:10], time[11:], "0", "d", "f.jpg")


def utm(station="A", north="4762000", east="658000", begin="20/04/2009", end="28/05/2009"):
    return (station, north, east, begin, end, "", "")


def given(records, stations, header=UTM):
    return [csv("records.csv", RECORDS, *records), csv("stations.csv", header, *stations)]


def degrees(records, stations, answers=None):
    return read(given(records, stations, DEGREES), answers or Answers())


def dropped(reading):
    return {reason: count for (_, reason), count in reading.dropped.counts.items()}


def refusal(inputs, answers=None):
    with pytest.raises(InputError) as caught:
        read(inputs, answers or Answers())
    return "\n".join(caught.value.problems)


def test_the_zone_of_utm_metres_is_asked_and_nothing_read_before():
    made = read(given([record()], [utm()]))
    assert [(q.kind, q.source, q.column, q.example) for q in made.questions] == [
        ("utm_zone", "stations.csv", "utm_x, utm_y", "")
    ]
    assert made.records.empty


def test_records_stand_where_their_station_stands():
    made = read(given([record(), record("a ", "")], [utm()]), ZONE)
    first = made.records.iloc[0]
    assert (first["longitude"], first["latitude"]) == (pytest.approx(130.94, abs=0.01), pytest.approx(42.99, abs=0.01))
    assert (first["individual"], first["taxon"], first["station"], first["evidence"]) == ("F1", "PTI", "A", "camera")
    assert (str(first["time"]), first["time_quality"]) == ("2009-04-21 00:40:00", "utc_assumed")
    assert made.records["individual"].tolist() == ["F1", ""]


def test_a_zone_that_is_none_is_refused():
    assert "stations.csv: 'K1'" in refusal(given([record()], [utm()]), Answers(utm_zone={"stations.csv": "K1"}))


def test_a_column_of_zones_needs_no_answer():
    header = ("Station", "utm_x", "utm_y", "utm_zone")
    stations = [("A", "658000", "4762000", "52N"), ("B", "300000", "4762000", "53N"), ("C", "1", "2", "x")]
    made = read(given([record("A"), record("B"), record("C")], stations, header))
    assert made.records["longitude"].round(1).tolist() == [130.9, 132.5]
    assert dropped(made) == {"coordinates_unreadable": 1}


def test_degrees_need_no_answer():
    made = degrees([record()], [("A", '"131,5"', '"43,1"', "2009-04-20", "2009-05-28")])
    assert made.records[["longitude", "latitude"]].to_numpy().tolist() == [[131.5, 43.1]]


def test_records_outside_the_time_of_their_station_are_left_out():
    times = (
        "2009-04-19 23:59:59",
        "2009-04-20 00:00:00",
        "2009-05-28 23:59:00",
        "2009-05-29 00:00:01",
        "2009-07-02 01:00:00",
    )
    station = ("A", "131.5", "43.1", "2009-04-20", "2009-05-28")
    made = degrees([record(time=time) for time in times], [station])
    assert (made.records["row"].tolist(), dropped(made)) == ([3, 4], {"outside_deployment": 3})
    again = degrees([record(time=time) for time in times], [station, ("A", "131.5", "43.1", "2009-07-01", "")])
    assert again.records["row"].tolist() == [3, 4, 6]


def test_day_and_month_of_setting_up_are_told_by_either_column_or_asked():
    settled = degrees([record()], [("A", "131.5", "43.1", "03/04/2009", "28/05/2009")])
    assert (settled.questions, len(settled.records)) == ([], 1)
    station = ("A", "131.5", "43.1", "03/04/2009", "05/06/2009")
    assert [(q.kind, q.source, q.column) for q in degrees([record()], [station]).questions] == [
        ("day_or_month_first", "stations.csv", "Setup_date")
    ]
    assert len(degrees([record()], [station], Answers(day_first={"stations.csv": True})).records) == 1
    later = degrees([record(time="2009-06-20 01:00:00")], [station], Answers(day_first={"stations.csv": True}))
    assert dropped(later) == {"outside_deployment": 1}


def test_date_and_time_may_stand_apart():
    header = ("Station", "Species", "Date", "Time")
    made = read(
        [
            csv("records.csv", header, ("A", "PTI", "21/04/2009", "13:05:00")),
            csv("stations.csv", DEGREES, ("A", "131", "43", "", "")),
        ]
    )
    assert str(made.records["time"].iloc[0]) == "2009-04-21 13:05:00"


def test_stations_that_are_not_in_the_table_or_wrong_in_it_are_told():
    stations = [
        ("A", "43", "131", "", ""),
        ("B", "131", "43", "", ""),
        ("B", "131.2", "43", "", ""),
        ("C", "0", "0", "", ""),
        ("D", "", "", "", ""),
    ]
    made = degrees([record(name) for name in "ABCDE"], stations)
    assert dropped(made) == {
        "coordinates_impossible": 1,
        "coordinates_unreadable": 1,
        "coordinates_zero": 1,
        "no_coordinates": 1,
        "unknown_deployment": 1,
    }


def test_records_without_stations_need_a_declared_country():
    inputs = [csv("russia.csv", RECORDS, record())]
    alone = read(inputs)
    assert (dropped(alone), alone.recognised[0].notes) == ({"no_coordinates": 1}, ("no_station_table",))
    answered = read(inputs, Answers(country={"russia": "RUS"}))
    assert answered.records["declared_country"].tolist() == ["RUS"]


def test_stations_without_records_are_refused():
    assert "table of their records" in refusal([csv("stations.csv", UTM, utm())])


def test_each_table_of_records_finds_its_own_stations():
    def pack(name, station, longitude):
        return zipped(
            name,
            {
                "records.csv": f"{','.join(RECORDS)}\n{','.join(record(station))}\n",
                "stations.csv": f"{','.join(DEGREES)}\n{station},{longitude},43,,\n",
            },
        )

    made = read([pack("russia.zip", "A", 131.5), pack("china.zip", "A", 130.5)])
    assert made.records[["data_set", "longitude"]].to_numpy().tolist() == [["china", 130.5], ["russia", 131.5]]
    loose = [
        csv("r1.csv", RECORDS, record("A")),
        csv("r2.csv", RECORDS, record("B")),
        csv("s1.csv", DEGREES, ("B", 131, 43, "", "")),
        csv("s2.csv", DEGREES, ("A", 130, 43, "", "")),
    ]
    for inputs in (loose, loose[::-1]):
        made = read(inputs)
        assert made.records[["source", "longitude"]].to_numpy().tolist() == [["r1.csv", 130.0], ["r2.csv", 131.0]]
    both = [csv("r1.csv", RECORDS, record("A")), *[csv(f"s{n}.csv", DEGREES, ("A", 131, 43, "", "")) for n in (1, 2)]]
    assert "fit equally well" in refusal(both)


def test_sessions_tell_stations_of_one_name_apart():
    made = read(
        [
            csv(
                "r.csv",
                ("Station", "Session", "Species", "DateTimeOriginal"),
                ("A", "1", "PTI", "2009-04-21 01:00:00"),
                ("A", "2", "PTI", "2010-04-21 01:00:00"),
            ),
            csv(
                "s.csv",
                ("Station", "Session", "Longitude", "Latitude"),
                ("A", "1", "131", "43"),
                ("A", "2", "132", "43"),
            ),
        ]
    )
    assert made.records["longitude"].tolist() == [131.0, 132.0]


def test_the_country_and_site_of_a_station_are_kept():
    made = read(
        [
            csv("r.csv", RECORDS, record()),
            csv(
                "s.csv",
                ("Station", "Longitude", "Latitude", "Country", "Site"),
                ("A", "131", "43", "Russian Federation", "Land of the Leopard"),
            ),
        ]
    )
    assert made.records[["declared_country", "site"]].to_numpy().tolist() == [["RUS", "Land of the Leopard"]]
