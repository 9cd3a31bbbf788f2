"""Drafts through the front door: typed, refused, given, side by side, removed; nothing of them leaves the session."""

import pytest
from streamlit.testing.v1 import AppTest

from neaspec.paths import ROOT
from neaspec.shapes.problems import ShapeError
from neaspec.web.drawing import corners_given
from tests.web.test_pages import shown

BOX = "42.28, 130.5\n42.28, 130.8\n42.6, 130.8\n42.6, 130.5"
BOW = "42.3, 130.5\n42.4, 130.7\n42.3, 130.7\n42.4, 130.5"


def opened() -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=180)
    app.switch_page("pages/boundary.py")
    app.run()
    assert not app.exception, app.exception
    return app


def choose(app: AppTest, key: str, value: str) -> AppTest:
    app.session_state[key] = value
    return app.run()


def typed(app: AppTest, letter: str, text: str) -> AppTest:
    choose(app, "boundary letter", letter)
    choose(app, "boundary way", "points")
    app.text_area(key=f"boundary points tumen_estuary {letter}").set_value(text)
    app.button(key="boundary points use").click()
    app.run()
    assert not app.exception, app.exception
    return app


def test_drafts_are_typed_refused_given_compared_and_removed():
    app = typed(opened(), "A", BOX)
    assert "Draft A: " in shown(app)
    assert "87,700 ha" in shown(app)
    app = typed(app, "B", BOW)
    assert "the line crosses or touches itself near 42.3500° N, 130.6000° E" in shown(app)
    assert "Draft B: " not in shown(app)
    choose(app, "boundary way", "given")
    app.button(key="boundary given use").click()
    app.run()
    assert "Draft B: " in shown(app)
    app.button(key="boundary tumen_estuary A remove").click()
    app.run()
    assert "Draft A: " not in shown(app)
    assert "Draft B: " in shown(app)


def test_a_draft_is_seen_by_no_other_session():
    typed(opened(), "A", BOX)
    assert "Draft A: " not in shown(opened())


def test_a_name_and_an_answer_are_kept_with_the_draft():
    app = typed(opened(), "A", BOX)
    app.text_input(key="boundary tumen_estuary A name").set_value("Whole estuary")
    app.run()
    app.radio(key="boundary tumen_estuary A mandate").set_value("yes")
    app.run()
    assert not app.exception
    assert "Draft A: Whole estuary" in " ".join([shown(app), *(str(frame.value.columns) for frame in app.dataframe)])
    assert app.radio(key="boundary tumen_estuary A mandate").value == "yes"


def test_corners_of_the_map_are_read_and_a_forged_message_is_refused():
    assert corners_given({"name": "A", "corners": [[130, 42], [131, 42]]}, "A") == [(130.0, 42.0), (131.0, 42.0)]
    assert corners_given({"name": "B", "corners": []}, "A") is None
    for forged in ("A", {"name": "A"}, {"name": "A", "corners": [["x", 1]]}, {"name": "A", "corners": [[1]]}):
        with pytest.raises(ShapeError):
            corners_given(forged, "A")
