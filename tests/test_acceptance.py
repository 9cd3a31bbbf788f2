"""The measures of the design that need no browser hold for every page, species, State and meeting."""

import pytest

from benchmarks.acceptance import composed
from benchmarks.acceptance.views import all_views
from neaspec.blocks import Page

STILL_SHORT: dict[str, int] = {}  # views that fall short, exactly, by measure; these numbers may only shrink


@pytest.fixture(scope="module")
def views() -> list[Page]:
    return all_views()


def test_the_measures_of_composed_pages_keep_their_limits(views) -> None:
    short = {measure.code: measure.figure for measure in composed.composed_measures(views) if not measure.is_met}
    counted = {code: int(figure.partition(":")[0].split()[-1]) for code, figure in short.items()}
    assert counted == STILL_SHORT, short


def test_a_title_is_a_name_of_one_to_four_words(views) -> None:
    named = ("sites", "sources", "country", "briefs")  # a site, document or State is named in full; a paper says more
    long = {page.title for page in views if len(page.title.split()) > 4 and page.name not in named}
    assert long == set()


def test_the_answer_of_a_page_has_at_most_thirty_words(views) -> None:
    long = {(page.name, page.lead) for page in views if len(page.lead.split()) > 30}
    assert long == set()
