"""The command line: a file in, results, inputs and a paper of two pages out; the same bytes each time."""

import io
import json
import os
import subprocess
import sys
from dataclasses import fields
from datetime import date

import pandas as pd
import pypdf
import pytest

from neaspec.briefs.scenario_paper import case_file
from neaspec.paths import ROOT
from neaspec.scenarios.__main__ import asked_case, main
from neaspec.scenarios.files import FRAME, OTHER_NAMES, results_csv
from neaspec.scenarios.model import Case, Scenario
from neaspec.scenarios.outcome import outcome_of
from neaspec.sections.scenarios.choices import ScenariosChoices
from neaspec.sections.scenarios.page import asked_case as case_of_page
from tests.scenarios.made import cranes

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


def test_other_processes_with_other_hashes_of_texts_write_the_same_bytes(written):
    """What depends on the order of a set differs between processes, never within one."""
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "neaspec.scenarios", str(written / "case.toml"), "--out", str(written / seed)]
        subprocess.run(command, check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True)
        for name in ("results.csv", "inputs.csv", "paper.pdf"):
            assert (written / seed / name).read_bytes() == (written / "one" / name).read_bytes(), name


BAND = '[[scenario.band]]\npairs = 1.0\nto_km = 5\nevidence = "{case}"\n'


def test_a_band_may_name_a_case_on_record_and_no_other(tmp_path, capsys):
    path = tmp_path / "case.toml"
    path.write_text(FILE + BAND.format(case="unheard_of"), encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "out")]) == 2
    assert "'unheard_of' is no case on record; there are energy_" in capsys.readouterr().err


FITTED = """species = "black_faced_spoonbill"
runs = 100
[inputs.young_survival]
mean = 0.4
mark = "fitted"
fitted_to = "{row}"
[[scenario]]
name = "a"
extra_mortality = 0.01
"""


def test_inputs_that_are_fitted_name_their_growth_and_its_document(tmp_path, capsys):
    path = tmp_path / "case.toml"
    path.write_text(FITTED.format(row="bfs_population_growth_rate_lambda_2"), encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "out")]) == 0
    young = pd.read_csv(tmp_path / "out" / "inputs.csv").set_index("input").loc["to_adult_survival"]
    assert young["note"] == "fitted to growth by a factor of 1.08 a year, 1997-2014"
    assert young["documents"] == "bird_conservation_population_trends_of_the_black_2017"
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "out" / "paper.pdf").read_bytes()))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Fitted to the growth on record (+8.0 % a year, 1997-2014): survival of the young." in text
    path.write_text(FITTED.format(row="unheard_of"), encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "out")]) == 2
    assert "fitted_to: 'unheard_of' is no growth on record; there are bfs_pop" in capsys.readouterr().err


@pytest.mark.parametrize(
    "choices",
    [
        {"species_id": "hooded_crane", "own": "young_per_pair:0.5:0.05:0.2:1.4~age:5::3:6", "correlation": "0.4"},
        {
            "way": "birds",
            "amount": "50",
            "stays": "1",
            "start": "3",
            "end": "9",
            "marked": "5",
            "below": "900",
            "others": "line_200_0.31~units_50_0.2_young",
            "density": "log_linear",
            "young_slope": "-0.3",
        },
        {"way": "line", "amount": "0", "rate": "0.3", "found": "50"},
        {"way": "bands", "bands": "5:40:50:0:energy_wind_distance_whooping_crane,0:60:0:0", "ages": "young"},
        {"species_id": "black_faced_spoonbill", "fit": "1", "density": "ceiling", "size": "900", "spread": "years"},
    ],
)
def test_the_file_that_the_page_exports_gives_the_results_of_the_page(ask, tmp_path, choices):
    of_page = ScenariosChoices(**({"runs": "1000", "horizon": "12", "seed": "4"} | choices))
    path = tmp_path / "case.toml"
    path.write_bytes(case_file(ask, of_page))
    case = asked_case(ask, path, "en")
    assert results_csv(outcome_of(case).results) == results_csv(outcome_of(case_of_page(ask, of_page)).results)
    marks = {name: quantity.mark for name, quantity in case.population.inputs().items()}
    assert marks == {name: given.mark for name, given in case_of_page(ask, of_page).population.inputs().items()}
    rows = {name: quantity.rows for name, quantity in case.population.inputs().items()}
    assert rows == {name: given.rows for name, given in case_of_page(ask, of_page).population.inputs().items()}
    assert [scenario.bands for scenario in case.scenarios] == [
        scenario.bands for scenario in case_of_page(ask, of_page).scenarios
    ]


