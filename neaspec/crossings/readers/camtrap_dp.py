"""Camtrap DP 1.0, 1.0.1, 1.0.2 and 0.1.6: records of animals by camera traps.

The country is what the deployment says (tag `country:CHN`), the place is the deployment's. A package says what was seen
once for each event and again for each picture: the events are taken, and pictures only of those that nobody summed up,
so that no animal is told twice; an event that names no animal has the names its pictures give. Fields and their
meaning: https://camtrap-dp.tdwg.org/data/.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import RawTable, chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.times import times
from neaspec.crossings.input.values import ages, numbers, sexes, trim_cells, truths
from neaspec.crossings.model.deployments import as_deployments
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.readers import camtrap_files
from neaspec.crossings.readers.camtrap_deployments import Deployments, deployments_of
from neaspec.crossings.readers.camtrap_files import names_in
from neaspec.crossings.readers.camtrap_levels import EVENT, Level, levels_of, row_levels
from neaspec.crossings.readers.camtrap_names import NamedEvents, names_of_events
from neaspec.crossings.readers.dates import day_first_of, questions_of
from neaspec.crossings.readers.package import Package
from neaspec.crossings.readers.rows import Rows

STANDARD = camtrap_files.STANDARD
SIGNS = "Camtrap DP (datapackage.json; deploymentID, observationType, eventStart)"
# What a report says was found: never a time, a place or a name that could hold one.
FOLDED = "another picture of its event"
UNKNOWN = "no deployment has this identifier"
EARLY, LATE = "earlier than the deployment began", "later than the deployment ended"
_BEHAVIOURS = (("nest", r"nest|incubat|brood"), ("roost", r"roost"))
_OBSERVATION_COLUMNS = (
    "observationID",
    "deploymentID",
    "mediaID",
    "eventID",
    "eventStart",
    "observationLevel",
    "observationType",
    "cameraSetupType",
    "scientificName",
    "count",
    "lifeStage",
    "sex",
    "behavior",
    "individualID",
)


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return the Camtrap DP packages among files, whatever the files are called.

    Raises:
        InputError: a file or a column that belongs to a package is missing; all problems at once.
    """
    return camtrap_files.packages(members, headers)


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return questions on dates that a program has rewritten so that day and month cannot be told apart."""
    deployments = package.others["deployments"]
    date_columns = {
        package.main: ("observations", ["eventStart"]),
        deployments: ("deployments", ["deploymentStart", "deploymentEnd"]),
    }
    open_questions: list[Question] = []
    for member, (role, columns) in date_columns.items():
        names = names_in(role, header_of(member))
        open_questions.extend(questions_of(member, [names[column] for column in columns], answers))
    return open_questions


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read the observations in pieces.

    Yields:
        Parts; the first also tells which deployments have no times that can be read.

    Raises:
        InputError: two deployments have the same identifier.
    """
    description = (
        camtrap_files.read_description(package.others["descriptor"]) if "descriptor" in package.others else None
    )
    description = description or camtrap_files.Description()
    deployments = deployments_of(package, answers, description.coordinate_precision)
    level = levels_of(package.main)
    named = names_of_events(package.main) if level.has_events and description.has_individuals else NamedEvents()
    names = names_in("observations", header_of(package.main))
    day_first = day_first_of(package.main, [names["eventStart"]], answers)
    wanted = [names[name] for name in _OBSERVATION_COLUMNS if name in names]
    back = {names[name]: name for name in _OBSERVATION_COLUMNS if name in names}
    for number, table in enumerate(chunks(package.main, chunk_rows, wanted)):
        frame = table.frame.rename(columns=back)
        rows = Rows(RawTable(table.name, table.header, frame, table.rows, table.dropped, table.read))
        part = _part(rows, package, deployments, level, named, names, day_first, description.has_individuals)
        if number == 0:
            part.dropped.merge(deployments.dropped)
            part.doubts.merge(deployments.doubts)
        yield part


def deployments(package: Package, answers: Answers) -> pd.DataFrame:
    """Return the deployments of a package (DEPLOYMENT_COLUMNS); those for setting up and calibration are rows too."""
    places = _deployments(package, answers).places
    columns = {name: places[name] for name in ("longitude", "latitude", "uncertainty_m", "declared_country", "site")}
    return as_deployments(
        {
            **columns,
            "data_set": package.data_set,
            "source": package.others["deployments"].name,
            "deployment": places.index.to_series(),
            "station": places["station"],
            "begin": places["start"],
            "end": places["end"],
            "time_quality": "offset_given",
        },
        len(places),
    )


