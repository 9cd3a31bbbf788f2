"""Colours can be seen on both backgrounds and told apart."""

import colorsys
import csv
import itertools
import math

import pandas as pd
import pytest
from plotly.validator_cache import ValidatorCache

from neaspec.palette import (
    METHODS,
    OTHERS,
    PROTECTION,
    SERIES,
    SURFACE,
    Palette,
    Style,
    contrast,
    fade,
    make_palette,
    rgb,
)
from neaspec.paths import ROOT
from neaspec.render.charts.layout import SIGNS
from neaspec.render.charts.markers import OFFICE_SYMBOLS, WITHOUT_OFFICE_SYMBOL, office_symbols
from neaspec.render.maps.shapes import SHAPES
from tools.species_style import COLOUR_BLIND, LEAST_CONTRAST, LEAST_DISTANCE, markers_allowed, proposals, seen

SPECIES = ROOT / "data" / "species.csv"


def _species() -> list[tuple[str, str, str]]:
    with SPECIES.open(encoding="utf-8", newline="") as file:
        return [(row["colour"], row["colour_dark"], row["marker"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("is_dark", [False, True])
def test_every_colour_has_contrast_against_its_background(is_dark: bool) -> None:
    background = SURFACE["background"][is_dark]
    groups = [*PROTECTION.values(), *METHODS.values(), *SERIES, *_species()]
    weak = [entry[is_dark] for entry in groups if contrast(entry[is_dark], background) < 3]
    assert weak == []


@pytest.mark.parametrize("is_dark", [False, True])
def test_text_has_contrast_against_background_and_panel(is_dark: bool) -> None:
    for name in ("text", "text_soft", "accent", "caution"):
        for surface in ("background", "panel"):
            assert contrast(SURFACE[name][is_dark], SURFACE[surface][is_dark]) >= 4.5, (name, surface)


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("kind", list(COLOUR_BLIND))
def test_species_and_levels_stay_apart_for_colour_blind_readers(is_dark: bool, kind: str) -> None:
    ramp = [PROTECTION[level] for level in ("international", "national", "subnational")]
    for group in (_species(), ramp):
        for one, other in itertools.combinations([entry[is_dark] for entry in group], 2):
            assert math.dist(seen(one, kind), seen(other, kind)) > LEAST_DISTANCE, (one, other)


def _hue(colour: str) -> tuple[float, float]:
    """Return hue (degrees) and saturation (0 to 1)."""
    hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in rgb(colour)))
    return hue * 360, saturation


@pytest.mark.parametrize("is_dark", [False, True])
def test_no_hue_has_two_meanings(is_dark: bool) -> None:
    species = [_hue(entry[is_dark])[0] for entry in _species()]
    ramp = [PROTECTION[level][is_dark] for level in ("international", "national", "subnational")]
    hues = [_hue(colour)[0] for colour in ramp]
    assert max(hues) - min(hues) < 12  # one ramp, of one hue
    for one, other in itertools.product(hues, species):
        assert min(abs(one - other), 360 - abs(one - other)) >= 20, (one, other)
    grey = [PROTECTION["none"], PROTECTION["not_known"], *METHODS.values(), *OTHERS.values()]
    assert all(_hue(entry[is_dark])[1] < 0.2 for entry in grey)


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_ramp_of_protection_fades_from_level_to_level(is_dark: bool) -> None:
    background = SURFACE["background"][is_dark]
    strengths = [
        contrast(PROTECTION[level][is_dark], background) for level in ("international", "national", "subnational")
    ]
    assert strengths == sorted(strengths, reverse=True)
    assert len({entry[2] for entry in PROTECTION.values()}) == len(PROTECTION)  # the greys are told apart by shape


def test_every_species_has_its_own_marker() -> None:
    markers = [entry[2] for entry in _species()]
    assert len(set(markers)) == len(markers)


def _markers() -> set[str]:
    """Every marker a group may be drawn with: those of species and those of the palette."""
    return {*markers_allowed(), *(entry[2] for entry in [*PROTECTION.values(), *METHODS.values(), *SERIES])}


def test_markers_are_not_used_up_by_the_species_there_are() -> None:
    assert set(markers_allowed()) - {entry[2] for entry in _species()}


def test_every_renderer_knows_every_marker() -> None:
    known = {
        "plotly": set(ValidatorCache.get_validator("scatter.marker", "symbol").values),
        "signs in legends": set(SIGNS),
        "maps, PDF and SVG": set(SHAPES),
        "PowerPoint and Excel": {*OFFICE_SYMBOLS, *WITHOUT_OFFICE_SYMBOL},
    }
    assert {name: _markers() - markers for name, markers in known.items() if _markers() - markers} == {}


def test_no_two_markers_look_alike_in_legends_and_on_maps() -> None:
    for drawn in (SIGNS, SHAPES):
        assert len(set(drawn.values())) == len(drawn)


def test_a_seventh_species_is_not_drawn_as_another_in_powerpoint_and_excel() -> None:
    six = [entry[2] for entry in _species()]
    for marker in set(markers_allowed()) - set(six):
        symbols = office_symbols([*six, marker])
        assert len(set(symbols.values())) == 7, symbols
        assert {symbols[one] for one in six} == {OFFICE_SYMBOLS[one] for one in six}
    assert office_symbols(["hexagon", "x"]) == {"hexagon": "star", "x": "x"}
    assert office_symbols([*OFFICE_SYMBOLS, "hexagon"])["hexagon"] == "dot"


@pytest.mark.parametrize("is_dark", [False, True])
def test_a_proposed_colour_keeps_what_the_tests_want(is_dark: bool) -> None:
    taken = [entry[is_dark] for entry in _species()]
    background = SURFACE["background"][is_dark]
    colours = [colour for colour, _ in proposals(taken, background, 2)]
    assert colours
    for colour in colours:
        assert contrast(colour, background) >= LEAST_CONTRAST
        for kind, other in itertools.product(COLOUR_BLIND, taken):
            assert math.dist(seen(colour, kind), seen(other, kind)) > LEAST_DISTANCE


def test_a_palette_takes_the_colour_of_its_background() -> None:
    rows = pd.DataFrame(
        [{"species_id": "owl", "name": "Owl", "colour": "#111111", "colour_dark": "#EEEEEE", "marker": "star"}]
    )
    assert make_palette(rows, False).group("species", "owl") == Style("#111111", "star", "Owl")
    assert make_palette(rows, True).group("species", "owl").colour == "#EEEEEE"


def test_an_unknown_group_is_drawn_neutral() -> None:
    assert Palette().group("species", "unknown") == Style(SERIES[-1][0], "x")
    assert Palette().group("method", "unknown").marker == "x"


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert fade("#FF0000", 0.5) == "rgba(255,0,0,0.5)"
