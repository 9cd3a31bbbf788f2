"""Search: where is what I look for?"""

from neaspec.sections.search import SearchChoices
from neaspec.sections.suggestions import GROUPS
from neaspec.web.choices import choice_row, choose, search_text
from neaspec.web.page import show_page
from neaspec.web.page_cache import words

with choice_row():
    asked = search_text("q", label="search.field")
    groups = {"": words()("search.all_groups")} | {kind: words()(f"suggestions.{kind}") for kind in GROUPS}
    group = choose("group", groups, label="search.choose_group")

show_page("search", SearchChoices(q=asked, group=group))
