"""Scenarios in words and from the address: deaths, years, bands, shares, chances, growth; what a choice asks for."""

import math

import numpy as np
import pandas as pd
import pytest

from neaspec.scenarios.model import Band, Case, DensityDependence, Population, Quantity, Scenario
from neaspec.scenarios.outcome import Outcome
from neaspec.scenarios.own_shape import shape_of
from neaspec.scenarios.results import COLUMNS
from neaspec.scenarios.tornado import Bar
from neaspec.sections.scenarios import choices as given
from neaspec.sections.scenarios import evidence, parts, pictures
from neaspec.sections.scenarios import sentences as say
from neaspec.sections.scenarios.choices import ScenariosChoices
from neaspec.sections.scenarios.page import Known, stated_case
from tests.support.mini import load_mini, mini_rows, more
from tests.support.on_page import table

GROWTH = pd.DataFrame(
    [("g_old", 1.08, "1997-2014"), ("g_new", 0.987, "2024-2025"), ("g_undated", 1.1, None)],
    columns=["row_id", "value", "measured"],
)

ONE = Scenario("A", extra_mortality=(0.01, 0.01, 0.01))


def population(**inputs: Quantity) -> Population:
    made = {
        "birds": Quantity(5000, 0, 5000, 5000, "own", ("row_birds",)),
        "age": Quantity(3, 0, 2, 4, "relative"),
        "adult_survival": Quantity(0.9, 0.02, 0.86, 0.94, "relative"),
        "young_survival": Quantity(0.6, 0, 0.6, 0.6, "own"),
        "young_per_pair": Quantity(1, 0.2, 0.6, 1.4, "assumption", note="Made up."),
        "breeding_share": Quantity(1, 0, 1, 1, "assumption"),
    }
    return Population("marsh_crane", **(made | inputs))


def bar(name: str = "age", low: float = 2, high: float = 4, at_low: float = 0.98, at_high: float = 1.02) -> Bar:
    return Bar(name, low, high, at_low, at_high, 1.0, "relative", ("row_birds",))


def outcome(*rows: tuple, scenarios: tuple[Scenario, ...] = (ONE,), bars=None, free=None, **case) -> Outcome:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    shown = {"growth": [bar()] if bars is None else bars}
    made = Case(population(), scenarios, **case)
    return Outcome(made, frame, {}, shown, pd.DataFrame(), free)


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario("A"), "no more deaths"),
        (ONE, "1 % more deaths a year"),
        (Scenario("A", extra_mortality=(0.02, 0.02, 0)), "2 % more deaths of young birds a year"),
        (Scenario("A", extra_mortality=(0, 0, 0.005)), "0.5 % more deaths of adults a year"),
        (Scenario("A", extra_mortality=(0.01, 0.02, 0.03)), "up to 3 % more deaths a year, by age"),
        (Scenario("A", birds=1200), "1,200 more deaths a year"),
        (Scenario("A", line_km=10, deaths_per_km=0.3), "10 km of line at 0.3 deaths a km and year"),
        (Scenario("A", units=50, deaths_per_unit=0.2), "50 turbines or MW at 0.2 deaths each a year"),
        (Scenario("A", bands=(Band(0.5), Band(0.5))), "effects in 2 bands of distance"),
        (Scenario("A", young_loss=0.05), "5 % fewer young"),
        (
            Scenario("A", birds=1, line_km=2, deaths_per_km=1, young_loss=0.1),
            "1 more deaths a year, 2 km of line at 1 deaths a km and year and 10 % fewer young",
        ),
    ],
)
def test_deaths_are_said_as_they_were_entered(words, scenario, said):
    assert say.deaths_of(words, scenario) == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({}, ""),
        ({"start_year": 2}, "from year 2"),
        ({"end_year": 9}, "to year 9"),
        ({"mitigation_year": 5, "mitigation": 0.66}, "66 % of them avoided from year 5"),
        (
            {"start_year": 2, "end_year": 9, "mitigation_year": 5, "mitigation": 1},
            "from year 2, to year 9, 100 % of them avoided from year 5",
        ),
    ],
)
def test_years_are_said_where_they_are_not_all(words, years, said):
    assert say.years_of(words, Scenario("A", **years)) == said


