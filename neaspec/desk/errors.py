"""What the desk refuses: each error says what was asked, and what is allowed."""

from neaspec.errors import DashboardError


class DeskError(DashboardError):
    """The desk cannot do what was asked; the message says why, in words for whoever asked."""


class NotAllowedError(DeskError):
    """The person has no right to do this to this submission."""


class ReasonError(DeskError):
    """A step that needs a sentence has none."""


class ConflictError(DeskError):
    """Somebody else changed the submission first; the text that was sent is kept beside theirs."""

    def __init__(self, message: str, theirs: int, kept_as: int) -> None:
        """Keep the number of the version that holds, and of the one that was kept beside it."""
        self.theirs, self.kept_as = theirs, kept_as
        super().__init__(message)


class SubmissionError(DeskError):
    """A submission breaks the description of the tables; with all problems."""

    def __init__(self, problems: list[str]) -> None:
        """Keep all problems; the message lists them one a line."""
        self.problems = problems
        super().__init__("\n".join(problems))
