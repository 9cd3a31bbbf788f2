"""Projects and funding: what is on record, when it ran, who paid and took part, what came of it."""

from neaspec.sections.projects.wording import project_period

__all__ = ["project_period"]
