"""Papers: what a delegation carries into the room, chosen so that it holds on its pages."""

from neaspec.blocks import Page
from neaspec.data.queries import Ask
from neaspec.sections.briefs.choices import KINDS, LENGTHS, BriefsChoices, front_length
from neaspec.sections.briefs.draft import Cut, Draft, page_of, stages
from neaspec.sections.briefs.issue import issue_draft, issue_names
from neaspec.sections.briefs.som import som_draft
from neaspec.sections.briefs.subjects import area_draft, site_draft, species_draft, state_draft
from neaspec.text import Words

__all__ = ["KINDS", "LENGTHS", "BriefsChoices", "Cut", "draft_of", "issue_names", "page", "paper"]


def draft_of(ask: Ask, words: Words, choices: BriefsChoices) -> Draft:
    """Return all that a paper may say."""
    match choices.kind:
        case "country":
            return state_draft(ask, words, choices.country_code)
        case "species":
            return species_draft(ask, words, choices.species_id)
        case "site":
            return site_draft(ask, words, choices.site_id)
        case "area":
            return area_draft(ask, words, choices.area_id)
        case "issue":
            return issue_draft(ask, words, choices.issue_id, choices.country_code)
    return som_draft(ask, words)


def paper(ask: Ask, words: Words, choices: BriefsChoices, draft: Draft, cut: Cut) -> tuple[Page, int]:
    """Return a selection of a draft as a page, and the number of the block that opens its annex (0 = none)."""
    return page_of(ask, words, draft, cut, choices.length == "full")


def page(ask: Ask, words: Words, choices: BriefsChoices) -> Page:
    """Make a paper with the most its length may hold; what does not fit its pages is dropped when it is set."""
    draft = draft_of(ask, words, choices)
    return paper(ask, words, choices, draft, next(stages(draft, front_length(choices)))[0])[0]
