"""The page of scenarios: an answer by rule, what it rests on, what matters, refusals instead of results."""

import pytest

from neaspec.blocks import Chart, Details, Map, Metric, Notice, Table, Tabs, walk
from neaspec.briefs.scenario_paper import scenario_document, scenario_slides
from neaspec.sections.scenarios.choices import (
    ScenariosChoices,
    line_of,
    own_lines,
    own_text,
    parts_of,
    scenarios_of,
)
from neaspec.sections.scenarios.page import page, stated
from neaspec.sections.scenarios.sentences import chance_words, percent
from neaspec.text import load_words
from tests.support.mini import build_mini

WORDS = load_words()
FEW = "1000"


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return build_mini(tmp_path_factory.mktemp("mini"))


def made(ask, **choices):
    return page(ask, WORDS, ScenariosChoices(**({"runs": FEW} | choices)))


def tab(made_page, key):
    (tabs,) = [block for block in made_page.blocks if isinstance(block, Tabs)]
    return next(one for one in tabs.tabs if one.key == key)


def tables(blocks):
    return {block.file_name: block for block in walk(tuple(blocks)) if isinstance(block, Table)}


@pytest.mark.parametrize(
    ("species_id", "birds"),
    [
        ("black_faced_spoonbill", "black-faced spoonbills"),
        ("white_naped_crane", "white-naped cranes"),
        ("hooded_crane", "hooded cranes"),
    ],
)
def test_the_answer_says_what_is_left_beside_no_project(ask, species_id, birds):
    lead = made(ask, species_id=species_id).lead
    assert lead.startswith(f"With 1 % more deaths a year, about 74 % as many {birds} would be left in 30 years")
    assert "in 19 of 20 runs" in lead
    assert len(lead.split()) <= 30


def test_the_first_screen_has_a_fan_the_share_left_and_what_it_depends_on(ask):
    made_page = made(ask, species_id="white_naped_crane")
    first = tuple(walk(made_page.blocks[:1]))
    (chart,) = [block for block in first if isinstance(block, Chart)]
    assert chart.kind == "fan"
    assert chart.document_ids
    (card,) = [block for block in first if isinstance(block, Metric)]
    assert card.value == "74 %"
    text = " ".join(getattr(block, "text", "") for block in first)
    assert "Whether the population grows or shrinks is not known. It depends most on young per pair (0.5–1.21)." in text
    assert "A scenario, not a forecast." in text
    assert "Taken from relatives of the species: age of first breeding, survival of adults." in text
    assert "Our assumption, as no document gives it: survival of the young" in text


@pytest.mark.parametrize(
    ("choices", "most"),
    [
        ({"species_id": "black_faced_spoonbill", "amount": "10", "ages": "young"}, 483),
        ({"species_id": "white_naped_crane", "amount": "2", "ages": "adults"}, 156),
    ],
)
def test_the_card_tells_no_more_deaths_than_birds_of_that_age_can_have(ask, choices, most):
    (card,) = [block for block in walk(made(ask, **choices).blocks[:1]) if isinstance(block, Metric)]
    count = int(card.status.split()[1])
    assert 0.9 * most <= count <= most


def test_runs_that_are_left_out_are_told_on_the_first_screen_and_in_the_paper(ask):
    choices = {"species_id": "white_naped_crane", "own": "birds:8", "amount": "20"}
    said = " runs no birds are left in the last year even without these deaths; "
    assert any(said in getattr(block, "text", "") for block in walk(made(ask, **choices).blocks[:1]))
    paper = scenario_document(ask, WORDS, ScenariosChoices(runs=FEW, **choices))
    assert any(said in getattr(block, "text", "") for block in walk(paper.page.blocks))


def test_where_all_birds_die_out_the_page_stands(ask):
    made_page = made(
        ask, species_id="white_naped_crane", own="birds:2~adult_survival:0.3~young_per_pair:0.1", horizon="60"
    )
    assert made_page.lead.startswith("In no run are white-naped cranes left in 60 years")
    (card,) = [block for block in walk(made_page.blocks[:1]) if isinstance(block, Metric)]
    assert (card.value, card.counted) == ("nothing to compare", "")


