"""Which files are a Camtrap DP package: as its datapackage.json names them, or told by the headers of loose tables."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from neaspec.crossings.input.members import Member
from neaspec.crossings.readers.package import Package, data_set_of
from neaspec.errors import InputError

STANDARD = "camtrap_dp"
DESCRIPTOR = "datapackage.json"
# Names of version 1.0 -> names of version 0.1.6, where they differ.
EARLIER = {
    "deployments": {
        "deploymentStart": "start",
        "deploymentEnd": "end",
        "deploymentTags": "tags",
        "deploymentGroups": "array",
    },
    "observations": {
        "eventID": "sequenceID",
        "eventStart": "timestamp",
        "cameraSetupType": "cameraSetup",
        "behavior": "behaviour",
    },
}
REQUIRED = {
    "deployments": ("deploymentID", "latitude", "longitude", "deploymentStart", "deploymentEnd"),
    "observations": (
        "observationID",
        "deploymentID",
        "eventStart",
        "eventEnd",
        "observationLevel",
        "observationType",
    ),
}
NOT_IN_0_1_6 = ("eventEnd", "observationLevel")
# What tells a table by its header, whatever its file is called.
_SIGNS: dict[str, Callable[[set[str]], bool]] = {
    "deployments": lambda has: "deploymentID" in has and bool({"latitude", "deploymentStart", "setupBy"} & has),
    "observations": lambda has: {"deploymentID", "observationType"} <= has,
    "media": lambda has: {"mediaID", "deploymentID", "filePath"} <= has,
}


@dataclass(frozen=True)
class Description:
    """What datapackage.json says that matters here."""

    data_set: str = ""
    version: str = ""
    coordinate_precision: float = 0.0  # degrees; 0 = not said
    has_individuals: bool = True
    files: Mapping[str, str] = field(default_factory=dict)  # name of a resource -> its path


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return the Camtrap DP packages among files.

    Raises:
        InputError: a file that belongs to a package is missing, or there is one too many; all problems at once.
    """
    complete: list[Package] = []
    problems: list[str] = []
    unmade: set[str] = set()  # folders of packages that have problems, told already
    by_name = {member.name: member for member in members}
    for member in members:
        try:
            description = read_description(member)
            if description is not None:
                complete.append(_package_described(member, description, by_name, headers))
        except InputError as error:
            problems.extend(error.problems)
            unmade.add(_folder(member.name))
    claimed = {member.name for package in complete for member in package.members}
    folders: dict[str, dict[str, list[Member]]] = {}
    for member in members:
        role = "" if member.name in claimed else role_of(headers.get(member.name, ()))
        if role and _folder(member.name) not in unmade:
            folders.setdefault(_folder(member.name), {}).setdefault(role, []).append(member)
    for roles in folders.values():
        try:
            complete.append(_loose(roles, headers))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return complete


def read_description(member: Member) -> Description | None:
    """Read datapackage.json; None = the file is something else, or describes something else.

    Raises:
        InputError: it cannot be read, or says that a table is in several files.
    """
    is_so_called = _last(member.name) == DESCRIPTOR
    if not is_so_called and not (member.name.lower().endswith(".json") and b'"resources"' in member.start):
        return None
    try:
        content = json.loads(member.bytes().decode("utf-8-sig"))
        json.dumps(content, ensure_ascii=False).encode()  # half of a letter (a lone surrogate) is no text
    except (ValueError, RecursionError) as error:
        if not is_so_called:
            return None
        raise InputError([f"{member.name}: not JSON that can be read; pack the package again"]) from error
    resources = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(resources, list):
        return None
    files = {str(resource.get("name", "")): resource for resource in resources if isinstance(resource, dict)}
    profile = str(content.get("profile", ""))
    if "camtrap-dp" not in profile and not {"deployments", "observations"} <= set(files):
        return None
    problems = []
    paths: dict[str, str] = {}
    for name, resource in files.items():
        path = resource.get("path", "")
        if isinstance(path, list):
            if len(path) != 1 and name in REQUIRED:
                problems.append(f"{member.name}: {name} is in {len(path)} files; one file for a table is read")
            path = path[0] if path else ""
        paths[name] = str(path)
    if problems:
        raise InputError(problems)
    version = re.search(r"/(?:tags/)?v?(\d+(?:\.\d+)+(?:-rc\.\d+)?)/", profile)
    project = content.get("project")
    project = project if isinstance(project, dict) else {}
    precision = content.get("coordinatePrecision")
    is_number = isinstance(precision, (int, float)) and not isinstance(precision, bool) and 0 < precision <= 10
    return Description(
        data_set=next((" ".join(str(content[key]).split()) for key in ("id", "name", "title") if content.get(key)), ""),
        version=version.group(1) if version else "",
        coordinate_precision=float(precision) if is_number else 0.0,
        has_individuals=project.get("individualAnimals") is not False,
        files=paths,
    )


