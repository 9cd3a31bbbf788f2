"""The pack of a Senior Officials Meeting: its briefs in every format, the data set, and a list of all files.

The same data give the same bytes: a fixed order, one date for all files, no clock. So a checksum proves which data
were seen. A file that cannot be made is named with its reason in the list; the others are made all the same.
"""

import hashlib
import io
import json
import logging
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from neaspec.briefs.documents import file_stem
from neaspec.briefs.formats import FORMATS, format_of
from neaspec.briefs.papers import paper_document
from neaspec.data.editions import package_of
from neaspec.data.export import BEFORE_ANY_CHANGE, FILE_NAME, PLAIN_FILE, dataset_zip
from neaspec.data.queries import Ask
from neaspec.edition import current_edition
from neaspec.errors import DashboardError
from neaspec.render.document import Document
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.sections.briefs.facts import newest_issues
from neaspec.text import Words

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
LOG = logging.getLogger("neaspec")
ALREADY_SMALL = (".zip", ".docx", ".pptx", ".xlsx", ".pdf")  # compressed inside


@dataclass(frozen=True)
class Order:
    """One file to be made: a brief in a format."""

    choices: BriefsChoices
    format_name: str
    as_known: str = ""

    @property
    def path(self) -> str:
        """Return the name of the file inside the pack: country/neaspec-country-paper-MNG-2-pages-som_27.pdf."""
        return f"{self.choices.kind}/{file_stem('briefs', self.choices, self.as_known)}.{self.format_name}"


@dataclass(frozen=True)
class Made:
    """What became of an order: the file, or why there is none."""

    path: str
    data: bytes = b""
    problem: str = ""


PACKED = ("som", "country", "species", "area", "issue")  # sites have papers too, too many for a pack


def all_choices(of: Ask, kinds: Sequence[str] = PACKED) -> list[BriefsChoices]:
    """Return what every paper of the given kinds is about: each member State, species, shared area, issue, site."""
    about: dict[str, Callable[[], list[BriefsChoices]]] = {
        "som": lambda: [BriefsChoices("som", length="full")],
        "country": lambda: [BriefsChoices("country", code) for code in of("member_states")["country_code"]],
        "species": lambda: [BriefsChoices("species", species_id=key) for key in of("species_styles")["species_id"]],
        "site": lambda: [BriefsChoices("site", site_id=key) for key in of("sites_options")["site_id"]],
        "area": lambda: [BriefsChoices("area", area_id=key) for key in of("shared_areas")["shared_area_id"]],
        "issue": lambda: [BriefsChoices("issue", issue_id=key) for key in newest_issues(of)["issue_id"]],
    }
    return [choices for kind in kinds for choices in about[kind]()]


def orders_of(choices: Sequence[BriefsChoices], as_known: str, formats: Sequence[str] = tuple(FORMATS)) -> list[Order]:
    """Return an order for each brief in each format."""
    return [Order(choice, name, as_known) for choice in choices for name in formats]


def fill(of: Ask, words: Words, orders: Sequence[Order]) -> Iterator[Made]:
    """Make the files of orders one by one; what fails is told, the next is made."""
    made_of: dict[BriefsChoices, Document] = {}
    for order in orders:
        try:
            if order.choices not in made_of:
                made_of.clear()  # the formats of one brief follow each other
                made_of[order.choices] = paper_document(of, words, order.choices, order.as_known)
            yield Made(order.path, format_of(order.format_name).make(made_of[order.choices]))
        except DashboardError as problem:
            yield Made(order.path, problem=str(problem))
        except Exception as problem:
            LOG.exception("%s", order.path)
            yield Made(order.path, problem=f"{type(problem).__name__}: {problem}")


class Pack:
    """A zip that grows file by file, one date for all; of its files only sizes and checksums are kept beside it."""

    def __init__(self, as_known: str) -> None:
        """Begin the pack of a meeting."""
        self.name = pack_name(as_known)
        self.listed: dict[str, tuple[int, str]] = {}  # path -> bytes, SHA-256
        self.problems: dict[str, str] = {}
        self._out = io.BytesIO()
        self._zip = zipfile.ZipFile(self._out, "w")

    def add(self, path: str, data: bytes) -> None:
        """Add a file."""
        entry = zipfile.ZipInfo(f"{self.name}/{path}", BEFORE_ANY_CHANGE)
        entry.external_attr = PLAIN_FILE
        entry.compress_type = zipfile.ZIP_STORED if path.endswith(ALREADY_SMALL) else zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, data)
        self.listed[path] = (len(data), hashlib.sha256(data).hexdigest())

    def take(self, file: Made) -> None:
        """Add what was made, or keep why it was not."""
        if file.problem:
            self.problems[file.path] = file.problem
        else:
            self.add(file.path, file.data)

    def manifest(self, of: Ask) -> bytes:
        """Return the list of files with sizes and SHA-256, the version of the data, and what could not be made."""
        newest = str(of.today()("data_version")["newest_seen_date"].iloc[0])
        summary: dict[str, Any] = {
            "pack": self.name,
            "as_known_on": of.as_known_on.isoformat() if of.as_known_on else None,
            "data_date": newest,
            "data_version": of.version,
            "files": [
                {"path": path, "bytes": size, "sha256": digest} for path, (size, digest) in sorted(self.listed.items())
            ],
            "not_made": [{"path": path, "why": why} for path, why in sorted(self.problems.items())],
        }
        return (json.dumps(summary, indent=2, ensure_ascii=False) + "\n").encode()

    def sums(self) -> bytes:
        """Return the checksums in the form `sha256sum --check` reads."""
        return "".join(f"{digest}  {path}\n" for path, (_, digest) in sorted(self.listed.items())).encode()

    def close(self, of: Ask) -> tuple[bytes, dict[str, bytes]]:
        """Add manifest and checksums; return the zip, and these two files."""
        lists = {MANIFEST: self.manifest(of)}
        self.add(MANIFEST, lists[MANIFEST])
        lists[SUMS] = self.sums()
        self.add(SUMS, lists[SUMS])
        self._zip.close()
        return self._out.getvalue(), lists


def pack_name(as_known: str) -> str:
    """Return the name of a pack and of the folder inside it."""
    edition = f"-edition_{current_edition()}" if current_edition() else ""
    return f"neaspec-pack-{as_known or 'today'}{edition}"


def make_pack(
    of: Ask, words: Words, as_known: str, tell: Callable[[int, int, str], None] = lambda done, count, path: None
) -> tuple[bytes, dict[str, str]]:
    """Return the whole pack as a zip, and path -> reason of what could not be made.

    Args:
        of: asks the database as known at the meeting.
        words: the wording.
        as_known: key of the meeting, empty for today.
        tell: is told how many files are done, of how many, and which is next.
    """
    orders = orders_of(all_choices(of), as_known)
    pack = Pack(as_known)
    pack.add(f"data/{FILE_NAME}", dataset_zip(package_of(current_edition())))
    tell(0, len(orders), orders[0].path)
    for done, file in enumerate(fill(of, words, orders), 1):
        pack.take(file)
        tell(done, len(orders), file.path)
    return pack.close(of)[0], pack.problems
