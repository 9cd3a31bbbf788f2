"""The working list as it is taken away: a Darwin Core Archive of what is known at the date looked at."""

from datetime import date

from neaspec.checklist.archive import ArchiveWords, archive, cited_documents, listed_statuses
from neaspec.data.queries import Ask
from neaspec.sections.checklist.page import list_areas
from neaspec.text import Words

LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


def list_archive(ask: Ask, words: Words, area_id: str) -> bytes:
    """Return the list of a shared area as an archive."""
    species = ask("checklist_species", shared_area_id=area_id)
    names = ask("checklist_names", shared_area_id=area_id)
    records = ask("checklist_records", shared_area_id=area_id)
    statuses = ask("species_statuses", species_id=None)
    documents = ask("sources_cited", document_ids=cited_documents([records, names, listed_statuses(species, statuses)]))
    sites = ask("sites_protected", country_code=None, species_id=None, level=None)
    said = ArchiveWords(
        title=words("checklist.archive_title", name=list_areas(ask)[area_id]),
        about=words("checklist.archive_about"),
        creator=words("checklist.archive_creator"),
        licence=LICENCE[0],
        licence_url=LICENCE[1],
    )
    day = ask.as_known_on or date.fromisoformat(str(documents["seen_date"].max()))
    kinds = dict(zip(sites["site_id"], sites["site_kind"], strict=True))
    return archive(species, names, records, statuses, documents, kinds, said, day)
