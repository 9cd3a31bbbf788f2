"""The command line: a file in, results, inputs and a paper of two pages out; the same bytes each time."""

import io

import pandas as pd
import pypdf
import pytest

from neaspec.scenarios.__main__ import main

FILE = """
species = "white_naped_crane"
horizon_years = 20
runs = 1000
seed = 7
[[scenario]]
name = "lines"
extra_mortality = 0.01
start_year = 3
[[scenario]]
name = "adults"
extra_mortality = {adult = 0.02}
start_year = 1
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scenarios")
    (folder / "case.toml").write_text(FILE, encoding="utf-8")
    for name in ("one", "two"):
        assert main([str(folder / "case.toml"), "--out", str(folder / name)]) == 0
    return folder


def test_results_have_their_columns_and_names(written):
    rows = pd.read_csv(written / "one" / "results.csv")
    assert list(rows.columns) == ["scenario", "result", "year", "median", "low", "high"]
    assert set(rows["scenario"]) == {"baseline", "lines", "adults"}
    assert {"cps", "cgr", "p_decline", "q50", "birds", "growth"} <= set(rows["result"])
    left = rows[(rows["scenario"] == "lines") & (rows["result"] == "cps")].set_index("year")["median"]
    assert (left[1], left[2]) == (1, 1)
    assert left[20] == pytest.approx(0.99**18, abs=0.005)


def test_inputs_have_their_marks_and_rows(written):
    rows = pd.read_csv(written / "one" / "inputs.csv").set_index("input")
    assert rows.loc["birds", "mark"] == "document, this species"
    assert rows.loc["adult_survival", "mark"] == "document, a relative"
    assert rows.loc["young_survival", "mark"] == "our assumption"
    assert "wnc_2023_eastern" in rows.loc["birds", "rows"]


def test_the_paper_has_two_pages_and_says_what_it_rests_on(written):
    reader = pypdf.PdfReader(io.BytesIO((written / "one" / "paper.pdf").read_bytes()))
    assert len(reader.pages) == 2
    text = " ".join(reader.pages[0].extract_text().split())
    assert "A scenario, not a forecast. Taken from relatives" in text
    assert "seed 7" in text


def test_the_same_file_gives_the_same_bytes(written):
    for name in ("results.csv", "inputs.csv", "paper.pdf"):
        assert (written / "one" / name).read_bytes() == (written / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("0.01", "1.5"), "150 %"),
        (("0.01", '"much"'), "a number is needed"),
        (("0.01", "nan"), "no number"),
        (("horizon_years = 20", "horizon_years = 10000"), "10,000"),
        (("seed = 7", "sead = 7"), "no such entry"),
        (("adult =", "grown ="), "no such entry"),
        (("white_naped_crane", "dodo"), "there are"),
        (("[[scenario]]", "[scenario]"), "TOML"),
        (("start_year = 3", "start_year = 0"), "from 1 to 20"),
    ],
)
def test_a_file_that_cannot_be_run_is_refused_with_sentences(tmp_path, capsys, change, words):
    path = tmp_path / "case.toml"
    path.write_text(FILE.replace(*change), encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "out")]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