def test_what_cannot_be_run_has_no_file(ask):
    assert case_file(ask, ScenariosChoices(amount="200")) is None


def test_a_file_of_another_day_says_so_and_is_run_as_known_at_a_meeting(ask, tmp_path, capsys):
    data = case_file(ask.on(date(2030, 1, 1)), ScenariosChoices(runs="1000"))
    assert b"# inputs as known on 2030-01-01: run with --as-known" in data
    assert case_file(ask.at("som_28"), ScenariosChoices(runs="1000")) is None  # not all inputs were on record
    path = tmp_path / "case.toml"
    path.write_bytes(data)
    for meeting, said in (
        ("som_28", "not all inputs of black_faced_spoonbill were"),
        ("som_99", "as known at 'som_99'"),
    ):
        assert main([str(path), "--out", str(tmp_path / "out"), "--as-known", meeting]) == 2
        assert said in capsys.readouterr().err


def test_defaults_are_as_they_are_documented():
    text = (ROOT / "neaspec/scenarios/README.md").read_text(encoding="utf-8")
    cells = [[cell.strip() for cell in line.split("|")[1:3]] for line in text.splitlines() if line.startswith("| `")]
    told = {name: value for names, values in cells if "[" not in names for name, value in by_name(names, values)}
    case = Case(cranes(), (Scenario(""),))
    held = {name: getattr(case, name) for name in FRAME}
    held |= {part.name: part.default for part in fields(Scenario) if part.name not in ("name", "bands")}
    renamed = {OTHER: name for name, OTHER in OTHER_NAMES.items()}
    assert told == {renamed.get(name, name): shown_default(name, value) for name, value in held.items()}


def by_name(names: str, values: str) -> list[tuple[str, str]]:
    listed, given = names.replace("`", "").split(", "), values.replace("`", "").split(", ")
    return list(zip(listed, given * len(listed) if len(given) == 1 else given, strict=False))


def shown_default(name: str, value: object) -> str:
    if name == "extra_mortality":
        return "0.0"
    return "none" if value is None else json.dumps(value)


@pytest.mark.parametrize("out", ["a_file", "a_file/below"])
def test_a_folder_that_is_a_file_is_told_in_a_sentence(tmp_path, capsys, out):
    (tmp_path / "case.toml").write_text(FILE.replace("1000", "100"), encoding="utf-8")
    (tmp_path / "a_file").write_text("kept", encoding="utf-8")
    assert main([str(tmp_path / "case.toml"), "--out", str(tmp_path / out)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and told[0].startswith(str(tmp_path / "a_file"))
    assert (tmp_path / "a_file").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("text", ["", "# nothing\n", "species = 3\n"])
def test_an_empty_file_is_refused_with_a_sentence(tmp_path, capsys, text):
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "out")]) == 2
    assert "species: a key of a species is needed" in capsys.readouterr().err


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
        (
            ('"lines"', '"baseline"'),
            "A scenario cannot be named baseline: the future without more ",
        ),
        (('"lines"', '"No project"'), "A scenario cannot be named No project: "),
        (("runs = 1000", "runs = 1" + "0" * 400), "runs: the number is too large."),
        (
            ("horizon_years = 20\nruns = 1000", "horizon_years = 100\nruns = 100000"),
            "100,000 runs of 100 years in 3 futures, the one without more deaths among them, are too many at once; "
            "26,402 runs are possible, or fewer years or scenarios.",
        ),
        (("start_year = 3", "start_year = 0"), "from 1 to 20"),
    ],
)
def test_a_file_that_cannot_be_run_is_refused_with_sentences(tmp_path, capsys, change, words):
    path = tmp_path / "case.toml"
    path.write_text(FILE.replace(*change), encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "out")]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
