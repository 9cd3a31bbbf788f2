"""Darwin Core comes as an archive with meta.xml, with a header line or not, as a loose table, or as GBIF's download."""

import numpy as np
import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from tests.support.made_field_files import DWC, OCCURRENCE_TERMS, archive, csv, gbif, meta_xml, zipped

TIGER = (
    "T07",
    "2020-05-30T04:57:37+02:00",
    "43.1",
    "131.2",
    "MachineObservation",
    "camera trap",
    "RU",
    "present",
    "female",
    "adult",
    "1",
    "Panthera tigris (Linnaeus, 1758)",
    "30",
)


def row(**changed):
    return tuple(changed.get(term, value) for term, value in zip(OCCURRENCE_TERMS, TIGER, strict=True))


def refusal(*inputs):
    with pytest.raises(InputError) as caught:
        read(inputs)
    return "\n".join(caught.value.problems)


def dropped(reading):
    return {reason: count for (_, reason), count in reading.dropped.counts.items()}


def notes(reading):
    return {note for one in reading.recognised for note in one.notes}


def one(*rows, terms=OCCURRENCE_TERMS, answers=None):
    return read([csv("birds.csv", terms, *rows)], answers or Answers())


def test_an_archive_is_read_as_its_meta_says():
    made = read([archive("tigers.zip", [TIGER])])
    record = made.records.iloc[0]
    assert (record["data_set"], record["source"], record["row"]) == ("tigers", "tigers.zip/occurrence.txt", 2)
    assert (record["individual"], record["sex"], record["age"], record["count"]) == ("T07", "female", "adult", 1)
    assert str(record["time"]) == "2020-05-30 02:57:37"
    assert (record["latitude"], record["longitude"], record["uncertainty_m"]) == (43.1, 131.2, 30)
    assert (record["evidence"], record["declared_country"], record["taxon"]) == ("camera", "RUS", TIGER[11])


@pytest.mark.parametrize(
    "written",
    [
        {"header": False},
        {"delimiter": ","},
        {"delimiter": ";", "quote": '"'},
        {"delimiter": "|", "quote": "'"},
        {"encoding": "gb18030"},
        {"encoding": "cp1251"},
        {"encoding": "utf-8-sig"},
    ],
)
def test_an_archive_reads_the_same_however_it_is_written(written):
    stated = {"gb18030": "GBK", "cp1251": "windows-1251"}.get(written.get("encoding", ""), "UTF-8")
    name = "Тигр 7" if written.get("encoding") != "gb18030" else "东北虎"
    tiger = (name, *TIGER[1:])
    if written.get("delimiter", "\t") == ",":
        tiger = tuple(cell.replace(",", "") for cell in tiger)
    if written.get("quote"):
        tiger = tuple(f"{written['quote']}{cell}{written['quote']}" for cell in tiger)
    if written.get("encoding"):
        written = {**written, "extra": ""}
    content = archive("a.zip", [tiger, tiger], **{key: value for key, value in written.items() if key != "encoding"})
    if "encoding" in written:
        lines = ["\t".join(("id", *OCCURRENCE_TERMS)), "\t".join(("1", *tiger)), "\t".join(("2", *tiger)), ""]
        content = zipped(
            "a.zip",
            {
                "meta.xml": meta_xml(OCCURRENCE_TERMS, encoding=stated),
                "occurrence.txt": "\n".join(lines).encode(written["encoding"]),
            },
        )
    made = read([content]).records
    assert made["individual"].tolist() == [name] * 2
    assert made["latitude"].tolist() == [43.1] * 2
    assert made["row"].tolist() == ([1, 2] if written.get("header") is False else [2, 3])


def test_values_that_meta_gives_for_all_rows_are_used():
    extra = f'<field term="{DWC}basisOfRecord" default="MaterialSample"/><field term="{DWC}countryCode" default="MN"/>'
    terms = ("organismID", "eventDate", "materialSampleID")
    made = read([archive("a.zip", [("SL1", "2020-05-04", "S-17")], terms, extra=extra)]).records.iloc[0]
    assert (made["evidence"], made["declared_country"], made["sample_id"]) == ("genetic", "MNG", "S-17")
    assert np.isnan(made["latitude"])


