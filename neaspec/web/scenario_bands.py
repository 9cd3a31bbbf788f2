"""The boxes for bands of distance: where each ends, its pairs, what they lose, the case on record it is taken after."""

import streamlit as st

from neaspec.render.screen.escape import plain
from neaspec.sections.scenarios.choices import BAND_PARTS, BAND_SIGN, FIRST_BANDS, OWN_SIGN, parts_between
from neaspec.sections.scenarios.evidence import cases_on_record
from neaspec.web.page_cache import words
from neaspec.web.reader import ask
from neaspec.web.session_keys import band_key

KEY, CASE = "bands", "case"
EXAMPLE = [line.split(OWN_SIGN) for line in FIRST_BANDS.split(BAND_SIGN)]
WIDTH, WIDE = 120, 300


def enter_bands(default: str) -> str:
    """Let the reader enter bands of distance; return them as the address has them.

    Args:
        default: bands that hold when the address says nothing; empty = none.
    """
    text, asked = words(), st.query_params.get(KEY, default)
    cases = {"": text("scenarios.band_assumption")} | cases_on_record(ask(), text)
    st.caption(plain(text("scenarios.bands_help")))
    lines = asked.split(BAND_SIGN) if asked else []
    for number, example in enumerate(EXAMPLE):
        *own, case = parts_between(lines[number] if number < len(lines) else "", OWN_SIGN, len(BAND_PARTS) + 1)
        with st.container(horizontal=True):
            for part, first, given in zip(BAND_PARTS, example, own, strict=True):
                enter_part(number, part, given, float(first))
            st.session_state[band_key(number, CASE)] = case if case in cases else ""
            st.selectbox(
                plain(text("scenarios.band_case")),
                list(cases),
                format_func=lambda key: cases.get(key, key),
                key=band_key(number, CASE),
                width=WIDE,
                on_change=write_bands,
            )
    return asked


def enter_part(number: int, part: str, given: str, first: float) -> None:
    """Let the reader enter a number of a band; the last band has no end.

    Args:
        number: of the band.
        part: of BAND_PARTS.
        given: as the address has it.
        first: in the example.
    """
    text, key = words(), band_key(number, part)
    st.session_state[key] = as_number(given, first if part == "to" else 0.0)
    if part == "to" and first == 0:
        st.text_input(
            plain(text("scenarios.band_to")),
            plain(text("scenarios.band_open")),
            disabled=True,
            key=f"{key} open",
            width=WIDTH,
        )
        return
    label = plain(text(f"scenarios.band_{part}"))
    st.number_input(label, key=key, step=1.0, format="%g", width=WIDTH, on_change=write_bands)


def as_number(text: str, default: float) -> float:
    """Return a number of the address; the default for nothing and for what is none."""
    try:
        return float(text) if text else default
    except ValueError:
        return default


def write_bands() -> None:
    """Write all bands into the address; none where no pairs are in any."""
    numbers = range(len(EXAMPLE))
    rows = [[float(st.session_state.get(band_key(number, part), 0)) for part in BAND_PARTS] for number in numbers]
    if not any(pairs for _, pairs, *_ in rows):
        st.query_params.pop(KEY, None)
        return
    cases = [str(st.session_state.get(band_key(number, CASE), "")) for number in numbers]
    lines = [
        OWN_SIGN.join((*(f"{value:g}" for value in row), case)).rstrip(OWN_SIGN)
        for row, case in zip(rows, cases, strict=True)
    ]
    st.query_params[KEY] = BAND_SIGN.join(lines)