def test_scenarios_stand_beside_each_other(ask):
    others = line_of(parts_of("birds_100")) + "~" + line_of(parts_of("line_200_0.31_all_5__10_0.66"))
    made_page = made(ask, species_id="white_naped_crane", others=others)
    rows = tables(tab(made_page, "results").blocks)["share_left"].rows
    assert list(rows["scenario"]) == [
        "A: 1 % more deaths a year",
        "B: 100 more deaths a year",
        "C: 200 km of line at 0.31 deaths a km and year, from year 5, 66 % of them avoided from year 10",
    ]
    assert rows["left"].iloc[1].startswith("79 %")


def test_chances_come_with_what_they_rest_on(ask):
    blocks = tab(made(ask, species_id="white_naped_crane", below="5000"), "results").blocks
    (caution,) = [block for block in blocks if isinstance(block, Notice)]
    assert "Taken from relatives" in caution.text
    rows = tables(blocks)["chances"].rows.set_index("result_words")
    assert "Below 5,000 birds in any year" in rows.index
    assert rows.loc["More often than with no project", "future_0"] == ""
    assert rows.loc["More often than with no project", "future_1"].endswith(" percentage points")
    texts = [getattr(block, "text", "") for block in blocks]
    (exactness,) = [text for text in texts if text.startswith("1,000 runs tell a chance to within ")]
    told = [
        rows.loc[[name for name in rows.index if name[:2] in ("Fe", "At", "Be")], f"future_{place}"] for place in (0, 1)
    ]
    shares = [float(cell.removesuffix(" %")) / 100 for cells in told for cell in cells if cell[0].isdigit()]
    widest = max(196 * (share * (1 - share) / 1000) ** 0.5 for share in shares)
    assert float(exactness.split()[7]) == pytest.approx(widest, abs=0.1)


def test_inputs_have_marks_and_documents(ask):
    made_page = made(ask, species_id="black_faced_spoonbill")
    inputs = tables(tab(made_page, "inputs").blocks)["inputs"].rows.set_index("input_words")
    assert inputs.loc["Survival of adults", "mark_words"] == "document, this species"
    assert inputs.loc["Survival of adults", "document_ids"]
    growth = tables(tab(made_page, "results").blocks)["growth"].rows
    assert list(growth["growth_a_year"])[:3] == ["+9.9 %", "+13.0 %", "+8.0 %"]


def test_a_reader_s_own_input_is_marked(ask):
    made_page = made(ask, species_id="hooded_crane", own="adult_survival:0.9:0.02")
    inputs = tables(tab(made_page, "inputs").blocks)["inputs"].rows.set_index("input_words")
    assert inputs.loc["Survival of adults", "mark_words"] == "entered by the reader"


def test_a_reader_s_own_low_and_high_ends_are_the_ends_of_the_bar(ask):
    made_page = made(ask, species_id="hooded_crane", own="young_per_pair:0.5:0.05:0.2:1.4~age:5::3:6")
    inputs = tables(tab(made_page, "inputs").blocks)["inputs"].rows.set_index("input_words")
    assert inputs.loc["Young per pair", "between"] == "0.2–1.4"
    assert inputs.loc["Age of first breeding", "between"] == "3–6"
    (chart,) = [block for block in walk(tab(made_page, "matters").blocks) if isinstance(block, Chart)]
    assert chart.rows["category"].iloc[0] == "Young per pair (0.2–1.4)"
    followed = made(ask, species_id="hooded_crane", own="young_per_pair:0.5:0.05")
    rows = tables(tab(followed, "inputs").blocks)["inputs"].rows.set_index("input_words")
    assert rows.loc["Young per pair", "between"] == "0.4–0.6"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("young_per_pair:0.5:0.05:0.6:1.4", "Young per pair: low end, middle and high end are not in this order."),
        ("adult_survival:0.9:0.01:0.95:0.8", "Survival of adults: low end, middle and high end are not in this order."),
        ("age:4::2.5:5", "Age of first breeding: 2.5 is not a whole number from 1 to 15."),
        ("young_per_pair:0.5:0.05:-1:1", "Young per pair: -1 is not between 0 and 20."),
        ("young_per_pair:much", "Young per pair: no number is not between 0 and 20."),
    ],
)
def test_own_ends_that_cannot_be_are_refused(ask, own, said):
    refused = made(ask, own=own)
    assert said in [block.text for block in refused.blocks]


def test_what_a_reader_gives_of_inputs_comes_back():
    own = "age:5::3:6~young_per_pair:0.5:0.05~birds:900"
    assert own_text(own_lines(own)) == own
    assert own_lines("nonsense:1~birds:2") == {"birds": {"mean": "2", "sd": "", "low": "", "high": ""}}


