"""The page of the desk and the addresses of its sign-in: served where this server has a desk, not found elsewhere."""

import os

from neaspec.desk.settings import STORE

# The set-up is read in full when the page is shown; a wrong one is told there, and not by a server that does not start.
DESK_PAGE = ("desk",) if os.environ.get(STORE) else ()
SIGN_IN = ("auth/login", "auth/logout", "oauth2callback")  # of the framework


def desk_addresses() -> tuple[str, ...]:
    """Return what is served beside the pages of everybody."""
    return (*DESK_PAGE, *SIGN_IN) if DESK_PAGE else ()
