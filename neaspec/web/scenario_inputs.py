"""The boxes for inputs of the reader's own; those of documents stand in them until then. All is in the address."""

import math

import streamlit as st

from neaspec.render.screen.escape import plain
from neaspec.scenarios.model import Quantity
from neaspec.sections.scenarios.choices import OWN_PARTS, ScenariosChoices, own_lines, own_text, with_own
from neaspec.sections.scenarios.page import asked_case
from neaspec.web.page_cache import words
from neaspec.web.reader import ask
from neaspec.web.session_keys import own_input_key

ENDS = ("low", "high")
PARTS_OF = {"birds": ("mean",), "age": ("mean", *ENDS), "breeding_share": ("mean", *ENDS)}  # of the others all parts
WIDTHS = {"mean": 190, "sd": 150, "low": 90, "high": 90}
SHOWN, WRITTEN = 6, 10  # figures of a number in a box and in the address
KEY = "own"


def enter_inputs(species: str) -> str:
    """Let the reader enter inputs of their own; return them as the address has them."""
    text, known = words(), inputs_of(species)
    if not known:
        return ""
    st.caption(plain(text("scenarios.own_input_help")))
    own = st.query_params.get(KEY, "")
    shown = inputs_of(species, own)
    for name, quantity in known.items():
        with st.container(horizontal=True):
            for part in PARTS_OF.get(name, OWN_PARTS):
                key, value = own_input_key(name, part), figure_of(shown[name], part)
                st.session_state[key] = value if math.isfinite(value) else figure_of(quantity, part)
                label = text(f"scenarios.input_{name}") if part == "mean" else text(f"scenarios.own_{part}")
                st.number_input(
                    plain(label),
                    key=key,
                    step=None,
                    format="%g",
                    width=WIDTHS[part],
                    on_change=write_input,
                    args=(species, name, part),
                )
    return own_text(own_lines(own))


def inputs_of(species: str, own: str = "") -> dict[str, Quantity]:
    """Return the inputs of a species, those of the reader in place of those of documents; none without a species."""
    case = asked_case(ask(), ScenariosChoices(species_id=species))
    return {} if case is None else with_own(case.population, own).inputs()


def figure_of(quantity: Quantity, part: str) -> float:
    """Return a part of an input as its box shows it."""
    low, high = quantity.ends()
    value = {"mean": quantity.mean, "sd": quantity.sd, "low": low, "high": high}[part]
    return float(f"{value:.{SHOWN}g}")


def write_input(species: str, name: str, part: str) -> None:
    """Write a changed input into the address; nothing of it where it is as documents have it.

    The ends go into the address once the reader changed one of them; until then they follow the middle.
    """
    known, lines = inputs_of(species)[name], own_lines(st.query_params.get(KEY, ""))
    before = lines.pop(name, {})
    has_ends = part in ENDS or any(before.get(end) for end in ENDS)
    own = {
        box: float(st.session_state[own_input_key(name, box)])
        for box in PARTS_OF.get(name, OWN_PARTS)
        if has_ends or box not in ENDS
    }
    if any(value != figure_of(known, box) for box, value in own.items()):
        lines[name] = {box: f"{value:.{WRITTEN}g}" for box, value in own.items()}
    if lines:
        st.query_params[KEY] = own_text(lines)
    else:
        st.query_params.pop(KEY, None)