def test_a_correlation_of_years_is_chosen_in_the_address_stated_and_refused_outside_its_range(ask):
    species = {"species_id": "white_naped_crane", "spread": "years"}
    rows = [
        tables(tab(made(ask, correlation=value, **species), "results").blocks)["chances"].rows
        for value in ("0", "0.9", "-0.9")
    ]
    assert len({tuple(frame["future_1"]) for frame in rows}) == 3  # good years that go together spread the futures
    assert dict(stated(ask, WORDS, ScenariosChoices(correlation="0.9")))["Correlation of years"] == "0.9"
    assert "Correlation of years" not in dict(stated(ask, WORDS, ScenariosChoices()))
    assert "Correlation of years: 1.5 is not between -1 and 1." in [
        block.text for block in made(ask, correlation="1.5").blocks
    ]


def test_a_band_names_the_case_on_record_it_is_taken_after_with_its_document(ask):
    case = "energy_wind_distance_whooping_crane"
    made_page = made(ask, way="bands", bands=f"5:40:50:0:{case},0:60:0:0:unheard_of")
    rows = tables(tab(made_page, "inputs").blocks)["bands_of_distance"].rows
    assert rows["taken_after"].iloc[0] == (
        "Distance within which wind towers are avoided at stopovers: 5 (4.8–5.4) km, Grus americana"
    )
    assert rows["document_id"].iloc[0] == "ecological_applications_whooping_cranes_avoid_2021"
    assert rows["taken_after"].iloc[1] == "your assumption"
    assert rows["document_id"].iloc[1] == ""
    beside = ScenariosChoices(others=line_of(parts_of("") | {"way": "bands", "bands": f"5:40:50:0:{case},0:60:0:0"}))
    assert scenarios_of(beside)[1].bands[0].evidence == case  # its sign of the address parts scenarios too


def test_fit_to_growth_on_record_is_marked_and_gives_it(ask):
    made_page = made(ask, species_id="black_faced_spoonbill", fit="1")
    growth = tables(tab(made_page, "results").blocks)["growth"].rows
    assert growth["growth_a_year"].iloc[0] == "+1.3 %"
    assert list(growth["growth_kind"])[1:] == ["on record", "on record", "on record; the inputs are fitted to it"]
    named = "+1.3 % a year, 2024-2025"
    assert any(
        f"Fitted to the growth on record ({named}): survival of the young." in getattr(block, "text", "")
        for block in walk(made_page.blocks[:1])
    )
    young = tables(tab(made_page, "inputs").blocks)["inputs"].rows.set_index("input_words").loc["Survival of the young"]
    assert young["why"] == f"Fitted to the growth on record: {named}."
    assert young["document_ids"] == "birdsinjeju_com_2025_international_black_faced_2025"
    (fan,) = [block for block in walk(made_page.blocks[:1]) if isinstance(block, Chart)]
    assert not [key for key in fan.document_ids if key.startswith("limosa_82_4")]
    choices = ScenariosChoices(species_id="black_faced_spoonbill", runs=FEW, fit="1")
    assert dict(stated(ask, WORDS, choices))["Fit to growth on record"] == named
    paper = scenario_document(ask, WORDS, choices)
    assert any(f"({named})" in getattr(block, "text", "") for block in walk(paper.page.blocks))


def test_a_fit_that_cannot_be_says_so(ask, mini):
    said = "The inputs are not fitted: no yearly growth is on record for this species."
    assert said in [getattr(block, "text", "") for block in made(ask, species_id="white_naped_crane", fit="1").blocks]
    assert said in [getattr(block, "text", "") for block in made(mini, fit="1").blocks]
    assert said not in [getattr(block, "text", "") for block in made(mini).blocks]
    dying = {"species_id": "black_faced_spoonbill", "fit": "1", "own": "young_per_pair:0.01"}
    said = "The inputs are not fitted: no survival of the young gives the growth on record (+1.3 % a year, 2024-2025)."
    assert said in [getattr(block, "text", "") for block in made(ask, **dying).blocks]


def test_the_removal_limit_is_folded_with_its_warning(ask):
    blocks = tab(made(ask), "check").blocks
    assert isinstance(blocks[0], Notice) and blocks[0].text.startswith("Not a safe number of deaths.")
    assert isinstance(blocks[1], Details)


