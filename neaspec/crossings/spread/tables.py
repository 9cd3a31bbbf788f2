"""Parquet tables with our own columns where workers reach them: a folder, partitioned or not, or object storage."""

import re
import urllib.parse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from neaspec.crossings.input.members import Input, Member
from neaspec.crossings.readers.package import Package
from neaspec.crossings.readers.records_table import READ
from neaspec.crossings.spread.work import FILE, LINE
from neaspec.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PATH = "_metadata.file_path"


@dataclass(frozen=True)
class Table:
    """All Parquet files of the addresses given, as one table.

    Attributes:
        frame: of the engine.
        named: address of a file -> its name in reports, which tells no folder.
        numbers: address of a file -> its number.
        rows: how many there are.
    """

    frame: "DataFrame"
    named: dict[str, str]
    numbers: dict[str, int]
    rows: int

    @property
    def names(self) -> set[str]:
        """Names of the files in reports."""
        return set(self.named.values())

    def stand_ins(self) -> list[Input]:
        """Return an empty table for each file, so that files are recognised and named as on one machine."""
        columns = [(name, pa.large_string()) for name in self.frame.columns]
        return [Input(name, _empty(columns, name)) for name in sorted(self.names)]

    def files(self, packages: Iterable[Package]) -> dict[int, Package]:
        """Return number of a file -> what it was recognised as."""
        known = {package.main.name: package for package in packages}
        return {self.numbers[address]: _as_sent(known[name]) for address, name in self.named.items()}

    def rows_with_places(self) -> "DataFrame":
        """Return the rows with the columns that are read, and the number of their file and their place in it.

        Nothing is moved: a row goes from the file into the function that makes its position coarse.
        """
        from pyspark.sql import functions

        columns = [functions.col(f"`{name}`") for name in self.frame.columns if name in READ]
        return self.frame.select(
            *columns,
            functions.xxhash64(functions.col(_PATH)).alias(FILE),
            functions.col("_metadata.row_index").alias(LINE),
        )


def open_table(session: "SparkSession", addresses: Sequence[str]) -> Table:
    """Open the files of all addresses; only their footers are read.

    Raises:
        InputError: there is no Parquet file.
    """
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions

    try:
        frame = session.read.option("mergeSchema", "true").parquet(*addresses)
    except AnalysisException as problem:
        raise InputError(
            [
                f"{_last(address)}: no Parquet tables are found there, or their columns do not fit together"
                for address in addresses
            ]
        ) from problem
    counted = frame.groupBy(functions.col(_PATH).alias("path")).count()
    counted = counted.select("path", functions.xxhash64("path").alias("number"), "count").collect()
    # A file without rows is told, too; the engine writes its address in another way there.
    plain = {_address(row["path"]): row for row in counted}
    every = {_address(path) for path in frame.inputFiles()} | plain.keys()
    files = sorted(every)
    named = dict(zip(files, _told_apart(files), strict=True))
    numbers = {path: plain[path]["number"] if path in plain else -place for place, path in enumerate(files)}
    return Table(frame, named, numbers, sum(row["count"] for row in counted))


def _address(written: str) -> str:
    """Return an address in the one form that the ways of an engine to write it have in common."""
    return re.sub(r"^file:/+", "file:/", urllib.parse.unquote(written))


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _told_apart(addresses: Sequence[str]) -> list[str]:
    """Return names of files; where two have one name, their folders are told by a number (as for files given here)."""
    names = [_last(address) for address in addresses]
    twice = {name for name in names if names.count(name) > 1}
    folders = sorted(
        {address.rpartition("/")[0] for address, name in zip(addresses, names, strict=True) if name in twice}
    )
    number = {folder: place for place, folder in enumerate(folders, 1)}
    return [
        f"folder {number[folder]}/{name}" if (folder := address.rpartition("/")[0]) in number else name
        for address, name in zip(addresses, names, strict=True)
    ]


def _empty(columns: Sequence[tuple[str, pa.DataType]], name: str) -> bytes:
    schema = pa.schema(columns, metadata={"stands for": name})  # two files are never equal
    stream = pa.BufferOutputStream()
    pq.write_table(schema.empty_table(), stream)
    written: bytes = stream.getvalue().to_pybytes()
    return written


def _as_sent(package: Package) -> Package:
    """Return a package that can be sent: a worker gets its rows, not its file."""
    main = Member(package.main.name, 0, _nowhere)
    return Package(package.standard, package.version, package.data_set, main, is_named_apart=package.is_named_apart)


def _nowhere() -> BinaryIO:
    raise OSError("a table of a cluster is read by its engine")
