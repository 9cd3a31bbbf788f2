"""Names of lists at their limits, columns of lists in many spellings, and the tables of an archive row by row."""

from typing import Any

import pandas as pd
import pytest

from neaspec.checklist.archive import (
    cited_documents,
    csv_of,
    described,
    distribution_table,
    profile_table,
    reference_table,
    taxon_table,
    vernacular_table,
)
from neaspec.checklist.match import LEAST_ALIKE, KnownNames, alike, match_name, stem
from neaspec.checklist.own_list import (
    MOST_ROWS,
    ListedName,
    presence_by_taxon,
    read_own_list,
    rows_of_table,
    table_columns,
)
from neaspec.errors import InputError


@pytest.mark.parametrize(
    ("epithet", "without"),
    [
        ("cinereus", "cinere"),
        ("cinereum", "cinere"),
        ("cinerea", "cinere"),
        ("australis", "austral"),
        ("australe", "austral"),
        ("vipio", "vipio"),
        ("canus", "canus"),
        ("albus", "albus"),
        ("minor", "minor"),
        ("nigripes", "nigripes"),
        ("blakistoni", "blakiston"),
    ],
)
def test_the_ending_of_an_epithet_is_taken_off_where_enough_is_left(epithet: str, without: str) -> None:
    assert stem(epithet) == without


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("grus monacha", "grus monnacha", True),
        ("grus monacha", "grus monaca", True),
        ("grus grus", "grus vipio", False),
        ("ardea alba", "ardea alva", True),
        ("ab", "ac", False),
        ("ardea cinerea", "ardea cinerea", True),
    ],
)
def test_names_that_differ_by_a_letter_or_two_are_alike(one: str, other: str, is_alike: bool) -> None:
    assert alike(one, other) is is_alike
    assert LEAST_ALIKE == 0.88


SPECIES = pd.DataFrame(
    [
        ("vipio", "Antigone vipio", "White-naped Crane"),
        ("grus", "Grus grus", "Common Crane"),
        ("falco", "Falco sp.", "Falcon"),
    ],
    columns=["taxon_id", "scientific_name", "english_name"],
)
NAMES = pd.DataFrame(
    [
        ("vipio", "Grus vipio", "la", "synonym", "d1"),
        ("vipio", "Grus vipio", "la", "synonym", "d2"),
        ("grus", "Kranich", "de", "vernacular", "d1"),
        ("grus", "Grus grus lilfordi", "la", "subspecies", "d1"),
        ("grus", "Grus gruss", "la", "spelling", "d3"),
    ],
    columns=["taxon_id", "name", "language", "name_kind", "document_id"],
)
KNOWN = KnownNames(SPECIES, NAMES)


def matched(name: str, **more: Any) -> tuple[str, tuple[str, ...], str]:
    match = match_name(ListedName(2, name, **more), KNOWN)
    return match.kind, match.taxon_ids, match.document_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Grus vipio", ("synonym", ("vipio",), "d1")),  # the first document that prints it
        ("Grus gruss", ("spelling", ("grus",), "d3")),
        ("Antigone vipio vipio", ("subspecies", ("vipio",), "")),
        ("Grus vipio minor", ("subspecies", ("vipio",), "d1")),
        ("Antigone Vipio", ("accepted", ("vipio",), "")),
        ("Antigone aff. vipio", ("uncertain", ("vipio",), "")),
        ("Antigone cf vipio", ("uncertain", ("vipio",), "")),
        ("Ciconia cf. nigra", ("none", (), "")),
        ("kranich", ("vernacular", ("grus",), "")),
        ("Falco", ("genus", ("falco",), "")),
        ("Falco subbuteo", ("none", (), "")),
        ("Grus gruus", ("similar", ("grus",), "")),
        ("Ardea vipio", ("epithet", ("vipio",), "")),
        ("7", ("none", (), "")),
    ],
)
def test_a_name_is_matched_with_the_document_that_prints_it(
    name: str, expected: tuple[str, tuple[str, ...], str]
) -> None:
    assert matched(name) == expected


