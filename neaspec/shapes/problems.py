"""What is wrong with a shape that a reader gives, and how much of one is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neaspec.errors import DashboardError

CRS = "EPSG:4326"
MOST_POINTS = 20_000
MOST_EDGE_KM = 50_000  # some 100,000 points along it
MOST_BYTES = 1024 * 1024
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Problem:
    """What is wrong with a shape: a key of the wording, and what it names (numbers, places)."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


class ShapeError(DashboardError):
    """A shape cannot be used; all problems at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems."""
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.key for problem in problems))
