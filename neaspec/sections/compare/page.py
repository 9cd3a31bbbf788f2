"""Compare: two or three things of one kind side by side, the same lines for each; nothing is ranked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from neaspec.blocks import Block, Notice, Page
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, rows_of
from neaspec.sections.compare import subjects
from neaspec.text import Words

Comparison = Callable[[Ask, Words, Sequence[str], Sequence[str]], list[Block]]
KINDS: Mapping[str, Comparison] = {
    "state": subjects.states,
    "species": subjects.species,
    "site": subjects.sites,
    "som": subjects.soms,
}


@dataclass(frozen=True)
class CompareChoices:
    """What the reader chose: a kind of thing, and two or three of them; none by default."""

    kind: str = "state"
    a: str | None = None
    b: str | None = None
    c: str | None = None


def page(ask: Ask, words: Words, choices: CompareChoices) -> Page:
    """Make the page of a comparison; what is not known is left out and said."""
    kind = choices.kind if choices.kind in KINDS else "state"
    known = options(ask, words, kind)
    wanted = list(dict.fromkeys(key for key in (choices.a, choices.b, choices.c) if key))
    keys = [key for key in wanted if key in known]
    notes: list[Block] = [Notice(text=words("compare.unknown", asked=key[:60])) for key in wanted if key not in known]
    if len(keys) < 2:
        lead = words(f"compare.choose_{kind}")
        return compose(ask, "compare", words("compare.title"), lead, notes)
    names = [known[key] for key in keys]
    lead = words(f"compare.lead_{kind}", names=words.listed(names, "semicolon"))
    return compose(ask, "compare", words("compare.title"), lead, [*notes, *KINDS[kind](ask, words, names, keys)])


def options(ask: Ask, words: Words, kind: str) -> dict[str, str]:
    """Return what can be compared of a kind: key -> name."""
    if kind == "state":
        return {row.country_code: row.name for row in rows_of(ask("member_states"))}
    if kind == "species":
        return {row.species_id: row.name for row in rows_of(ask("species_styles"))}
    if kind == "site":
        return {row.site_id: row.name for row in rows_of(ask("sites_options"))}
    dates = ask.soms()
    return {
        key: words("compare.som_on", number=int(key.removeprefix("som_")), date=words.date(day))
        for key, day in dates.items()
        if ask.as_known_on is None or day <= ask.as_known_on
    }
