"""Made-up populations and scenarios for tests."""

from neaspec.scenarios.model import Case, Population, Quantity, Scenario


def cranes(birds: float = 12_700, **more: Quantity) -> Population:
    """Return made-up cranes whose inputs all vary."""
    known = {
        "birds": Quantity(birds),
        "age": Quantity(4, low=3, high=5),
        "adult_survival": Quantity(0.93, 0.01, 0.91, 0.95),
        "young_survival": Quantity(0.765, 0.08, 0.6, 0.93),
        "young_per_pair": Quantity(0.55, 0.17, 0.5, 1.2),
        "breeding_share": Quantity(0.8, low=0.6, high=1.0),
    }
    return Population("cranes", **(known | more))


def share(value: float, name: str = "more", **more: float) -> Scenario:
    """Return a scenario in which a share of all ages dies."""
    return Scenario(name, (value,) * 3, **more)


def case(*scenarios: Scenario, years: int = 20, runs: int = 2000, **more: object) -> Case:
    """Return a case of the made-up cranes."""
    return Case(cranes(), scenarios or (share(0.01),), horizon_years=years, runs=runs, **more)
