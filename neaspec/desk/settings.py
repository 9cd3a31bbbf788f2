"""How the desk is set up, from the environment; without an address of a store it is off.

NEASPEC_DESK_STORE     address of the store as SQLAlchemy writes it: sqlite:////srv/desk/desk.sqlite, postgresql+pg8000://…
NEASPEC_DESK_PEOPLE    table of people and their roles (CSV: address, role, country_code); people.csv beside the store
NEASPEC_DESK_EDITIONS  folder of the editions, each a data package; editions beside the store
NEASPEC_DESK_ATTACHMENTS  folder of the files that belong to submissions; attachments beside the folder of editions
NEASPEC_DESK_TRUSTS_ADDRESSES  yes: the provider vouches for addresses without a claim email_verified that says so

Servers that share a store share the folders of editions and attachments and the published tables, too.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from neaspec.desk.errors import DeskError
from neaspec.paths import DATA_DIR

STORE, PEOPLE, EDITIONS = "NEASPEC_DESK_STORE", "NEASPEC_DESK_PEOPLE", "NEASPEC_DESK_EDITIONS"
ATTACHMENTS = "NEASPEC_DESK_ATTACHMENTS"
TRUSTS = "NEASPEC_DESK_TRUSTS_ADDRESSES"


@dataclass(frozen=True)
class DeskSettings:
    """Where the desk keeps what it holds, and which published tables it adds to."""

    store: str
    people: Path
    editions: Path
    data_dir: Path = DATA_DIR
    trusts_addresses: bool = False
    attachments_dir: Path | None = None

    @property
    def attachments(self) -> Path:
        """Return the folder of the files that belong to submissions."""
        return self.attachments_dir or self.editions.parent / "attachments"


def desk_settings(environment: Mapping[str, str] = os.environ, data_dir: Path = DATA_DIR) -> DeskSettings | None:
    """Return how the desk is set up; None where it is off.

    Raises:
        DeskError: if the address of the store cannot be read, or a store in memory was asked for.
    """
    store = environment.get(STORE, "")
    if not store:
        return None
    try:
        address = make_url(store)
    except ArgumentError:
        raise DeskError(f"{STORE} is no address of a database; write it like sqlite:////srv/desk/desk.sqlite") from None
    kind = address.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise DeskError(f"{STORE} names {kind!r}; allowed are sqlite and postgresql")
    if kind == "sqlite" and not address.database:
        raise DeskError(f"{STORE} names a store in memory, which forgets everything; name a file")
    home = Path(address.database or "").parent if kind == "sqlite" else Path()
    if kind == "postgresql":
        missing = [name for name in (PEOPLE, EDITIONS) if not environment.get(name)]
        if missing:
            raise DeskError(f"{' and '.join(missing)} must be set where the store is PostgreSQL")
    return DeskSettings(
        store=store,
        people=Path(environment.get(PEOPLE, home / "people.csv")),
        editions=Path(environment.get(EDITIONS, home / "editions")),
        data_dir=data_dir,
        trusts_addresses=environment.get(TRUSTS, "") == "yes",
        attachments_dir=Path(folder) if (folder := environment.get(ATTACHMENTS, "")) else None,
    )
