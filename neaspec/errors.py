"""Errors a maintainer can act on: where it is, what was found, what is allowed."""

from collections import Counter

MOST_TOLD = 200  # problems of the tables in one message; more do not help whoever mends them


class DashboardError(Exception):
    """Base of every error this project raises on purpose; its message may be shown to readers."""


class DataError(DashboardError):
    """Tables in data/ break their description in data/datapackage.json."""

    def __init__(self, problems: list[str]) -> None:
        """Keep all problems; the message lists them one a line, at most MOST_TOLD, then the rest by file."""
        self.problems = problems
        count = f"{len(problems):,} problem" + ("" if len(problems) == 1 else "s")
        lines = [f"* {problem}" for problem in problems[:MOST_TOLD]]
        if rest := Counter(problem.partition(":")[0] for problem in problems[MOST_TOLD:]):
            by_file = ", ".join(f"{name} {times:,}" for name, times in rest.items())
            lines.append(f"and {rest.total():,} more: {by_file}")
        super().__init__(f"{count} in data/:\n" + "\n".join(lines))


class DatabaseError(DashboardError):
    """The database file cannot be built, opened or read."""


class QueryError(DashboardError):
    """A file in queries/ is missing, malformed, or was asked with the wrong parameters."""


class TextError(DashboardError):
    """A wording is missing from assets/text/ or was asked for with the wrong placeholders."""


class BlockError(DashboardError):
    """A block was made with parts that do not fit together."""


class AddressError(DashboardError):
    """An address asks for something there is not."""


class OutputError(DashboardError):
    """A page cannot be made into an output; the message names the output and the block."""


class InputError(DashboardError):
    """Files of field data cannot be read; nothing of them was kept."""

    def __init__(self, problems: list[str]) -> None:
        """Keep all problems (each names file, line and column where it has them); the message lists them one a line."""
        self.problems = problems
        super().__init__("\n".join(problems))


class QueueFullError(DashboardError):
    """So much is asked for at once that this must be asked for again later."""


class OwnShareError(QueueFullError):
    """One session or one address asks for more at once than one may have."""


class StoppedError(DashboardError):
    """Work was stopped before its end: nobody waits for it any more, or the server ends."""