def test_an_unpacked_archive_is_read_too():
    files = {"meta.xml": meta_xml(("organismID", "eventDate", "countryCode")).encode()}
    files["occurrence.txt"] = b"id\torganismID\teventDate\tcountryCode\n1\tA\t2020-01-01\tCN\n"
    made = read([Input(name, content) for name, content in files.items()])
    assert made.records["declared_country"].tolist() == ["CHN"]


def test_files_of_an_archive_that_are_not_used_are_told():
    files = {"meta.xml": meta_xml(("organismID", "eventDate", "countryCode")), "rights.txt": "CC0", "empty.txt": ""}
    files["verbatim.txt"] = "occurrenceID\teventDate\tdecimalLatitude\tdecimalLongitude\n1\t2020\t1\t1\n"
    files["occurrence.txt"] = "id\torganismID\teventDate\tcountryCode\n1\tA\t2020-01-01\tCN\n"
    made = read([zipped("a.zip", files)])
    assert [(one.source, one.records) for one in made.recognised if one.notes == ("not_used",)] == [
        ("a.zip/empty.txt", 0),
        ("a.zip/rights.txt", 0),
        ("a.zip/verbatim.txt", 0),
    ]


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        ("<archive xmlns='http://rs.tdwg.org/dwc/text/'>", "not well-formed XML"),
        ("<archive xmlns='http://rs.tdwg.org/dwc/text/'/>", "no core table"),
        (meta_xml(("organismID",), location="other.txt"), "names the file other.txt, which is missing"),
        (meta_xml(("organismID",), location="../occurrence.txt"), "is missing"),
        (meta_xml(("organismID",), encoding="rot13"), "encoding rot13 is not known"),
        (meta_xml(("organismID",), mark="::"), "one letter is read"),
        (meta_xml(("organismID",), header_lines="many"), "a number from 0"),
        (meta_xml([f"t{place}" for place in range(9)]), "which has 2"),
        ("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + meta_xml(("organismID",))[38:], "document type"),
        ("<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + meta_xml(("organismID",))[38:], "document type"),
        (meta_xml(("organismID",)).replace("Occurrence", "Taxon"), "no table of occurrences (found: taxon)"),
    ],
)
def test_a_meta_that_cannot_be_followed_is_refused(meta, words):
    said = refusal(zipped("a.zip", {"meta.xml": meta, "occurrence.txt": "id\torganismID\n1\tA\n"}))
    assert words in said
    assert said.startswith("a.zip/")


def test_an_archive_of_events_is_read_through_its_occurrences():
    meta = (
        f'<archive xmlns="http://rs.tdwg.org/dwc/text/"><core fieldsTerminatedBy="," ignoreHeaderLines="1" '
        f'rowType="{DWC}Event"><files><location>event.csv</location></files><id index="0"/>'
        f'<field index="0" term="{DWC}eventID"/><field index="1" term="{DWC}eventDate"/>'
        f'<field index="2" term="{DWC}decimalLatitude"/><field index="3" term="{DWC}decimalLongitude"/>'
        f'<field index="4" term="{DWC}countryCode"/></core><extension fieldsTerminatedBy="," ignoreHeaderLines="1" '
        f'rowType="{DWC}Occurrence"><files><location>occurrence.csv</location></files><coreid index="0"/>'
        f'<field index="1" term="{DWC}organismID"/><field index="2" term="{DWC}eventDate"/></extension></archive>'
    )
    files = {
        "meta.xml": meta,
        "event.csv": "id,date,lat,lon,cc\ne1,2020-05-01,43,131,RU\ne2,2020-06-01,44,130,CN\n",
        "occurrence.csv": "id,organism,date\ne2,A,\ne1,A,2020-05-02\ne9,B,\n",
    }
    made = read([zipped("events.zip", files)])
    assert made.records[["individual", "declared_country", "latitude", "row"]].to_numpy().tolist() == [
        ["A", "CHN", 44.0, 2],
        ["A", "RUS", 43.0, 3],
    ]
    assert [str(time)[:10] for time in made.records["time"]] == ["2020-06-01", "2020-05-02"]
    assert dropped(made) == {"no_time": 1}


