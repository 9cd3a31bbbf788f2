"""Texts of the data where the framework reads markdown: labels, titles, messages."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=\"'])")


def plain(text: str) -> str:
    """Escape a text so that nothing in it is markup."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))
