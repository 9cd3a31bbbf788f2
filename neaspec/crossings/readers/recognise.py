"""What files are, told by their headers: which reader knows them, and what to say of those that no reader knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from neaspec.crossings.input.csv_tables import header_of, is_web_page, shown_name
from neaspec.crossings.input.duplicates import tables_twice
from neaspec.crossings.input.members import Member
from neaspec.crossings.readers import (
    camtrap_dp,
    camtrapr,
    darwin_core,
    gbif,
    genotype_table,
    maker_tables,
    match_table,
    movebank,
    picture_pairs,
    records_table,
    template,
    track_files,
    wildlife_insights,
)
from neaspec.crossings.readers.package import IdentityReader, Package, Reader, StudyReader
from neaspec.errors import InputError

READERS: tuple[Reader, ...] = (
    camtrap_dp,
    camtrapr,
    darwin_core,
    gbif,
    maker_tables,
    movebank,
    records_table,
    template,
    track_files,
    wildlife_insights,
)
IDENTITY_READERS: tuple[IdentityReader, ...] = (match_table,)
STUDY_READERS: tuple[StudyReader, ...] = (genotype_table, picture_pairs)
ALL: tuple[Reader | IdentityReader | StudyReader, ...] = (*READERS, *IDENTITY_READERS, *STUDY_READERS)
# Columns by which tables of one archive or package belong together.
LINKS = {"coreid", "id", "gbifid", "occurrenceid", "eventid", "deploymentid", "mediaid", "observationid"}
# Endings and names of files that people read; a .txt of another name is one as long as no table is in it.
TO_READ = (".md", ".pdf", ".jpg", ".jpeg", ".png", ".html", ".htm", ".rtf", ".docx", ".r", ".rmd")
READ_ME = ("readme", "read me", "licen", "rights", "citation", "copyright", "changelog", "about")
MOST_NAMES = 12
MOST_OF_ARCHIVE = 5


def recognise(files: Sequence[Member], unopened: Sequence[str] = ()) -> tuple[list[Package], list[str]]:
    """Return the packages in the order of their files, and the files of archives that none of them needs.

    Args:
        files: all that could be opened.
        unopened: what is wrong with others that could not be opened; told together with the rest.

    Raises:
        InputError: with all problems: files that are no tables, that no reader or more than one recognises, packages
            with files missing.
    """
    headers, unread = _headers_of(files)
    packages, problems = _packages_of(files, headers)
    problems = [*unopened, *problems, *tables_twice([(package.main, package.others) for package in packages], unopened)]
    problems += _claimed_twice(packages)
    unused, unknown = _left_over(files, headers, unread, packages, problems)
    problems += _shorten(unknown)
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    return packages, unused


def _headers_of(files: Sequence[Member]) -> tuple[dict[str, tuple[str, ...]], dict[str, list[str]]]:
    """Return the headers of the tables of text, and what is wrong with files that should be some; both by file."""
    headers: dict[str, tuple[str, ...]] = {}
    problems: dict[str, list[str]] = {}
    for member in files:
        if is_described_elsewhere(member):
            continue
        try:
            headers[member.name] = header_of(member)
        except InputError as error:
            problems[member.name] = error.problems
    return headers, problems


def _packages_of(files: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> tuple[list[Package], list[str]]:
    """Return what the readers recognise, in the order of the files, and what is wrong with the rest of it."""
    packages: list[Package] = []
    problems: list[str] = []
    for reader in ALL:
        try:
            packages.extend(reader.packages(files, headers))
        except InputError as error:
            problems.extend(error.problems)
    return name_apart(sorted(packages, key=lambda package: package.main.name)), problems


def _left_over(
    files: Sequence[Member],
    headers: Mapping[str, tuple[str, ...]],
    unread: Mapping[str, list[str]],
    packages: Sequence[Package],
    problems: Sequence[str],
) -> tuple[list[str], dict[str, list[str]]]:
    """Return the files of archives that no package needs, and archive -> what to say of files nobody recognises."""
    claimed = {member.name for package in packages for member in package.members}
    archives = {member.archive for package in packages for member in package.members if member.archive}
    described = {_folder(member.name) for member in files if member.name in claimed and is_described_elsewhere(member)}
    unused: list[str] = []
    unknown: dict[str, list[str]] = {}
    # Files of a package whose problems are told already are not told again as files that nobody recognises.
    troubled = {member.archive for member in files if any(text.startswith(member.name) for text in problems)} - {""}
    for member in files:
        if member.name in claimed or (member.archive in troubled and member.name not in unread):
            continue
        if problems and member.name.rpartition("/")[2] == "datapackage.json":
            continue  # it describes what is broken
        is_table = member.name.lower().endswith((".csv", ".tsv"))
        is_broken = is_table and member.name in unread
        goes_along = _goes_along(member, headers, packages, described)
        if goes_along or (member.archive in archives and not is_broken):
            unused.append(member.name)
        else:
            unknown.setdefault(member.archive, []).extend(_not_recognised(member, headers, unread))
    return unused, unknown


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _goes_along(
    member: Member, headers: Mapping[str, tuple[str, ...]], packages: Sequence[Package], described: set[str]
) -> bool:
    """Whether a file that no reader asks for is one that belongs to what was recognised beside it.

    That is a file that describes others (eml.xml, datapackage.json and the like), one to read (README, licence, a
    picture), and a table beside a description whose header has a name that links it to the others. The same files in
    a zip would be passed over.
    """
    if not packages:
        return False
    if is_described_elsewhere(member) and member.kind == "text":
        return True
    last = member.name.rpartition("/")[2].lower()
    is_text = last.endswith(".txt") and (last.startswith(READ_ME) or len(headers.get(member.name, ())) < 2)
    if last.endswith(TO_READ) or is_text:
        return True
    links = {name.strip().lower() for name in headers.get(member.name, ())} & LINKS
    return bool(links) and _folder(member.name) in described


def name_apart(packages: Sequence[Package]) -> list[Package]:
    """Give packages of one name the names of their files too: two States may both call their file tigers.csv.

    Animals of one name are one animal only inside one data set. A data set that rows name themselves stays one.
    """
    twice = Counter(package.data_set for package in packages if package.data_set)
    return [
        package if twice[name] < 2 else replace(package, data_set=f"{name} ({package.main.name})", is_named_apart=True)
        for package in packages
        for name in [package.data_set]
    ]


def is_described_elsewhere(member: Member) -> bool:
    """Whether a file is no table of text by its first bytes: a workbook, a Parquet file, XML or JSON."""
    if member.kind in ("workbook", "parquet"):
        return True
    start = member.start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1000]
    return start.startswith(b"{") or (start.startswith(b"<") and not is_web_page(start.decode("utf-8", "replace")))


def _claimed_twice(packages: Sequence[Package]) -> list[str]:
    """Say which files two standards recognise. Packages of one standard may share a file (a table of stations)."""
    standards: dict[str, set[str]] = {}
    for package in packages:
        for member in package.members:
            standards.setdefault(member.name, set()).add(package.standard)
    return [
        f"{name}: the header has the columns of {' and of '.join(sorted(claims))}; keep those of one"
        for name, claims in standards.items()
        if len(claims) > 1
    ]


def _not_recognised(
    member: Member, headers: Mapping[str, tuple[str, ...]], problems: Mapping[str, list[str]]
) -> list[str]:
    if member.name in problems:
        return list(problems[member.name])
    if member.name not in headers:
        what = {"workbook": "a workbook", "parquet": "a Parquet file"}.get(member.kind, "a file that describes others")
        return [f"{member.name}: {what} that no reader recognises"]
    names = [shown_name(name) for name in headers[member.name]]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return [f"{member.name}, header: not recognised. Found: {', '.join(names[:MOST_NAMES])}{more}"]


def _shorten(unknown: Mapping[str, Sequence[str]]) -> list[str]:
    """Tell the files nobody recognises, of an archive only the first, and once what was looked for."""
    lines: list[str] = []
    for archive, problems in unknown.items():
        most = len(problems) if not archive else MOST_OF_ARCHIVE
        lines.extend(problems[:most])
        if len(problems) > most:
            lines.append(f"{archive}: {len(problems) - most:,} more files in it are not recognised")
    if any("recognise" in problem for problem in lines):
        lines.append("Looked for: " + "; ".join(reader.SIGNS for reader in ALL))
    return lines
