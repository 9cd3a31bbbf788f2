"""What a reader selects on the screen stands in the address: from a list, a sign, a tab, a month; and comes back."""

from types import SimpleNamespace
from typing import Any

import pytest

from neaspec.render.screen import linked
from neaspec.render.screen.linked import _select, _select_from, _select_sign, _view, _write
from neaspec.render.screen.pieces import Later, LinkedView, ListItem


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Stand in for the framework: an address and what a session remembers."""
    fake = SimpleNamespace(query_params={}, session_state={})
    monkeypatch.setattr(linked, "st", fake)
    return fake


def view_of(*keys: str) -> LinkedView:
    items = {key: ListItem(key, key, "", Later(tuple)) for key in keys}
    return LinkedView("park", "Parks", items, (), (2, 1), "", "All", "Gone")


def test_a_selection_stands_in_the_address_and_letting_go_takes_it_out(screen: Any) -> None:
    _select("park", "north")
    assert screen.query_params == {"park": "north"}
    for nothing in ("", "0"):
        screen.query_params["park"] = "north"
        _select("park", nothing)
        assert screen.query_params == {}
    _select("park", "")
    assert screen.query_params == {}


def test_a_line_of_a_list_selects_its_thing(screen: Any) -> None:
    screen.session_state["box"] = "south"
    _select_from("park", "box")
    assert screen.query_params == {"park": "south"}
    screen.session_state["box"] = None
    _select_from("park", "box")
    assert screen.query_params == {}


def test_the_first_tab_has_no_place_in_the_address(screen: Any) -> None:
    screen.session_state["box"] = "places"
    _write("tab", "box", "first")
    assert screen.query_params == {"tab": "places"}
    for chosen in ("first", None):
        screen.query_params["tab"] = "places"
        screen.session_state["box"] = chosen
        _write("tab", "box", "first")
        assert screen.query_params == {}


@pytest.mark.parametrize(
    ("rows", "selected"),
    [
        ([{"id": "north"}], {"park": "north"}),
        ([{"id": "north,south"}], {"park": "north,south"}),
        ([{"properties": {"id": "south"}}], {"park": "south"}),
        ([{"id": "atlantis"}], {}),
        ([{"id": "atlantis,north"}], {"park": "north"}),
        ([{"name": "no key"}], {}),
        ([None], {}),
        ([], {}),
    ],
)
def test_a_sign_selects_what_it_stands_for(screen: Any, rows: list[Any], selected: dict[str, str]) -> None:
    screen.query_params["park"] = "old"
    screen.session_state["box"] = {"selection": {"objects": {"points0": rows}}}
    _select_sign(view_of("north", "south"), "box")
    assert screen.query_params == selected


def test_a_second_click_on_a_sign_lets_go_of_it(screen: Any) -> None:
    screen.query_params["park"] = "north"
    screen.session_state["box"] = {}
    _select_sign(view_of("north"), "box")
    assert screen.query_params == {}


def test_a_map_opens_on_what_the_address_names_until_it_shows_other_places(screen: Any) -> None:
    live: Any = SimpleNamespace(view_name="view1")
    assert _view(live, "box") is None
    screen.query_params["view"] = "130.5_42.5_6"
    assert _view(live, "box") is None  # it was opened without one; what is looked at later does not move the map
    screen.session_state.clear()
    opened = _view(live, "box")
    assert opened is not None and (opened.longitude, opened.latitude, opened.zoom) == (130.5, 42.5, 6)
    screen.query_params["view"] = "100_40_3"
    assert _view(live, "box") == opened
    other: Any = SimpleNamespace(view_name="view2")
    assert _view(other, "box") is None
    screen.query_params["view"] = ""
    assert _view(live, "box") is None


@pytest.mark.parametrize("view", ["nonsense", "1_2", "999_0_1"])
def test_an_address_that_names_no_part_of_a_map_is_left_alone(screen: Any, view: str) -> None:
    screen.query_params["view"] = view
    assert _view(SimpleNamespace(view_name="view1"), "box") is None  # type: ignore[arg-type]
