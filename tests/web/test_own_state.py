"""My delegation asks once for the State, and remembers it."""

from streamlit.testing.v1 import AppTest

from neaspec.paths import ROOT
from neaspec.web.session_keys import DELEGATION


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.switch_page("pages/country.py")
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    assert not app.error, app.error
    return app


def shown(app: AppTest) -> str:
    return " ".join(str(element.proto) for element in app.get("html"))


def test_without_a_choice_the_page_asks_and_shows_no_state():
    assert "Which member State do you represent?" in shown(opened())


def test_the_delegation_that_was_chosen_before_is_shown():
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.switch_page("pages/country.py")
    app.session_state[DELEGATION] = "MNG"  # remembered for the visit
    app.run()
    assert "Mongolia: " in shown(app)


def test_an_unknown_state_is_named_and_nobody_elses_page_is_shown():
    text = shown(opened(country="ATL"))
    assert "ATL" in text
    assert "Which member State do you represent?" in text
