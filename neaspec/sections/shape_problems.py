"""What is wrong with a shape that a reader gave, in words."""

from neaspec.shapes.problems import Problem
from neaspec.text import Words


def problem_words(words: Words, problem: Problem) -> str:
    """Write one problem, with the place it names."""
    values = {name: words.number(value) if isinstance(value, int) else value for name, value in problem.values.items()}
    return words(f"shapes.problem_{problem.key}", **values)