def test_a_scenario_is_its_letter_its_deaths_and_its_years(words):
    assert say.scenario_words(words, ONE) == "A: 1 % more deaths a year"
    assert say.scenario_words(words, Scenario("B", birds=2, start_year=3)) == "B: 2 more deaths a year, from year 3"


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((1, 5, 0), ["0–1 km", "1–5 km", "beyond 5 km"]),
        ((0, 0), ["band 1", "band 2"]),
        ((0, 5), ["band 1", "0–5 km"]),
    ],
)
def test_a_band_is_said_by_its_ends_or_its_number(words, ends, said):
    bands = [Band(0.1, to_km=end) for end in ends]
    named = [say.band_words(words, bands, place) for place in range(len(bands))]
    assert named == [
        words("scenarios.band_number", number=int(name[-1])) if name.startswith("band ") else name for name in said
    ]


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.0994, "9.9 %"), (0.0995, "10 %"), (0.1, "10 %"), (0.0951, "9.5 %"), (0.605, "60 %"), (1, "100 %")],
)
def test_small_shares_have_a_decimal(words, share, said):
    assert say.percent(words, share) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.6, 0.8, "60–80 %"),
        (0.7012, 0.7043, "70 %"),
        (0.03, 0.045, "3.0–4.5 %"),
        (0.0301, 0.0302, "3.0 %"),
        (0.082, 0.12, "8.2–12.0 %"),
        (0.0, 0.6, "0–60 %"),
        (0.0, 0.045, "0.0–4.5 %"),
    ],
)
def test_a_range_of_shares_is_one_where_both_are_written_alike(words, low, high, said):
    assert say.share_range(words, low, high) == said


@pytest.mark.parametrize(
    ("share", "runs", "said"),
    [
        (0.0009, 10_000, "less than 0.1 %"),
        (0.001, 10_000, "0.1 %"),
        (0.999, 10_000, "100 %"),
        (0.9991, 10_000, "more than 99.9 %"),
        (0.005, 1000, "less than 1 %"),
        (0.995, 1000, "more than 99 %"),
        (0.5, 1000, "50 %"),
    ],
)
def test_a_chance_is_told_as_far_as_the_runs_can_tell_it(words, share, runs, said):
    assert say.chance_words(words, share, runs) == said


@pytest.mark.parametrize(
    ("factor", "said"),
    [(1.048, "+4.8 %"), (0.988, "−1.2 %"), (1, "0.0 %"), (1.0004, "0.0 %"), (1.0006, "+0.1 %"), (0.9994, "−0.1 %")],
)
def test_growth_has_its_sign(words, factor, said):
    assert say.growth_words(words, factor) == said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("adult_survival", 0.905, "90.5 %"),
        ("young_survival", 0.6, "60 %"),
        ("breeding_share", 1, "100 %"),
        ("young_per_pair", 1.234, "1.23"),
        ("birds", 5000, "5,000"),
    ],
)
def test_shares_are_hundredths_and_other_inputs_numbers(words, name, value, said):
    assert say.quantity_words(words, name, value) == said


@pytest.mark.parametrize(
    ("name", "quantity", "said"),
    [
        ("adult_survival", Quantity(0.9, 0, 0.86, 0.94), "86–94 %"),
        ("young_per_pair", Quantity(1, 0, 0.5, 1.5), "0.5–1.5"),
        ("birds", Quantity(10, 0, 10, 10), ""),
        ("birds", Quantity(10), ""),
    ],
)
def test_the_range_of_an_input_is_nothing_where_it_is_one_value(words, name, quantity, said):
    assert say.spread_words(words, name, quantity) == said


def test_ends_of_a_bar_are_hundredths_for_shares(words):
    assert say.ends_of(words, bar("adult_survival", 0.8612, 0.94)) == "86.1–94 %"
    assert say.ends_of(words, bar("age", 2, 4)) == "2–4"
    assert say.ends_of(words, bar("young_per_pair", 0.605, 1.404)) == "0.6–1.4"


@pytest.mark.parametrize(
    ("bars", "growth", "key"),
    [
        ([bar()], (1, 0.99, 1.01), "open"),
        ([bar(at_low=1.01, at_high=1.02)], (1.02, 1.0, 1.04), "grows"),
        ([bar(at_low=0.97, at_high=0.98)], (0.98, 0.97, 1.0), "shrinks"),
        ([bar(at_low=1.0, at_high=1.02)], (1, 1, 1.1), "grows"),
        ([bar(at_low=0.99, at_high=1.02)], (1.01, 1.005, 1.1), "open"),
        ([bar(at_low=1.02, at_high=0.99)], (1, 1, 1.1), "open"),
        ([bar(at_low=1.01, at_high=1.02)], (1.0, 0.999, 1.1), "open"),
    ],
)
def test_whether_the_population_grows_is_open_unless_all_ends_agree(words, bars, growth, key):
    made = outcome(("A", "growth", 30, *growth), bars=bars)
    assert say.depends_sentence(words, made) == words(
        f"scenarios.depends_{key}", input="age of first breeding", range="2–4"
    )
    assert say.depends_sentence(words, outcome(bars=[])) == ""


