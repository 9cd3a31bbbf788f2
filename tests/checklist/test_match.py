"""A State's own list: read in three forms, matched without a guess that is not shown."""

import io
import zipfile

import pandas as pd
import pytest
import xlsxwriter

from neaspec.checklist.match import KnownNames, match_list, stem
from neaspec.checklist.own_list import MOST_ROWS, ListedName, read_own_list
from neaspec.errors import InputError

SPECIES = pd.DataFrame(
    [
        ("antigone_vipio", "Antigone vipio", "White-naped Crane"),
        ("grus_grus", "Grus grus", "Common Crane"),
        ("grus_monacha", "Grus monacha", "Hooded Crane"),
        ("ardea_cinerea", "Ardea cinerea", "Grey Heron"),
        ("falco_sp", "Falco sp.", "Falcon (species not stated)"),
    ],
    columns=["taxon_id", "scientific_name", "english_name"],
)
NAMES = pd.DataFrame(
    [
        ("antigone_vipio", "Grus vipio", "la", "synonym", "report"),
        ("antigone_vipio", "白枕鹤", "zh", "vernacular", "report"),
        ("grus_grus", "Grus communis", "la", "synonym", "report"),
        ("grus_monacha", "Grus communis", "la", "synonym", "other"),
        ("ardea_cinerea", "Ardea cinera", "la", "spelling", "report"),
    ],
    columns=["taxon_id", "name", "language", "name_kind", "document_id"],
)
KNOWN = KnownNames(SPECIES, NAMES)


def matched(name: str, vernacular: str = ""):
    (match,) = match_list([ListedName(2, name, vernacular=vernacular)], KNOWN)
    return match.kind, match.taxon_ids


@pytest.mark.parametrize(
    ("name", "kind", "taxa"),
    [
        ("Antigone vipio", "accepted", ("antigone_vipio",)),
        ("  antigone  VIPIO (Pallas, 1811) ", "accepted", ("antigone_vipio",)),
        ("Grus (Antigone) vipio Pallas, 1811", "synonym", ("antigone_vipio",)),
        ("Ardea cinera", "spelling", ("ardea_cinerea",)),
        ("Ardea cinerea jouyi", "subspecies", ("ardea_cinerea",)),
        ("Ardea cf. cinerea", "uncertain", ("ardea_cinerea",)),
        ("Ardea cinerea?", "uncertain", ("ardea_cinerea",)),
        ("Ardea cinereus", "ending", ("ardea_cinerea",)),
        ("Egretta cinereus", "epithet", ("ardea_cinerea",)),
        ("Grus monnacha", "similar", ("grus_monacha",)),
        ("白枕鹤", "vernacular", ("antigone_vipio",)),
        ("white-naped crane", "vernacular", ("antigone_vipio",)),
        ("Grus communis", "ambiguous", ("grus_grus", "grus_monacha")),
        ("Grus", "genus", ("grus_grus", "grus_monacha")),
        ("Picus canus", "none", ()),
        ("Ardea cf. alba", "none", ()),
    ],
)
def test_a_name_is_taken_for_what_it_surely_is_and_all_else_is_doubtful(name, kind, taxa):
    assert matched(name) == (kind, taxa)


def test_only_what_is_beyond_doubt_is_sure():
    rows = [ListedName(2, name) for name in ("Antigone vipio", "Grus vipio", "Ardea cinera", "Grus communis", "白枕鹤")]
    assert [match.is_sure for match in match_list(rows, KNOWN)] == [True, True, True, False, False]


def test_a_vernacular_name_beside_an_unknown_one_is_shown_as_doubtful():
    assert matched("Balearica vipionis", vernacular="White-naped Crane") == ("vernacular", ("antigone_vipio",))


def test_the_ending_of_an_epithet_follows_its_genus():
    assert stem("cinereus") == stem("cinerea") != stem("cinnamomea")


def csv_list(text: str):
    return read_own_list("list.csv", text.encode())


def test_a_sheet_is_read_by_its_column_of_names():
    rows = csv_list("no;Species;Status\n1;Grus grus;\n2;;\n3;Grus monacha;\n")
    assert [(row.line, row.name) for row in rows] == [(2, "Grus grus"), (4, "Grus monacha")]
    rows = csv_list("学名,中文名\nAntigone vipio,白枕鹤\n")
    assert (rows[0].name, rows[0].vernacular) == ("Antigone vipio", "白枕鹤")
    assert csv_list("scientificName,occurrenceStatus\nGrus grus,absent\n")[0].presence == "absent"


def test_a_workbook_is_read():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("notes").write_row(0, 0, ["about"])
        book.add_worksheet("list").write_row(1, 0, ["scientificName", "family"])
        book.worksheets()[1].write_row(2, 0, ["Grus grus", "Gruidae"])
    (row,) = read_own_list("list.xlsx", out.getvalue())
    assert (row.line, row.name) == (3, "Grus grus")


def dwca(core: str, row_type: str) -> bytes:
    meta = f"""<archive xmlns="http://rs.tdwg.org/dwc/text/"><core encoding="UTF-8" fieldsTerminatedBy="\\t"
      linesTerminatedBy="\\n" fieldsEnclosedBy="" ignoreHeaderLines="0" rowType="http://rs.tdwg.org/dwc/terms/{row_type}">
      <files><location>core.txt</location></files><id index="0"/>
      <field index="1" term="http://rs.tdwg.org/dwc/terms/scientificName"/>
      <field index="2" term="http://rs.tdwg.org/dwc/terms/taxonomicStatus"/></core></archive>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("meta.xml", meta)
        archive.writestr("core.txt", core)
    return out.getvalue()


def test_an_archive_is_read_by_its_description():
    rows = read_own_list("list.zip", dwca("1\tGrus grus\taccepted\n2\tGrus cinerea\tsynonym\n", "Taxon"))
    assert [row.name for row in rows] == ["Grus grus", "Grus cinerea"]
    with pytest.raises(InputError, match="the core of the archive is occurrence; a core of taxa is read"):
        read_own_list("list.zip", dwca("1\tGrus grus\taccepted\n", "Occurrence"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"a,b\n1,2\n", "no column of scientific names"),
        (b"scientificName,x\n,1\n", "the column of names has no row"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no table"),
        (b"name,x\n" + b"Grus grus,1\n" * (MOST_ROWS + 2), "more than 5,000 rows"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data, said):
    with pytest.raises(InputError) as refused:
        read_own_list("list.csv", data)
    assert len(refused.value.problems) == 1
    assert said in refused.value.problems[0]