def _deployments(package: Package, answers: Answers) -> Deployments:
    description = (
        camtrap_files.read_description(package.others["descriptor"]) if "descriptor" in package.others else None
    )
    return deployments_of(package, answers, (description or camtrap_files.Description()).coordinate_precision)


def _part(
    rows: Rows,
    package: Package,
    deployments: Deployments,
    level: Level,
    named: NamedEvents,
    names: Mapping[str, str],
    day_first: bool | None,
    has_individuals: bool,
) -> Part:
    """Make records of a piece of the observations; the names of columns in reports are those of the file."""
    own = {name: trim_cells(rows.column(name)) for name in _OBSERVATION_COLUMNS}
    levels = row_levels(own["observationLevel"], own["mediaID"])
    kind = own["observationType"]
    is_left_over = level.is_left_over(own, levels)
    if level.has_events:
        is_left_over &= (kind.str.lower() == "animal").to_numpy()
        column = names.get("observationLevel", names.get("mediaID", ""))
        rows.leave_out((levels != EVENT) & ~is_left_over, "media_level", column, levels, is_cell=True)
    folded = is_left_over & ~level.is_first_of_its_event(own)
    rows.leave_out(folded, "media_level", names.get("eventID", ""), FOLDED)
    setup = own["cameraSetupType"]
    is_setup = ~setup.str.lower().isin(["", "false", "f", "0", "no"])  # 0.1.6 writes true or false
    rows.leave_out(is_setup, "setup_or_calibration", names.get("cameraSetupType", ""), setup, is_cell=True)
    rows.leave_out(kind.str.lower() != "animal", "not_an_animal", names["observationType"], kind, is_cell=True)
    place = deployments.places.reindex(own["deploymentID"]).reset_index(drop=True)
    identifier, column = own["deploymentID"], names["deploymentID"]
    rows.leave_out(~identifier.isin(deployments.places.index), "unknown_deployment", column, UNKNOWN)
    when = times(own["eventStart"], day_first)
    rows.leave_out_times(when, names["eventStart"])
    rows.leave_out(when.values < place["start"], "outside_deployment", names["eventStart"], EARLY)
    rows.leave_out(when.values > place["end"], "outside_deployment", names["eventStart"], LATE)
    for reason in ("coordinates_zero", "coordinates_impossible", "coordinates_unreadable", "no_coordinates"):
        bad = (place["reason"] == reason).to_numpy()
        rows.leave_out(bad, reason, column, "its deployment has " + place["found"].fillna(""))
    count = numbers(own["count"]).values
    rows.leave_out_none_seen(count, names.get("count", ""))
    notes = [*notes_of(layout_of(package.main)), *deployments.notes]
    if not level.has_events:
        notes.append("only_pictures")
    elif is_left_over.any():
        notes.append("pictures_left_over")
    if not has_individuals and (own["individualID"] != "").any():
        notes.append("individuals_said_to_be_none")
    if not named.is_empty:
        notes.append("individuals_of_pictures")
    columns: dict[str, object] = {
        "data_set": package.data_set,
        "individual": own["individualID"] if has_individuals else "",
        "taxon": own["scientificName"],
        "time": when.values,
        "time_quality": when.quality,
        "evidence": "camera",
        "sex": sexes(own["sex"]),
        "age": ages(own["lifeStage"]),
        "count": np.where(is_left_over, level.counts(own, count), np.where(count >= 1, count, np.nan)),
        "behaviour": _behaviour(own["behavior"], truths(place["is_nest"].fillna(""), False)),
    } | {
        name: place[name]
        for name in ("longitude", "latitude", "uncertainty_m", "declared_country", "station", "site", "doubts")
    }
    part = rows.part(columns, STANDARD, package.version, notes)
    return named.name_records(part, {name: texts[rows.keep] for name, texts in own.items()})


def _behaviour(written: "pd.Series[str]", is_nest: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> "pd.Series[str]":
    """Return nest, roost or empty; a camera at a nest makes every record of it one of a nest."""
    behaviour = pd.Series("", index=written.index, dtype="str")
    for word, pattern in reversed(_BEHAVIOURS):
        behaviour = behaviour.mask(written.str.contains(pattern, case=False, regex=True), word)
    return behaviour.mask(is_nest, "nest")
