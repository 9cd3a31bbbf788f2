"""The report all measurements write into: benchmarks/results.md, section by section."""

from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).with_name("results.md")
LAST = "## Where the time goes"


def met(is_met: bool) -> str:
    """Say whether an aim is met."""
    return "met" if is_met else "**not met**"


def put_section(title: str, lines: Sequence[str], results: Path = RESULTS) -> None:
    """Put a section where it stood; a new one goes before the last."""
    text = results.read_text(encoding="utf-8")
    before, _, rest = text.partition(f"{title}\n")
    after = rest.partition("\n## ")[2]
    if not rest:
        before, _, after = text.partition(LAST)
        after = LAST.removeprefix("## ") + after
    results.write_text(before + "\n".join(lines) + f"\n## {after}", encoding="utf-8")
