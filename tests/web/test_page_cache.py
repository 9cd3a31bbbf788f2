"""Pages that many readers ask for at once are made once."""

import threading
import time
from types import SimpleNamespace

from neaspec.blocks import Page, Text
from neaspec.data.cache import SharedCache
from neaspec.render.screen import plan as planning
from neaspec.sections.common import compose
from neaspec.web import page_cache
from neaspec.web.page_cache import composed_page, newest_ask, palette_of, words

READERS = 8


def at_once(do) -> list:
    """Let as many readers do something at the same moment; return what each got."""
    start, got = threading.Barrier(READERS), []

    def reader() -> None:
        start.wait()
        got.append(do())

    threads = [threading.Thread(target=reader) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return got


def made_up_page() -> Page:
    return compose(newest_ask(), "species", "Made up", "", [Text(text="One.")])


def test_readers_who_ask_for_one_page_at_once_get_the_one_that_is_made(monkeypatch) -> None:
    composed = []

    def page(*_: object) -> Page:
        time.sleep(0.2)
        composed.append(made_up_page())
        return composed[-1]

    monkeypatch.setattr(page_cache, "section", lambda name: SimpleNamespace(page=page))
    ask = newest_ask()
    got = at_once(lambda: composed_page("species", ("no choices of a reader",), ask))
    assert len(composed) == 1
    assert len(got) == READERS and all(each is composed[0] for each in got)


def test_what_is_kept_of_a_build_leaves_with_it(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(page_cache, "PAGE_CACHE", pages := SharedCache(10))
    monkeypatch.setattr(page_cache, "ANSWERS", answers := SharedCache(10))
    monkeypatch.setattr(page_cache, "INDEXES", indexes := SharedCache(10))
    for version in ("aaaa", "bbbb"):
        pages.put((version, "en", "", "species", None, None), "page")
        answers.put((version, "soms"), "answer")
        indexes.put((version, None), "index")
    page_cache._forget_build(tmp_path / "neaspec-aaaa.duckdb")
    for cache in (pages, answers, indexes):
        assert [key[0] for key in cache.kept_keys()] == ["bbbb"]


def test_a_page_is_planned_once_for_readers_who_come_at_once(monkeypatch) -> None:
    planned = []

    class Planner(planning._Planner):
        def finish(self):
            time.sleep(0.2)
            planned.append(self)
            return super().finish()

    monkeypatch.setattr(planning, "_Planner", Planner)
    shown, palette = made_up_page(), palette_of(newest_ask(), False)
    got = at_once(lambda: planning.plan(shown, palette, words(), {}, None))
    assert len(planned) == 1
    assert len(got) == READERS and all(each is got[0] for each in got)
