"""Field data read in pieces: files are recognised, questions asked, then each is read by the reader that knows it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from neaspec.crossings.identity.matches import add_samples_of
from neaspec.crossings.input.archives import list_members
from neaspec.crossings.input.duplicates import inputs_twice
from neaspec.crossings.input.encodings import OTHERWISE, STATED
from neaspec.crossings.input.members import COMMAND_LINE, Input, InputLimits
from neaspec.crossings.model.deployments import no_deployments
from neaspec.crossings.model.reading import Answers, Part, Reading, join_parts
from neaspec.crossings.model.records import Recognised
from neaspec.crossings.readers import template
from neaspec.crossings.readers.countries import apply_answers
from neaspec.crossings.readers.package import CameraReader, IdentityReader, Package, Reader
from neaspec.crossings.readers.recognise import ALL, IDENTITY_READERS, READERS, STUDY_READERS, recognise
from neaspec.crossings.readers.sheets import with_sheets
from neaspec.errors import InputError

ALSO_IDENTITIES: tuple[IdentityReader, ...] = (template,)  # files that hold records and identities
NO_ANSWERS = Answers()
ANY_FILE = ""  # in Answers.encoding
OPEN_QUESTION = "question_open"  # note: nothing was read, a question must be answered first
NOT_USED = "not_used"  # note: a file of an archive that no reader asks for
NAMED_APART = "named_apart"  # note: another data set has the same name


def read(
    inputs: Sequence[Input],
    answers: Answers = NO_ANSWERS,
    chunk_rows: int = 200_000,
    limits: InputLimits = COMMAND_LINE,
) -> Reading:
    """Read everything at once; see `read_parts`.

    Raises:
        InputError: as `read_parts`, or there are more rows than `limits.rows`.
    """
    pieces, known = read_parts(inputs, answers, chunk_rows, limits)
    reading = join_parts(_limit_records(pieces, limits))
    reading.recognised = sorted([*known.recognised, *reading.recognised], key=lambda table: table.source)
    reading.questions, reading.identities, reading.samples = known.questions, known.identities, known.samples
    reading.sampled, reading.sources = known.sampled, known.sources
    reading.deployments, reading.genotypes = known.deployments, known.genotypes
    reading.picture_pairs = known.picture_pairs
    return reading


def read_parts(
    inputs: Sequence[Input],
    answers: Answers = NO_ANSWERS,
    chunk_rows: int = 200_000,
    limits: InputLimits = COMMAND_LINE,
) -> tuple[Iterator[Part], Reading]:
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
    ready, known = packages_to_read(inputs, answers, limits)
    return read_packages(ready, answers, chunk_rows, known), known


def packages_to_read(
    inputs: Sequence[Input], answers: Answers, limits: InputLimits = COMMAND_LINE
) -> tuple[list[tuple[Reader, Package]], Reading]:
    """Recognise files; return what is to be read and by which reader, and the Reading of `read_parts`."""
    opened, problems = list_members(inputs, limits)
    opened = with_sheets(opened, ALL)
    for member in opened:
        if member.name in answers.encoding:
            member.remembered[STATED] = answers.encoding[member.name]
        elif answers.encoding.get(ANY_FILE):
            member.remembered[OTHERWISE] = answers.encoding[ANY_FILE]
    packages, aside = recognise(opened, [*inputs_twice(inputs), *problems])
    known, ready = Reading(), list[tuple[Reader, Package]]()
    known.recognised.extend(Recognised(name, "", "", 0, 0, (NOT_USED,)) for name in aside)
    readers = {reader.STANDARD: reader for reader in READERS}
    identity_readers = {reader.STANDARD: reader for reader in IDENTITY_READERS}
    study_readers = {reader.STANDARD: reader for reader in STUDY_READERS}
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
        if package.standard in study_readers:
            rows = study_readers[package.standard].add_to(known, package)
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
    known.sources = tuple(sorted({member.name for package in packages for member in package.members}))
    known.identities = pd.concat(identities, ignore_index=True)
    known.samples = pd.concat(samples, ignore_index=True)
    known.deployments = _deployments(ready, answers)
    return ready, known


def _deployments(ready: Sequence[tuple[Reader, Package]], answers: Answers) -> pd.DataFrame:
    """Return where cameras stood, each deployment once whatever the number of tables that use it."""
    frames = [reader.deployments(package, answers) for reader, package in ready if isinstance(reader, CameraReader)]
    frames = [frame for frame in frames if len(frame)]
    return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True) if frames else no_deployments()


def read_packages(
    ready: Sequence[tuple[Reader, Package]], answers: Answers, chunk_rows: int, known: Reading
) -> Iterator[Part]:
    """Read packages in pieces; `known` takes up which stated samples they name."""
    for reader, package in ready:
        for part in reader.records(package, answers, chunk_rows):
            yield complete(part, package, answers, known)


def complete(part: Part, package: Package, answers: Answers, known: Reading) -> Part:
    """Return a piece as its reader gave it with what is the same for all readers."""
    records = part.records
    known.sampled = add_samples_of(records, known)
    declared = apply_answers(records["declared_country"], records["data_set"], records["evidence"], answers)
    recognised = replace(part.recognised, notes=(*_notes(package), *part.recognised.notes))
    return replace(part, records=records.assign(declared_country=declared), recognised=recognised)


def _notes(package: Package) -> tuple[str, ...]:
    return (NAMED_APART,) if package.is_named_apart else ()


def _limit_records(pieces: Iterator[Part], limits: InputLimits) -> Iterator[Part]:
    total = 0
    for part in pieces:
        total += len(part.records)
        if limits.rows is not None and total > limits.rows:
            raise InputError(
                [
                    f"{part.recognised.source}: more than {limits.rows:,} records in all files together. Larger data: "
                    "python -m neaspec.crossings"
                ]
            )
        yield part
