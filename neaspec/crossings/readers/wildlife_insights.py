"""Wildlife Insights: tables of deployments and images (or sequences), with projects and cameras beside them.

Times are those of the cameras, without an offset. A deployment that was fuzzed before it was given is obscured. The
country of a project is not that of its deployments and is not used.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import positions
from neaspec.crossings.input.times import times
from neaspec.crossings.input.values import ages, numbers, sexes, trim_cells, truths
from neaspec.crossings.model.deployments import as_deployments
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.model.records import DoubtfulRows
from neaspec.crossings.readers.countries import apply_answers
from neaspec.crossings.readers.dates import day_first_of, questions_of
from neaspec.crossings.readers.package import Package, data_set_of
from neaspec.crossings.readers.rows import Rows
from neaspec.errors import InputError

STANDARD = "wildlife_insights"
SIGNS = (
    "Wildlife Insights (images: deployment_id, image_id, is_blank, timestamp; deployments: deployment_id, placename)"
)
UNKNOWN = "no deployment has this identifier"
OUTSIDE = "not between the beginning and the end of its deployment"
TIME = ("timestamp", "start_time")


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return each table of images with the deployments beside it (Reader.packages).

    Raises:
        InputError: images without deployments, or deployments without images.
    """
    by_name = {member.name: member for member in members}
    folders: dict[str, dict[str, list[Member]]] = {}
    for name, header in headers.items():
        role = _role(set(header))
        if role:
            folders.setdefault(name.rpartition("/")[0], {}).setdefault(role, []).append(by_name[name])
    complete, problems = [], []
    for roles in folders.values():
        if not roles.get("images") and not roles.get("deployments"):
            continue
        if len(roles.get("deployments", [])) != 1 or not roles.get("images"):
            names = ", ".join(member.name for files in roles.values() for member in files)
            problems.append(f"{names}: a Wildlife Insights download needs its table of deployments and one of images")
            continue
        others = {
            f"{role} {number}": member
            for role, files in roles.items()
            if role != "images"
            for number, member in enumerate(files)
        }
        complete += [Package(STANDARD, "", data_set_of(main), main, others) for main in roles["images"]]
    if problems:
        raise InputError(problems)
    return complete


def _role(has: set[str]) -> str:
    if {"deployment_id", "is_blank"} <= has and has & set(TIME):
        return "images"
    if {"deployment_id", "placename", "longitude", "latitude"} <= has:
        return "deployments"
    if {"project_id", "project_name"} <= has:
        return "projects"
    return "cameras" if {"project_id", "camera_id", "make", "model"} <= has else ""


def _time_column(member: Member) -> str:
    header = header_of(member)
    return next(name for name in TIME if name in header)


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the question of day and month (Reader.questions)."""
    return questions_of(package.main, [_time_column(package.main)], answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read images or sequences (Reader.records)."""
    day_first = day_first_of(package.main, [_time_column(package.main)], answers)
    places, doubts = _deployments(package.others["deployments 0"], day_first)
    for number, table in enumerate(chunks(package.main, chunk_rows)):
        part = _part(Rows(table), package, answers, day_first, places)
        if number == 0:
            part.doubts.merge(doubts)
        yield part


def deployments(package: Package, answers: Answers) -> pd.DataFrame:
    """Return the deployments of a download (DEPLOYMENT_COLUMNS)."""
    day_first = day_first_of(package.main, [_time_column(package.main)], answers)
    places, _ = _deployments(package.others["deployments 0"], day_first)
    country = apply_answers(pd.Series("", index=places.index, dtype="str"), package.data_set, "camera", answers)
    return as_deployments(
        {
            "data_set": package.data_set,
            "source": package.others["deployments 0"].name,
            "deployment": places.index.to_series(),
            "station": places["station"],
            "longitude": places["longitude"],
            "latitude": places["latitude"],
            "declared_country": country,
            "begin": places["begin"],
            "end": places["end"],
            "time_quality": "utc_assumed",
        },
        len(places),
    )


