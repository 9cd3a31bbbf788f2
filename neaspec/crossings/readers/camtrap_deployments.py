"""Deployments of a Camtrap DP package: where each camera stood, from when until when, in which country as declared."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from neaspec.crossings.geo.earth import DEGREE_AT_EQUATOR_M
from neaspec.crossings.input.csv_tables import chunks, header_of
from neaspec.crossings.input.positions import positions
from neaspec.crossings.input.times import times
from neaspec.crossings.input.values import Floats, numbers, trim_cells, truths
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.model.records import DoubtfulRows, RejectedRows
from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.readers.camtrap_files import names_in
from neaspec.crossings.readers.countries import apply_answers, country_codes
from neaspec.crossings.readers.dates import day_first_of
from neaspec.crossings.readers.package import Package
from neaspec.errors import InputError

COUNTRY_KEYS = ("country", "countrycode", "country_code", "country code", "iso", "iso3", "iso_a3")
SITE_KEYS = ("site", "protected_area", "protected area", "protectedarea", "park", "reserve")
_HALF_A_DAY = np.timedelta64(12, "h")
_MOST_TOLD = 20
_COLUMNS = (
    "deploymentID",
    "locationID",
    "locationName",
    "latitude",
    "longitude",
    "coordinateUncertainty",
    "deploymentStart",
    "deploymentEnd",
    "timestampIssues",
    "featureType",
    "deploymentGroups",
    "deploymentTags",
)


@dataclass
class Deployments:
    """All deployments of a package.

    Attributes:
        places: by deploymentID: longitude, latitude (degrees), uncertainty_m, declared_country, station, site, start,
            end (UTC; not a time = not known), reason and found (why a position cannot be used), is_nest ("true" or ""),
            doubts (DoubtCodes). A deployment that ends before it begins has neither.
        dropped: rows of the table with times that cannot be read.
        doubts: rows of the table that contradict themselves, or declare a country that is not known.
        notes: keys for the report.
    """

    places: pd.DataFrame
    dropped: RejectedRows = field(default_factory=RejectedRows)
    doubts: DoubtfulRows = field(default_factory=DoubtfulRows)
    notes: tuple[str, ...] = ()


def deployments_of(package: Package, answers: Answers, precision: float) -> Deployments:
    """Read the deployments (there are few of them: all at once).

    Args:
        package: of camera traps.
        answers: which country is declared for all stations of the data set, and what stands first in dates.
        precision: to how many degrees the package says its coordinates were rounded; 0 = not said.

    Raises:
        InputError: a deployment is there twice; all of them are named.
    """
    member = package.others["deployments"]
    names = names_in("deployments", header_of(member))
    tables = list(chunks(member, columns=set(names.values())))
    frame = pd.concat([table.frame for table in tables], ignore_index=True)
    lines = pd.concat([table.rows for table in tables], ignore_index=True)
    own = {
        name: trim_cells(frame[names[name]]) if name in names else pd.Series("", index=frame.index, dtype="str")
        for name in _COLUMNS
    }
    _refuse_twins(member.name, own["deploymentID"], lines)
    dropped = RejectedRows()
    for table in tables:
        dropped.merge(table.dropped)
    notes: list[str] = []
    limits = ("deploymentStart", "deploymentEnd")
    day_first = day_first_of(member, [names[name] for name in limits], answers)
    start, end = (times(own[name], day_first) for name in limits)
    for limit, name in ((start, "deploymentStart"), (end, "deploymentEnd")):
        unread = limit.reason == "time_unreadable"
        dropped.add(member.name, "time_unreadable", lines[unread], names[name], limit.found[unread])
    country, is_unknown = _declared(own["deploymentTags"], own["deploymentGroups"])
    country = apply_answers(country, package.data_set, "camera", answers)
    where = positions(own["latitude"], own["longitude"])
    if is_unknown.any():
        notes.append("country_not_known")
    doubts = DoubtfulRows()
    doubts.add(member.name, "country_not_known", lines[np.asarray(is_unknown, dtype=bool)])
    has_issues = truths(own["timestampIssues"], False)
    if has_issues.any():
        notes.append("times_said_to_be_wrong")
    nowhere = where.where("no_coordinates") & (country != "").to_numpy()
    first_hour = np.where(start.quality == "day_only", _HALF_A_DAY, np.timedelta64(0, "h"))
    last_hour = np.where(end.quality == "day_only", _HALF_A_DAY - np.timedelta64(1, "us"), np.timedelta64(0, "us"))
    begins: Any = start.values - first_hour
    ends: Any = end.values + last_hour
    is_turned = (ends < begins).to_numpy()
    doubts.add(member.name, "deployment_contradicts_itself", lines[is_turned], names["deploymentEnd"])
    of_records = pd.Series(np.where(has_issues, "clock_said_wrong", ""), dtype="str")
    of_records = (of_records + np.where(is_turned, " deployment_contradicts_itself", "")).str.strip()
    places = pd.DataFrame(
        {
            "longitude": where.longitude,
            "latitude": where.latitude,
            "uncertainty_m": uncertainty(numbers(own["coordinateUncertainty"]).values, where.latitude, precision),
            "declared_country": country,
            "station": own["locationID"].where(own["locationID"] != "", own["deploymentID"]),
            "site": _tag(own["deploymentTags"], own["deploymentGroups"], SITE_KEYS),
            "start": begins.where(~is_turned),
            "end": ends.where(~is_turned),
            "doubts": of_records,
            "reason": where.reason.where(~nowhere, ""),
            "found": where.found.where(~nowhere, ""),
            "is_nest": pd.Series(np.where(own["featureType"].str.lower() == "nestsite", "true", ""), dtype="str"),
        }
    ).set_index(pd.Index(own["deploymentID"], dtype="str"))
    return Deployments(places[places.index != ""], dropped, doubts, tuple(notes))


def uncertainty(stated: Floats, latitude: Floats, precision: float) -> Floats:
    """Return the uncertainty of positions in metres.

    The stated uncertainty should hold what rounding adds; where it is smaller than the half diagonal of a cell of the
    package's precision it cannot, and the two are added.

    Args:
        stated: metres, not a number = not stated.
        latitude: degrees.
        precision: degrees the coordinates were rounded to; 0 = not said.
    """
    stated = np.where(stated > 0, stated, np.nan)
    if not precision:
        return stated
    half = precision / 2 * DEGREE_AT_EQUATOR_M
    corner = half * np.hypot(1.0, np.cos(np.radians(latitude)))
    return np.where(np.isnan(stated), corner, np.where(stated < corner, stated + corner, stated))


def _refuse_twins(source: str, identifiers: "pd.Series[str]", lines: "pd.Series[int]") -> None:
    twice = identifiers.duplicated(keep=False) & (identifiers != "")
    problems = [
        f"{source}, lines {', '.join(str(line) for line in sorted(lines[those.index])[:_MOST_TOLD])}, deploymentID: "
        f"the same identifier stands {len(those)} times; each deployment must be there once"
        for _, those in identifiers[twice].groupby(identifiers[twice], sort=True)
    ]
    if problems:
        raise InputError([redact(problem) for problem in problems])


def _tag(tags: "pd.Series[str]", groups: "pd.Series[str]", keys: tuple[str, ...]) -> "pd.Series[str]":
    """Return the value of the first `key:value` with one of the keys; tags come before groups.

    Two different values are none: nobody may choose between them.
    """

    def value(text: str) -> str:
        pairs = [part.partition(":") for part in text.split("|")]
        values = {" ".join(after.split()) for key, mark, after in pairs if mark and key.strip().casefold() in keys} - {
            ""
        }
        return values.pop() if len(values) == 1 else "|".join(sorted(values))

    in_tags, in_groups = (pd.Series([value(text) for text in column], dtype="str") for column in (tags, groups))
    return in_tags.where(in_tags != "", in_groups)


def _declared(tags: "pd.Series[str]", groups: "pd.Series[str]") -> tuple["pd.Series[str]", "pd.Series[bool]"]:
    """Return declared countries as alpha-3, and where something else stands."""
    codes, is_unknown, _ = country_codes(_tag(tags, groups, COUNTRY_KEYS))
    return codes, pd.Series(is_unknown)