@pytest.mark.parametrize(
    ("scenarios", "said"),
    [
        (
            (ONE,),
            "With 1 % more deaths a year, about 74 % as many cranes would be left in 30 years as without "
            "(60–80 % in 19 "
            "of 20 runs).",
        ),
        (
            (ONE, Scenario("B", birds=1)),
            "With scenario A, about 74 % as many cranes would be left in 30 years as without it "
            "(60–80 % in 19 of 20 runs).",
        ),
    ],
)
def test_the_answer_is_what_is_left_of_the_first_scenario(words, scenarios, said):
    made = outcome(("A", "cps", 30, 0.74, 0.6, 0.8), scenarios=scenarios)
    assert say.left_sentence(words, made, "cranes") == said


def test_where_nothing_is_left_to_compare_it_is_said_in_words(words):
    rows = [
        (*row[:3], *(math.nan,) * 3) if row[1] in ("cps", "cgr") else row for row in RESULTS if "until" not in row[1]
    ]
    made = outcome(*rows)
    said = say.left_sentence(words, made, "cranes")
    assert said == "In no run are cranes left in 30 years, with these deaths or without: there is nothing to compare."
    assert parts.left_table(words, made).rows.values.tolist() == [
        ["A: 1 % more deaths a year", "nothing to compare", "", "", "not within these years", "1,200"],
    ]


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (
            10_000,
            "In 1,200 of 10,000 runs no birds are left in the last year even without these deaths; "
            "what is left is counted in the others.",
        ),
        (1200, ""),
    ],
)
def test_runs_without_birds_to_compare_are_told(words, runs, said):
    assert say.left_out_sentence(words, outcome(*RESULTS, runs=runs)) == said
    none = [(*row[:3], 0, 0, 0) if row[1] == "runs_without_birds_left_out" else row for row in RESULTS]
    assert say.left_out_sentence(words, outcome(*none)) == ""


def test_birds_without_a_plural_of_their_own_have_their_name(words):
    assert say.birds_of(words, "hooded_crane", "Hooded crane") == "hooded cranes"
    assert say.birds_of(words, "marsh_crane", "Marsh crane") == "Marsh crane"


def test_what_is_left_with_and_without_density_dependence_stands_side_by_side(words):
    free = pd.DataFrame(
        [
            ("A", "cps", 29, 0.1, 0, 0),
            ("A", "cps", 30, 0.7, 0, 0),
            ("A", "q50", 30, 0.2, 0, 0),
            ("B", "cps", 30, 0.3, 0, 0),
        ],
        columns=COLUMNS,
    )
    made = outcome(
        ("A", "cps", 30, 0.9, 0, 0), ("B", "cps", 30, 0.8, 0, 0), free=free, scenarios=(ONE, Scenario("B", birds=1))
    )
    assert say.crowding_sentence(words, made) == "A: 90 % left with density dependence, 70 % without."
    assert parts.crowding_table(words, made).rows.values.tolist() == [
        ["A: 1 % more deaths a year", "90 %", "70 %"],
        ["B: 1 more deaths a year", "80 %", "30 %"],
    ]
    assert say.crowding_sentence(words, outcome()) == ""