def test_a_loose_table_is_recognised_by_its_header_whatever_its_name_and_spelling():
    for header in (
        OCCURRENCE_TERMS,
        [f"dwc:{term}" for term in OCCURRENCE_TERMS],
        [DWC + term for term in OCCURRENCE_TERMS],
    ):
        made = read(
            [
                csv(
                    "any.dat",
                    [name.upper() if "://" not in name else name for name in header],
                    [cell.replace(",", "") for cell in TIGER],
                )
            ]
        )
        assert (made.recognised[0].standard, made.records["individual"].tolist()) == ("darwin_core", ["T07"])


def plain(**changed):
    return tuple(cell.replace(",", "") for cell in row(**changed))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"occurrenceStatus": "ABSENT"}, "absent"),
        ({"individualCount": "0"}, "absent"),
        ({"eventDate": ""}, "no_time"),
        ({"eventDate": "2020"}, "time_unreadable"),
        ({"decimalLatitude": "", "countryCode": ""}, "no_coordinates"),
        ({"decimalLatitude": "0", "decimalLongitude": "0"}, "coordinates_zero"),
        ({"decimalLatitude": "131", "decimalLongitude": "43"}, "coordinates_impossible"),
        ({"decimalLatitude": "x"}, "coordinates_unreadable"),
    ],
)
def test_rows_that_are_no_records_are_left_out_with_reason_and_line(changed, reason):
    made = one(plain(), plain(**changed))
    assert (made.records["row"].tolist(), dropped(made)) == ([2], {reason: 1})
    assert [example.row for examples in made.dropped.examples.values() for example in examples] == [3]


def test_a_row_without_a_position_is_a_record_where_its_country_is_declared():
    made = one(plain(decimalLatitude="", decimalLongitude=""))
    assert made.records["declared_country"].tolist() == ["RUS"]
    answered = one(plain(decimalLatitude="", countryCode=""), answers=Answers(country={"birds": "MNG"}))
    assert answered.records["declared_country"].tolist() == ["MNG"]


@pytest.mark.parametrize(
    ("basis", "protocol", "evidence"),
    [
        ("MachineObservation", "GPS transmitter", "gps"),
        ("MachineObservation", "camera trap", "camera"),
        ("MachineObservation", "", "gps"),
        ("HumanObservation", "", "sighting"),
        ("HumanObservation", "ringing", "ring"),
        ("HumanObservation", "tag attachment", "sighting"),
        ("MaterialSample", "scat", "genetic"),
        ("HumanObservation", "snow tracks", "tracks"),
        ("PreservedSpecimen", "", "sighting"),
        ("", "", "sighting"),
        ("MACHINE_OBSERVATION", "satellite telemetry", "gps"),
    ],
)
def test_the_kind_of_evidence_follows_from_basis_and_protocol(basis, protocol, evidence):
    assert one(plain(basisOfRecord=basis, samplingProtocol=protocol)).records["evidence"].tolist() == [evidence]


def test_the_country_of_a_tagged_animal_is_where_its_position_is():
    made = one(plain(samplingProtocol="gps"), plain(samplingProtocol="gps", decimalLatitude="", decimalLongitude=""))
    assert made.records["declared_country"].tolist() == ["", "RUS"]


def test_areas_of_china_are_told_as_china_and_unknown_codes_are_noted():
    made = one(plain(countryCode="HK"), plain(countryCode="TWN"), plain(countryCode="mo"), plain(countryCode="XX"))
    assert made.records["declared_country"].tolist() == ["CHN", "CHN", "CHN", ""]
    assert {"told_as_china", "country_not_known"} <= notes(made)


