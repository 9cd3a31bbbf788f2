"""A file of scenarios: what it gives, what it leaves as documents say, and every fault with its place."""

import math

import pandas as pd
import pytest

from neaspec.scenarios.files import Given, case_from, inputs_csv, read_file, results_csv
from neaspec.scenarios.model import Band, Case, DensityDependence, Quantity
from tests.scenarios.made import cranes

HEAD = 'species = "cranes"\nhorizon_years = 10\n'


def given(text: str) -> Given:
    return read_file(text.encode())


def read(text: str) -> tuple[Case, list[str]]:
    file = given(HEAD + text)
    assert file.faults == []
    return case_from(file, cranes())


def test_a_file_of_the_least_has_the_defaults_of_the_model() -> None:
    case, faults = read('[[scenario]]\nname = "a"\nextra_mortality = 0.02\n')
    assert faults == []
    assert (case.horizon_years, case.runs, case.seed, case.spread, case.correlation, case.below) == (
        10,
        10_000,
        1,
        "half",
        0.0,
        None,
    )
    assert case.population == cranes() and case.density == DensityDependence()
    (scenario,) = case.scenarios
    assert (scenario.name, scenario.extra_mortality, scenario.start_year) == ("a", (0.02, 0.02, 0.02), 1)
    assert scenario.end_year is None and not scenario.is_number and scenario.bands == ()


def test_everything_of_a_file_arrives_in_its_place() -> None:
    text = """runs = 2000.0
seed = 7
spread = "years"
correlation = 0.5
below = 100
[density]
kind = "ceiling"
size = 300
[inputs]
birds = 500
[[scenario]]
name = "line"
birds_a_year = 12
keeps_number = true
line_km = 4.5
deaths_per_km = 0.2
start_year = 3
end_year = 8.0
mitigation_year = 6
mitigation = 0.25
[[scenario.band]]
pairs = 0.4
to_km = 5
[[scenario.band]]
pairs = 0.6
young_loss = 0.1
"""
    case, faults = read(text)
    assert faults == []
    assert (case.runs, case.seed, case.spread, case.correlation, case.below) == (2000, 7, "years", 0.5, 100)
    assert isinstance(case.runs, int)
    assert case.density == DensityDependence("ceiling", 300)
    assert case.population.birds == Quantity(500, 0.0, 500, 500)
    (scenario,) = case.scenarios
    assert (scenario.birds, scenario.is_number, scenario.line_km, scenario.mitigation) == (12, True, 4.5, 0.25)
    assert (scenario.start_year, scenario.end_year, scenario.mitigation_year) == (3, 8, 6)
    assert scenario.bands == (Band(0.4, to_km=5), Band(0.6, young_loss=0.1))


@pytest.mark.parametrize(
    ("table", "shares"),
    [
        ("{first_year = 0.1, immature = 0.2, adult = 0.3}", (0.1, 0.2, 0.3)),
        ("{young = 0.1}", (0.1, 0.1, 0.0)),
        ("{young = 0.1, immature = 0.2}", (0.1, 0.2, 0.0)),
        ("{young = 0.1, first_year = 0.4, adult = 0.5}", (0.4, 0.1, 0.5)),
    ],
)
def test_deaths_may_be_given_by_age(table: str, shares: tuple[float, float, float]) -> None:
    case, _ = read(f'[[scenario]]\nname = "a"\nextra_mortality = {table}\n')
    assert case.scenarios[0].extra_mortality == shares


@pytest.mark.parametrize(
    ("table", "quantity"),
    [
        ("{mean = 0.9}", Quantity(0.9, 0.0, 0.9, 0.9)),
        ("{mean = 0.9, sd = 0.02}", Quantity(0.9, 0.02, 0.86, 0.94)),
        ("{mean = 0.97, sd = 0.02}", Quantity(0.97, 0.02, 0.93, 1.0)),  # no share is above the whole
        ("{mean = 0.01, sd = 0.02}", Quantity(0.01, 0.02, 0.0, 0.05)),
        ("{mean = 0.9, sd = 0.02, low = 0.5, high = 0.99}", Quantity(0.9, 0.02, 0.5, 0.99)),
        ("0.8", Quantity(0.8, 0.0, 0.8, 0.8)),
    ],
)
def test_an_input_of_a_reader_has_its_ends(table: str, quantity: Quantity) -> None:
    case, faults = read(f"[inputs]\nadult_survival = {table}\n")
    own = case.population.adult_survival
    assert faults == [] and own.mark == "yours"
    assert (own.mean, own.sd, own.low, own.high) == pytest.approx(
        (quantity.mean, quantity.sd, quantity.low, quantity.high)
    )