def test_what_rests_on_others_is_told_by_where_it_is_from(words):
    assert say.rests_sentence(words, population(), GROWTH) == (
        "Taken from relatives of the species: age of first breeding, survival of adults. "
        "Our assumption, as no document gives it: young per pair."
    )
    half = population(breeding_share=Quantity(0.5, 0, 0.5, 1, "assumption"), age=Quantity(3, mark="yours"))
    assert "young per pair, share of adults that breed" in say.rests_sentence(words, half, GROWTH)
    assert say.rests_sentence(words, half, GROWTH).endswith("Entered by the reader: age of first breeding.")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("g_new",), "−1.3 % a year, 2024-2025"),
        (("g_undated",), "+10.0 % a year"),
        ((), "a figure that the file does not name"),
    ],
)
def test_an_input_that_is_fitted_names_the_growth_it_is_fitted_to(words, rows, said):
    young = Quantity(0.5, mark="fitted", rows=rows)
    named = say.rests_sentence(words, population(young_survival=young), GROWTH)
    assert named.endswith(f"Fitted to the growth on record ({said}): survival of the young.")
    assert say.why_words(words, young, GROWTH) == f"Fitted to the growth on record: {said}."
    assert say.why_words(words, Quantity(1, note="Made up."), GROWTH) == "Made up."


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (ONE, "about 50 birds a year at the start (1 %)"),
        (Scenario("A", birds=100, is_number=True), "about 100 birds a year at the start (2 %)"),
        (Scenario("A", birds=100), "about 100 birds a year at the start (2 %)"),
        (Scenario("A", extra_mortality=(0.1, 0.1, 0.1), birds=50), "about 550 birds a year at the start (11 %)"),
    ],
)
def test_the_deaths_at_the_start_are_birds_and_a_share(words, scenario, said):
    assert say.first_deaths(words, scenario, population()) == said


@pytest.mark.parametrize(
    ("shares", "group"), [((0.1, 0, 0), slice(0, 1)), ((0, 0.1, 0), slice(1, 3)), ((0, 0, 0.1), slice(3, 4))]
)
def test_deaths_of_one_age_are_a_share_of_the_birds_of_that_age_alone(words, shares, group):
    """The sizes of the ages by going through many years, not by the eigenvector that the page takes."""
    birds = np.array([1.0, 1.0, 1.0, 1.0])
    lives = np.array([0.6, 0.9, 0.9, 0.9])
    for _ in range(500):
        alive = birds * lives
        birds = np.array([(alive[2] + alive[3]) / 2, alive[0], alive[1], alive[2] + alive[3]])
        birds /= birds.sum()
    count = 5000 * 0.1 * birds[group].sum()
    said = say.first_deaths(words, Scenario("A", extra_mortality=shares), population())
    assert said.startswith(f"about {round(count)} birds a year at the start (")


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ((1, 2, 3), "1 under 5 km, 2 from 5 to 25 km, 3 from 25 to 100 km"),
        ((0, 2, 0), "2 from 5 to 25 km"),
        ((0, 0, 0), "none on record here"),
    ],
)
def test_plants_are_told_in_the_bands_that_have_some(words, bands, said):
    row = dict(zip(("within_5", "within_25", "beyond_25"), bands, strict=True))
    assert pictures.bands_words(words, row) == said


def test_bars_of_inputs_have_a_length_in_points_and_both_ends(words):
    bars = [bar("adult_survival", 0.86, 0.94, 0.95, 1.03), bar()]
    chart = pictures.tornado_chart(words, bars, "growth", {"row_birds": "paper_90"})
    assert chart.rows[["category", "change", "told", "document_ids"]].values.tolist() == [
        ["Survival of adults (86–94 %)", 8.0, "−5.0 % to +3.0 %", "paper_90"],
        ["Age of first breeding (2–4)", 4.0, "−2.0 % to +2.0 %", "paper_90"],
    ]
    assert chart.alt == "Bars of inputs, the longest first: Survival of adults (86–94 %), −5.0 % to +3.0 %."
    shares = pictures.tornado_chart(words, bars, "cps", {})
    assert shares.rows["at_low"].tolist() == ["95 %", "98 %"]
    assert pictures.tornado_chart(words, [], "growth", {}) is None


RESULTS = [
    *(
        ("A", kind, 30, *ends)
        for kind, ends in {
            "cps": (0.74, 0.6, 0.8),
            "cgr": (0.99, 0.9, 1),
            "q50": (31.4, 0, 0),
            "years_until_10_percent_fewer": (12, 0, 0),
            "runs_without_birds_left_out": (1200, 0, 0),
        }.items()
    ),
    ("A", "p_decline_difference", 30, 0.031, 0, 0),
    *(
        (name, kind, 30, *ends)
        for name in ("baseline", "A")
        for kind, ends in {
            "p_decline": (0.5, 0, 0),
            "p_decline_10": (0.4, 0, 0),
            "p_decline_30": (0.3, 0, 0),
            "p_decline_50": (0.2, 0, 0),
            "p_below_any_year": (0.1, 0, 0),
            "p_below_last_year": (0.05, 0, 0),
            "growth": (1.01, 0.99, 1.03),
            "birds": (1234.6, 0, 0),
            "birds_lowest_20_percent": (1000, 0, 0),
        }.items()
    ),
]


