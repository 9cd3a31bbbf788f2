"""Compare: how do two States, species, sites or dates stand side by side?"""

from neaspec.sections.compare.page import KINDS, CompareChoices, options
from neaspec.web.choices import choice_row, choose, choose_pills
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import ask

with choice_row():
    kinds = {kind: words()(f"compare.kind_{kind}") for kind in KINDS}
    kind = choose_pills("kind", kinds, label="compare.choose_kind", default="state")
    known = options(ask(), words(), kind or "state")
    chosen = {
        key: choose(
            key,
            {"": words()("compare.nobody_third" if key == "c" else "compare.nobody")} | known,
            label=f"compare.choose_{key}",
            is_compact=True,
        )
        for key in "abc"
    }

show_page("compare", CompareChoices(kind=kind or "state", **chosen))