def test_a_name_beside_it_in_a_living_language_helps_only_where_the_first_is_not_known() -> None:
    assert matched("Ciconia nigra", vernacular="Common Crane") == ("vernacular", ("grus",), "")
    assert matched("Grus vipio", vernacular="Common Crane")[0] == "synonym"
    assert matched("Ciconia nigra", vernacular="Black Stork") == ("none", (), "")


@pytest.mark.parametrize(
    ("header", "places"),
    [
        (("No.", "Scientific name"), {"name": 1}),
        (("species", "scientificName"), {"name": 1}),
        (("LATIN_NAME",), {"name": 0}),
        (("학명", "국명"), {"name": 0, "vernacular": 1}),
        (("Латинское название", "Русское название"), {"name": 0, "vernacular": 1}),
        (("Taxon", "Author", "Presence"), {"name": 0, "status": 2}),
        (("name", "taxonID", "acceptedNameUsageID"), {"name": 0, "key": 1, "accepted_key": 2}),
        (("English name", "status"), {}),
        ((), {}),
    ],
)
def test_columns_of_lists_are_found_by_how_lists_call_them(header: tuple[str, ...], places: dict[str, int]) -> None:
    assert table_columns(header) == places


@pytest.mark.parametrize(
    ("status", "presence"),
    [
        ("absent", "absent"),
        ("Absent", "absent"),
        ("0", "absent"),
        ("FALSE", "absent"),
        ("Not present.", "absent"),
        ("locally_extinct", "absent"),
        ("нет", "absent"),
        ("present", "present"),
        ("", "present"),
        ("1", "present"),
        ("있음", "present"),
        ("doubtful", "unclear"),
        ("perhaps", "unclear"),
        ("-", "unclear"),
    ],
)
def test_what_a_row_says_of_presence_is_a_yes_only_where_it_is_one(status: str, presence: str) -> None:
    (row,) = rows_of_table(2, ("name", "occurrenceStatus"), [("Grus grus", status)])
    assert row.presence == presence


def test_rows_keep_their_lines_and_even_spaces_and_short_rows_are_read() -> None:
    header = ("vernacularName", "scientificName", "occurrenceStatus")
    rows = list(rows_of_table(5, header, [("", "", ""), ("Kranich", " Grus  grus "), ("Falke", "", "absent"), ()]))
    assert [(row.line, row.name, row.vernacular, row.presence) for row in rows] == [
        (6, "Grus grus", "Kranich", "present"),
        (7, "Falke", "Falke", "absent"),
    ]


def test_a_synonym_goes_with_the_name_its_list_accepts() -> None:
    header = ("taxonID", "scientificName", "acceptedNameUsageID")
    rows = [("1", "Grus grus", "1"), ("2", "Ardea grus", "1"), ("3", "Anser fictus", ""), ("4", "Anas ficta", "9")]
    listed = list(rows_of_table(2, header, rows))
    assert [(row.line, row.name, row.synonyms) for row in listed] == [
        (2, "Grus grus", ("Ardea grus",)),
        (4, "Anser fictus", ()),
        (5, "Anas ficta", ()),  # the name it points to is not in the list
    ]


NO_STATUS = pd.DataFrame(columns=["taxon_id", "document_id"])
DISTRIBUTION = ("id", "countryCode", "occurrenceStatus")


@pytest.mark.parametrize(
    ("header", "code", "said"),
    [
        (DISTRIBUTION, "CHN", {"1": "present", "2": "absent", "3": "unclear"}),
        (DISTRIBUTION, "RUS", {"1": "absent"}),
        (DISTRIBUTION, "MNG", {}),
        (("id", "locationID", "occurrenceStatus"), "CHN", {"1": "present", "2": "absent", "3": "unclear"}),
        (("id", "locality", "occurrenceStatus"), "MNG", {"1": "present", "2": "absent", "3": "unclear"}),
        (("id", "countryCode", "remarks"), "CHN", None),
    ],
)
def test_rows_of_a_distribution_are_those_of_the_state(header, code, said) -> None:
    rows = [
        ("1", "CN", "absent"),
        ("1", "ISO3166-1:CN" if "locationID" in header else "chn", "present"),
        ("1", "RU", "absent"),
        ("2", "CN", "excluded"),
        ("3", "CN", "doubtful"),
    ]
    assert presence_by_taxon(header, rows, "id", code) == said