def test_what_is_left_is_listed_with_growth_rank_and_year(words):
    rows = parts.left_table(words, outcome(*RESULTS)).rows
    assert rows.values.tolist() == [
        ["A: 1 % more deaths a year", "74 % (60–80 %)", "−1.0 %", "31", "year 12", "1,200"],
    ]
    without = outcome(*(row for row in RESULTS if "until" not in row[1]))
    assert parts.left_table(words, without).rows["fewer_from"].tolist() == ["not within these years"]


@pytest.mark.parametrize(("below", "kinds"), [(None, 4), (3000.0, 6)])
def test_chances_of_falling_below_a_size_are_told_where_one_is_asked_for(words, below, kinds):
    shown = parts.chances_table(words, outcome(*RESULTS, below=below))
    assert [column.label for column in shown.columns] == [words.column("result_words"), "no project", "A"]
    assert shown.rows.values.tolist()[0] == ["Fewer birds than before the deaths begin", "50 %", "50 %"]
    assert len(shown.rows) == kinds + 4
    more = shown.rows.set_index("result_words").loc[words.text("scenarios.result_p_decline_difference")]
    assert more.tolist() == ["", "+3.1 percentage points"]
    assert ("Below 3,000 birds in any year" in set(shown.rows["result_words"])) == (below is not None)
    assert shown.rows.values.tolist()[-3:] == [
        ["Growth a year (95 of 100 runs)"] + ["+1.0 % (−1.0 % to +3.0 %)"] * 2,
        ["Birds, middle of all runs"] + ["1,235"] * 2,
        ["Birds, lowest fifth of runs"] + ["1,000"] * 2,
    ]


def test_a_scenario_of_a_file_may_have_the_name_of_a_column(words):
    rows = [("result_words" if row[0] == "A" else row[0], *row[1:]) for row in RESULTS]
    shown = parts.chances_table(words, outcome(*rows, scenarios=(Scenario("result_words", birds=1),)))
    assert shown.rows.values.tolist()[0] == ["Fewer birds than before the deaths begin", "50 %", "50 %"]
    assert [column.label for column in shown.columns] == [words.column("result_words"), "no project", "result_words"]


def test_the_rule_of_thumb_is_exact(words):
    assert parts.rule_of_thumb(words).rows.values.tolist() == [
        ["0.5 %", "95 %", "86 %", "78 %"],
        ["1 %", "90 %", "74 %", "61 %"],
        ["2 %", "82 %", "55 %", "36 %"],
        ["5 %", "60 %", "21 %", "7.7 %"],
    ]


def test_bands_of_a_reader_are_listed_by_scenario(mini, words):
    (listed,) = evidence.given_bands(mini, words, [Scenario("A", bands=(Band(0.1, 0.5, 0.04, 1), Band(0.9))), ONE])
    shown = ["scenario", "band", "pairs", "fewer_young", "more_deaths"]
    assert listed.rows[shown].values.tolist() == [
        ["A", "0–1 km", "10 %", "50 %", "4 %"],
        ["A", "beyond 1 km", "90 %", "0 %", "0 %"],
    ]
    assert set(listed.rows["taken_after"]) == {words.text("scenarios.band_assumption")}
    assert evidence.given_bands(mini, words, [ONE]) == []


ROW = {
    "what": "Survival",
    "value": 0.9,
    "low": None,
    "high": None,
    "taxon_name": "Grus",
    "measured": "",
    "row_id": "row_birds",
    "document_id": "paper_90",
    "caveat_ids": "made_up",
    "locator": "p. 2",
}


def test_an_input_tells_its_value_its_mark_and_its_rows(words):
    rows = pd.DataFrame([ROW, ROW | {"row_id": "other"}])
    panel = parts.input_panel(words, population(), "birds", rows)
    assert panel.facts == (("Middle", "5,000"), ("From", "document, this species"), ("Survival", "0.9, Grus"))
    assert (panel.place, panel.document_ids, panel.caveat_ids) == ("p. 2", ("paper_90",), ("made_up",))
    assumed = parts.input_panel(words, population(), "young_per_pair", rows)
    assert (assumed.text, assumed.place, dict(assumed.facts)["Low to high"]) == ("Made up.", "", "0.6–1.4")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"measure_unit": "proportion a year", "value": 0.12, "low": 0.05, "high": 0.23}, "12 (5–23) %"),
        ({"measure_unit": "birds", "value": 0.31, "low": 0.13, "high": 0.59}, "0.31 (0.13–0.59) birds"),
        ({"measure_unit": "proportion", "value": 0.12345, "low": None, "high": None}, "12.35 %"),
    ],
)
def test_a_case_of_deaths_is_a_share_in_hundredths_or_a_figure_with_its_unit(words, cells, said):
    assert evidence.evidence_figure(words, cells) == said


