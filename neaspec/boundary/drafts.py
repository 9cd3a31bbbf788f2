"""A draft of a boundary: a shape in degrees of WGS 84 with what its maker says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry import MultiPolygon

from neaspec.shapes.measures import rings_of

LETTERS = ("A", "B", "C")
KINDS = ("protected_area", "conservation_landscape", "migration_area", "park_for_peace")
# Questions of readiness, after the four pillars of planning across borders; three each.
PILLARS: Mapping[str, tuple[str, ...]] = {
    "nature": ("shared_species", "shared_processes", "known_state"),
    "society": ("communities", "benefits", "consultation"),
    "economy": ("compatible_use", "costs", "funding"),
    "governance": ("mandate", "contacts", "legal_basis"),
}
ANSWERS = ("yes", "no", "not_known")


@dataclass(frozen=True)
class Draft:
    """One draft of a boundary.

    letter: A, B or C. name, author: as typed. origin: drawn, uploaded, points, or given. shape: parts and holes, outer
    rings against the clock. kind: of KINDS, empty = not chosen. answers: question -> yes, no; else not known.
    """

    letter: str
    name: str
    shape: MultiPolygon
    origin: str
    author: str = ""
    kind: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """Number of corners."""
        return sum(len(ring.coords) - 1 for ring in rings_of(self.shape))

    @property
    def holes(self) -> int:
        """Number of areas inside that are left out."""
        return sum(len(part.interiors) for part in self.shape.geoms)
