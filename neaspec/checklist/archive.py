"""The working list as a Darwin Core Archive: a core of taxa and star tables that point to it, meta.xml, eml.xml.

Terms and row types are those of the Darwin Core text guide and of the GBIF extensions for checklists. A State where a
species is not reported, or where none was looked for, has no row: an archive has no word for it, and "absent" would
be wrong.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from neaspec.files import plain_text, reproducible_zip
from neaspec.text import is_empty

DWC, DC, GBIF = "http://rs.tdwg.org/dwc/terms/", "http://purl.org/dc/terms/", "http://rs.gbif.org/terms/1.0/"
TEXT_GUIDE = "http://rs.tdwg.org/dwc/text/"
# Alpha-2 codes, as the archive asks for them.
COUNTRY_CODES = {"CHN": "CN", "JPN": "JP", "KOR": "KR", "MNG": "MN", "PRK": "KP", "RUS": "RU"}
CLASSES = {"bird": "Aves", "mammal": "Mammalia"}
HABITATS = ("wetland", "breeding_islet")  # kinds of site that say what habitat it is
PRESENT, ABSENT, DOUBTFUL = "present", "absent", "doubtful"


@dataclass(frozen=True)
class ArchiveTable:
    """One file of an archive: its name, its row type, its terms in order (the first is the key), its rows."""

    file_name: str
    row_type: str
    terms: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ArchiveWords:
    """What an archive says of itself: title, what the list is and is not, who made it, licence, its address."""

    title: str
    about: str
    creator: str
    licence: str
    licence_url: str


def archive(
    species: pd.DataFrame,
    names: pd.DataFrame,
    records: pd.DataFrame,
    statuses: pd.DataFrame,
    documents: pd.DataFrame,
    site_kinds: Mapping[str, str],
    words: ArchiveWords,
    day: date,
) -> bytes:
    """Return a working list as a zip; equal lists give equal bytes.

    Args:
        species: answer of queries/checklist_species.sql.
        names: answer of queries/checklist_names.sql.
        records: answer of queries/checklist_records.sql.
        statuses: answer of queries/species_statuses.sql.
        documents: those cited: document_id, title, publisher, published_date, language, url.
        site_kinds: site_id -> kind of site.
        words: what it says of itself.
        day: of the data.
    """
    listed = listed_statuses(species, statuses)
    tables = (
        taxon_table(species, names),
        vernacular_table(names),
        distribution_table(species, records, listed),
        profile_table(records, site_kinds),
        reference_table(records, names, listed, documents),
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written_archive:
        written_archive.writestr("meta.xml", meta_xml(tables))
        written_archive.writestr("eml.xml", eml_xml(words, day))
        for table in tables:
            written_archive.writestr(table.file_name, csv_of(table))
    return reproducible_zip(out.getvalue())


def cell(value: object) -> str:
    """Return a value as a cell: on one line, nothing for nothing."""
    return "" if is_empty(value) else " ".join(plain_text(value).split())


def taxon_table(species: pd.DataFrame, names: pd.DataFrame) -> ArchiveTable:
    """Return the core: a row for each species of the list, and for each other scientific name a document prints."""
    terms = (
        f"{DWC}taxonID",
        f"{DWC}scientificName",
        f"{DWC}scientificNameAuthorship",
        f"{DWC}acceptedNameUsageID",
        f"{DWC}taxonomicStatus",
        f"{DWC}taxonRank",
        f"{DWC}kingdom",
        f"{DWC}class",
        f"{DWC}genus",
        f"{DWC}specificEpithet",
        f"{DWC}nameAccordingTo",
        f"{DWC}taxonRemarks",
    )
    rows: list[tuple[str, ...]] = []
    kinds = {}
    for row in species.to_dict("records"):
        name = str(row["scientific_name"]).removesuffix(" sp.")
        genus, _, epithet = name.partition(" ")
        kinds[row["taxon_id"]] = CLASSES[row["organism_group"]]
        rows.append(
            (
                row["taxon_id"],
                name,
                cell(row["authorship"]),
                row["taxon_id"],
                "accepted",
                "species" if epithet else "genus",
                "Animalia",
                kinds[row["taxon_id"]],
                genus,
                epithet,
                cell(row["name_list"]),
                cell(row["note"]),
            )
        )
    for row in names[names["name_kind"].isin(["synonym", "spelling", "subspecies"])].to_dict("records"):
        is_subspecies = row["name_kind"] == "subspecies"
        rows.append(
            (
                row["checklist_name_id"],
                cell(row["name"]),
                "",
                row["taxon_id"],
                "synonym",
                "subspecies" if is_subspecies else "species",
                "Animalia",
                kinds[row["taxon_id"]],
                "",
                "",
                cell(row["document_id"]),
                cell(row["note"]),
            )
        )
    return ArchiveTable("taxon.csv", f"{DWC}Taxon", terms, tuple(rows))


def vernacular_table(names: pd.DataFrame) -> ArchiveTable:
    """Return names in living languages, each with the document that prints it."""
    chosen = names[names["name_kind"] == "vernacular"].to_dict("records")
    rows = tuple(
        (str(row["taxon_id"]), cell(row["name"]), cell(row["language"]), cell(row["document_id"])) for row in chosen
    )
    terms = (f"{DWC}taxonID", f"{DWC}vernacularName", f"{DC}language", f"{DC}source")
    return ArchiveTable("vernacularname.csv", f"{GBIF}VernacularName", terms, rows)


def listed_statuses(species: pd.DataFrame, statuses: pd.DataFrame) -> pd.DataFrame:
    """Return the statuses of species of the list that hold and that a distribution has a term for, with their taxon."""
    taxa = species.dropna(subset=["species_id"]).set_index("species_id")["taxon_id"]
    holds = statuses["species_id"].isin(taxa.index) & (statuses["standing"] == "held")
    chosen = statuses[holds & statuses["scheme"].isin(["iucn", "cites"])]
    return chosen.assign(taxon_id=chosen["species_id"].map(taxa))


def distribution_table(species: pd.DataFrame, records: pd.DataFrame, statuses: pd.DataFrame) -> ArchiveTable:
    """Return a row for each statement of a document about a place, and for each status, which is about all places.

    statuses: see listed_statuses.
    """
    historical = set(species.loc[species["is_historical"], "taxon_id"])
    terms = (
        f"{DWC}taxonID",
        f"{DWC}locationID",
        f"{DWC}locality",
        f"{DWC}countryCode",
        f"{DWC}occurrenceStatus",
        f"{GBIF}appendixCITES",
        "http://iucn.org/terms/threatStatus",
        f"{DWC}eventDate",
        f"{DC}source",
        f"{DWC}occurrenceRemarks",
    )
    rows = []
    for row in records.to_dict("records"):
        is_doubtful = row["taxon_id"] in historical or "not_confirmed" in cell(row["caveat_ids"]).split()
        status = ABSENT if row["presence"] == "not_found" else DOUBTFUL if is_doubtful else PRESENT
        listing = {cell(row["listing_scheme"]): cell(row["listing"])}
        remarks = [row["as_stated"], listing.get("national_list"), row["count_words"], row["note"]]
        rows.append(
            (
                row["taxon_id"],
                cell(row["site_id"]),
                cell(row["place"]),
                COUNTRY_CODES.get(row["country_code"], row["country_code"]),
                status,
                listing.get("cites", ""),
                listing.get("iucn", ""),
                cell(row["as_of"]),
                row["document_id"],
                "; ".join(cell(remark).rstrip(".") for remark in remarks if not is_empty(remark)),
            )
        )
    for row in statuses.to_dict("records"):
        is_cites = row["scheme"] == "cites"
        category = cell(row["category"]).removeprefix("Appendix ")
        rows.append(
            (
                row["taxon_id"],
                "",
                "",
                "",
                PRESENT,
                category if is_cites else "",
                "" if is_cites else category,
                "" if is_empty(row["assessed_year"]) else str(int(row["assessed_year"])),
                row["document_id"],
                "; ".join(cell(row[column]).rstrip(".") for column in ("scope", "note") if not is_empty(row[column])),
            )
        )
    return ArchiveTable("distribution.csv", f"{GBIF}Distribution", terms, tuple(rows))


def profile_table(records: pd.DataFrame, site_kinds: Mapping[str, str]) -> ArchiveTable:
    """Return the habitats in which species are on record; what no document says of a species is left empty."""
    occurrences = records[records["presence"] != "not_found"]
    habitats = {
        (str(row["taxon_id"]), site_kinds[row["site_id"]].replace("_", " "))
        for row in occurrences.to_dict("records")
        if site_kinds.get(cell(row["site_id"]), "") in HABITATS
    }
    terms = (f"{DWC}taxonID", f"{GBIF}isMarine", f"{GBIF}isFreshwater", f"{GBIF}isTerrestrial", f"{DWC}habitat")
    rows = tuple((taxon_id, "", "", "", habitat) for taxon_id, habitat in sorted(habitats))
    return ArchiveTable("speciesprofile.csv", f"{GBIF}SpeciesProfile", terms, rows)


def reference_table(
    records: pd.DataFrame, names: pd.DataFrame, statuses: pd.DataFrame, documents: pd.DataFrame
) -> ArchiveTable:
    """Return, for each species, the documents that name it."""
    known = {row["document_id"]: row for row in documents.to_dict("records")}
    cited = pd.concat([each[["taxon_id", "document_id"]] for each in (records, names, statuses)]).drop_duplicates()
    terms = (
        f"{DWC}taxonID",
        f"{DC}identifier",
        f"{DC}bibliographicCitation",
        f"{DC}date",
        f"{DC}language",
        f"{DC}source",
    )
    rows = []
    for taxon_id, document_id in sorted(cited.itertuples(index=False)):
        document = known[document_id]
        parts = [cell(document[column]) for column in ("publisher", "title", "published_date")]
        rows.append(
            (
                taxon_id,
                document_id,
                ". ".join(part for part in parts if part),
                cell(document["published_date"]),
                cell(document["language"]),
                cell(document["url"]),
            )
        )
    return ArchiveTable("references.csv", f"{GBIF}Reference", terms, tuple(rows))


def csv_of(table: ArchiveTable) -> str:
    """Return a table as text, with a line of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(term.rpartition("/")[2] for term in table.terms)
    writer.writerows(table.rows)
    return out.getvalue()