def test_growth_of_the_inputs_stands_beside_growth_on_record(words):
    growth = pd.DataFrame(
        [
            {
                "row_id": "g_old",
                "value": 1.08,
                "low": 1.05,
                "high": 1.1,
                "measured": "1995 to 2020",
                "document_id": "paper_90",
                "locator": "p. 1",
            },
            {
                "row_id": "g_new",
                "value": 0.98,
                "low": None,
                "high": None,
                "measured": None,
                "document_id": "late_report",
                "locator": "p. 2",
            },
        ]
    )
    of_new = population(young_survival=Quantity(0.5, mark="fitted", rows=("g_new",)))
    kinds = parts.growth_table(words, of_new, growth).rows["growth_kind"].tolist()
    assert kinds[1:] == ["on record", "on record; the inputs are fitted to it"]
    rows = parts.growth_table(words, population(), growth).rows
    assert rows["growth_a_year"].tolist()[1:] == ["+8.0 %", "−2.0 %"]
    assert rows["between"].tolist()[1:] == ["+5.0 % to +10.0 %", ""]
    assert rows["measured"].tolist() == ["", "1995 to 2020", ""]
    none = parts.growth_table(words, population(), growth.iloc[:0]).rows
    assert none["growth_kind"].tolist()[1] == words("scenarios.growth_not_on_record")


def test_a_case_is_stated_for_papers_and_files(words):
    made = Case(population(), (ONE, Scenario("B", birds=2)), horizon_years=40, runs=2000, seed=7, below=1.0)
    known = Known("Marsh crane", pd.DataFrame(), GROWTH)
    young = Quantity(0.5, mark="fitted", rows=("g_old",))
    of_fit = Case(population(young_survival=young), (ONE,))
    assert dict(stated_case(words, of_fit, known))["Fit to growth on record"] == "+8.0 % a year, 1997-2014"
    assert [value for _, value in stated_case(words, made, known)] == [
        "Marsh crane",
        "A: 1 % more deaths a year; B: 2 more deaths a year",
        "40",
        "2,000, seed 7",
        words("scenarios.spread_half"),
        words("scenarios.density_none"),
    ]


@pytest.mark.parametrize(("text", "number"), [("", 5.0), (" ", 5.0), ("3", 3.0), ("-0.5", -0.5)])
def test_a_number_of_the_address_is_read_or_has_its_default(text, number):
    assert given.number_of(text, 5.0) == number
    assert math.isnan(given.number_of("x")) and given.number_of("") == 0


@pytest.mark.parametrize(("text", "number"), [("30", 30), ("30.0", 30), ("1.5", 1.5), ("-2", -2)])
def test_a_whole_number_is_whole_and_any_other_is_kept_to_be_refused(text, number):
    assert given.whole(text) == number and isinstance(given.whole(text), int) == float(number).is_integer()
    assert math.isnan(given.whole("x")) and math.isnan(given.whole("")) and math.isinf(given.whole("inf"))
    assert given.optional_year(" ") is None and given.optional_year("4") == 4


