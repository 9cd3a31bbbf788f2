"""The documents that stand for what a State reported at the desk: known by their keys."""

import re

_KEY = re.compile(r"([a-z]{3})_report_[0-9a-f]{12}")


def report_key(country_code: str, short: str) -> str:
    """Return the key of the document of a report. short: twelve figures of the key of its submission."""
    return f"{country_code.lower()}_report_{short}"


def reporting_state(document_id: str) -> str:
    """Return the code of the State whose report a document is; empty for every other document."""
    match = _KEY.fullmatch(document_id)
    return match[1].upper() if match else ""