def test_evidence_says_what_is_not_on_record_and_gives_distances_in_bands_only(ask):
    blocks = tab(made(ask, species_id="white_naped_crane"), "evidence").blocks
    assert any("No figure of deaths at turbines is on record" in getattr(block, "text", "") for block in blocks)
    rows = tables(blocks)
    assert {"12 (5–23) %", "0.31 (0.13–0.59) birds per km and year"} <= set(rows["evidence"].rows["figure"])
    cases = rows["evidence"].rows.set_index("parameter")["figure"]
    assert cases["Share of fledglings that died before they left, all causes, western Poland"] == "4.3 (2–11) %"
    at_line = "at one planned transmission line, Nebraska"
    assert cases[f"Chance of at least one death in 50 years {at_line}"] == "63 (61–65) %"
    assert cases[f"Deaths in 50 years {at_line}"] == "1.24 (1.18–1.3) birds"
    distances = [figure for figure in cases if figure.endswith(" km")]
    assert sorted(distances) == ["0.8–1.3 km", "5 (4.8–5.4) km", "6.97 km"]
    assert rows["evidence"].rows["document_id"].ne("").all() and rows["evidence"].rows["locator"].ne("").all()
    labels = {column.name: column.label for column in rows["plants_near_sites"].columns}
    assert (labels["state_name"], labels["place_known"]) == ("State", "Precision")
    rason = rows["plants_near_sites"].rows.set_index("site_name").loc["Rason Migratory Bird Reserve", "plants"]
    assert rason == "1 from 5 to 25 km, 6 from 25 to 100 km"
    assert "none on record here" in set(rows["plants_near_sites"].rows["plants"])


def test_what_cannot_be_run_is_refused_instead(ask):
    made_page = made(ask, amount="200", horizon="10000")
    assert made_page.lead == "This scenario cannot be run. The reasons stand below."
    assert len([block for block in made_page.blocks if isinstance(block, Notice)]) >= 2
    assert not [block for block in walk(made_page.blocks) if isinstance(block, Chart)]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"way": "line", "amount": "300", "rate": "0"}, "kilometres of line is 300, but deaths per kilometre is"),
        ({"way": "units", "amount": "50", "rate": "0"}, "turbines or MW is 50, but deaths per turbine or MW is"),
        ({"marked": "5", "effect": "0"}, "year of marking is 5, but share avoided is"),
        ({"others": "line_300_0"}, "B: kilometres of line is 300, but deaths per kilometre is"),
        ({"density": "log_linear", "young_slope": "0"}, "needs at least one slope"),
    ],
)
def test_the_page_asks_for_what_a_quantity_says_nothing_without(ask, choices, said):
    refused = made(ask, **choices)
    assert refused.lead == "This scenario cannot be run. The reasons stand below."
    assert any(said in block.text for block in refused.blocks)


def test_the_mini_data_set_has_its_own_bird(mini):
    made_page = made(mini)
    assert "as many Marsh crane would be left" in made_page.lead
    near = tables(tab(made_page, "evidence").blocks)["plants_near_sites"].rows.set_index("site_name")
    assert near.loc["Delta Marsh", "plants"] == "1 under 5 km, 1 from 25 to 100 km"
    (drawn,) = [block for block in walk(made_page.blocks) if isinstance(block, Map)]
    assert "not on record" in set(drawn.table.rows["plant_year"])


def test_without_inputs_the_page_says_so(tmp_path):
    from tests.support.mini import mini_rows, without

    ask = build_mini(tmp_path, without(mini_rows(), "scenario_inputs"))
    assert [block.text for block in made(ask).blocks] == ["For no species are inputs on record at this date."]


def test_a_line_of_the_address_comes_back(ask):
    parts = parts_of("units_50_0.2_young_3_20_10_0.5_5")
    assert parts_of(line_of(parts)) == parts
    (scenario,) = scenarios_of(ScenariosChoices(**parts))
    assert (scenario.units, scenario.deaths_per_unit, scenario.end_year, scenario.mitigation) == (50, 0.2, 20, 0.5)


def test_shares_and_chances_in_words():
    assert [percent(WORDS, share) for share in (0.605, 0.0769, 0, 1)] == ["60 %", "7.7 %", "0 %", "100 %"]
    assert chance_words(WORDS, 0.0, 10_000) == "less than 0.1 %"
    assert chance_words(WORDS, 1.0, 10_000) == "more than 99.9 %"


