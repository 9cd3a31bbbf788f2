"""Reading field data: what the files are is told by their headers, then each is read by the reader that knows it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from neaspec.crossings.identity.matches import with_samples_of
from neaspec.crossings.input.archives import COMMAND_LINE, Input, InputLimits, Member, listed
from neaspec.crossings.input.csv_tables import header_of, is_web_page, shown_name
from neaspec.crossings.input.duplicates import inputs_twice, tables_twice
from neaspec.crossings.model.reading import Answers, Part, Reading, joined
from neaspec.crossings.model.records import Recognised
from neaspec.crossings.readers import (
    camtrap_dp,
    camtrapr,
    darwin_core,
    gbif,
    match_table,
    movebank,
    records_table,
    template,
)
from neaspec.crossings.readers.countries import with_answers
from neaspec.crossings.readers.package import IdentityReader, Package, Reader
from neaspec.errors import InputError

READERS: tuple[Reader, ...] = (camtrap_dp, camtrapr, darwin_core, gbif, movebank, records_table, template)
IDENTITY_READERS: tuple[IdentityReader, ...] = (match_table,)
ALSO_IDENTITIES: tuple[IdentityReader, ...] = (template,)  # files that hold records and identities
ALL: tuple[Reader | IdentityReader, ...] = (*READERS, *IDENTITY_READERS)
NO_ANSWERS = Answers()
MOST_NAMES = 12
MOST_OF_ARCHIVE = 5
OPEN_QUESTION = "question_open"  # note: nothing was read, a question must be answered first
NOT_USED = "not_used"  # note: a file of an archive that no reader asks for
NAMED_APART = "named_apart"  # note: another data set has the same name


def read(
    inputs: Sequence[Input], answers: Answers = NO_ANSWERS, chunk_rows: int = 200_000,
    limits: InputLimits = COMMAND_LINE,
) -> Reading:  # fmt: skip
    """Read everything at once; see `parts`.

    Raises:
        InputError: as `parts`, or there are more rows than `limits.rows`.
    """
    pieces, known = parts(inputs, answers, chunk_rows, limits)
    made = joined(_counted(pieces, limits))
    made.recognised = sorted([*known.recognised, *made.recognised], key=lambda one: one.source)
    made.questions, made.identities, made.samples = known.questions, known.identities, known.samples
    made.sampled = known.sampled
    return made


def parts(
    inputs: Sequence[Input], answers: Answers = NO_ANSWERS, chunk_rows: int = 200_000,
    limits: InputLimits = COMMAND_LINE,
) -> tuple[Iterator[Part], Reading]:  # fmt: skip
    """Recognise files and read them in pieces, in memory that does not grow with them.

    Args:
        inputs: files; neither their order nor `chunk_rows` changes what comes out.
        answers: to the questions of an earlier call. A package with an open question is not read.
        chunk_rows: about how many rows a piece has.
        limits: what is taken.

    Returns:
        The pieces, and a Reading that holds what is known before the first of them: questions, identities, samples,
        and as `recognised` the tables that give no records.

    Raises:
        InputError: files cannot be opened or are not recognised. Reading a piece can raise it too.
    """
    found, problems = listed(inputs, limits)
    packages, aside = recognise(found, [*inputs_twice(inputs), *problems])
    known, ready = Reading(), list[tuple[Reader, Package]]()
    known.recognised.extend(Recognised(name, "", "", 0, 0, (NOT_USED,)) for name in aside)
    readers = {reader.STANDARD: reader for reader in READERS}
    identity_readers = {reader.STANDARD: reader for reader in IDENTITY_READERS}
    identities, samples = [known.identities], [known.samples]
    for package in packages:
        source = package.main.name
        if package.standard in identity_readers:
            of_animals, of_samples = identity_readers[package.standard].identities(package)
            identities.append(of_animals)
            samples.append(of_samples)
            rows = len(of_animals) + len(of_samples)
            known.recognised.append(Recognised(source, package.standard, package.version, rows, 0))
            continue
        for reader in ALSO_IDENTITIES:
            if package.standard == reader.STANDARD:
                of_animals, of_samples = reader.identities(package)
                identities.append(of_animals)
                samples.append(of_samples)
        questions = readers[package.standard].questions(package, answers)
        if questions:
            known.questions.extend(questions)
            notes = (*_notes(package), OPEN_QUESTION)
            known.recognised.append(Recognised(source, package.standard, package.version, 0, 0, notes))
        else:
            ready.append((readers[package.standard], package))
    known.identities = pd.concat(identities, ignore_index=True)
    known.samples = pd.concat(samples, ignore_index=True)
    return _read(ready, answers, chunk_rows, known), known


def _read(
    ready: Sequence[tuple[Reader, Package]], answers: Answers, chunk_rows: int, known: Reading
) -> Iterator[Part]:  # fmt: skip
    for reader, package in ready:
        for part in reader.records(package, answers, chunk_rows):
            records = part.records
            known.sampled = with_samples_of(records, known)
            declared = with_answers(records["declared_country"], records["data_set"], records["evidence"], answers)
            recognised = replace(part.recognised, notes=(*_notes(package), *part.recognised.notes))
            yield replace(part, records=records.assign(declared_country=declared), recognised=recognised)


def _notes(package: Package) -> tuple[str, ...]:
    return (NAMED_APART,) if package.is_named_apart else ()


def _counted(pieces: Iterator[Part], limits: InputLimits) -> Iterator[Part]:
    total = 0
    for part in pieces:
        total += len(part.records)
        if limits.rows is not None and total > limits.rows:
            raise InputError([
                f"{part.recognised.source}: more than {limits.rows:,} records in all files together. Larger data: "
                "python -m neaspec.crossings"
            ])  # fmt: skip
        yield part


def recognise(found: Sequence[Member], unopened: Sequence[str] = ()) -> tuple[list[Package], list[str]]:
    """Return the packages in the order of their files, and the files of archives that none of them needs.

    Args:
        found: all files.
        unopened: what is wrong with others that could not be opened; told together with the rest.

    Raises:
        InputError: with all problems: files that are no tables, that no reader or more than one recognises, packages
            with files missing.
    """
    headers: dict[str, tuple[str, ...]] = {}
    problems: dict[str, list[str]] = {}
    for member in found:
        if is_described_elsewhere(member):
            continue
        try:
            headers[member.name] = header_of(member)
        except InputError as error:
            problems[member.name] = error.problems
    packages: list[Package] = []
    broken: list[str] = list(unopened)
    for reader in ALL:
        try:
            packages.extend(reader.packages(found, headers))
        except InputError as error:
            broken.extend(error.problems)
    packages.sort(key=lambda package: package.main.name)
    packages = named_apart(packages)
    broken.extend(tables_twice([(package.main, package.others) for package in packages], unopened))
    broken.extend(_claimed_twice(packages))
    claimed = {member.name for package in packages for member in package.members}
    archives = {member.archive for package in packages for member in package.members if member.archive}
    aside, unknown = [], dict[str, list[str]]()
    # Files of a package whose problems are told already are not told again as files that nobody recognises.
    troubled = {member.archive for member in found if any(text.startswith(member.name) for text in broken)} - {""}
    for member in found:
        if member.name in claimed or (member.archive in troubled and member.name not in problems):
            continue
        if broken and member.name.rpartition("/")[2] == "datapackage.json":
            continue  # it describes what is broken
        is_table = member.name.lower().endswith((".csv", ".tsv"))
        if member.archive in archives and not (is_table and member.name in problems):
            aside.append(member.name)
        else:
            unknown.setdefault(member.archive, []).extend(_not_recognised(member, headers, problems))
    broken.extend(_shortened(unknown))
    if broken:
        raise InputError(list(dict.fromkeys(broken)))
    return packages, aside


def named_apart(packages: Sequence[Package]) -> list[Package]:
    """Give packages of one name the names of their files too: two States may both call their file tigers.csv.

    Animals of one name are one animal only inside one data set. A data set that rows name themselves stays one.
    """
    twice = Counter(package.data_set for package in packages if package.data_set)
    return [
        package if twice[one] < 2 else replace(package, data_set=f"{one} ({package.main.name})", is_named_apart=True)
        for package in packages
        for one in [package.data_set]
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
        for name, claims in standards.items() if len(claims) > 1
    ]  # fmt: skip


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


def _shortened(unknown: Mapping[str, Sequence[str]]) -> list[str]:
    """Tell the files nobody recognises, of an archive only the first, and once what was looked for."""
    told: list[str] = []
    for archive, problems in unknown.items():
        most = len(problems) if not archive else MOST_OF_ARCHIVE
        told.extend(problems[:most])
        if len(problems) > most:
            told.append(f"{archive}: {len(problems) - most:,} more files in it are not recognised")
    if any("recognise" in problem for problem in told):
        told.append("Looked for: " + "; ".join(reader.SIGNS for reader in ALL))
    return told
