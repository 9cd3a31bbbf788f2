"""Write papers to a folder: python -m neaspec.briefs --som 27 --out DIR.

Without further choices the whole pack is written: its papers in every format, the data set, the manifest, checksums
and the zip of all. --kind, --country, --species, --site, --area, --issue and --format choose some of it; then no zip
is written.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from neaspec.briefs.choices import stated_choices
from neaspec.briefs.formats import FORMATS
from neaspec.briefs.pack import Pack, all_choices, fill, orders_of
from neaspec.data.database import open_database, serving_path, version_of
from neaspec.data.export import FILE_NAME, dataset_zip
from neaspec.data.queries import Ask
from neaspec.errors import AddressError, DashboardError
from neaspec.files import atomic_write
from neaspec.sections.briefs.choices import KINDS, LENGTHS, BriefsChoices
from neaspec.text import Words, languages, load_words


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what is asked for; return 0, or 1 if something could not be made."""
    given = _read(arguments)
    try:
        path = serving_path()
        of = _as_known(Ask(open_database(path), None, version_of(path)), given.som)
        return _write_all(of, load_words(given.language), given)
    except DashboardError as problem:
        print(problem, file=sys.stderr)
        return 2


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m neaspec.briefs", description="Write papers to a folder.")
    parser.add_argument("--out", type=Path, required=True, help="folder; it is made if it is missing")
    parser.add_argument("--som", type=int, help="number of the meeting looked back to; without it: what is known today")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only papers of this kind; can be repeated")
    parser.add_argument("--country", action="append", help="only this member State (ISO 3166 alpha-3)")
    parser.add_argument("--species", action="append", help="only this species (key in data/species.csv)")
    parser.add_argument("--issue", action="append", help="only this issue (key in data/issues.csv)")
    parser.add_argument("--site", action="append", help="only this site (key in data/sites.csv)")
    parser.add_argument("--area", action="append", help="only this shared area (key in data/shared_areas.csv)")
    parser.add_argument("--length", choices=LENGTHS, default="2", help="of the papers that are named")
    parser.add_argument("--format", action="append", choices=list(FORMATS), help="only this format; can be repeated")
    parser.add_argument("--language", choices=languages(), default="en")
    return parser.parse_args(arguments)


def _as_known(now: Ask, number: int | None) -> Ask:
    """Return the database as it was known at a meeting."""
    if number is None:
        return now
    soms = now("soms")
    meetings = dict(zip(soms["number"].astype(int).tolist(), soms["meeting_id"].tolist(), strict=True))
    if number not in meetings:
        raise AddressError(f"--som {number}: no brief can look back to it; there are {sorted(meetings)}")
    return now.at(meetings[number])


def _chosen(of: Ask, words: Words, given: argparse.Namespace) -> tuple[list[BriefsChoices], bool]:
    """Return which briefs are asked for, and whether that is all of them."""
    length = given.length
    named = [BriefsChoices(kind="country", country_code=code, length=length) for code in given.country or []]
    named += [BriefsChoices(kind="species", species_id=key, length=length) for key in given.species or []]
    named += [BriefsChoices(kind="issue", issue_id=key, length=length) for key in given.issue or []]
    named += [BriefsChoices(kind="site", site_id=key, length=length) for key in given.site or []]
    named += [BriefsChoices(kind="area", area_id=key, length=length) for key in given.area or []]
    for choices in named:
        stated_choices(of.today(), words, "briefs", choices)
    kinds = [kind for kind in given.kind or [] if kind not in {choices.kind for choices in named}]
    if not named and not kinds:
        return all_choices(of), not given.format
    return [*all_choices(of, kinds), *named], False


def _write_all(of: Ask, words: Words, given: argparse.Namespace) -> int:
    """Write files one by one, each whole or not at all; then the list of them, and for all of them the zip."""
    as_known = f"som_{given.som}" if given.som else ""
    choices, is_whole = _chosen(of, words, given)
    pack = Pack(as_known)
    if is_whole:
        pack.add(f"data/{FILE_NAME}", dataset_zip())
        atomic_write(given.out / "data" / FILE_NAME, dataset_zip())
    for file in fill(of, words, orders_of(choices, as_known, given.format or tuple(FORMATS))):
        pack.take(file)
        if file.problem:
            print(f"not made: {file.path}: {file.problem}", file=sys.stderr)
        else:
            atomic_write(given.out / file.path, file.data)
            print(f"{len(file.data):>10,}  {file.path}")
    zipped, lists = pack.close(of)
    for path, data in lists.items():
        atomic_write(given.out / path, data)
    if is_whole:
        atomic_write(given.out / f"{pack.name}.zip", zipped)
        print(f"{pack.name}.zip")
    return 1 if pack.problems else 0


if __name__ == "__main__":
    sys.exit(main())
