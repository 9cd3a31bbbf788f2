"""Back the desk up, restore it, hand out everything as open files."""

import csv
import json
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, select

from neaspec.data.folder_lock import folder_lock
from neaspec.desk import chain
from neaspec.desk.attachments import PART
from neaspec.desk.clock import now
from neaspec.desk.errors import DeskError
from neaspec.desk.sentences import sentence
from neaspec.desk.settings import DeskSettings
from neaspec.desk.tables import metadata, steps
from neaspec.desk.upgrade import open_store, writing

VERSION = 1
TABLES = "tables.json"
PACKAGES, ATTACHMENTS = "editions", "attachments"


def back_up(engine: Engine, settings: DeskSettings, target: Path) -> None:
    """Write all tables, as they are at one moment, all packages and attachments into one file (tar, gzip).

    Nothing is published meanwhile, so that tables and packages are of one mind.

    Raises:
        DeskError: if the file is there already.
    """
    if target.exists():
        raise DeskError(f"{target} is there already; name another file.")
    if engine.dialect.name == "postgresql":  # else each table would be read as of its own moment
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with folder_lock(settings.editions, lambda line: None):
        _write_all(engine, settings, target)


def _write_all(engine: Engine, settings: DeskSettings, target: Path) -> None:
    with engine.connect() as connection:
        rows = {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in ordered()}
    content = {"version": VERSION, "at": now().isoformat(timespec="seconds"), "tables": rows}
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        tables = Path(folder) / TABLES
        tables.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
        beside = Path(folder) / "backup"
        with tarfile.open(beside, "w:gz") as archive:
            archive.add(tables, TABLES)
            for package in sorted([*settings.editions.glob("edition-*"), *settings.editions.glob("before-*")]):
                archive.add(package, f"{PACKAGES}/{package.name}")
            for file in sorted(settings.attachments.glob("*")):
                if not file.name.endswith(PART):
                    archive.add(file, f"{ATTACHMENTS}/{file.name}")
        beside.replace(target)


def restore(settings: DeskSettings, source: Path) -> int:
    """Fill an empty store and its folder of editions from a backup; return how many steps were restored.

    The published tables are not touched: they lie in the packages of the editions.

    Raises:
        DeskError: if the store is not empty, or the backup is not whole.
    """
    try:
        with tarfile.open(source, "r:gz") as archive, tempfile.TemporaryDirectory() as folder:
            archive.extractall(folder, filter="data")
            content = json.loads((Path(folder) / TABLES).read_text(encoding="utf-8"))
            rows = _checked(content, source)
            engine = open_store(settings.store)
            _require_empty(engine)
            # Files before the rows that name them: a restore that is ended halfway leaves an empty store.
            packages, attached = Path(folder) / PACKAGES, Path(folder) / ATTACHMENTS
            for package in sorted(packages.iterdir()) if packages.is_dir() else ():
                settings.editions.mkdir(parents=True, exist_ok=True)
                _copy(package, settings.editions / package.name)
            if attached.is_dir():
                settings.attachments.mkdir(parents=True, exist_ok=True)
                _copy(attached, settings.attachments)
            _fill(engine, rows)
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError) as problem:
        raise DeskError(f"{source} is no whole backup of a desk: {problem}") from problem
    return len(rows["steps"])


def export(engine: Engine, settings: DeskSettings, folder: Path) -> list[Path]:
    """Write every table of the desk as CSV, and all attachments, into a folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    with engine.connect() as connection:
        for table in ordered():
            path = folder / f"{table.name}.csv"
            with path.open("w", encoding="utf-8", newline="") as handle:
                writer = csv.DictWriter(handle, [column.name for column in table.columns], lineterminator="\n")
                writer.writeheader()
                writer.writerows(dict(row) for row in connection.execute(select(table)).mappings())
            files.append(path)
    for source in sorted(settings.attachments.glob("*")):
        if not source.name.endswith(PART):
            (folder / ATTACHMENTS).mkdir(exist_ok=True)
            files.append(Path(shutil.copyfile(source, folder / ATTACHMENTS / source.name)))
    return files


def ordered() -> list[Any]:
    """Return the tables of the store, each after those it refers to."""
    return list(metadata.sorted_tables)


def _checked(content: Mapping[str, Any], source: Path) -> Mapping[str, list[dict[str, Any]]]:
    if content["version"] != VERSION:
        raise DeskError(f"{source} is of version {content['version']}; this desk reads version {VERSION}.")
    rows: Mapping[str, list[dict[str, Any]]] = content["tables"]
    problems = chain.faults(sorted(rows["steps"], key=lambda step: int(step["number"])))
    if problems:
        raise DeskError(f"{source}: {problems[0]}")
    return rows


def _require_empty(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.execute(select(steps.c.number).limit(1)).first():
            raise DeskError(sentence("not_empty"))


def _fill(engine: Engine, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    with writing(engine) as connection:
        if connection.execute(select(steps.c.number).limit(1)).first():
            raise DeskError(sentence("not_empty"))
        for table in ordered():
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])


def _copy(source: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for path in source.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