def test_as_many_rows_as_are_read_are_read() -> None:
    assert len(read_own_list("l.csv", b"name,x\n" + b"Grus grus,1\n" * MOST_ROWS)) == MOST_ROWS
    with pytest.raises(InputError, match="5,001 rows; up to 5,000 are read"):
        read_own_list("l.csv", b"name,x\n" + b"Grus grus,1\n" * (MOST_ROWS + 1))


def test_a_list_in_an_unknown_encoding_is_told_only_what_its_reader_can_do() -> None:
    with pytest.raises(InputError) as refused:
        read_own_list("l.csv", b"name,x\nT\x98,1\n")
    (told,) = refused.value.problems
    assert told.endswith("save the file as CSV UTF-8") and "--encoding" not in told


def test_a_list_without_its_column_shows_the_first_columns_it_has() -> None:
    with pytest.raises(InputError) as refused:
        read_own_list("l.csv", b"a,b,c,d,e,f,g\n1,2,3,4,5,6,7\n")
    assert refused.value.problems == [
        "l.csv: no column of scientific names (scientificName, species, taxon, name); found: a, b, c, d, e, f"
    ]


LISTED = pd.DataFrame(
    [
        ("vipio", "Antigone vipio", "(Pallas, 1811)", "bird", "list a", None, False),
        ("tigris", "Panthera tigris", None, "mammal", "list a", "a note\nof two lines", True),
        ("falco", "Falco sp.", None, "bird", None, None, False),
    ],
    columns=["taxon_id", "scientific_name", "authorship", "organism_group", "name_list", "note", "is_historical"],
)
PRINTED = pd.DataFrame(
    [
        ("n1", "vipio", "Grus vipio", "synonym", "la", "d1", None),
        ("n2", "tigris", "Panthera tigris altaica", "subspecies", "la", "d2", "x"),
        ("n3", "vipio", "白枕鹤", "vernacular", "zh", "d1", None),
    ],
    columns=["checklist_name_id", "taxon_id", "name", "name_kind", "language", "document_id", "note"],
)


def rows(table: Any) -> list[dict[str, str]]:
    names = [term.rpartition("/")[2] for term in table.terms]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_the_core_has_species_first_and_then_other_names() -> None:
    found = rows(taxon_table(LISTED, PRINTED))
    assert [
        (row["taxonID"], row["acceptedNameUsageID"], row["taxonomicStatus"], row["taxonRank"]) for row in found
    ] == [
        ("vipio", "vipio", "accepted", "species"),
        ("tigris", "tigris", "accepted", "species"),
        ("falco", "falco", "accepted", "genus"),
        ("n1", "vipio", "synonym", "species"),
        ("n2", "tigris", "synonym", "subspecies"),
    ]
    assert [(row["genus"], row["specificEpithet"], row["class"]) for row in found[:3]] == [
        ("Antigone", "vipio", "Aves"),
        ("Panthera", "tigris", "Mammalia"),
        ("Falco", "", "Aves"),
    ]
    assert (found[2]["scientificName"], found[1]["taxonRemarks"], found[0]["scientificNameAuthorship"]) == (
        "Falco",
        "a note of two lines",
        "(Pallas, 1811)",
    )
    assert (found[4]["class"], found[4]["nameAccordingTo"], found[4]["genus"]) == ("Mammalia", "d2", "")


def test_vernacular_names_stand_apart() -> None:
    assert rows(vernacular_table(PRINTED)) == [
        {"taxonID": "vipio", "vernacularName": "白枕鹤", "language": "zh", "source": "d1"}
    ]


