"""When a step is taken: the one place of the desk that asks the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the time of now, in UTC."""
    return datetime.now(UTC)
