"""Propose how a new species may look: colours that stay apart from those of the others, and a marker that is free.

    python -m tools.species_style [--count 3]

Colours have contrast on their background and keep their distance for readers with and without colour blindness, by the
measures that tests/test_palette.py asks for. What is printed is written into data/species.csv: colour (light
background), colour_dark (dark background), marker.
"""

import argparse
import csv
import itertools
import math
from collections.abc import Iterator, Sequence

from neaspec.data.description import read_description, tables_of
from neaspec.palette import SURFACE, contrast, rgb
from neaspec.paths import DATA_DIR

LEAST_DISTANCE = 0.08  # in the Oklab space, between any two species, for every reader
LEAST_CONTRAST = 3.0  # against the background
STEP = 15  # of each of red, green and blue between colours that are tried
# How readers without long- or medium-wave cones see (linear red, green, blue).
COLOUR_BLIND = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def seen(colour: str, kind: str) -> tuple[float, float, float]:
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


def distance(one: str, other: str) -> float:
    """Return how far two colours are apart for the reader who sees the least of it."""
    return min(math.dist(seen(one, kind), seen(other, kind)) for kind in COLOUR_BLIND)


def proposals(taken: Sequence[str], background: str, count: int) -> list[tuple[str, float]]:
    """Return colours and how far the nearest one taken is, the farthest first; they stay apart from each other, too."""
    spots = {kind: [seen(colour, kind) for colour in taken] for kind in COLOUR_BLIND}
    rated = []
    for colour in all_colours():
        if contrast(colour, background) >= LEAST_CONTRAST:
            apart = min(math.dist(seen(colour, kind), spot) for kind, near in spots.items() for spot in near)
            if apart > LEAST_DISTANCE:
                rated.append((colour, apart))
    chosen: list[tuple[str, float]] = []
    for colour, apart in sorted(rated, key=lambda entry: (-entry[1], entry[0])):
        if len(chosen) < count and all(distance(colour, other) > LEAST_DISTANCE for other, _ in chosen):
            chosen.append((colour, apart))
    return chosen


def all_colours() -> Iterator[str]:
    """Yield the colours that are tried."""
    for parts in itertools.product(range(0, 256, STEP), repeat=3):
        yield "#{:02X}{:02X}{:02X}".format(*parts)


def markers_allowed() -> list[str]:
    """Return the markers that datapackage.json allows for a species."""
    species = next(table for table in tables_of(read_description(DATA_DIR)) if table["name"] == "species")
    field = next(field for field in species["schema"]["fields"] if field["name"] == "marker")
    markers: list[str] = field["constraints"]["enum"]
    return markers


def main() -> None:
    """Print what is free."""
    parser = argparse.ArgumentParser(description="Propose colours and a marker for a new species.")
    parser.add_argument("--count", type=int, default=3, help="of colours for each background")
    count = parser.parse_args().count
    with (DATA_DIR / "species.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for column, is_dark in (("colour", False), ("colour_dark", True)):
        taken = [*(row[column] for row in rows), SURFACE["text"][is_dark]]
        for colour, apart in proposals(taken, SURFACE["background"][is_dark], count):
            print(f"{column}: {colour} (distance {apart:.3f}, at least {LEAST_DISTANCE})")
    used = {row["marker"] for row in rows}
    print("marker:", ", ".join(marker for marker in markers_allowed() if marker not in used) or "none is free")


if __name__ == "__main__":
    main()
