"""Choices live in the address; "as known at" holds for all pages; problems are told calmly."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from neaspec.blocks import Page
from neaspec.data.cache import SharedCache
from neaspec.paths import ROOT
from neaspec.web import session_keys


def one_choice() -> None:
    import streamlit as st

    from neaspec.web.choices import choice_row, choose, search_text

    st.session_state["_refused"] = []
    with choice_row():
        species = choose("species", {"tiger": "Tiger", "leopard": "Leopard"}, label="common.all", default="tiger")
        method = choose("method", ["camera_trap", "genetic"], label="common.all", term="method")
        words = search_text("search", label="common.all")
    st.session_state["got"] = (species, method, words, tuple(st.session_state["_refused"]))


def opened(**address: str) -> AppTest:
    app = AppTest.from_function(one_choice, default_timeout=20)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def test_without_an_address_the_defaults_hold() -> None:
    assert opened().session_state["got"] == ("tiger", None, "", ())


def test_a_deep_link_restores_every_choice() -> None:
    app = opened(species="leopard", method="genetic", search="bird ringing")
    assert app.session_state["got"][:3] == ("leopard", "genetic", "bird ringing")
    assert app.query_params["species"] == "leopard"


def test_a_choice_is_written_as_a_code_and_a_default_is_left_out() -> None:
    app = opened()
    app.selectbox("choice species").set_value("leopard").run()
    assert app.query_params["species"] == "leopard"
    app.selectbox("choice species").set_value("tiger").run()
    assert "species" not in app.query_params
    assert app.session_state["got"][0] == "tiger"


@pytest.mark.parametrize("value", ["unicorn", "<b>", "Leopard"])
def test_an_unknown_value_is_left_out_with_a_notice(value: str) -> None:
    app = opened(species=value)
    got = app.session_state["got"]
    assert got[0] == "tiger"
    assert value in got[3][0]
    assert "species" not in app.query_params


def test_equal_labels_are_told_apart() -> None:
    from neaspec.web.choices import _shown

    assert _shown({"a": "Reserve", "b": "Reserve", "c": "Park"}, "") == {
        "a": "Reserve (a)",
        "b": "Reserve (b)",
        "c": "Park",
    }


def test_many_options_are_cut_but_the_chosen_one_is_offered() -> None:
    from neaspec.web.choices import MOST_OPTIONS, _listed

    codes = [f"d{number}" for number in range(MOST_OPTIONS + 5)]
    assert _listed(codes[:MOST_OPTIONS], "d3") == (codes[:MOST_OPTIONS], None)
    listed, said = _listed(codes, codes[-1])
    assert listed == [*codes[:MOST_OPTIONS], codes[-1]]
    assert said is not None and "1,000" in said and "1,005" in said
    assert _listed(codes, "d3")[0] == codes[:MOST_OPTIONS]


def looks_back() -> None:
    import streamlit as st

    from neaspec.web.reader import ask, choose_as_known, link_params

    choose_as_known()
    st.session_state["got"] = (ask().as_known_on, link_params())


def test_as_known_at_is_a_day_of_a_som_and_stays_in_the_address() -> None:
    app = AppTest.from_function(looks_back, default_timeout=60)
    app.query_params["as_known"] = "som_24"
    app.run()
    assert not app.exception
    assert app.session_state["got"] == (date(2020, 10, 13), {"as_known": "som_24"})
    del app.query_params["as_known"]  # a page switch drops it
    app.run()
    assert app.query_params["as_known"] == "som_24"
    app.selectbox("choice as_known").set_value("today").run()
    assert "as_known" not in app.query_params
    assert app.session_state["got"] == (None, {})


def test_as_known_at_offers_soms_from_24_on_newest_first() -> None:
    app = AppTest.from_function(looks_back, default_timeout=60).run()
    options = app.selectbox("choice as_known").options
    assert options[0] == "As of today"
    assert options[-1] == "As of SOM-24 (13 October 2020)"
    assert len(options) >= 6


def shows_a_page() -> None:
    from neaspec.sections.species.page import SpeciesChoices
    from neaspec.web.choices import choice_row
    from neaspec.web.page import show_page

    with choice_row():
        pass
    show_page("species", SpeciesChoices(species_id="amur_leopard"))


def test_a_page_is_composed_once_for_a_view(monkeypatch: pytest.MonkeyPatch) -> None:
    from neaspec.sections.species import page as species
    from neaspec.web import page_cache

    composed, compose = [], species.page

    def noted(*given: object) -> Page:
        composed.append(given)
        return compose(*given)

    monkeypatch.setattr(species, "page", noted)
    monkeypatch.setattr(page_cache, "PAGE_CACHE", SharedCache(0))  # nothing is found again
    app = AppTest.from_function(shows_a_page, default_timeout=60).run()
    assert not app.exception
    assert len(app.get("html")) > 2
    assert len(composed) == 1


def test_keys_of_the_state_of_a_session_are_listed_in_one_place() -> None:
    as_text = re.compile(
        r"""session_state(?:\[|\.(?:get|pop|setdefault)\()f?["']|session_state\.(?!get|pop|setdefault)\w"""
    )
    for path in sorted((ROOT / "neaspec").rglob("*.py")):
        if path.name != "streamlit_internals.py":
            assert not as_text.search(path.read_text(encoding="utf-8")), path
    listed = [value for name, value in vars(session_keys).items() if name.isupper()]
    assert len(listed) == len(set(listed)) > 5


def fails(kind: str) -> None:
    import streamlit as st

    from neaspec.errors import DataError
    from neaspec.web.page import error_boundary

    with error_boundary():
        if kind == "data":
            raise DataError(["counts.csv:2: value is 'many', expected a number"])
        if kind == "other":
            raise ZeroDivisionError("secret details")
    st.write("after")


def test_problems_are_told_without_a_stack_trace() -> None:
    app = AppTest.from_function(fails, kwargs={"kind": "other"}, default_timeout=20).run()
    assert not app.exception
    assert "cannot be shown" in app.error[0].value
    assert "secret" not in app.error[0].value
    app = AppTest.from_function(fails, kwargs={"kind": "data"}, default_timeout=20).run()
    assert "expected a number" in app.error[0].value


def asks_for_a_delegation() -> None:
    import streamlit as st

    from neaspec.web.reader import begin_run, choose_delegation, delegation, link_params

    begin_run("")
    choose_delegation()
    st.session_state["got"] = (delegation(), link_params())


def test_no_state_is_the_default_and_a_chosen_one_goes_along() -> None:
    app = AppTest.from_function(asks_for_a_delegation, default_timeout=60).run()
    assert app.session_state["got"] == (None, {})
    app.selectbox("choice d").set_value("MNG").run()
    assert app.query_params["d"] == "MNG"
    assert app.session_state["got"] == ("MNG", {"d": "MNG"})
    del app.query_params["d"]  # a page switch drops it
    app.run()
    assert app.query_params["d"] == "MNG"


def test_an_unknown_state_is_told_with_the_nearest_and_no_other_is_shown() -> None:
    app = AppTest.from_function(asks_for_a_delegation, default_timeout=60)
    app.query_params["d"] = "MGN"
    app.run()
    assert app.session_state["got"] == (None, {})
    said = app.session_state["_refused"][0]
    assert "“MGN”" in said
    assert "Mongolia?" in said
