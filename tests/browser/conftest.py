"""What browser tests share: one running app for all files of a worker; each page has a session of its own."""

from collections.abc import Iterator

import pytest

from tests.support.serving import running


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the app, started once."""
    with running() as address:
        yield address