def role_of(header: Sequence[str]) -> str:
    """Return what a table of this header is in a package: deployments, observations, media, or empty."""
    has = set(header)
    return next((role for role, is_one in _SIGNS.items() if is_one(has)), "")


def names_in(role: str, header: Sequence[str]) -> dict[str, str]:
    """Return name of version 1.0 -> name in this header, for each column it has."""
    earlier = EARLIER[role]
    names = {name: name for name in header}
    for now, before in earlier.items():
        if now not in names and before in names:
            names[now] = before
    return names


def version_of(header: Sequence[str]) -> str:
    """Return the version that a header of observations shows."""
    return "1.0" if "eventStart" in header or "observationLevel" in header else "0.1.6"


def missing_columns(role: str, member: Member, header: Sequence[str]) -> list[str]:
    """Return a problem for required columns that are missing."""
    names = names_in(role, header)
    is_earlier = bool(set(EARLIER[role].values()) & set(header)) and not set(EARLIER[role]) & set(header)
    required = [name for name in REQUIRED[role] if not (is_earlier and name in NOT_IN_0_1_6)]
    missing = [name for name in required if name not in names]
    if not missing:
        return []
    present = ", ".join(name[:40] for name in list(header)[:12]) + (" …" if len(header) > 12 else "")
    return [f"{member.name}, header: Camtrap DP needs {', '.join(missing)}, not found in this {role} table ({present})"]


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _last(name: str) -> str:
    return name.rpartition("/")[2].lower()


def _package_described(
    descriptor: Member,
    description: Description,
    by_name: Mapping[str, Member],
    headers: Mapping[str, tuple[str, ...]],
) -> Package:
    """Find the files a description names, beside it."""
    folder = _folder(descriptor.name)
    files: dict[str, Member] = {}
    for name, path in description.files.items():
        full = f"{folder}/{path.removeprefix('./')}" if folder else path.removeprefix("./")
        member = by_name.get(full) or by_name.get(f"{full}.gz")
        if member is not None:
            files[name] = member
    for role in REQUIRED:  # a file that was renamed on the way is told by its header, if there is only one
        if role not in files:
            candidates = [
                by_name[name]
                for name, header in headers.items()
                if _folder(name) == folder and role_of(header) == role and by_name[name] not in files.values()
            ]
            if len(candidates) == 1:
                files[role] = candidates[0]
    problems = []
    for role in REQUIRED:
        if role in files:
            problems.extend(missing_columns(role, files[role], headers.get(files[role].name, ())))
            continue
        path = description.files.get(role, "")
        if not path:
            problems.append(f"{descriptor.name}: names no file for {role}, which Camtrap DP needs")
        elif "://" in path:
            problems.append(f"{descriptor.name}: {role} is on the network; give the file itself beside it")
        else:
            problems.append(f"{descriptor.name}: the file {path[:100]} ({role}) is missing; give it in the same folder")
    if problems:
        raise InputError(problems)
    main = files.pop("observations")
    return Package(
        STANDARD,
        description.version or version_of(headers[main.name]),
        description.data_set or data_set_of(main),
        main,
        {"descriptor": descriptor} | files,
    )


def _loose(roles: Mapping[str, list[Member]], headers: Mapping[str, tuple[str, ...]]) -> Package:
    """Put tables of one folder together that no datapackage.json describes."""
    problems = []
    for role in REQUIRED:
        files = roles.get(role, [])
        if len(files) > 1:
            listed = ", ".join(member.name for member in files)
            problems.append(f"{listed}: {len(files)} {role} tables in one folder; give each package as its own zip")
        elif not files and roles.get("deployments" if role == "observations" else "observations"):
            there = [member.name for others in roles.values() for member in others]
            problems.append(f"{', '.join(there)}: the {role} table of this Camtrap DP package is missing")
        elif not files:
            names = ", ".join(member.name for member in roles.get("media", []))
            problems.append(f"{names}: the {role} table of this Camtrap DP package is missing")
        else:
            problems.extend(missing_columns(role, files[0], headers[files[0].name]))
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    main, deployments = roles["observations"][0], roles["deployments"][0]
    others = {"deployments": deployments} | {f"media {n}": file for n, file in enumerate(roles.get("media", []))}
    return Package(STANDARD, version_of(headers[main.name]), data_set_of(main), main, others)