def record(**more: Any) -> dict[str, Any]:
    usual = {
        "taxon_id": "vipio",
        "site_id": None,
        "place": "here",
        "country_code": "MNG",
        "presence": "recorded",
        "caveat_ids": None,
        "listing_scheme": None,
        "listing": None,
        "as_stated": None,
        "count_words": None,
        "note": None,
        "as_of": "2020",
        "document_id": "d1",
    }
    return usual | more


def places(*records: dict[str, Any]) -> list[dict[str, str]]:
    return rows(distribution_table(LISTED, pd.DataFrame(records), NO_STATUS))


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, "present"),
        ({"presence": "not_found"}, "absent"),
        ({"taxon_id": "tigris"}, "doubtful"),
        ({"caveat_ids": "x not_confirmed y"}, "doubtful"),
        ({"caveat_ids": "not_confirmed_twice"}, "present"),
        ({"taxon_id": "tigris", "presence": "not_found"}, "absent"),
    ],
)
def test_a_statement_has_its_status(more: dict[str, Any], status: str) -> None:
    assert places(record(**more))[0]["occurrenceStatus"] == status


def test_listings_and_remarks_stand_in_their_columns() -> None:
    cites, iucn, national = places(
        record(listing_scheme="cites", listing="I"),
        record(listing_scheme="iucn", listing="VU", note="seen."),
        record(listing_scheme="national_list", listing="class 1", as_stated="rare.", count_words="few", note="n"),
    )
    assert (cites["appendixCITES"], cites["threatStatus"], cites["occurrenceRemarks"]) == ("I", "", "")
    assert (iucn["appendixCITES"], iucn["threatStatus"], iucn["occurrenceRemarks"]) == ("", "VU", "seen")
    assert (national["threatStatus"], national["occurrenceRemarks"]) == ("", "rare; class 1; few; n")
    assert (cites["locality"], cites["eventDate"], cites["source"], cites["locationID"]) == ("here", "2020", "d1", "")


def test_habitats_are_of_sites_where_the_species_is_on_record() -> None:
    records = pd.DataFrame(
        [
            record(site_id="w"),
            record(site_id="w"),
            record(site_id="p"),
            record(site_id="w", taxon_id="tigris", presence="not_found"),
            record(),
        ]
    )
    found = rows(profile_table(records, {"w": "wetland", "p": "protected_area"}))
    assert [(row["taxonID"], row["habitat"], row["isMarine"]) for row in found] == [("vipio", "wetland", "")]


def test_documents_stand_once_for_each_species_that_they_name() -> None:
    documents = pd.DataFrame(
        [("d1", "Report", "WWF", "2020", "en", "https://x.example"), ("d2", "List", None, None, "ru", None)],
        columns=["document_id", "title", "publisher", "published_date", "language", "url"],
    )
    found = rows(
        reference_table(
            pd.DataFrame([record(), record(taxon_id="tigris", document_id="d2")]), PRINTED, NO_STATUS, documents
        )
    )
    assert [(row["taxonID"], row["identifier"], row["bibliographicCitation"]) for row in found] == [
        ("tigris", "d2", "List"),
        ("vipio", "d1", "WWF. Report. 2020"),
    ]
    assert cited_documents([PRINTED, pd.DataFrame([record(document_id="d9")])]) == ["d1", "d2", "d9"]


def test_the_key_of_a_star_table_is_no_term_of_its_own() -> None:
    core, star = taxon_table(LISTED, PRINTED), vernacular_table(PRINTED)
    assert '<id index="0"/>\n    <field index="0" term=' in described("core", "id", core)
    text = described("extension", "coreid", star)
    assert '<coreid index="0"/>\n    <field index="1" term=' in text and text.count("<field ") == 3
    assert csv_of(star) == "taxonID,vernacularName,language,source\nvipio,白枕鹤,zh,d1\n"
