"""Cases from a file (TOML), and what is written of them: results, inputs."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pandas as pd

from neaspec.scenarios.defaults import TO_ADULT
from neaspec.scenarios.fit import growths
from neaspec.scenarios.model import (
    AGES,
    INPUTS,
    PARTNERS,
    SLOPES,
    Band,
    Case,
    DensityDependence,
    Population,
    Quantity,
    Scenario,
    of_reader,
)

COUNTED = 8  # figures of a number in a file
FRAME = ("horizon_years", "runs", "seed", "spread", "correlation", "below")
OTHER_NAMES = {"birds_a_year": "birds", "keeps_number": "is_number"}  # in a file -> in the model
YOUNG = "young"  # in a table of deaths by age: first-year and immature birds
RATES = ("mean", "sd", "low", "high")
FITTED_TO = "fitted_to"  # of an input: key of the growth on record it is fitted to


@dataclass(frozen=True)
class Given:
    """A file as it was read: the species, and what it says beside the documents; `faults`: what is wrong in it."""

    species: str
    frame: Mapping[str, Any]
    density: Mapping[str, Any]
    inputs: Mapping[str, Any]
    scenarios: tuple[Mapping[str, Any], ...]
    faults: list[str] = field(default_factory=list)


def read_file(data: bytes) -> Given:
    """Read a file; all faults of its form are listed."""
    try:
        content = tomllib.loads(data.decode("utf-8"))
    except ValueError as problem:  # what is no UTF-8 and no TOML, and numbers of thousands of figures
        return Given("", {}, {}, {}, (), [f"The file is no TOML: {problem}"])
    except RecursionError:
        return Given("", {}, {}, {}, (), ["The file is no TOML: brackets stand in each other too often."])
    faults = list(_unknown("", content, {"species", "density", "inputs", "scenario", *FRAME}))
    species = content.get("species")
    if not isinstance(species, str) or not species:
        faults.append("species: a key of a species is needed, like black_faced_spoonbill.")
    scenarios = content.get("scenario", [])
    if not isinstance(scenarios, list) or not all(isinstance(table, dict) for table in scenarios):
        faults.append("scenario: write each one under a line [[scenario]].")
        scenarios = []
    tables = {name: content.get(name, {}) for name in ("density", "inputs")}
    faults += [f"{name}: it must be a table, [{name}]." for name, own in tables.items() if not isinstance(own, dict)]
    density, inputs = (own if isinstance(own, dict) else {} for own in tables.values())
    faults += _unknown("density.", density, {part.name for part in fields(DensityDependence)})
    faults += _unknown("inputs.", inputs, set(INPUTS))
    for number, table in enumerate(scenarios, 1):
        known = {part.name for part in fields(Scenario)} - set(OTHER_NAMES.values()) - {"bands"}
        faults += _unknown(f"scenario {number}: ", table, known | set(OTHER_NAMES) | {"band"})
    frame = {name: content[name] for name in FRAME if name in content}
    return Given(str(species or ""), frame, density, inputs, tuple(scenarios), faults)


def case_from(given: Given, population: Population) -> tuple[Case, list[str]]:
    """Return the case of a file, and what in it is no number or text where one is needed."""
    faults: list[str] = []
    scenarios = tuple(_scenario(table, f"scenario {number}", faults) for number, table in enumerate(given.scenarios, 1))
    frame: dict[str, Any] = {
        name: value if name == "spread" else _number(value, name, faults) for name, value in given.frame.items()
    }
    density: dict[str, Any] = {
        name: value if name == "kind" else _number(value, f"density.{name}", faults)
        for name, value in given.density.items()
    }
    inputs: dict[str, Any] = {
        name: _quantity(value, getattr(population, name), name, faults) for name, value in given.inputs.items()
    }
    if given.density and "kind" not in given.density:
        faults.append("density: it needs its kind.")
    if given.density.get("kind") == "log_linear" and not any(name in given.density for name in SLOPES):
        faults.append(f"density: log_linear needs {' or '.join(SLOPES)}.")
    for name in ("horizon_years", "runs", "seed"):
        if name in frame and math.isfinite(frame[name]) and float(frame[name]).is_integer():
            frame[name] = int(frame[name])
    case = Case(replace(population, **inputs), scenarios, density=DensityDependence(**density), **frame)
    return case, faults


def _scenario(one: Mapping[str, Any], place: str, faults: list[str]) -> Scenario:
    parts: dict[str, Any] = {}
    for key, value in one.items():
        name = OTHER_NAMES.get(key, key)
        if key == "name":
            parts["name"] = value if isinstance(value, str) else str(value)
        elif key == "extra_mortality":
            parts[name] = _shares(value, place, faults)
        elif key == "band":
            parts["bands"] = tuple(_bands(value, place, faults))
        elif name == "is_number":
            parts[name] = value
            if not isinstance(value, bool):
                faults.append(f"{place}: {key}: true or false is needed, without quotation marks.")
        elif name.endswith("_year"):
            number = _number(value, f"{place}: {key}", faults)
            parts[name] = int(number) if math.isfinite(number) and float(number).is_integer() else number
        else:
            parts[name] = _number(value, f"{place}: {key}", faults)
    faults += _alone(one, place)
    return Scenario(**({"name": ""} | parts))


def _alone(one: Mapping[str, Any], place: str) -> Iterator[str]:
    """Give what says nothing without another entry that is not there."""
    for both, with_them in PARTNERS:
        stated = [name for name in (*both, *with_them) if name in one]
        missing = [name for name in both if name not in one]
        if stated and missing:
            yield f"{place}: {' and '.join(stated)}: {' and '.join(missing)} must stand beside it."
    counts = ("birds_a_year", "line_km", "units")
    if "keeps_number" in one and not any(name in one for name in counts):
        yield f"{place}: keeps_number: {', '.join(counts[:-1])} or {counts[-1]} must stand beside it."


def _shares(value: Any, place: str, faults: list[str]) -> tuple[float, float, float]:
    """Return deaths by age from one share or from a table by age."""
    if not isinstance(value, dict):
        share = _number(value, f"{place}: extra_mortality", faults)
        return share, share, share
    ages = (*AGES, YOUNG)
    faults += _unknown(f"{place}: extra_mortality.", value, set(ages))
    if not value:
        faults.append(f"{place}: extra_mortality: a share is needed for one at least of {', '.join(ages)}.")
    numbers = {name: _number(own, f"{place}: extra_mortality.{name}", faults) for name, own in value.items()}
    young = numbers.get(YOUNG, 0.0)
    return numbers.get("first_year", young), numbers.get("immature", young), numbers.get("adult", 0.0)


def _bands(value: Any, place: str, faults: list[str]) -> Iterator[Band]:
    if not isinstance(value, list) or not all(isinstance(band, dict) for band in value):
        faults.append(f"{place}: write each band of distance under a line [[scenario.band]].")
        return
    known = {part.name for part in fields(Band)} - {"evidence"}
    for band in value:
        faults += _unknown(f"{place}: band: ", band, known | {"evidence"})
        numbers = {name: _number(band[name], f"{place}: band: {name}", faults) for name in known if name in band}
        yield Band(**({"pairs": math.nan} | numbers), evidence=str(band.get("evidence", "")))


def _quantity(value: Any, known: Quantity, name: str, faults: list[str]) -> Quantity:
    """Return an input of the reader: one number, or a table with mean, sd, low, high."""
    if not isinstance(value, dict):
        return of_reader(name, _number(value, f"inputs.{name}", faults))
    faults += _unknown(f"inputs.{name}.", value, {*RATES, "mark", FITTED_TO})
    mark = value.get("mark", "yours")
    if mark not in ("yours", "fitted"):
        faults.append(f'inputs.{name}.mark: it can be "yours" or "fitted".')
    row = value.get(FITTED_TO, "")
    if FITTED_TO in value and (mark != "fitted" or not isinstance(row, str)):
        faults.append(f'inputs.{name}.{FITTED_TO}: the key of a growth on record, beside mark = "fitted".')
    numbers = {part: _number(value[part], f"inputs.{name}.{part}", faults) for part in RATES if part in value}
    if "mean" not in numbers:
        faults.append(f"inputs.{name}: a mean is needed.")
        return known
    return replace(of_reader(name, **numbers), mark=mark, rows=(row,) if row else ())


def _number(value: Any, place: str, faults: list[str]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        faults.append(f"{place}: a number is needed.")
        return math.nan
    try:
        float(value)
    except OverflowError:
        faults.append(f"{place}: the number is too large.")
        return math.nan
    return value


def _unknown(place: str, given: Mapping[str, Any], known: set[str]) -> list[str]:
    allowed = ", ".join(sorted(known))
    return [f"{place}{name}: there is no such entry; there are {allowed}." for name in given if name not in known]


def results_csv(results: pd.DataFrame) -> bytes:
    """Return results as a file: scenario, result, year, median, low, high."""
    return results.to_csv(index=False, lineterminator="\n", float_format=f"%.{COUNTED}g").encode()


def runs_csv(ends: pd.DataFrame) -> bytes:
    """Return the ends of runs as a file; what is not known of a run is an empty cell."""
    return ends.to_csv(index=False, lineterminator="\n").encode()


def inputs_csv(population: Population, rows: pd.DataFrame) -> bytes:
    """Return the inputs as a file, each with its mark, its rows and their documents."""
    documents = dict(zip(rows["row_id"].astype(str), rows["document_id"].fillna("").astype(str), strict=True))
    places = dict(zip(rows["row_id"].astype(str), rows["locator"].fillna("").astype(str), strict=True))
    listed = []
    for name, quantity in population.inputs().items():
        low, high = quantity.ends()
        shown = TO_ADULT if name == "young_survival" and population.is_to_adult else name
        listed.append(
            {
                "input": shown,
                "mean": quantity.mean,
                "sd": quantity.sd,
                "low": low,
                "high": high,
                "mark": MARKS[quantity.mark],
                "rows": " ".join(quantity.rows),
                "documents": " ".join(dict.fromkeys(documents.get(row, "") for row in quantity.rows)),
                "places": "; ".join(dict.fromkeys(places.get(row, "") for row in quantity.rows)),
                "note": _fitted_note(quantity, rows) if quantity.mark == "fitted" else quantity.note,
            }
        )
    return pd.DataFrame(listed).to_csv(index=False, lineterminator="\n", float_format=f"%.{COUNTED}g").encode()


def _fitted_note(quantity: Quantity, rows: pd.DataFrame) -> str:
    for growth in growths(rows[rows["row_id"].isin(quantity.rows)]):
        return f"fitted to growth by a factor of {growth.factor:.{COUNTED}g} a year, {growth.period}".rstrip(", ")
    return "fitted to a growth that the file does not name"


MARKS = {
    "own": "document, this species",
    "relative": "document, a relative",
    "assumption": "our assumption",
    "fitted": "fitted",
    "yours": "your assumption",
}
