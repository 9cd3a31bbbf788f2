"""The working list as a Darwin Core Archive, opened by a reader that is not ours."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from dwca.read import DwCAReader

from neaspec.sections.checklist.taken import list_archive

TERMS = "http://rs.tdwg.org/dwc/terms/"
GBIF = "http://rs.gbif.org/terms/1.0/"
STATUSES = {"present", "absent", "doubtful"}  # the vocabulary of the extension


@pytest.fixture(scope="module")
def made(ask, words) -> bytes:
    return list_archive(ask, words, "tumen_estuary")


@pytest.fixture(scope="module")
def opened(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "list.zip"
    path.write_bytes(made)
    with DwCAReader(str(path)) as archive:
        yield archive, {row.id: row for row in archive}


def test_another_reader_finds_the_core_and_its_four_star_tables(opened):
    archive, _ = opened
    assert archive.descriptor.core.type == f"{TERMS}Taxon"
    names = [extension.type.rpartition("/")[2] for extension in archive.descriptor.extensions]
    assert names == ["VernacularName", "Distribution", "SpeciesProfile", "Reference"]
    assert archive.metadata.find("dataset/title").text == "Working list of species of the Tumen River estuary"
    assert "not an agreed list" in archive.metadata.find("dataset/abstract/para").text


def test_each_species_is_a_taxon_and_each_synonym_points_to_one(opened, ask):
    _, rows = opened
    species = ask("checklist_species", shared_area_id="tumen_estuary")
    accepted = {key for key, row in rows.items() if row.data[f"{TERMS}taxonomicStatus"] == "accepted"}
    assert accepted == set(species["taxon_id"])
    synonyms = [row.data for key, row in rows.items() if key not in accepted]
    assert {"Grus vipio", "Larus relictus"} <= {row[f"{TERMS}scientificName"] for row in synonyms}
    assert all(row[f"{TERMS}acceptedNameUsageID"] in accepted for row in synonyms)
    for row in rows.values():
        assert row.data[f"{TERMS}kingdom"] == "Animalia"
        assert row.data[f"{TERMS}taxonRank"] in {"species", "subspecies", "genus"}


def test_a_state_without_a_record_has_no_row_and_values_are_of_the_vocabulary(opened, ask):
    _, rows = opened
    records = ask("checklist_records", shared_area_id="tumen_estuary")
    found = [
        star.data | {"id": key}
        for key, row in rows.items()
        for star in row.extensions
        if star.rowtype == f"{GBIF}Distribution"
    ]
    in_world = [row for row in found if not row[f"{TERMS}countryCode"]]
    found = [row for row in found if row[f"{TERMS}countryCode"]]
    assert len(found) == len(records)
    listings = {
        (row["id"], row[f"{GBIF}appendixCITES"], row["http://iucn.org/terms/threatStatus"]): row[f"{TERMS}eventDate"]
        for row in in_world
    }
    assert listings == {
        ("antigone_vipio", "", "VU"): "2018",
        ("grus_monacha", "", "VU"): "2016",
        ("grus_monacha", "I", ""): "",
        ("platalea_minor", "", "EN"): "2017",  # the claim of 2025 does not hold yet
    }
    assert {row[f"{TERMS}occurrenceStatus"] for row in found} <= STATUSES
    assert {row[f"{TERMS}countryCode"] for row in found} == {"CN", "KP", "RU"}
    absent = {row["id"] for row in found if row[f"{TERMS}occurrenceStatus"] == "absent"}
    assert absent == {"acrocephalus_sorghophilus", "aythya_baeri", "emberiza_jankowskii"}


def test_names_in_the_languages_of_the_three_states_and_sources_stand_beside_a_species(opened):
    _, rows = opened
    stars = [star for row in rows.values() for star in row.extensions]
    languages = {
        star.data["http://purl.org/dc/terms/language"] for star in stars if star.rowtype == f"{GBIF}VernacularName"
    }
    assert languages == {"en", "ko", "ru", "zh"}
    cited = [star.data for star in rows["platalea_minor"].extensions if star.rowtype == f"{GBIF}Reference"]
    assert any("Avian Research" in row["http://purl.org/dc/terms/bibliographicCitation"] for row in cited)
    profiles = [star.data for star in rows["platalea_minor"].extensions if star.rowtype == f"{GBIF}SpeciesProfile"]
    assert [row[f"{TERMS}habitat"] for row in profiles] == ["breeding islet"]


def test_equal_lists_give_equal_bytes_and_well_formed_files(made, ask, words):
    assert made == list_archive(ask, words, "tumen_estuary")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert sorted(archive.namelist()) == [
            "distribution.csv",
            "eml.xml",
            "meta.xml",
            "references.csv",
            "speciesprofile.csv",
            "taxon.csv",
            "vernacularname.csv",
        ]
        for name in ("meta.xml", "eml.xml"):
            ElementTree.fromstring(archive.read(name))


def test_an_archive_of_an_earlier_date_holds_only_what_was_known_then(ask, words):
    early = list_archive(ask.at("som_24"), words, "tumen_estuary")
    with zipfile.ZipFile(io.BytesIO(early)) as archive:
        assert b"birds_korea_rason_survey_2016" in archive.read("distribution.csv")
        assert b"reposted_east_coast_survey_2022" not in archive.read("distribution.csv")
