"""Matrices of a population: its growth factor, its stable structure, and what its growth depends on.

Columns are the classes birds are in now, rows those they are in a year later. Ages are counted after breeding: an adult
must live through the year before it breeds, so its survival stands in the first row too.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # of float64
STEP = 1e-5  # of a numerical derivative, as a share of the input


def life_cycle(survival: Any, young_per_pair: float, breeding_share: float, breeds_from: int | None = None) -> Array:
    """Return the matrix of the mean of one year.

    Args:
        survival: share that lives through a year, of the birds fledged this year, of those of one year, … and last of
            all adults.
        young_per_pair: young fledged per breeding pair.
        breeding_share: share of adults that breed.
        breeds_from: class from which birds breed; by default the last one.
    """
    lives = np.asarray(survival, dtype=float)
    last = len(lives) - 1
    first = last if breeds_from is None else breeds_from
    matrix = np.zeros((last + 1, last + 1))
    matrix[np.arange(1, last + 1), np.arange(last)] = lives[:-1]
    matrix[last, last] += lives[last]
    breeding = np.arange(last + 1) >= first
    matrix[0] = breeding @ matrix * breeding_share * young_per_pair / 2
    return matrix


def growth(matrix: Any) -> float:
    """Return the growth factor of a year: the largest eigenvalue, by size and then by its real part."""
    return _leading(matrix)[0]


def structure(matrix: Any) -> Array:
    """Return the share of each class once the structure no longer changes."""
    shares = _leading(matrix)[1]
    return np.asarray(shares / shares.sum())


def reproductive_values(matrix: Any) -> Array:
    """Return what a bird of each class adds to the future, so that the birds of a stable structure add 1 in all."""
    values = _leading(np.transpose(matrix))[1]
    return np.asarray(values / (values @ structure(matrix)), dtype=float)


def sensitivities(matrix: Any) -> Array:
    """Return by how much the growth factor changes for a change of each element."""
    return np.outer(reproductive_values(matrix), structure(matrix))


def elasticities(matrix: Any) -> Array:
    """Return by which share the growth factor changes for a change of each element by a share; they add up to 1."""
    return np.asarray(matrix, dtype=float) * sensitivities(matrix) / growth(matrix)


def net_reproduction(stays: Any, breeds: Any) -> float:
    """Return how many new ones one of the first class leaves in its life (stays, breeds: the two parts of a matrix)."""
    return growth(np.asarray(breeds, dtype=float) @ _fundamental(stays))


def generation_time(stays: Any, breeds: Any) -> float:
    """Return the years in which a population grows by its net reproduction."""
    whole = np.asarray(stays, dtype=float) + np.asarray(breeds, dtype=float)
    return float(np.log(net_reproduction(stays, breeds)) / np.log(growth(whole)))


def life_expectancy(stays: Any) -> Array:
    """Return the years that a bird of each class lives through, this one included."""
    return np.asarray(_fundamental(stays).sum(axis=0), dtype=float)


def _fundamental(stays: Any) -> Array:
    """Return the years spent in each class by one that begins in each class."""
    matrix = np.asarray(stays, dtype=float)
    return np.asarray(np.linalg.inv(np.eye(len(matrix)) - matrix), dtype=float)


def _leading(matrix: Any) -> tuple[float, Array]:
    """Return the leading eigenvalue and its vector; not by repeated steps, which never end for a periodic matrix."""
    values, vectors = np.linalg.eig(np.asarray(matrix, dtype=float))
    sizes = np.abs(values)
    largest = np.flatnonzero(sizes >= sizes.max() * (1 - 1e-9))
    place = largest[np.argmax(values[largest].real)]
    return float(values[place].real), np.abs(vectors[:, place].real)
