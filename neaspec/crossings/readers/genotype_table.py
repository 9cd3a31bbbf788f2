"""Genotypes of samples: GenAlEx (CSV or workbook, codominant) and GENEPOP (text).

GenAlEx: the first row counts loci, samples and populations, the second names them, the third has the headers; each
locus takes two columns. GENEPOP: a title, the names of loci, then `POP` before each population and lines of the form
`name , 0102 0304` with two or three digits for each allele. A missing allele is 0 (also -1, NA, ? or empty). Formats:
Peakall and Smouse, GenAlEx guide; Raymond and Rousset, GENEPOP manual.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from neaspec.crossings.input.encodings import encoding_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.model.genotypes import MISSING, GenotypeTable
from neaspec.crossings.model.reading import Reading
from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.readers.package import Package, data_set_of
from neaspec.crossings.readers.workbooks import sheets_of, text_of
from neaspec.errors import InputError
from neaspec.files import MEGABYTE

STANDARD = "genotypes"
SIGNS = "genotypes (GenAlEx: counts in the first row, two columns a locus; GENEPOP: POP, then `name , 0102 0304`)"
GENALEX, GENEPOP = "GenAlEx", "GENEPOP"
MOST_BYTES = 20 * MEGABYTE
MOST_SAMPLES, MOST_LOCI = 2_000, 200  # every sample is held against every other
MOST_PROBLEMS = 20
_COUNT = re.compile(r"\d{1,6}(?:\.0+)?")
_POP = re.compile(rb"(?im)^\s*pop\s*$")
_GENOTYPES = re.compile(r"(?:\d{4}|\d{6})(?:\s+(?:\d{4}|\d{6}))*")
_EMPTY = ("", "0", "-1", "-9", "-99", "na", "n/a", "?", "nan", "000", "00")
Rows = list[list[str]]


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return tables of genotypes (StudyReader.packages); what they are is told by their first rows."""
    recognised = []
    for member in members:
        version = _version(member)
        if version:
            recognised.append(Package(STANDARD, version, data_set_of(member), member))
    return recognised


def _version(member: Member) -> str:
    if member.kind == "workbook":
        return GENALEX if _sheet(member) else ""
    if member.kind != "text":
        return ""
    if _POP.search(member.start) and b"," in member.start:
        return GENEPOP
    lines = member.start[:4_000].lstrip(b"\xef\xbb\xbf").decode("latin-1").splitlines()[:4]
    return GENALEX if _is_genalex([re.split(r"[,;\t]", line) for line in lines]) else ""


def _is_genalex(rows: Rows) -> bool:
    """Whether the first rows count loci, samples and populations, and have room for two columns a locus."""
    if len(rows) < 3 or len(rows[0]) < 3:
        return False
    counts = [cell.strip().strip('"') for cell in rows[0][:3]]
    if not all(_COUNT.fullmatch(cell) for cell in counts):
        return False
    loci, samples, populations = (int(float(cell)) for cell in counts)
    return 0 < loci <= MOST_LOCI and samples > 0 and populations > 0 and len(rows[2]) >= 2 * loci + 1


def _sheet(member: Member) -> Rows | None:
    """Return the rows of the first sheet that is written as GenAlEx writes it."""
    try:
        sheets = sheets_of(member)
    except InputError:
        return None  # the reader of workbooks says so
    for cells in sheets.values():
        head = [[text_of(cell) for cell in row] for row in cells[:3]]
        if _is_genalex(head):
            return [[text_of(cell).strip() for cell in row] for row in cells]
    return None


def add_to(reading: Reading, package: Package) -> int:
    """Add a table of genotypes (StudyReader.add_to).

    Raises:
        InputError: cells are no alleles, rows are too long or too many; all problems at once.
    """
    member = package.main
    table = _genepop(member, package.data_set) if package.version == GENEPOP else _genalex(member, package.data_set)
    reading.genotypes.append(table)
    return len(table.samples)


def _text(member: Member) -> str:
    return member.bytes(MOST_BYTES).decode(encoding_of(member), "replace").lstrip("\ufeff")


