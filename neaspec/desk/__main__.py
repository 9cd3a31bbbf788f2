"""Look after the desk from the command line: python -m neaspec.desk COMMAND.

setup            make the store, or bring it to the newest shape
check            tell what is wrong with the trail of steps, and finish what a kill left half done
backup FILE      write store and editions into one file
put-back         put the tables of the newest edition that holds in place, as after a restore
restore FILE     fill an empty store and its editions from such a file
export FOLDER    write every table of the store as CSV
workbook FILE    write the workbook to report with offline
take-in FILE --as ADDRESS   make drafts of a filled workbook for whoever has this address; all of it or nothing
"""

import argparse
import sys
from pathlib import Path

from neaspec.desk import backup
from neaspec.desk.attachments import attachment_faults
from neaspec.desk.editions import lost_rows, put_back
from neaspec.desk.errors import DeskError
from neaspec.desk.filled_in import submissions_in
from neaspec.desk.opened import Desk, opened
from neaspec.desk.rights import require
from neaspec.desk.settings import STORE, DeskSettings, desk_settings
from neaspec.desk.workbook import workbook
from neaspec.errors import DashboardError
from neaspec.files import atomic_write
from neaspec.text import load_words

COMMANDS = ("setup", "check", "backup", "restore", "put-back", "export", "workbook", "take-in")
WITH_PATH = ("backup", "restore", "export", "workbook", "take-in")


def main(arguments: list[str] | None = None) -> int:
    """Do one command; 1 if it cannot be done, or something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m neaspec.desk", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--as", dest="address", default="")
    asked = parser.parse_args(arguments)
    if (asked.command in WITH_PATH) != (asked.path is not None):
        parser.error(f"{asked.command} takes {'no file' if asked.path else 'a file or folder'}")
    try:
        settings = desk_settings()
        if settings is None:
            print(f"The desk is off: set {STORE}, for example to sqlite:////srv/desk/desk.sqlite", file=sys.stderr)
            return 1
        return run(asked.command, asked.path, settings, asked.address)
    except DashboardError as problem:
        print(problem, file=sys.stderr)
        return 1


def run(command: str, path: Path, settings: DeskSettings, address: str = "") -> int:
    """Do a command with some settings."""
    if command == "restore":
        print(f"{backup.restore(settings, path)} steps restored")
        return 0
    desk: Desk = opened(settings)
    if command == "backup":
        backup.back_up(desk.store.engine, settings, path)
    elif command == "put-back":
        print(f"The tables of edition {put_back(desk.store, settings)} are in place.")
    elif command == "export":
        print("\n".join(str(written) for written in backup.export(desk.store.engine, settings, path)))
    elif command == "workbook":
        atomic_write(path, workbook(desk.description(), desk.tables(), load_words()))
        print(path)
    elif command == "take-in":
        print(f"{take_in(desk, path, address)} drafts stored")
    elif command == "check":
        faults = [
            *desk.store.faults(),
            *lost_rows(desk.store, desk.tables()),
            *attachment_faults(desk.store, settings),
        ]
        print("\n".join(faults) or "The trail is whole, and what was published is in the tables.")
        return int(bool(faults))
    return 0


def take_in(desk: Desk, path: Path, address: str) -> int:
    """Store the submissions of a filled workbook as drafts of somebody; return how many.

    Raises:
        DeskError: if anything in it is wrong, it cannot be read, or the person reports for no State.
    """
    person = desk.person(address)
    require(person, "draft")
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise DeskError(f"{path} cannot be read ({problem.strerror})") from problem
    contents = submissions_in(data, desk.settings.data_dir, load_words(), person.country_code)
    return len(desk.store.draft_all(person, contents))


if __name__ == "__main__":
    sys.exit(main())
