"""Colours can be seen on both backgrounds and told apart."""

import csv
import itertools
import math

import pandas as pd
import pytest

from neaspec.palette import METHODS, PROTECTION, SERIES, SURFACE, Palette, Style, contrast, fade, make_palette, rgb
from neaspec.paths import ROOT

SPECIES = ROOT / "data" / "species.csv"

# How readers without long- or medium-wave cones see (linear red, green, blue).
COLOUR_BLIND = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def _species() -> list[tuple[str, str, str]]:
    with SPECIES.open(encoding="utf-8", newline="") as file:
        return [(row["colour"], row["colour_dark"], row["marker"]) for row in csv.DictReader(file)]


def _seen(colour: str, kind: str) -> tuple[float, float, float]:
    """Place a colour in the Oklab space as a reader of a kind sees it."""
    linear = [(part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4) for part in rgb(colour)]
    red, green, blue = (
        min(max(sum(factor * value for factor, value in zip(row, linear, strict=True)), 0), 1)
        for row in COLOUR_BLIND[kind]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
    )


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
    for group in (_species(), list(PROTECTION.values())):
        for one, other in itertools.combinations([entry[is_dark] for entry in group], 2):
            assert math.dist(_seen(one, kind), _seen(other, kind)) > 0.08, (one, other)


def test_every_species_has_its_own_marker() -> None:
    markers = [entry[2] for entry in _species()]
    assert len(set(markers)) == len(markers)


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
