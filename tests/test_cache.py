"""What is kept is bounded, made once for all who ask for it, and never an error."""

import threading

import pytest

from neaspec.data import cache, queries, validate
from neaspec.data.cache import SharedCache
from neaspec.data.search import names
from neaspec.errors import OutputError
from neaspec.web import downloads, page_cache


def test_a_file_many_ask_for_at_once_is_made_once() -> None:
    kept, made, start = SharedCache(1000, len), [], threading.Barrier(10)

    def ask() -> None:
        start.wait()
        kept.get_or_make("brief", lambda: made.append(1) or b"file")

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_all_who_wait_for_a_file_that_fails_get_its_error_and_it_is_tried_once() -> None:
    kept, made, told, start = SharedCache(1000, len), [], [], threading.Barrier(8)

    def fail() -> bytes:
        made.append(1)
        threading.Event().wait(0.3)
        raise OutputError("PDF: no")

    def ask() -> None:
        start.wait()
        try:
            kept.get_or_make("brief", fail)
        except OutputError as problem:
            told.append(str(problem))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, told) == ([1], ["PDF: no"] * 8)


def test_kept_files_are_bounded_and_a_failure_is_not_kept() -> None:
    kept = SharedCache(10, len)
    for number in range(5):
        kept.get_or_make(number, lambda: b"1234")
    assert kept.size() <= 10
    assert kept.get_or_make(4, lambda: b"other") == b"1234"
    assert kept.get_or_make(0, lambda: b"anew") == b"anew"

    def fail() -> bytes:
        raise OutputError("PDF: no")

    with pytest.raises(OutputError):
        kept.get_or_make("x", fail)
    assert kept.get_or_make("x", lambda: b"now") == b"now"


def test_what_was_used_longest_ago_leaves_first_and_what_is_larger_than_all_is_not_kept() -> None:
    kept: SharedCache[bytes] = SharedCache(10, len)
    kept.put("a", b"1234")
    kept.put("b", b"1234")
    assert kept.get("a") == b"1234"
    kept.put("c", b"1234")
    assert (kept.get("a"), kept.get("b"), kept.get("c"), len(kept), kept.size()) == (b"1234", None, b"1234", 2, 8)
    assert kept.get_or_make("large", lambda: b"x" * 11) == b"x" * 11
    assert kept.get("large") is None
    assert len(kept) == 2


def test_every_cache_of_the_table_in_the_module_is_there_with_the_size_it_says() -> None:
    rows = [row.split("|") for row in str(cache.__doc__).splitlines() if ".py, " in row]
    told = {row[2].strip().partition(", ")[2]: row[3].strip() for row in rows}
    assert told == {
        "ANSWERS": "2,000",
        "INDEXES": "12",
        "PAGE_CACHE": "200",
        "FILES": "96 MB",
        "CHECKED": "400 contents of tables",
        "OUTCOMES": "40",
        "PACKS": "190 MB, about three",
    }
    caches = (queries.ANSWERS, names.INDEXES, page_cache.PAGE_CACHE, downloads.FILES, validate.CHECKED, downloads.PACKS)
    assert [cache.most for cache in caches] == [2_000, 12, 200, 96_000_000, 400, 190_000_000]
