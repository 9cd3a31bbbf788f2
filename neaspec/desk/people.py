"""Who may do what: people and their roles, from a table of the operator."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from neaspec.desk.errors import DeskError

ROLES = ("reader", "focal_point", "editor", "publisher", "administrator")
COLUMNS = ("address", "role", "country_code")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
COUNTRY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Person:
    """Somebody who signed in. address: the one the provider vouches for. country_code: of a focal point's State."""

    address: str
    role: str = "reader"
    country_code: str = ""


def read_people(path: Path, members: frozenset[str]) -> dict[str, Person]:
    """Return address (small letters) -> person.

    Args:
        path: CSV in UTF-8 with the columns address, role, country_code.
        members: codes of the member States.

    Raises:
        DeskError: with all problems of the file, each with its line, what was found and what is allowed.
    """
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as problem:
        raise DeskError(f"{path.name} cannot be read: {problem}") from problem
    if rows and set(rows[0]) != set(COLUMNS):
        raise DeskError(f"{path.name}:1: has the columns {[*rows[0]]}; expected {[*COLUMNS]}")
    people: dict[str, Person] = {}
    problems: list[str] = []
    for line, row in enumerate(rows, start=2):
        person = Person(*((row[column] or "").strip() for column in COLUMNS))
        key = person.address.casefold()
        problems += [f"{path.name}:{line}: {problem}" for problem in faults(person, members)]
        if key in people:
            problems.append(f"{path.name}:{line}: address is {person.address!r}, which stands in the table already")
        people[key] = person
    if problems:
        raise DeskError("\n".join(problems))
    return people


def faults(person: Person, members: frozenset[str]) -> list[str]:
    """Return what is wrong with one line of the table."""
    problems = []
    if not ADDRESS.fullmatch(person.address):
        problems.append(f"address is {person.address!r}, expected one like name@ministry.example")
    if person.role not in ROLES:
        problems.append(f"role is {person.role!r}, expected one of {[*ROLES]}")
    if person.role == "focal_point" and person.country_code not in members:
        problems.append(f"country_code is {person.country_code!r}, expected a member State: {sorted(members)}")
    if person.role != "focal_point" and person.country_code:
        problems.append(f"country_code is {person.country_code!r}, expected nothing for the role {person.role}")
    return problems


def person_of(address: str, people: dict[str, Person]) -> Person:
    """Return who has this address; whoever is not in the table is a reader."""
    return people.get(address.casefold(), Person(address))
