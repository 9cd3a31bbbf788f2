"""The papers folder: where a document is held its passage is shown word for word; else nothing, and never an error."""

import os
from pathlib import Path

import pytest

from neaspec.data import papers
from neaspec.data.papers import PaperError, check_papers, held_file, paper_of, passage, report_papers
from neaspec.paths import DATA_DIR, ROOT
from tests.support.passage_check import DOCUMENTS

PAPER = """I. BACKGROUND

1. The first paragraph of a made-up paper tells of two parks that lie on both sides of a river.

2. The second paragraph has a <b>sign</b> in it.

Table 1 Parks of the river
Park
Area
1,200 ha

3. The meeting may wish to ask the member States of the river for all of the following:

(a) views on (i) cats, and (ii) cranes;
(b) an answer.
"""
NOTE = """Title

1. First section

1.1 Cats

Cats are counted in the north.

1.2 Cranes

i. In spring.
ii. In autumn.
"""
SLIDES = "# One\n\n## Goals\n\nA goal.\n\n## Way forward\n\n- **A step**\n"
SOURCES = Path(os.environ.get("NEASPEC_SHARED", ROOT.parent / "shared")) / "sources"


@pytest.fixture
def folder(tmp_path):
    for key, text in (("som_24_paper", PAPER), ("workshop_2016_note", NOTE), ("som_24_slides", SLIDES)):
        (tmp_path / f"{key}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def pdf_of(pages: list[str], path: Path) -> None:
    """Write a PDF file with one line of text a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in pages:
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        stream = f"BT /F1 10 Tf 40 700 Td {lines}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size, start = len(objects) + 1, len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    path.write_text(out, encoding="latin-1")


def test_a_paragraph_a_table_a_section_and_a_slide_are_shown_as_they_stand(folder):
    assert passage("som_24_paper", "para. 1", folder).text.startswith("The first paragraph of a made-up paper")
    assert "1,200 ha" in passage("som_24_paper", "Table 1", folder).text
    assert "Cats are counted in the north." in passage("workshop_2016_note", "section 1.1", folder).text
    assert "A step" in passage("som_24_slides", "slide Way forward", folder).text


def test_of_an_item_the_whole_paragraph_is_shown_so_that_nothing_is_left_out(folder):
    shown = passage("som_24_paper", "para. 3(a)(ii)", folder).text
    assert "views on (i) cats, and (ii) cranes" in shown
    assert "(b) an answer" in shown
    assert passage("workshop_2016_note", "section 1.2 ii", folder).text.count("In ") == 2


def test_what_a_document_holds_stays_plain_text(folder):
    assert "<b>sign</b>" in passage("som_24_paper", "para. 2", folder).text


@pytest.mark.parametrize(
    ("document", "locator"),
    [("som_24_paper", "para. 9"), ("som_27_paper", "para. 1"), ("../som_24_paper", "para. 1"), ("", ""), ("a b", "x")],
)
def test_what_is_not_held_or_not_found_gives_nothing(folder, document, locator):
    assert passage(document, locator, folder) is None


def test_a_pdf_gives_the_page_on_which_a_passage_begins(tmp_path):
    first = "1. The first paragraph of a made-up paper is long enough to run.\n2. The second one is on the first page."
    second = "3. The third paragraph of a made-up paper stands on the second page."
    pdf_of([first, second], tmp_path / "som_24_paper.pdf")
    found = passage("som_24_paper", "para. 3", tmp_path)
    assert (found.page, found.text) == (2, "The third paragraph of a made-up paper stands on the second page.")
    assert passage("som_24_paper", "para. 1", tmp_path).page == 1
    assert "third paragraph" in passage("som_24_paper", "page 2", tmp_path).text
    assert passage("som_24_paper", "page 7", tmp_path) is None


def test_a_damaged_too_large_or_empty_file_is_told_and_never_shown(tmp_path, monkeypatch):
    (tmp_path / "som_24_paper.pdf").write_bytes(b"%PDF-1.4 no more")
    (tmp_path / "som_27_paper.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "workshop_2016_note.txt").write_text("  \n", encoding="utf-8")
    (tmp_path / "nothing_of_that_key.txt").write_text("Text.", encoding="utf-8")
    problems, count = check_papers(tmp_path)
    assert count == 0
    assert [problem.partition(":")[0] for problem in problems] == [
        "nothing_of_that_key.txt",
        "som_24_paper.pdf",
        "som_27_paper.txt",
        "workshop_2016_note.txt",
    ]
    assert passage("som_24_paper", "para. 1", tmp_path) is None
    monkeypatch.setattr(papers, "MOST_BYTES", 3)
    (tmp_path / "som_24_slides.txt").write_text("# A slide", encoding="utf-8")
    with pytest.raises(PaperError, match="som_24_slides.txt: 0 MB, at most"):
        paper_of(held_file("som_24_slides", tmp_path))


def test_the_check_tells_every_locator_that_is_not_found(folder, capsys):
    assert report_papers(folder) == 1
    told = capsys.readouterr().out
    assert "som_24_paper.txt: 'para. 19' is not found" in told
    assert "'para. 1' is not found" not in told
    assert "locators found" in told


def test_a_long_passage_is_cut_with_a_sign(tmp_path):
    (tmp_path / "workshop_2021_note.txt").write_text("x" * 20_000 + "\f" + "second page", encoding="utf-8")
    found = passage("workshop_2021_note", "page 1", tmp_path)
    assert (len(found.text), found.is_cut) == (papers.LONGEST_PASSAGE, True)


def test_papers_are_no_part_of_the_repository():
    assert "/data/papers/*" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert papers.PAPERS_DIR == DATA_DIR / "papers"


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the source documents are not at hand")
def test_locators_of_the_five_documents_are_found_in_them(tmp_path):
    for key, (prefix, _, _) in DOCUMENTS.items():
        text = next(SOURCES.glob(f"{prefix}*")).read_text(encoding="utf-8")
        (tmp_path / f"{key}.txt").write_text(text, encoding="utf-8")
    problems, count = check_papers(tmp_path)
    assert count > 140
    assert [problem for problem in problems if "footnote" not in problem] == []
    assert "Tumen River area" in passage("som_27_paper", "para. 24(a)(iii)", tmp_path).text
