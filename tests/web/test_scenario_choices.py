"""The choices of the page of scenarios: a fit is offered with its growth, and only where one is on record."""

import pytest
from streamlit.testing.v1 import AppTest

from neaspec.paths import ROOT

RATES = {"line": "Deaths per km and year", "units": "Deaths each a year"}
FIT = "Fit to growth on record"


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=180)
    for key, value in ({"runs": "100", "horizon": "5"} | address).items():
        app.query_params[key] = value
    app.switch_page("pages/scenarios.py")
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(
    ("species_id", "options"),
    [("black_faced_spoonbill", ["no", "to +1.3 % a year, 2024-2025"]), ("hooded_crane", None)],
)
def test_a_fit_is_offered_with_its_growth_where_one_is_on_record(species_id: str, options: list[str] | None) -> None:
    offered = [list(box.options) for box in opened(species=species_id).selectbox if box.label == FIT]
    assert offered == ([] if options is None else [options])


@pytest.mark.parametrize(("way", "said"), [("line", "a case of another bird"), ("units", "no figure is on record")])
def test_the_number_a_rate_begins_with_is_told_to_be_none_of_this_bird(way: str, said: str) -> None:
    (box,) = [box for box in opened(way=way).number_input if box.label == RATES[way]]
    assert said in box.help
