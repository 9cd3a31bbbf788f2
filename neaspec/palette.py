"""Colours and shapes shared by all charts and maps, for light and dark backgrounds.

The species have theirs in data/species.csv (colour, colour_dark, marker); everything else is here. Colour never tells
alone: every group has a shape or a word beside it. Pairs of colours stay apart for readers with colour blindness, and
every colour has at least 3:1 against its background (tests/test_palette.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

# Colours of the surface: (light, dark). `background` equals [theme.*] backgroundColor in .streamlit/config.toml.
SURFACE = {
    "background": ("#FFFFFF", "#11161C"),
    "panel": ("#F4F6F8", "#1A2129"),
    "text": ("#1A2027", "#E8ECF0"),
    "text_soft": ("#4B5661", "#AEB8C2"),
    "line": ("#C9D0D6", "#3A444E"),
    "grid": ("#E4E8EC", "#29323B"),
    "accent": ("#0B5C8A", "#6DB7E3"),
    "caution": ("#8A4B00", "#F0B35A"),
}

# Protection levels of sites: one ramp from dark to light, then a grey frame (none) and a grey cross (not on record).
# On a dark background the ramp begins with its lightest colour. (light, dark, marker)
PROTECTION = {
    "international": ("#5E0B3C", "#FFD1DC", "diamond"),
    "national": ("#AE2C70", "#EE85A0", "circle"),
    "subnational": ("#DB6CA3", "#BC4566", "square"),
    "none": ("#6B747D", "#98A2AC", "square-open"),
    "not_known": ("#6B747D", "#98A2AC", "x"),
}

# What maps show beside species and sites: neutral, told apart by shape (light, dark, marker).
OTHERS = {
    "project": ("#4B5661", "#C9D0D6", "pentagon"),
    "meeting": ("#4B5661", "#C9D0D6", "hexagon"),
    "site": ("#4B5661", "#C9D0D6", "circle"),
    "plant": ("#4B5661", "#C9D0D6", "square"),
}

# Methods of counts and movements are shapes: their colour says nothing (light, dark, marker).
METHODS = {
    "camera_trap": ("#4B5661", "#AEB8C2", "circle"),
    "genetic": ("#4B5661", "#AEB8C2", "diamond"),
    "telemetry": ("#4B5661", "#AEB8C2", "triangle-up"),
    "ring": ("#4B5661", "#AEB8C2", "square"),
    "tracks": ("#4B5661", "#AEB8C2", "cross"),
    "snow_tracks": ("#4B5661", "#AEB8C2", "cross"),
    "observation": ("#4B5661", "#AEB8C2", "star"),
    "count": ("#4B5661", "#AEB8C2", "hexagon"),
    "not_stated": ("#4B5661", "#AEB8C2", "x"),
}

# For series that are no species: apart in lightness as well as in hue (light, dark, marker).
SERIES = (
    ("#0B5C8A", "#6DB7E3", "circle"),
    ("#B5541C", "#E8935A", "square"),
    ("#2D9049", "#8FE0A8", "diamond"),
    ("#7831CB", "#B48CFF", "triangle-up"),
    ("#7A6300", "#DCC65A", "cross"),
    ("#A0308A", "#E79BD6", "star"),
    ("#191A1F", "#E2E5E9", "hexagon"),
    ("#00707A", "#4DC6D0", "triangle-down"),
    ("#9E2F46", "#F29BAA", "pentagon"),
    ("#6B747D", "#98A2AC", "x"),
)

# The markers as letters, for lists and labels.
SIGNS = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "cross": "✚",
    "star": "★",
    "hexagon": "⬢",
    "x": "✖",
    "triangle-down": "▼",
    "pentagon": "⬟",
    "square-open": "□",
}


@dataclass(frozen=True)
class Style:
    """How one group is drawn."""

    colour: str
    marker: str
    label: str = ""


@dataclass(frozen=True)
class Palette:
    """All colours for one background."""

    is_dark: bool = False
    species: Mapping[str, Style] = field(default_factory=dict)

    def surface(self, name: str) -> str:
        """Return a colour of the surface: background, panel, text, text_soft, line, grid, accent, caution."""
        return SURFACE[name][self.is_dark]

    def series(self, number: int) -> Style:
        """Return the style of the nth series that is no species."""
        return self._style(SERIES[number % len(SERIES)])

    def group(self, kind: str, key: str) -> Style:
        """Return the style of a group of a map or chart; kind: species, protection or method.

        A map of sites may show species too, as lines; a key the palette does not know is drawn neutral, never refused.
        """
        known = {"species": OTHERS, "protection": PROTECTION | OTHERS, "method": METHODS}[kind]
        if key in known:
            return self._style(known[key])
        return self.species.get(key, self._style(SERIES[-1]))

    def _style(self, entry: tuple[str, str, str]) -> Style:
        return Style(entry[self.is_dark], entry[2])


def make_palette(species: pd.DataFrame, is_dark: bool) -> Palette:
    """Make the palette for one background from the answer of the query `species_styles`."""
    column = "colour_dark" if is_dark else "colour"
    return Palette(
        is_dark=is_dark,
        species={
            row["species_id"]: Style(row[column], row["marker"], row["name"]) for row in species.to_dict("records")
        },
    )


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of #RRGGBB."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def fade(colour: str, opacity: float) -> str:
    """Return the colour as rgba() with an opacity."""
    return "rgba({},{},{},{:g})".format(*rgb(colour), opacity)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours as WCAG defines it (1 to 21)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