def test_young_per_pair_may_be_more_than_one() -> None:
    case, _ = read("[inputs]\nyoung_per_pair = {mean = 1.0, sd = 0.3}\n")
    assert case.population.young_per_pair.high == pytest.approx(1.6)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x = 1\n" + HEAD, "x: there is no such entry; there are below, correlation, density, "),
        ("horizon_years = 10\n", "species: a key of a species is needed, like black_faced_spoonbill."),
        ("species = 7\n", "species: a key of a species is needed, like black_faced_spoonbill."),
        ('species = ""\n', "species: a key of a species is needed, like black_faced_spoonbill."),
        (HEAD + "scenario = 3\n", "scenario: write each one under a line [[scenario]]."),
        (HEAD + "scenario = [1]\n", "scenario: write each one under a line [[scenario]]."),
        (HEAD + "density = 3\n", "density: it must be a table, [density]."),
        (HEAD + "inputs = 3\n", "inputs: it must be a table, [inputs]."),
        (
            HEAD + "[density]\nsort = 1\n",
            "density.sort: there is no such entry; there are kind, size, survival_slope, ",
        ),
        (
            HEAD + "[inputs]\nwings = 2\n",
            "inputs.wings: there is no such entry; there are adult_survival, age, birds, ",
        ),
        (
            HEAD + '[[scenario]]\nname = "a"\n[[scenario]]\nis_number = true\n',
            "scenario 2: is_number: there is no such ",
        ),
        (HEAD + "[[scenario]]\nbirds = 3\n", "scenario 1: birds: there is no such entry; there are avoidance, band, "),
        (HEAD + "[[scenario]]\nbands = []\n", "scenario 1: bands: there is no such entry"),
    ],
)
def test_a_fault_of_form_is_told_with_its_place(text: str, fault: str) -> None:
    (told,) = given(text).faults
    assert told.startswith(fault)


@pytest.mark.parametrize(
    "data", [b"species = ", b"\xff\xfe", b"runs = 1" + b"0" * 5000, b"runs = " + b"[" * 100_000], ids=len
)
def test_what_is_no_toml_is_told_so(data: bytes) -> None:
    (told,) = read_file(data).faults
    assert told.startswith("The file is no TOML: ")


def test_all_faults_are_told_at_once() -> None:
    assert len(given("x = 1\ny = 2\ndensity = 3\n").faults) == 4  # and the species


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('below = "few"\n', "below: a number is needed."),
        ("correlation = true\n", "correlation: a number is needed."),
        ('[density]\nkind = "ceiling"\nsize = "large"\n', "density.size: a number is needed."),
        ('[inputs]\nbirds = "many"\n', "inputs.birds: "),
        (f"[inputs]\nbirds = 1{'0' * 400}\n", "inputs.birds: the number is too large."),
        (f"runs = 1{'0' * 400}\n", "runs: the number is too large."),
        (f"seed = -1{'0' * 400}\n", "seed: the number is too large."),
        ("[inputs]\nbirds = {sd = 2}\n", "inputs.birds: a mean is needed."),
        (
            '[inputs]\nbirds = {mean = 2, fitted_to = "row"}\n',
            'inputs.birds.fitted_to: the key of a growth on record, beside mark = "fitted".',
        ),
        (
            '[inputs]\nbirds = {mean = 2, mark = "fitted", fitted_to = 3}\n',
            'inputs.birds.fitted_to: the key of a growth on record, beside mark = "fitted".',
        ),
        (
            "[inputs]\nbirds = {mean = 2, mode = 3}\n",
            "inputs.birds.mode: there is no such entry; there are fitted_to, high, low, mark, mean, ",
        ),
        (
            '[[scenario]]\nname = "a"\nline_km = "x"\ndeaths_per_km = 1\n',
            "scenario 1: line_km: a number is needed.",
        ),
        (
            '[[scenario]]\nname = "a"\nline_km = 300\n',
            "scenario 1: line_km: deaths_per_km must stand beside it.",
        ),
        (
            '[[scenario]]\nname = "a"\ndeaths_per_km = 0.3\nfound_share = 0.5\n',
            "scenario 1: deaths_per_km and found_share: line_km must stand beside it.",
        ),
        (
            '[[scenario]]\nname = "a"\nmarker_effect = 0.3\n',
            "scenario 1: marker_effect: line_km and deaths_per_km must stand beside it.",
        ),
        ('[[scenario]]\nname = "a"\nunits = 20\n', "scenario 1: units: deaths_per_unit must stand beside it."),
        (
            '[[scenario]]\nname = "a"\nmitigation_year = 4\n',
            "scenario 1: mitigation_year: mitigation must stand beside it.",
        ),
        (
            '[[scenario]]\nname = "a"\nmitigation = 0.4\n',
            "scenario 1: mitigation: mitigation_year must stand beside it.",
        ),
        (
            '[[scenario]]\nname = "a"\nextra_mortality = {}\n',
            "scenario 1: extra_mortality: a share is needed for one at least of first_year, immature, adult, young.",
        ),
        (
            '[[scenario]]\nname = "a"\nbirds_a_year = 3\nkeeps_number = "no"\n',
            "scenario 1: keeps_number: true or false is needed, without quotation marks.",
        ),
        (
            '[[scenario]]\nname = "a"\nbirds_a_year = 3\nkeeps_number = 0\n',
            "scenario 1: keeps_number: true or false is needed",
        ),
        (
            '[[scenario]]\nname = "a"\nextra_mortality = 0.1\nkeeps_number = true\n',
            "scenario 1: keeps_number: birds_a_year, line_km or units must stand beside it.",
        ),
        ("[density]\nsize = 900\n", "density: it needs its kind."),
        ('[density]\nkind = "log_linear"\n', "density: log_linear needs young_slope or survival_slope."),
        ('[[scenario]]\nname = "a"\nstart_year = "x"\n', "scenario 1: start_year: a number is needed."),
        ('[[scenario]]\nname = "a"\nextra_mortality = "x"\n', "scenario 1: extra_mortality: a number is needed."),
        (
            '[[scenario]]\nname = "a"\nextra_mortality = {old = 1}\n',
            "scenario 1: extra_mortality.old: there is no such ",
        ),
        (
            '[[scenario]]\nname = "a"\nband = 3\n',
            "scenario 1: write each band of distance under a line [[scenario.band]].",
        ),
        ('[[scenario]]\nname = "a"\nband = [{km = 3}]\n', "scenario 1"),
    ],
)
def test_a_value_that_is_none_is_told_with_its_place(text: str, fault: str) -> None:
    _, faults = read(text)
    assert len(faults) == 1 and faults[0].startswith(fault)


