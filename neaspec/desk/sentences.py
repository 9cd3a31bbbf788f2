"""Why the desk refuses something, in the language of whoever asked; the wordings stand in desk.toml."""

from neaspec.languages import current_language
from neaspec.text import load_words


def sentence(key: str, /, **values: object) -> str:
    """Return the sentence of a refusal."""
    return load_words(current_language())(f"desk.refused_{key}", **values)
