"""The choices behind a document in words, and refused where there is no such thing."""

from typing import Any

from neaspec.data.editions import ARCHIVE
from neaspec.data.queries import Ask
from neaspec.errors import AddressError
from neaspec.sections.briefs.choices import LENGTHS
from neaspec.sections.compare.page import KINDS, options
from neaspec.sections.edition_words import edition_name
from neaspec.sections.scenarios.page import stated
from neaspec.sections.sites.wording import LEVELS, level_words
from neaspec.sections.suggestions import GROUPS
from neaspec.text import Words
from neaspec.urls import chosen

# Which question lists the codes a choice may have: (query, its parameters besides the date, code, name).
LISTS: dict[str, tuple[str, dict[str, None], str, str]] = {
    "species_id": ("species_styles", {}, "species_id", "name"),
    "country_code": ("sites_countries", {}, "country_code", "name"),
    "area_id": ("shared_areas", {}, "shared_area_id", "name"),
    "site_id": ("sites_options", {}, "site_id", "name"),
    "project_id": ("projects_found", {"species_id": None, "country_code": None}, "project_id", "short_title"),
    "document_id": ("sources_documents", {"grade": None}, "document_id", "title"),
    "issue_id": (
        "issues_asked",
        {"meeting_id": None, "country_code": None, "ask_kind": None},
        "issue_id",
        "subject",
    ),
    "meeting_id": (
        "issues_asked",
        {"meeting_id": None, "country_code": None, "ask_kind": None},
        "meeting_id",
        "meeting_name",
    ),
    "other_code": ("sites_countries", {}, "country_code", "name"),
    "delegation_code": ("member_states", {}, "country_code", "name"),
    "from_meeting_id": ("soms", {}, "meeting_id", "name"),
    "to_meeting_id": ("soms", {}, "meeting_id", "name"),
}
TERMS = {
    "method": "method",
    "ask_kind": "ask_kind",
    "standing": "standing",
    "grade": "grade",
    "meeting_kind": "kind",
    "month": "month",
}  # choices worded by terms.toml
# Choices whose codes have wordings of their own: code -> wording.
WORDED = {
    "layers": {layer: f"map.layer_{layer}" for layer in ("sites", "movements", "projects", "meetings")},
    "view": {view: f"sites.view_{view}" for view in ("map", "table")},
    "part": {"statements": "suggestions.records"},
    "found_in": {count: f"checklist.found_{count}" for count in ("three", "two", "one", "none")},
    "group": {group: f"suggestions.{group}" for group in GROUPS},
}
SEVERAL = ("layers",)  # choices that hold several codes with commas between
EDITIONS = ("from_edition", "to_edition")
NO_CHOICE = ("now",)  # a value that means the default
OF_BRIEFS = {
    "som": (),
    "country": ("country_code",),
    "species": ("species_id",),
    "site": ("site_id",),
    "area": ("area_id",),
    "issue": ("issue_id", "country_code"),
}


def names_of(of: Ask, words: Words, field: str) -> dict[str, str]:
    """Return code -> name of all a choice may be; empty for a choice of free text."""
    if field in LISTS:
        query, params, code, name = LISTS[field]
        answer = of(query, **params)
        names = dict(zip(answer[code].astype(str), answer[name].astype(str), strict=True))
        if field == "species_id":
            groups = of("species_groups")["group_id"].unique()
            names |= {str(group): words.term("species_group", group) for group in groups}
        if field in ("country_code", "other_code"):
            members = of("member_states")
            names |= dict(zip(members["country_code"], members["name"], strict=True))
        return names
    if field in EDITIONS:
        return {str(edition.number): edition_name(words, edition) for edition in ARCHIVE.known()}
    if field in TERMS:
        return words.terms[TERMS[field]]
    if field == "level":
        return {level: level_words(words, level) for level in LEVELS}
    return {code: words.text(key) for code, key in WORDED.get(field, {}).items()}


def stated_choices(of: Ask, words: Words, page_name: str, choices: Any) -> tuple[tuple[str, str], ...]:
    """Return (label, value) of the choices that matter for a page, in words.

    Raises:
        AddressError: if a code is unknown; the message lists what is allowed.
    """
    given = {field: value for field, value in chosen(choices).items() if value not in NO_CHOICE}
    if page_name == "briefs":
        kind = given.pop("kind")
        if kind not in OF_BRIEFS:
            raise AddressError(f"there is no brief of the kind {kind!r}; there are {list(OF_BRIEFS)}")
        if kind == "country":
            given.setdefault("country_code", "")
        if given["length"] not in LENGTHS:
            raise AddressError(f"there is no paper of the length {given['length']!r}; there are {list(LENGTHS)}")
        given = {field: value for field, value in given.items() if field in OF_BRIEFS[kind]}
    if page_name == "scenarios":
        return stated(of, words, choices)
    if page_name == "compare":
        return _compared(of, words, given)
    return tuple((words(f"take.{field}"), _name(of, words, field, value)) for field, value in given.items())


def _compared(of: Ask, words: Words, given: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the kind of things that are compared, and their names.

    Raises:
        AddressError: if there is no such kind.
    """
    kind = given.pop("kind")
    if kind not in KINDS:
        raise AddressError(f"nothing of the kind {kind!r} is compared; there are {list(KINDS)}")
    names = options(of, words, kind)
    things = ((words(f"compare.choose_{field}"), names.get(key, key)) for field, key in given.items())
    return (words("compare.choose_kind"), words(f"compare.kind_{kind}")), *things


def _name(of: Ask, words: Words, field: str, value: str) -> str:
    names = names_of(of, words, field)
    if not names:
        return value
    codes = value.split(",") if field in SEVERAL else [value]
    for code in codes:
        if code not in names:
            allowed = ", ".join(sorted(names)[:40])
            raise AddressError(words("take.unknown_code", label=words(f"take.{field}"), value=code, allowed=allowed))
    return words.listed(names[code] for code in codes)