def test_the_individual_may_stand_in_the_old_column_or_as_a_name():
    terms = ("occurrenceID", "organismID", "individualID", "organismName", "eventDate", "countryCode")
    made = one(
        ("1", "A", "old", "n", "2020-01-01", "CN"),
        ("2", "", "old", "n", "2020-01-01", "CN"),
        ("3", "", "", "007", "2020-01-01", "CN"),
        ("4", "", "", "", "2020-01-01", "CN"),
        terms=terms,
    )
    assert made.records["individual"].tolist() == ["A", "old", "007", ""]


def test_dates_in_parts_and_times_beside_them_are_put_together():
    terms = ("occurrenceID", "eventDate", "eventTime", "year", "month", "day", "countryCode")
    made = one(
        ("1", "", "", "2020", "5", "4", "CN"),
        ("2", "2020-05-04", "13:40:32+08:00", "", "", "", "CN"),
        ("3", "", "", "2020", "5", "", "CN"),
        terms=terms,
    )
    assert [str(time) for time in made.records["time"]] == ["2020-05-04 12:00:00", "2020-05-04 05:40:32"]
    assert dropped(made) == {"time_unreadable": 1}


def test_behaviour_station_uncertainty_and_data_set_are_kept():
    terms = (
        "occurrenceID",
        "datasetName",
        "behavior",
        "locationID",
        "coordinatePrecision",
        "eventDate",
        "decimalLatitude",
        "decimalLongitude",
        "geodeticDatum",
        "dataGeneralizations",
    )
    made = one(
        ("1", "Spoonbills 2020", "nesting", "L1", "0.01", "2020-01-01", "37", "126", "WGS84", ""),
        ("2", "", "roosting", "L2", "", "2020-01-01", "37", "126", "Tokyo", "rounded"),
        terms=terms,
    )
    got = made.records[["data_set", "behaviour", "station"]].to_numpy().tolist()
    assert got == [["Spoonbills 2020", "nest", "L1"], ["birds", "roost", "L2"]]
    assert made.records["uncertainty_m"].iloc[0] == pytest.approx(1113.2)
    assert {"datum_not_wgs84", "generalised_at_source"} <= notes(made)


def test_ambiguous_dates_are_asked_and_nothing_is_read_until_they_are_answered():
    rows = plain(eventDate="3/4/2020"), plain(eventDate="5/6/2020")
    made = one(*rows)
    assert [(q.kind, q.source, q.column, q.example) for q in made.questions] == [
        ("day_or_month_first", "birds.csv", "eventDate", "3/4/2020")
    ]
    assert made.records.empty
    assert notes(made) == {"question_open"}
    answered = one(*rows, answers=Answers(day_first={"birds.csv": True}))
    assert ([str(time)[:10] for time in answered.records["time"]], answered.questions) == (
        ["2020-04-03", "2020-06-05"],
        [],
    )


def test_a_gbif_download_is_tab_separated_and_knows_no_quotation_marks():
    crane = {
        "gbifID": "1",
        "datasetKey": "key",
        "species": "Grus monacha",
        "scientificName": "Grus monacha Temminck, 1835",
        "countryCode": "KR",
        "decimalLatitude": "35.1",
        "decimalLongitude": "128.9",
        "eventDate": "2020-01-05T10:00",
        "basisOfRecord": "HUMAN_OBSERVATION",
        "individualCount": "12",
        "locality": '"Junam reservoir',
        "speciesKey": "9",
        "occurrenceStatus": "PRESENT",
    }
    made = read(
        [gbif("0001.csv", crane, crane | {"gbifID": "2", "occurrenceStatus": "ABSENT"}, crane | {"gbifID": "3"})]
    )
    assert made.records[["individual", "taxon", "evidence", "data_set", "count", "row"]].to_numpy().tolist() == [
        ["", "Grus monacha", "sighting", "key", 12.0, 2],
        ["", "Grus monacha", "sighting", "key", 12.0, 4],
    ]
    assert (made.recognised[0].standard, notes(made), dropped(made)) == ("gbif", {"no_individuals"}, {"absent": 1})
