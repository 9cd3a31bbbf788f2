"""A case as a file (TOML) that the command line runs to the same results."""

import json
from collections.abc import Iterator
from dataclasses import fields

from neaspec.scenarios.files import FITTED_TO, FRAME, OTHER_NAMES
from neaspec.scenarios.model import AGES, PARTNERS, Case, DensityDependence, Quantity, Scenario

IN_FILE = {name: key for key, name in OTHER_NAMES.items()}  # in the model -> in a file
OF_READER = ("yours", "fitted")  # marks of inputs that no document gives


def case_toml(case: Case, notes: tuple[str, ...] = ()) -> bytes:
    """Return a case that can be run as a file: what differs from the defaults, inputs only where they are the reader's.

    Args:
        case: the case.
        notes: lines of comment at its head.
    """
    lines = [*(f"# {note}" for note in notes), f"species = {_value(case.population.key)}"]
    frame = {name: getattr(case, name) for name in FRAME}
    lines += [f"{name} = {_value(value)}" for name, value in frame.items() if value is not None]
    if case.density.kind != "none":
        lines += ["", "[density]", *_changed(case.density, DensityDependence())]
    for name, quantity in case.population.inputs().items():
        if quantity.mark in OF_READER:
            lines += ["", f"[inputs.{name}]", *_input(quantity)]
    for scenario in case.scenarios:
        lines += ["", "[[scenario]]", *_scenario(scenario)]
    return ("\n".join(lines) + "\n").encode()


def _scenario(scenario: Scenario) -> Iterator[str]:
    yield f"name = {_value(scenario.name)}"
    deaths = scenario.extra_mortality
    if len(set(deaths)) == 1:
        yield f"extra_mortality = {_value(deaths[0])}"
    else:
        by_age = ", ".join(f"{age} = {_value(share)}" for age, share in zip(AGES, deaths, strict=True))
        yield f"extra_mortality = {{{by_age}}}"
    yield f"start_year = {scenario.start_year}"
    # what has a form of its own is as by default for the rest
    stated = Scenario(scenario.name, deaths, start_year=scenario.start_year, bands=scenario.bands)
    yield from _changed(scenario, stated)
    for band in scenario.bands:
        yield "[[scenario.band]]"
        yield from (f"{part.name} = {_value(getattr(band, part.name))}" for part in fields(band))


def _changed(given: Scenario | DensityDependence, default: Scenario | DensityDependence) -> Iterator[str]:
    """Give the lines of what is not as by default, and of what says nothing without it."""
    names = {part.name for part in fields(given) if getattr(given, part.name) != getattr(default, part.name)}
    for both, with_them in PARTNERS:
        if names & {*both, *with_them}:
            names |= set(both)
    for part in fields(given):
        value = getattr(given, part.name)
        if part.name in names:
            yield f"{IN_FILE.get(part.name, part.name)} = {_value(value)}"


def _input(quantity: Quantity) -> Iterator[str]:
    low, high = quantity.ends()
    for name, value in {"mean": quantity.mean, "sd": quantity.sd, "low": low, "high": high}.items():
        yield f"{name} = {_value(value)}"
    if quantity.mark != "yours":
        yield f"mark = {_value(quantity.mark)}"
    if quantity.mark == "fitted" and quantity.rows:
        yield f"{FITTED_TO} = {_value(quantity.rows[0])}"


def _value(value: object) -> str:
    """Write a number, a text or a yes: as JSON has them, TOML has them too."""
    return json.dumps(value, ensure_ascii=False)
