"""Search: everything that has a name or a word, in groups; all of one group on demand."""

from dataclasses import dataclass, replace

from neaspec.blocks import Block, Notice, Page, PageLink, Panel, Side
from neaspec.data.queries import Ask
from neaspec.data.search.names import SHORTEST, name_index
from neaspec.data.search.nearest import nearest
from neaspec.sections.common import compose, keys_in
from neaspec.sections.sites.wording import capital, level_words
from neaspec.sections.suggestions import GROUPS, MOST_OF_A_GROUP, SuggestionGroup, suggestions
from neaspec.text import Words, is_empty

MOST_OF_ONE_GROUP = 200  # where one group alone is shown
MOST_LETTERS = 100
FEWEST_OF_A_WORD = 4  # letters of a word that is offered as the nearest


@dataclass(frozen=True)
class SearchChoices:
    """What the reader typed, and the one group to show (None = all)."""

    q: str = ""
    group: str | None = None


def page(ask: Ask, words: Words, choices: SearchChoices) -> Page:
    """Make the page of what is found."""
    asked = choices.q.strip()[:MOST_LETTERS]
    group = choices.group if choices.group in GROUPS else None
    if not asked:
        return compose(ask, "search", words("search.title"), words("search.lead_nothing_asked"), [])
    groups = suggestions(ask, words, asked, MOST_OF_ONE_GROUP if group else MOST_OF_A_GROUP)
    shown = [suggested for suggested in groups if group in (None, suggested.kind)]
    if not shown:
        lead = words("search.lead_nothing_found", asked=asked)
        return compose(ask, "search", words("search.title"), lead, nothing_found(ask, words, asked))
    lead = words(
        "search.lead", count=words.number(sum(suggested.total for suggested in shown)), asked=asked, groups=len(shown)
    )
    blocks: list[Block] = [] if group else [best(ask, words, shown[0])]
    panels = [panel_of(words, suggested) for suggested in shown]
    if group:
        blocks += [*panels, PageLink(text=words("search.back"), page="search", choices={"q": asked})]
    else:
        blocks.append(Side(cells=(tuple(panels[::2]), tuple(panels[1::2])), weights=(1.0, 1.0)))
        blocks += [all_of(words, suggested, asked) for suggested in shown if suggested.total > MOST_OF_A_GROUP]
    return compose(ask, "search", words("search.title"), lead, blocks)


def best(ask: Ask, words: Words, group: SuggestionGroup) -> Panel:
    """Return what fits best, with its facts where it is a site."""
    first = group.suggestions[0]
    facts: tuple[tuple[str, str], ...] = ()
    cited: tuple[str, ...] = ()
    if first.kind == "sites":
        known = ask("sites_protected", country_code=None, species_id=None, level=None)
        row = known[known["site_id"] == first.key].iloc[0]
        facts = (
            (words("compare.protection"), capital(level_words(words, row["level"], row["standing"]))),
            (words("compare.designations"), "" if is_empty(row["designations"]) else row["designations"]),
            (words("search.species"), "" if is_empty(row["species_names"]) else row["species_names"]),
        )
        cited = keys_in([row["document_ids"], row["protection_document_ids"]])
    return Panel(
        title=first.title,
        kind=group.title,
        text=first.line,
        facts=tuple((label, value) for label, value in facts if value),
        document_ids=cited,
        links=(replace(first.link, text=words("search.open")),),
    )


def panel_of(words: Words, group: SuggestionGroup) -> Panel:
    """List what is found of one kind; each line leads to where it is shown."""
    return Panel(
        title=words("search.group", title=group.title, count=words.number(group.total)),
        links=tuple(
            replace(suggestion.link, text=words.listed([suggestion.title, suggestion.line], "dot"))
            for suggestion in group.suggestions
        ),
    )


def all_of(words: Words, group: SuggestionGroup, asked: str) -> PageLink:
    """Link to all that is found of one kind."""
    text = words("search.all_of", title=group.title, count=words.number(group.total))
    return PageLink(text=text, page="search", choices={"q": asked, "group": group.kind})


def nothing_found(ask: Ask, words: Words, asked: str) -> list[Block]:
    """Say what the reader may have meant."""
    if len(asked) < SHORTEST:
        return [Notice(text=words("search.too_short"), kind="empty")]
    named = " ".join(str(row.name) for (kind, _), row in name_index(ask).things.items() if kind != "documents")
    known = dict.fromkeys(word.strip("(),.:;") for word in named.split() if len(word) >= FEWEST_OF_A_WORD)
    close = nearest(asked, dict.fromkeys(known, ""))
    if not close:
        return [Notice(text=words("search.shorter"), kind="empty")]
    links = [PageLink(text=word, page="search", choices={"q": word}) for word in close]
    return [Notice(text=words("search.nearest"), kind="information"), *links]
