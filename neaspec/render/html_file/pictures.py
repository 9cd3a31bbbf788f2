"""Pictures of an HTML file as data: each figure for light and dark ground, and the ground of maps once for all."""

from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from neaspec.blocks import Chart, Map
from neaspec.palette import Palette
from neaspec.render.charts.layout import PHONE_SIZES
from neaspec.render.charts.plotly import CONFIG, make_figure
from neaspec.render.maps.basemap import FINE_FROM, View
from neaspec.render.maps.deck import FRAME_PIXELS, opening_state, over_layers, tooltip_style
from neaspec.render.maps.frame import OPENS
from neaspec.render.maps.layers import ground
from neaspec.render.screen.plan import MOST_DRAWN
from neaspec.text import Words

SCHEMES = ("light", "dark")


@dataclass
class Pictures:
    """The charts and maps of a file; a picture is found by its name: chart1, map1."""

    palettes: tuple[Palette, Palette]  # light, dark
    words: Words
    charts: dict[str, Any] = field(default_factory=dict)
    maps: dict[str, Any] = field(default_factory=dict)
    grounds: dict[str, Any] = field(default_factory=dict)

    def libraries(self) -> list[str]:
        """Return the libraries that the pictures need."""
        return ["plotly"] * bool(self.charts) + ["deck"] * bool(self.maps)

    def add_chart(self, block: Chart) -> str:
        """Keep a chart and return its name."""
        name = f"chart{len(self.charts) + 1}"
        drawn = replace(block, rows=block.rows.head(MOST_DRAWN["chart"]))
        self.charts[name] = {
            scheme: make_figure(drawn, palette, self.words, PHONE_SIZES)
            for scheme, palette in zip(SCHEMES, self.palettes, strict=True)
        }
        return name

    def add_map(self, block: Map) -> str:
        """Keep a map and return its name."""
        name = f"map{len(self.maps) + 1}"
        most = MOST_DRAWN["map"]
        drawn = replace(block, layers=tuple(replace(part, rows=part.rows.head(most)) for part in block.layers))
        self._add_ground(block.view)
        picture: dict[str, Any] = {"view": block.view, "height": FRAME_PIXELS[block.size], "opens": OPENS[block.size]}
        picture["state"] = opening_state(block)
        if block.view == "region":
            # A file holds the coarse ground only: nobody goes so near that a sign lies beyond its border.
            picture["state"]["maxZoom"] = FINE_FROM
        for scheme, palette in zip(SCHEMES, self.palettes, strict=True):
            picture[scheme] = {"layers": over_layers(drawn, palette), "tooltip": tooltip_style(palette)}
        self.maps[name] = picture
        return name

    def data(self) -> dict[str, Any]:
        """Return all pictures for the script that draws them."""
        return {
            "charts": self.charts,
            "config": CONFIG,
            "maps": self.maps,
            "grounds": self.grounds,
        }

    def _add_ground(self, view: View) -> None:
        """Keep the ground of a view."""
        for scheme in SCHEMES:
            self.grounds.setdefault(view, {})[scheme] = _layers(ground(view, scheme == "dark"))


def _layers(layers: str) -> orjson.Fragment:
    return orjson.Fragment(f"[{layers}]".replace("<", "\\u003c"))