def _deployments(member: Member, day_first: bool | None) -> tuple[pd.DataFrame, DoubtfulRows]:
    """Return deployments by their identifier, and those that contradict themselves."""
    tables = list(chunks(member))
    frame = pd.concat([table.frame for table in tables], ignore_index=True)
    lines = pd.concat([table.rows for table in tables], ignore_index=True)

    def cells(name: str) -> "pd.Series[str]":
        return trim_cells(frame[name]) if name in frame else pd.Series("", index=frame.index, dtype="str")

    where = positions(cells("latitude"), cells("longitude"))
    begin, end = times(cells("start_date"), day_first), times(cells("end_date"), day_first)
    begins = begin.values.where(begin.quality != "day_only", begin.values.dt.normalize())
    ends = end.values.where(end.quality != "day_only", end.values.dt.normalize() + pd.Timedelta("1D"))
    is_turned = (ends < begins).to_numpy()
    doubts = DoubtfulRows()
    doubts.add(member.name, "deployment_contradicts_itself", lines[is_turned], "end_date")
    is_fuzzed = truths(cells("deployment_fuzzed"), False) | truths(cells("fuzzed"), False)
    of_records = pd.Series(np.where(is_fuzzed, "obscured", ""), dtype="str")
    of_records = (of_records + np.where(is_turned, " deployment_contradicts_itself", "")).str.strip()
    places = pd.DataFrame(
        {
            "key": cells("deployment_id"),
            "longitude": where.longitude,
            "latitude": where.latitude,
            "reason": where.reason,
            "found": where.found,
            "station": cells("placename"),
            "doubts": of_records,
            "begin": begins.where(~is_turned),
            "end": ends.where(~is_turned),
        }
    )
    return places.sort_values(list(places.columns)).drop_duplicates("key").set_index("key"), doubts


def _part(rows: Rows, package: Package, answers: Answers, day_first: bool | None, places: pd.DataFrame) -> Part:
    def cells(*names: str) -> "pd.Series[str]":
        return trim_cells(rows.column(*names))

    blank = cells("is_blank")
    rows.leave_out(truths(blank, False), "not_an_animal", "is_blank", blank, is_cell=True)
    identifier = cells("deployment_id")
    place = places.reindex(identifier.to_numpy()).reset_index(drop=True)
    texts = {name: place[name].fillna("").astype("str") for name in ("reason", "found", "station", "doubts")}
    rows.leave_out(~identifier.isin(places.index), "unknown_deployment", "deployment_id", UNKNOWN)
    when = times(cells(*TIME), day_first)
    rows.leave_out_times(when, _time_column(package.main))
    outside = (when.values < place["begin"]) | (when.values > place["end"])
    rows.leave_out(outside, "outside_deployment", _time_column(package.main), OUTSIDE)
    declared = apply_answers(pd.Series("", index=identifier.index, dtype="str"), package.data_set, "camera", answers)
    for reason in ("coordinates_zero", "coordinates_impossible", "coordinates_unreadable", "no_coordinates"):
        is_bad = (texts["reason"] == reason) & ((reason != "no_coordinates") | (declared == ""))
        rows.leave_out(is_bad, reason, "deployment_id", "its deployment has " + texts["found"])
    count = numbers(cells("number_of_objects", "group_size")).values
    rows.leave_out_none_seen(count, "number_of_objects")
    is_fuzzed = truths(cells("fuzzed"), False)
    doubts = texts["doubts"].where(~is_fuzzed | texts["doubts"].str.contains("obscured"), texts["doubts"] + " obscured")
    project = cells("project_id")
    columns: dict[str, object] = {
        "data_set": project.where(project != "", package.data_set),
        "individual": cells("individual_id"),
        "taxon": (cells("genus") + " " + cells("species")).str.strip(),
        "time": when.values,
        "time_quality": when.quality,
        "longitude": place["longitude"],
        "latitude": place["latitude"],
        "evidence": "camera",
        "declared_country": declared,
        "station": texts["station"],
        "sex": sexes(cells("sex")),
        "age": ages(cells("age")),
        "count": np.where(count > 0, count, np.nan),
        "doubts": doubts.str.strip(),
    }
    return rows.part(columns, STANDARD, "", notes_of(layout_of(package.main)))