@pytest.mark.parametrize(
    ("choices", "fields"),
    [
        ({}, {"extra_mortality": (0.01, 0.01, 0.01)}),
        ({"way": "no"}, {"extra_mortality": (0.01, 0.01, 0.01)}),
        ({"amount": "2", "ages": "young"}, {"extra_mortality": (0.02, 0.02, 0.0)}),
        ({"amount": "2", "ages": "adults"}, {"extra_mortality": (0.0, 0.0, 0.02)}),
        ({"amount": "2", "ages": "?"}, {"extra_mortality": (0.02, 0.02, 0.02)}),
        ({"way": "birds"}, {"birds": 100, "is_number": False}),
        ({"way": "birds", "stays": "1"}, {"is_number": True}),
        ({"way": "share", "stays": "1"}, {"is_number": False}),
        ({"way": "line"}, {"line_km": 100, "deaths_per_km": 0.31, "found_share": 1.0}),
        ({"way": "line", "found": "50"}, {"found_share": 0.5}),
        ({"way": "units"}, {"units": 50, "deaths_per_unit": 0.1, "avoidance": 0.0}),
        ({"way": "units", "avoided": "80"}, {"avoidance": 0.8}),
        ({"start": "3", "end": "9"}, {"start_year": 3, "end_year": 9, "mitigation_year": None, "mitigation": 0.0}),
        ({"marked": "4"}, {"mitigation_year": 4, "mitigation": 0.66}),
        ({"young_loss": "5"}, {"young_loss": 0.05}),
        ({"way": "bands"}, {"extra_mortality": (0, 0, 0)}),
    ],
)
def test_a_scenario_is_made_of_what_the_address_says(choices, fields):
    (scenario,) = given.scenarios_of(ScenariosChoices(**choices))
    assert {name: getattr(scenario, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("", ()),
        ("1:0:50:4", ()),
        ("1:10:50:4", (Band(0.1, 0.5, 0.04, 1),)),
        ("1:10:50:4,0:90", (Band(0.1, 0.5, 0.04, 1), Band(0.9, 0, 0, 0))),
    ],
)
def test_bands_are_read_and_none_with_pairs_are_none(text, bands):
    assert given.bands_of(text) == bands


def test_the_first_bands_are_an_example_and_scenarios_are_four_at_most():
    assert len(given.scenarios_of(ScenariosChoices(way="bands"))[0].bands) == 4
    assert given.scenarios_of(ScenariosChoices(way="birds"))[0].bands == ()
    others = "~".join(["birds_1"] * 5)
    assert [scenario.name for scenario in given.scenarios_of(ScenariosChoices(others=others))] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("choices", "density"),
    [
        ({}, DensityDependence()),
        ({"size": "9"}, DensityDependence()),
        ({"density": "ceiling", "size": "9"}, DensityDependence("ceiling", 9.0)),
        (
            {"density": "log_linear", "size": "9", "young_slope": "-0.3", "survival_slope": "-0.1"},
            DensityDependence("log_linear", 0.0, -0.3, -0.1),
        ),
    ],
)
def test_density_dependence_has_only_what_its_kind_has(choices, density):
    assert given.density_of(ScenariosChoices(**choices)) == density


@pytest.mark.parametrize(
    ("own", "name", "quantity"),
    [
        ("adult_survival:0.95:0.04", "adult_survival", (0.95, 0.04, 0.87, 1.0)),
        ("young_per_pair:0.1:0.2", "young_per_pair", (0.1, 0.2, 0.0, 0.5)),
        ("birds:500:40", "birds", (500, 40, 500, 500)),
        ("age:4", "age", (4, 0, 4, 4)),
        ("breeding_share:0.9:0.1", "breeding_share", (0.9, 0.1, 0.7, 1.0)),
        ("young_per_pair:1.8:0.4", "young_per_pair", (1.8, 0.4, 1.0, 2.6)),
    ],
)
def test_an_input_of_the_reader_has_two_deviations_each_way_within_what_can_be(own, name, quantity):
    made = getattr(given.with_own(population(), own), name)
    assert (made.mean, made.sd, pytest.approx(made.low), pytest.approx(made.high)) == quantity and made.mark == "yours"


def test_an_unknown_input_of_the_reader_changes_nothing():
    assert given.with_own(population(), "colour:3:1~") == population()


def test_the_mini_case_takes_the_first_species_where_none_is_chosen(mini):
    case = given.case_of(mini, ScenariosChoices(species_id="no_such", below="300"), None)
    assert (case.population.key, case.population.birds.mean, case.below) == ("marsh_crane", 7250, 300)
    assert given.case_of(mini, ScenariosChoices(), None).below is None


def test_sites_and_plants_share_a_map_with_what_is_told_of_each(mini, words):
    blocks = evidence.evidence(mini, words, "marsh_crane")
    (drawn,) = [block for block in blocks if type(block).__name__ == "Map"]
    rows = drawn.layers[0].rows
    assert rows[["name", "group", "is_approximate"]].values.tolist()[-1][1] == "site"
    assert drawn.alt == f"Map with {len(rows[rows['group'] == 'site'])} sites and {len(drawn.table.rows)} power plants."
    near = table(blocks, "plants_near_sites").rows.set_index("site_name")
    assert near.loc["Delta Marsh", "plants"] == "1 under 5 km, 1 from 25 to 100 km"


