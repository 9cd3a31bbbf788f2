"""What tests of pages share: the mini data set, built once."""

import pytest

from neaspec.data.queries import Ask
from tests.support.mini import mini_ask


@pytest.fixture(scope="session")
def mini() -> Ask:
    """Ask about everything known in the mini data set."""
    return mini_ask()
