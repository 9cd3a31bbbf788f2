"""Measure everything, print what falls short, write benchmarks/acceptance.md; exit status 1 if anything does."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.acceptance import screens
from benchmarks.acceptance.composed import composed_measures
from benchmarks.acceptance.limits import Measure
from benchmarks.acceptance.papers import paper_measures, story_measures
from benchmarks.acceptance.tasks import walked_tasks
from benchmarks.acceptance.views import all_views
from tests.support.serving import FLAGS, chromium, running

RESULTS = Path(__file__).parent.parent / "acceptance.md"


def measured() -> Iterator[Measure]:
    """Give every measure, the quick ones first."""
    yield from composed_measures(all_views())
    yield from story_measures()
    yield from paper_measures()
    with running() as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        for measure in (
            screens.first_screens,
            screens.tab_stops,
            screens.list_way,
            screens.phone_menu,
            screens.unknown_codes,
            screens.speed,
            screens.accessibility,
            walked_tasks,
        ):
            yield from measure(browser, server)
        browser.close()


def written(measures: list[Measure]) -> str:
    """Return all measures as a page of Markdown: what falls short first."""
    short = [measure for measure in measures if not measure.is_met]
    rows = [
        f"| {'' if measure.is_met else '**short** '}{measure.code} | {measure.where} | {measure.figure} | {measure.limit} |"
        for measure in sorted(measures, key=lambda measure: measure.is_met)
    ]
    return "\n".join(
        [
            "# Acceptance",
            "",
            f"Written by `make acceptance` on {date.today().isoformat()}: {len(measures)} measures, {len(short)} fall short.",
            "",
            "| measure | where | figure | limit |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def main() -> int:
    """Measure, tell, write."""
    measures: list[Measure] = []
    for measure in measured():
        measures.append(measure)
        if not measure.is_met:
            print(f"{measure.code} {measure.where}: {measure.figure} (limit {measure.limit})", flush=True)
    RESULTS.write_text(written(measures), encoding="utf-8")
    short = sum(not measure.is_met for measure in measures)
    print(f"{len(measures)} measures, {short} fall short")
    return int(short > 0)


if __name__ == "__main__":
    sys.exit(main())
