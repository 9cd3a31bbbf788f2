"""Papers on a State, a species, a site and a shared area: what is on record, by weight."""

import pandas as pd

from neaspec.blocks import Block, Chart, Heading, Map
from neaspec.data.queries import Ask
from neaspec.sections.briefs import facts as say
from neaspec.sections.briefs import pictures
from neaspec.sections.briefs.draft import Draft, Listed, listed
from neaspec.sections.common import joined_keys, make_table, rows_of
from neaspec.sections.contradictions import contradiction_entries
from neaspec.sections.sites.wording import level_words
from neaspec.text import Words, is_empty


def state_draft(ask: Ask, words: Words, code: str) -> Draft:
    """Make the paper of a member State."""
    name = dict(zip(*(ask("member_states")[column] for column in ("country_code", "name")), strict=True))[code]
    sites = ask("sites_protected", country_code=code, species_id=None, level=None)
    projects = ask("projects_found", species_id=None, country_code=code)
    asked = say.put_issues(ask, code)
    waiting = asked[~asked["state"].isin(["done", "superseded"])]
    figures = say.state_species(ask, words, code)
    subjects = {("sites", key) for key in sites["site_id"]} | {("projects", key) for key in projects["project_id"]}
    lead = words(
        "briefs.lead_state",
        name=name,
        species=len(figures),
        sites=len(sites),
        projects=len(projects),
        issues=len(waiting),
    )
    lists = (
        *listed("facts", figures, say.FACTS),
        *say.issue_rows(words, waiting),
        *say.site_rows(words, sites),
        *say.project_rows(words, projects),
        *say.gap_rows(say.gaps_of(ask, country_code=code)),
    )
    drawn = pictures.sites_map(words, words("briefs.map_state", name=name), sites)
    return Draft(
        title=name, lead=lead, pictures=tuple(drawn), lists=lists, annex=lambda: annex(ask, words, lists, subjects)
    )


def species_draft(ask: Ask, words: Words, species_id: str) -> Draft:
    """Make the paper of a species."""
    name = ask("species_styles").set_index("species_id")["name"][species_id]
    counts = ask("species_counts", species_id=species_id)
    every = pictures.all_sites(ask)
    used = pictures.of_keys(every, ask("species_sites", species_id=species_id)["site_id"])
    moves = ask("movements_found", species_id=species_id, country_code=None, method=None)
    lists = (
        *listed("facts", say.species_facts(ask, words, species_id), say.FACTS),
        *say.issue_rows(words, say.issues_about(ask, {("species", species_id)})),
        *say.site_rows(words, used),
        *say.project_rows(words, ask("projects_found", species_id=species_id, country_code=None)),
        *say.threat_rows(ask("threats_named", species_id=species_id, site_id=None, country_code=None)),
        *say.gap_rows(say.gaps_of(ask, species_id=species_id)),
    )
    drawn: tuple[Chart | Map, ...] = (
        *pictures.sites_map(words, words("briefs.map_species", name=name), used),
        *pictures.series_chart(words, words("briefs.series", name=name), species_id, pictures.joined_series(counts)),
        *pictures.movements_map(words, words("briefs.map_moves", name=name), moves),
    )
    subjects = {("species", species_id)} | {("counts", key) for key in counts["count_id"]}
    subjects |= {("movements", key) for key in moves["movement_id"]}
    return Draft(
        title=str(name),
        lead=say.species_lead(ask, words, species_id),
        pictures=drawn,
        lists=lists,
        annex=lambda: annex(ask, words, lists, subjects),
    )


def site_draft(ask: Ask, words: Words, site_id: str) -> Draft:
    """Make the paper of a site."""
    every = pictures.all_sites(ask)
    site = every[every["site_id"] == site_id].iloc[0]
    links = ask("sites_links", site_id=site_id)
    near = {site_id, *links["from_site_id"], *links["to_site_id"]}
    gaps = say.gaps_of(ask, site_id=site_id)
    lists = (
        *listed("facts", site_facts(ask, words, site), say.FACTS),
        *say.issue_rows(words, say.issues_about(ask, {("sites", site_id)})),
        *link_rows(words, links, site_id),
        *say.threat_rows(ask("threats_named", species_id=None, site_id=site_id, country_code=None)),
        *say.gap_rows(gaps),
    )
    drawn = pictures.sites_map(words, words("briefs.map_site", name=site["name"]), pictures.of_keys(every, near))
    return Draft(
        title=str(site["name"]),
        lead=place_lead(words, site),
        pictures=tuple(drawn),
        lists=lists,
        annex=lambda: annex(ask, words, lists, {("sites", site_id)}),
    )


def place_lead(words: Words, site: pd.Series) -> str:
    """Write where a site lies, how it is protected and who uses it."""
    sentence = words(
        "briefs.lead_site",
        name=site["name"],
        countries=site["country_names"].replace(";", ","),
        level=level_words(words, site["level"], site["standing"]),
    )
    if is_empty(site["species_names"]):
        return sentence
    return f"{sentence} {words('briefs.lead_used', species=str(site['species_names']).replace(';', ','))}"