def test_a_file_says_what_it_is_made_of(ask):
    told = dict(stated(ask, WORDS, ScenariosChoices(runs=FEW, seed="3")))
    assert told["Runs"] == "1,000, seed 3"
    assert told["Scenarios"] == "A: 1 % more deaths a year"


def test_bands_of_distance_are_entered_on_the_page_and_listed_as_the_reader_s(ask):
    made_page = made(ask, species_id="white_naped_crane", way="bands", bands="1:10:50:4,5:30:10:1,0:60:0:0")
    assert made_page.lead.startswith("With effects in 3 bands of distance, about ")
    rows = tables(tab(made_page, "inputs").blocks)["bands_of_distance"].rows
    assert list(rows["band"]) == ["0–1 km", "1–5 km", "beyond 5 km"]
    assert list(rows["pairs"]) == ["10 %", "30 %", "60 %"]
    assert set(rows["taken_after"]) == {"your assumption"}
    (scenario,) = scenarios_of(ScenariosChoices(way="bands", bands="1:10:50:4,0:90:0:0"))
    assert [(band.pairs, band.young_loss, band.extra_mortality) for band in scenario.bands] == [
        (0.1, 0.5, 0.04),
        (0.9, 0, 0),
    ]


def test_bands_come_in_addition_to_other_deaths_and_must_add_up(ask):
    alone = made(ask, way="birds", amount="100").lead
    assert (
        "100 more deaths a year and effects in 2 bands"
        in made(ask, way="birds", amount="100", bands="1:20:50:0,0:80:0:0").lead
    )
    assert "bands" not in alone
    refused = made(ask, way="bands", bands="1:20:50:0,0:70:0:0")
    assert "add up to 90 %, not to 100 %" in refused.blocks[0].text


def test_bands_whose_ends_do_not_grow_are_refused(ask):
    refused = made(ask, way="bands", bands="10:40:50:0,5:60:0:0")
    assert refused.blocks[0].text == (
        "A: the ends of the bands of distance must grow from one band to the next; only the last band may have none."
    )


def test_lines_units_and_numbers_have_what_files_have():
    (line,) = scenarios_of(ScenariosChoices(way="line", amount="10", rate="0.3", found="50", stays="1"))
    assert (line.found_share, line.is_number) == (0.5, True)
    (units,) = scenarios_of(ScenariosChoices(way="units", amount="10", rate="0.3", avoided="80"))
    assert (units.avoidance, units.is_number) == (0.8, False)
    (share,) = scenarios_of(ScenariosChoices(stays="1"))
    assert not share.is_number  # a share is no number of birds


@pytest.mark.parametrize(
    ("density", "more"),
    [("ceiling", {"size": "3000"}), ("beverton_holt", {"size": "8000"}), ("log_linear", {"young_slope": "-0.3"})],
)
def test_with_density_dependence_the_first_screen_shows_both(ask, density, more):
    given = ScenariosChoices(species_id="white_naped_crane", runs="2000", density=density, **more)
    first = " ".join(getattr(block, "text", "") for block in walk(page(ask, WORDS, given).blocks[:1]))
    assert "left with density dependence, 74 % without." in first


def test_four_scenarios_have_a_card_each(ask):
    others = "~".join(line_of(parts_of(text)) for text in ("birds_100", "line_200_0.31", "units_50_0.2"))
    made_page = made(ask, species_id="white_naped_crane", others=others)
    cards = [block for block in walk(made_page.blocks[:1]) if isinstance(block, Metric)]
    assert [card.label[-1] for card in cards] == ["A", "B", "C", "D"]


def test_slides_have_what_the_paper_has_without_long_tables(ask):
    document = scenario_slides(ask, WORDS, ScenariosChoices(runs="1000"))
    rows = {block.file_name: len(block.rows) for block in walk(document.page.blocks) if isinstance(block, Table)}
    charts = [block for block in walk(document.page.blocks) if isinstance(block, Chart)]
    assert "plants" not in rows
    assert len(charts[0].table.rows) == 8  # years 0, 10, 20, 30 of both futures
    assert len(charts[0].rows) == 62  # what is drawn is not thinned
    assert scenario_slides(ask, WORDS, ScenariosChoices(amount="200")) is None