def meta_xml(tables: Sequence[ArchiveTable]) -> str:
    """Return the description of the files."""
    core, *stars = tables
    parts = [described("core", "id", core), *(described("extension", "coreid", star) for star in stars)]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<archive xmlns="{TEXT_GUIDE}" metadata="eml.xml">\n' + (
        "".join(parts) + "</archive>\n"
    )


def described(tag: str, key: str, table: ArchiveTable) -> str:
    """Return the description of one file."""
    first = 0 if tag == "core" else 1  # the key of a star table is no term of its own
    fields = "".join(
        f"    <field index={quoteattr(str(place))} term={quoteattr(term)}/>\n"
        for place, term in enumerate(table.terms)
        if place >= first
    )
    return (
        f'  <{tag} encoding="UTF-8" fieldsTerminatedBy="," linesTerminatedBy="\\n" fieldsEnclosedBy="&quot;" '
        f'ignoreHeaderLines="1" rowType={quoteattr(table.row_type)}>\n'
        f"    <files><location>{escape(table.file_name)}</location></files>\n"
        f'    <{key} index="0"/>\n{fields}  </{tag}>\n'
    )


def eml_xml(words: ArchiveWords, day: date) -> str:
    """Return the description of the data set."""
    creator = f"<organizationName>{escape(words.creator)}</organizationName>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<eml:eml xmlns:eml="https://eml.ecoinformatics.org/eml-2.2.0" packageId="neaspec-working-species-list" '
        'system="http://gbif.org" scope="system" xml:lang="en">\n  <dataset>\n'
        f'    <title xml:lang="en">{escape(words.title)}</title>\n    <creator>{creator}</creator>\n'
        f"    <metadataProvider>{creator}</metadataProvider>\n    <pubDate>{day.isoformat()}</pubDate>\n"
        f"    <language>en</language>\n    <abstract><para>{escape(words.about)}</para></abstract>\n"
        f"    <intellectualRights><para>{escape(words.licence)}: <ulink url={quoteattr(words.licence_url)}>"
        f"<citetitle>{escape(words.licence)}</citetitle></ulink></para></intellectualRights>\n"
        f"    <contact>{creator}</contact>\n  </dataset>\n</eml:eml>\n"
    )


def cited_documents(frames: Iterable[pd.DataFrame]) -> list[str]:
    """Return the keys of the documents that answers cite."""
    return sorted({str(document_id) for frame in frames for document_id in frame["document_id"]})