@pytest.fixture(scope="module")
def more_plants():
    """Plants of every status, of each energy a name, and one of which the place is known to be wrong."""
    plant = {"country_code": "PRK", "capacity_mw": "90", "latitude": "42.33", "longitude": "130.63"} | {
        "coordinate_precision_deg": "0.01",
        "document_id": "old_report",
        "locator": "row 9",
        "caveat_ids": "made_up",
    }
    added = [
        {"plant_id": "hoped_dam", "name": "Hoped Dam", "fuel": "hydro", "status": "pre_construction"},
        {"plant_id": "half_dam", "name": "Half Dam", "fuel": "hydro", "status": "construction"}
        | {"commissioning_year": "2031"},
        {"plant_id": "tide", "name": "Tide", "fuel": "wave_and_tidal", "note": "Stands elsewhere."},
        {"plant_id": "old_dam", "name": "Old Dam", "fuel": "hydro", "status": "retired"},
        {"plant_id": "no_dam", "name": "No Dam", "fuel": "hydro", "status": "shelved"},
    ]
    return load_mini(more(mini_rows(), energy_plants=[plant | row for row in added]))


def test_plants_are_told_with_their_status_and_what_is_wrong_with_them_and_those_given_up_are_none(more_plants, words):
    blocks = evidence.evidence(more_plants, words, "marsh_crane")
    (drawn,) = [block for block in blocks if type(block).__name__ == "Map"]
    shown = drawn.table.rows.set_index("name")[["energy", "plant_status", "plant_year", "note"]].fillna("")
    assert shown.T.to_dict("list") == {
        "Far Dam": ["hydropower", "operating", "since 1970", ""],
        "Half Dam": ["hydropower", "under construction", "planned for 2031", ""],
        "Hoped Dam": ["hydropower", "before construction", "not yet", ""],
        "Near Wind": ["wind", "not on record", "not on record", ""],
        "Tide": ["waves and tides", "not on record", "not on record", "Stands elsewhere."],
    }
    rows = drawn.layers[0].rows.set_index("name")
    assert rows.loc["Hoped Dam", "tooltip"] == "hydropower, 90 MW, in service: not yet; before construction"
    assert rows.loc["Tide", "tooltip"] == "waves and tides, 90 MW, in service: not on record"  # the note: in the table
    near = table(blocks, "plants_near_sites").rows.set_index("site_name")
    assert near.loc["Delta Marsh", "plants"].startswith("4 under 5 km")
    nearest = near.loc["Delta Marsh", "nearest"]
    assert "Tide (waves and tides; Stands elsewhere)" in nearest
    assert "Hoped Dam (hydropower; before construction)" in nearest
    for given_up in ("Gone Dam", "Old Dam", "No Dam"):
        assert given_up not in nearest and given_up not in rows.index


def test_where_the_list_of_plants_does_not_hold_none_is_not_known(ask, words):
    sites = ask("plants_near_sites", species_id="white_naped_crane")
    sichuan = shape_of([(104.0, 30.5), (104.4, 30.9)], is_line=True)
    told = evidence.near_shape(ask, words, sichuan, sites)
    assert told.startswith("Plants on record: not known here. Sites of the species: none on record here.")
    assert "within 100 km of the sites on record" in told
    rason = shape_of([(130.55, 42.3), (130.6, 42.33), (130.6, 42.3)], is_line=False)
    told = evidence.near_shape(ask, words, rason, sites)
    assert told.startswith("Plants on record: 1 from 5 to 25 km, 6 from 25 to 100 km. ")
    onon = shape_of([(111.9, 49.2), (112.2, 49.2)], is_line=True)
    told = evidence.near_shape(ask, words, onon, sites)
    assert told.startswith("Plants on record: none on record nearer, not known from 25 to 100 km. ")


@pytest.mark.parametrize(
    ("unlisted", "told"),
    [
        ((), "1 from 5 to 25 km"),
        (("beyond_25",), "1 from 5 to 25 km, not known from 25 to 100 km"),
        (
            ("within_5", "within_25", "beyond_25"),
            "1 from 5 to 25 km, not known under 5 km, not known from 25 to 100 km",
        ),
    ],
)
def test_a_band_with_plants_is_told_also_where_the_list_does_not_hold(words, unlisted, told):
    assert pictures.bands_words(words, {"within_5": 0, "within_25": 1, "beyond_25": 0}, unlisted) == told