def test_a_year_with_a_fraction_stays_for_the_refusal() -> None:
    case, faults = read('[[scenario]]\nname = "a"\nstart_year = 2.5\n')
    assert faults == [] and case.scenarios[0].start_year == 2.5
    case, faults = read('[[scenario]]\nname = "a"\nstart_year = nan\n')
    assert math.isnan(case.scenarios[0].start_year)


def test_a_name_that_is_a_number_is_taken_as_it_stands() -> None:
    case, _ = read("[[scenario]]\nname = 7\n[[scenario]]\nyoung_loss = 0.1\n")
    assert [scenario.name for scenario in case.scenarios] == ["7", ""]


def test_results_have_eight_figures() -> None:
    rows = pd.DataFrame(
        [("a", "cps", 3, 1 / 3, 0.5, 123456789.0)], columns=["scenario", "result", "year", "median", "low", "high"]
    )
    assert results_csv(rows) == b"scenario,result,year,median,low,high\na,cps,3,0.33333333,0.5,1.2345679e+08\n"


def test_inputs_stand_with_their_marks_rows_and_documents_each_once() -> None:
    own = Quantity(0.9, 0.01, 0.8, 0.95, "own", ("r1", "r2", "r3"), "why")
    rows = pd.DataFrame(
        [("r1", "doc_a", "p. 3"), ("r2", "doc_a", "p. 4"), ("r3", None, None)],
        columns=["row_id", "document_id", "locator"],
    )
    table = inputs_csv(cranes(adult_survival=own), rows).decode().splitlines()
    assert table[0] == "input,mean,sd,low,high,mark,rows,documents,places,note"
    assert [line.split(",")[0] for line in table[1:]] == [
        "birds",
        "age",
        "adult_survival",
        "young_survival",
        "young_per_pair",
        "breeding_share",
    ]
    assert table[3] == 'adult_survival,0.9,0.01,0.8,0.95,"document, this species",r1 r2 r3,doc_a ,p. 3; p. 4; ,why'
    assert table[1].startswith("birds,12700,0,12700,12700,your assumption,,,,")


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("own", "document, this species"),
        ("relative", "document, a relative"),
        ("assumption", "our assumption"),
        ("fitted", "fitted"),
        ("yours", "your assumption"),
    ],
)
def test_each_mark_is_told_in_words(mark: str, told: str) -> None:
    quantity = Quantity(0.9, mark=mark)  # type: ignore[arg-type]
    rows = pd.DataFrame(columns=["row_id", "value", "measured", "document_id", "locator"])
    assert told in inputs_csv(cranes(adult_survival=quantity), rows).decode().splitlines()[3]