def _genalex(member: Member, laboratory: str) -> GenotypeTable:
    rows = _sheet(member) if member.kind == "workbook" else _csv_rows(member)
    if not rows or not _is_genalex(rows[:3]):
        raise InputError([f"{member.name}: not a GenAlEx table that can be read"])
    count, stated = (int(float(cell)) for cell in rows[0][:2])
    header = [*rows[2], *[""] * 2 * count]
    loci = tuple(header[2 + 2 * place].strip() or f"locus {place + 1}" for place in range(count))
    filled = [(line, row) for line, row in enumerate(rows[3:], start=4) if any(cell.strip() for cell in row)][:stated]
    problems = _size_problems(member.name, len(filled), len(loci))
    samples, populations, alleles = [], [], []
    for line, row in filled if not problems else ():
        cells = [*row, *[""] * (2 + 2 * count)][2 : 2 + 2 * count]
        samples.append(row[0].strip())
        populations.append(row[1].strip() if len(row) > 1 else "")
        alleles.append([_allele(cell, f"{member.name}, line {line}", problems) for cell in cells])
    if problems:
        raise InputError(_first(problems))
    return _table(member.name, laboratory, loci, samples, populations, alleles)


def _csv_rows(member: Member) -> Rows:
    text = _text(member)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), MOST_SAMPLES + 1000))
    except csv.Error as error:
        raise InputError([f"{member.name}: not a table that can be read ({error})"]) from error


def _allele(cell: str, where: str, problems: list[str]) -> int:
    """Return the length of an allele; what is none is told and taken as missing."""
    text = cell.strip()
    if text.lower() in _EMPTY:
        return MISSING
    if re.fullmatch(r"\d{1,4}(?:\.0+)?", text):
        return int(float(text))
    problems.append(f"{where}: {redact(text[:20])!r} is no allele (a whole number, 0 where it is missing)")
    return MISSING


def _genepop(member: Member, laboratory: str) -> GenotypeTable:
    lines = _text(member).splitlines()
    starts = [number for number, line in enumerate(lines) if line.strip().lower() == "pop"]
    loci = (
        tuple(name.strip() for line in lines[1 : starts[0]] for name in line.split(",") if name.strip())
        if starts
        else ()
    )
    problems: list[str] = [] if loci else [f"{member.name}: no names of loci before the first POP"]
    problems += _size_problems(member.name, len(lines) - len(starts), len(loci))
    samples, populations, alleles = [], [], []
    for line, population, text in _individuals(lines, starts) if not problems else ():
        name, comma, rest = text.rpartition(",")
        genotypes = rest.split()
        if not comma or len(genotypes) != len(loci) or not _GENOTYPES.fullmatch(rest.strip()):
            problems.append(f"{member.name}, line {line}: not `name , ` and {len(loci)} genotypes of 4 or 6 digits")
            continue
        samples.append(name.strip() or f"line {line}")
        populations.append(population)
        alleles.append([int(half) for one in genotypes for half in (one[: len(one) // 2], one[len(one) // 2 :])])
    if problems:
        raise InputError(_first(problems))
    return _table(member.name, laboratory, loci, samples, populations, alleles)


def _individuals(lines: list[str], starts: list[int]) -> Iterator[tuple[int, str, str]]:
    """Give line, number of the population and text of each individual."""
    population = 0
    for number, line in enumerate(lines[starts[0] :], start=starts[0] + 1):
        if line.strip().lower() == "pop":
            population += 1
        elif line.strip():
            yield number, str(population), line


def _size_problems(name: str, samples: int, loci: int) -> list[str]:
    problems = []
    if samples > MOST_SAMPLES:
        problems.append(f"{name}: more than {MOST_SAMPLES:,} samples; each is held against every other")
    if loci > MOST_LOCI:
        problems.append(f"{name}: more than {MOST_LOCI} loci")
    return problems


def _first(problems: list[str]) -> list[str]:
    more = [f"… and {len(problems) - MOST_PROBLEMS} more problems"] if len(problems) > MOST_PROBLEMS else []
    return problems[:MOST_PROBLEMS] + more


def _table(
    source: str,
    laboratory: str,
    loci: tuple[str, ...],
    samples: list[str],
    populations: list[str],
    alleles: list[list[int]],
) -> GenotypeTable:
    lengths = np.array(alleles, dtype=np.int64).reshape(len(samples), len(loci), 2)
    lengths[(lengths == MISSING).any(axis=2)] = MISSING  # one known allele of two is no genotype
    return GenotypeTable(source, laboratory, loci, tuple(samples), tuple(populations), np.sort(lengths, axis=2))