def site_facts(ask: Ask, words: Words, site: pd.Series) -> list[say.Row]:
    """State protection, area, figures of species and projects of a site."""
    site_id = site["site_id"]
    stated = ask("sites_designations", site_id=site_id)
    current = stated[stated["is_current"].astype(bool) & (stated["state"] == "in_force")]
    rows = [
        say.fact(
            row.designation,
            words("briefs.since", date=words.date(row.designated_date))
            if not is_empty(row.designated_date)
            else words.term("state", row.state),
            row.document_id,
        )
        for row in rows_of(current.sort_values("designated_date", kind="stable").drop_duplicates("designation"))
    ]
    if not is_empty(site["area_ha"]):
        areas = ask("sites_areas", site_id=site_id)
        cited = joined_keys(areas[areas["is_current"].astype(bool)]["document_id"])
        said = words("briefs.hectares", area=words.number(site["area_ha"]))
        rows.insert(1, say.fact(words("briefs.area"), said, cited))
    rows[1:1] = count_facts(ask, words, site_id)
    for row in rows_of(ask("sites_projects", site_id=site_id).drop_duplicates("project_id")):
        rows.append(say.fact(words("briefs.project"), row.short_title, row.document_id))
    return rows


def count_facts(ask: Ask, words: Words, site_id: str) -> list[say.Row]:
    """State the newest figure of each species at a site."""
    counts = ask("sites_counts", site_id=site_id)
    counts = counts[counts["is_newest"].astype(bool) & counts["year_to"].notna()]
    newest = counts.sort_values("year_to", ascending=False, kind="stable").drop_duplicates("species_id")
    return [
        say.fact(
            words("briefs.count_of", species=row["species_name"], kind=words.term("count_kind", row["count_kind"])),
            say.figure_said(words, row),
            row["document_id"],
            row["caveat_ids"],
            words,
        )
        for _, row in newest.iterrows()
    ]


def link_rows(words: Words, links: pd.DataFrame, site_id: str) -> list[Listed]:
    """List links to other sites that documents state."""
    rows = [
        {
            "name": row.to_site_name if row.from_site_id == site_id else row.from_site_name,
            "what": words("briefs.link", kind=words.term("link_kind", row.link_kind), what=row.what),
            "document_ids": row.document_id,
        }
        for row in rows_of(links.drop_duplicates("what"))
    ]
    return listed("links", rows, {"name": "text", "what": "text"})


def area_draft(ask: Ask, words: Words, area_id: str) -> Draft:
    """Make the paper of an area that States share."""
    areas = ask("shared_areas")
    area = areas[areas["shared_area_id"] == area_id].iloc[0]
    members = ask("shared_area_sites", shared_area_id=area_id)
    keys = set(members["site_id"])
    sites = pictures.of_keys(pictures.all_sites(ask), keys)
    without = sites[sites["level"].isin(say.UNPROTECTED)]
    figures = [row for key in members["site_id"] for row in area_counts(ask, words, key, members)]
    projects = projects_at(ask, keys)
    threats = [ask("threats_named", species_id=None, site_id=key, country_code=None) for key in sorted(keys)]
    gaps = [say.gaps_of(ask, site_id=key) for key in sorted(keys)]
    subjects = {("sites", key) for key in keys}
    lead = words(
        "briefs.lead_area" if len(without) else "briefs.lead_area_all",
        name=area["name"],
        countries=str(area["country_names"]).replace(";", ","),
        count=len(sites),
        without=len(without),
    )
    first = [say.fact(words("briefs.states"), str(area["country_names"]).replace(";", ","), area["document_id"])]
    lists = (
        *listed("facts", [*first, *protection_facts(words, sites), *figures], say.FACTS),
        *say.issue_rows(words, say.issues_about(ask, subjects)),
        *say.site_rows(words, sites),
        *say.project_rows(words, projects),
        *say.threat_rows(pd.concat(threats) if threats else pd.DataFrame({"what": []})),
        *say.gap_rows(pd.concat(gaps) if gaps else pd.DataFrame({"what": []})),
    )
    drawn = pictures.sites_map(words, words("briefs.map_area", name=area["name"]), sites)
    return Draft(
        title=str(area["name"]),
        lead=lead,
        pictures=tuple(drawn),
        lists=lists,
        annex=lambda: annex(ask, words, lists, subjects),
    )


def area_counts(ask: Ask, words: Words, site_id: str, members: pd.DataFrame) -> list[say.Row]:
    """State the newest figures of one site of an area, with its name."""
    name = members.set_index("site_id")["name"][site_id]
    return [
        {**row, "fact": words("briefs.of_area", area=name, figure=row["fact"])}
        for row in count_facts(ask, words, site_id)
    ]


def protection_facts(words: Words, sites: pd.DataFrame) -> list[say.Row]:
    """State how many sites have which protection, those that have one first."""
    rows = []
    for level in ("international", "national", "subnational"):
        same = sites[sites["level"] == level]
        if len(same):
            said = words("briefs.sites_named", count=len(same), listed=words.listed(same["name"]))
            cited = joined_keys(same["protection_document_ids"])
            rows.append(say.fact(words("briefs.protected", level=level_words(words, level)), said, cited))
    return rows


def projects_at(ask: Ask, site_ids: set[str]) -> pd.DataFrame:
    """Return the projects that work at any of some sites."""
    keys = {key for site_id in sorted(site_ids) for key in ask("sites_projects", site_id=site_id)["project_id"]}
    projects = ask("projects_found", species_id=None, country_code=None)
    return projects[projects["project_id"].isin(keys)]


def annex(ask: Ask, words: Words, lists: tuple[Listed, ...], subjects: set[tuple[str, str]]) -> list[Block]:
    """Return every list whole, then the differences between documents on the subject."""
    blocks: list[Block] = [
        make_table(words, words(f"briefs.part_{part.key}"), part.rows, part.columns, f"all_{part.key}")
        for part in lists
    ]
    entries = contradiction_entries(ask, words, subjects)
    return [*blocks, Heading(text=words("briefs.contradictions"), level=3), *entries] if entries else blocks
