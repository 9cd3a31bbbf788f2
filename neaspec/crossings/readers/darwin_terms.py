"""Darwin Core terms as records: what an archive, a loose occurrence table and a GBIF download have in common."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from neaspec.crossings.geo.earth import DEGREE_AT_EQUATOR_M
from neaspec.crossings.input.positions import positions
from neaspec.crossings.input.times import Times, times
from neaspec.crossings.input.values import Floats, Mask, ages, by_kind, numbers, sexes, trim_cells
from neaspec.crossings.model.reading import Answers, Part
from neaspec.crossings.readers.countries import MOVES_FREELY, apply_answers, country_codes
from neaspec.crossings.readers.package import Package, plain_names
from neaspec.crossings.readers.rows import Rows

TERMS = (
    "organismid",
    "individualid",
    "organismname",
    "eventdate",
    "eventtime",
    "year",
    "month",
    "day",
    "decimallatitude",
    "decimallongitude",
    "coordinateuncertaintyinmeters",
    "coordinateprecision",
    "geodeticdatum",
    "countrycode",
    "country",
    "occurrencestatus",
    "basisofrecord",
    "samplingprotocol",
    "sex",
    "lifestage",
    "individualcount",
    "behavior",
    "behaviour",
    "locationid",
    "materialsampleid",
    "materialentityid",
    "datasetkey",
    "datasetname",
    "datasetid",
    "scientificname",
    "species",
    "datageneralizations",
    "informationwithheld",
    "establishmentmeans",
    "degreeofestablishment",
)
# What occurrenceStatus says; a word that is in neither list is not understood, and the row is left out.
PRESENT = frozenset(
    (
        "",
        "present",
        "common",
        "irregular",
        "rare",
        "detected",
        "observed",
        "seen",
        "recorded",
        "confirmed",
        "true",
        "yes",
        "1",
        "y",
        "found",
        "presente",
        "présent",
        "vorhanden",
        "присутствует",
        "есть",
        "обнаружен",
        "встречен",
        "байгаа",
        "илэрсэн",
        "存在",
        "有",
        "出现",
        "發現",
        "发现",
        "在",
        "確認",
        "있음",
        "출현",
        "확인",
    )
)
ABSENT = frozenset(
    (
        "absent",
        "not detected",
        "none",
        "no",
        "false",
        "0",
        "n",
        "not present",
        "not found",
        "not observed",
        "not seen",
        "not recorded",
        "undetected",
        "excluded",
        "extinct",
        "extirpated",
        "doubtful",
        "ausente",
        "abwesend",
        "отсутствует",
        "нет",
        "не обнаружен",
        "не обнаружено",
        "не встречен",
        "не отмечен",
        "байхгүй",
        "илрээгүй",
        "不存在",
        "无",
        "無",
        "未发现",
        "未發現",
        "未见",
        "なし",
        "不在",
        "未確認",
        "없음",
        "미출현",
        "미확인",
    )
)
# Animals that are kept by people, or are no longer any.
CAPTIVE_BASIS = ("livingspecimen", "fossilspecimen")
CAPTIVE = r"captive|cultivated|zoo\b|enclosure|неволе|зоопарк|вольер|圈养|飼育|饲养|动物园|動物園|사육|동물원"
SPECIMEN = "preservedspecimen"
# Words that say a position was made coarser before it was given, and what they name in metres.
OBSCURED = (
    r"obscur|uncertainty|coordinate|position|location|withheld|hidden|generali[sz]|random|rounded|grid|degree|fuzz|blur"
    r"|[км]м\b"
)
IN_METRES = re.compile(r"(\d[\d\s,]*(?:\.\d+)?)\s*(km|kilomet\w*|км|公里|m\b|met\w*|м\b|米)", re.IGNORECASE)
WGS84 = r"(?:|wgs ?_?84|(?:epsg:)?4326|world geodetic system 1984|not recorded|unknown)(?: .*)?$"
CAMERA = r"camera|photo|video"
TELEMETRY = r"gps|gsm|argos|satellite|telemetry|transmitter|collar|logger|tag\b|tracking|icarus|geolocat"
RING = r"\bring(?:ing|ed)?\b|\bband(?:ing|ed)?\b|recover"
TRACKS = r"track|footprint|pug ?mark|scrape"
NEST, ROOST = r"\bnest|incubat|brood|\begg|breeding colony", r"\broost"


def columns_of(header: tuple[str, ...]) -> dict[str, str]:
    """Return term in lower case -> column, for the terms that are read."""
    plain = plain_names([name for name in header if name])
    return {term: plain[term] for term in TERMS if term in plain}


def date_column(columns: Mapping[str, str]) -> str:
    """Return the column whose dates could leave day and month open; empty = none."""
    return columns.get("eventdate", "")


def part_of_terms(
    rows: Rows,
    columns: Mapping[str, str],
    package: Package,
    answers: Answers,
    day_first: bool | None,
    defaults: Mapping[str, str],
    notes: tuple[str, ...],
) -> Part:
    """Make records of one piece of a table of occurrences.

    Args:
        rows: the piece.
        columns: term -> column.
        package: what it is of; its data set is used where rows name none.
        answers: for declared countries.
        day_first: how dates like 3/4/2024 are read.
        defaults: term -> value where there is no column or the cell is empty.
        notes: for the report.
    """

    def cells(*terms: str) -> "pd.Series[str]":
        """The first of these terms that has a value, row by row."""
        texts = pd.Series("", index=rows.table.frame.index, dtype="str")
        for term in terms:
            if term in columns:
                texts = texts.where(texts != "", trim_cells(rows.column(columns[term])))
            if defaults.get(term):
                texts = texts.where(texts != "", defaults[term])
        return texts

    data_set = cells("datasetkey", "datasetname", "datasetid").replace("", package.data_set)
    evidence = _evidence(cells("basisofrecord"), cells("samplingprotocol"))
    count = numbers(cells("individualcount"))
    _leave_out_what_was_not_there(rows, cells("occurrencestatus"), columns.get("occurrencestatus", ""))
    basis = by_kind(cells("basisofrecord"), lambda kinds: kinds.str.lower().str.replace(r"[^a-z]", "", regex=True))
    kept = by_kind(cells("degreeofestablishment") + "\n" + cells("establishmentmeans"), _says_captive)
    rows.leave_out(basis.isin(CAPTIVE_BASIS), "captive", columns.get("basisofrecord", ""), basis, is_cell=True)
    rows.leave_out(kept == "captive", "captive", columns.get("degreeofestablishment", ""), "captive")
    rows.leave_out_none_seen(count.values, columns.get("individualcount", ""))
    parts = [cells(name) for name in ("year", "month", "day")]
    when = times(_dates(cells("eventdate"), cells("eventtime"), *parts), day_first)
    when = _by_parts(when, cells("eventdate"), parts)
    rows.leave_out_times(when, columns.get("eventdate", columns.get("year", "")))
    declared, is_unknown, is_part = _declared(rows, columns, defaults)
    where = positions(cells("decimallatitude"), cells("decimallongitude"))
    # A tag is where its position says; the country of its record is mostly made from that position.
    has_position = (where.reason == "").to_numpy()
    moves = np.asarray(evidence.isin(MOVES_FREELY))
    declared = declared.where(~(moves & has_position), "")
    declared = apply_answers(declared, data_set, evidence, answers)
    rows.leave_out_positions(where, columns.get("decimallatitude", ""), declared)
    rows.doubt(is_unknown, "country_not_known", columns.get("countrycode", columns.get("country", "")))
    report_notes = list(notes)
    if is_unknown.any():
        report_notes.append("country_not_known")
    if is_part.any():
        report_notes.append("told_as_china")
    datums = pd.Series(cells("geodeticdatum").unique(), dtype="str").str.lower()
    if not datums.str.fullmatch(WGS84).all():
        report_notes.append("datum_not_wgs84")
    withheld = by_kind(cells("datageneralizations") + "\n" + cells("informationwithheld"), _obscured)
    if (withheld != "").any():
        report_notes.append("generalised_at_source")
    stated_m = _uncertainty(cells("coordinateuncertaintyinmeters"), cells("coordinateprecision"))
    in_words = pd.to_numeric(withheld, errors="coerce").to_numpy(dtype="float64")
    doubts = pd.Series(np.where((withheld != "") & np.isnan(stated_m), "obscured", ""), dtype="str")
    doubts = (doubts + np.where(basis == SPECIMEN, " specimen", "")).str.strip()
    columns_made: dict[str, object] = {
        "data_set": data_set,
        "individual": cells("organismid", "individualid", "organismname"),
        "sample_id": cells("materialsampleid", "materialentityid"),
        "taxon": cells("species", "scientificname"),
        "time": when.values,
        "time_quality": when.quality,
        "longitude": where.longitude,
        "latitude": where.latitude,
        "uncertainty_m": np.where(np.isnan(stated_m), in_words, stated_m),
        "doubts": doubts,
        "evidence": evidence,
        "declared_country": declared,
        "station": cells("locationid"),
        "sex": sexes(cells("sex")),
        "age": ages(cells("lifestage")),
        "count": np.where(count.values > 0, count.values, np.nan),
        "behaviour": by_kind(cells("behavior", "behaviour"), _behaviour),
    }
    return rows.part(columns_made, package.standard, package.version, report_notes)


def _leave_out_what_was_not_there(rows: Rows, status: "pd.Series[str]", column: str) -> None:
    """Leave out rows whose status says that nothing was there, or is not understood."""
    said = by_kind(status, lambda kinds: kinds.str.lower().str.replace("_", " ").str.strip())
    rows.leave_out(said.isin(list(ABSENT)), "absent", column, said, is_cell=True)
    rows.leave_out(~said.isin(list(PRESENT)), "status_not_understood", column, said, is_cell=True)


def _says_captive(texts: "pd.Series[str]") -> "pd.Series[str]":
    return pd.Series(np.where(texts.str.lower().str.contains(CAPTIVE, regex=True), "captive", ""), dtype="str")


def _obscured(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Return, where texts say that a position was obscured, the metres they name, or "yes" where they name none."""

    def metres(text: str) -> str:
        if not re.search(OBSCURED, text, re.IGNORECASE):
            return ""
        lengths = [
            float(re.sub(r"[\s,]", "", number)) * (1_000 if unit.lower().startswith(("k", "к", "公")) else 1)
            for number, unit in IN_METRES.findall(text)
        ]
        return str(max(lengths)) if lengths else "yes"

    return pd.Series([metres(str(text)) for text in texts], dtype="str")


def _by_parts(when: Times, date: "pd.Series[str]", parts: "list[pd.Series[str]]") -> Times:
    """Read year, month and day where eventDate holds something that cannot be read."""
    unread = (when.reason == "time_unreadable").to_numpy() & (date != "").to_numpy() & (parts[0] != "").to_numpy()
    if not unread.any():
        return when
    blank = date.where(~unread, "")
    again = times(_dates(blank, pd.Series("", index=date.index, dtype="str"), *parts))
    better = unread & (again.reason == "").to_numpy()
    return Times(
        *(
            old.where(~better, new.to_numpy())
            for old, new in (
                (when.values, again.values),
                (when.quality, again.quality),
                (when.reason, again.reason),
                (when.found, again.found),
            )
        )
    )


def _evidence(basis: "pd.Series[str]", protocol: "pd.Series[str]") -> "pd.Series[str]":
    """Tell the kind of evidence. A machine that is not named is taken as a tag: of these one fix proves least."""
    return by_kind(basis + "\n" + protocol, _kind_of_evidence)


def _kind_of_evidence(both: "pd.Series[str]") -> "pd.Series[str]":
    parts = both.str.lower().str.split("\n", n=1)
    kind, how = parts.str[0].str.replace(r"[^a-z]", "", regex=True), parts.str[1]
    machine, material = kind == "machineobservation", kind.isin(["materialsample", "materialentity"])
    camera, tag = how.str.contains(CAMERA, regex=True), how.str.contains(TELEMETRY, regex=True)
    evidence = np.select(
        [
            material,
            machine & camera,
            machine,
            how.str.contains(RING, regex=True) & ~tag,
            camera & ~tag,
            tag & (kind == ""),
            how.str.contains(TRACKS, regex=True) & ~tag,
        ],
        ["genetic", "camera", "gps", "ring", "camera", "gps", "tracks"],
        "sighting",
    )
    return pd.Series(evidence, dtype="str")


def _dates(
    date: "pd.Series[str]",
    time: "pd.Series[str]",
    year: "pd.Series[str]",
    month: "pd.Series[str]",
    day: "pd.Series[str]",
) -> "pd.Series[str]":
    """Put together what Darwin Core says in up to five columns."""
    if (date != "").all() and (time == "").all():
        return date
    parts = [part.str.replace(r"\.0+$", "", regex=True) for part in (year, month, day)]
    in_parts = parts[0] + "-" + parts[1].str.zfill(2) + "-" + parts[2].str.zfill(2)
    only_year: pd.Series[str] = parts[0] + np.where(parts[1] != "", "-" + parts[1].str.zfill(2), "")
    in_parts = in_parts.where(parts[2] != "", only_year).where(parts[0] != "", "")
    date = date.where(date != "", in_parts)
    clock = time.str.replace(r"/.*$", "", regex=True).str.strip()
    joins = date.str.fullmatch(r"\d{4}-\d{2}-\d{2}") & clock.str.match(r"\d{2}:\d{2}")
    return date.where(~joins, date + "T" + clock)


def _declared(
    rows: Rows, columns: Mapping[str, str], defaults: Mapping[str, str]
) -> tuple["pd.Series[str]", Mask, Mask]:
    def column(term: str) -> "pd.Series[str]":
        cells = rows.column(columns.get(term))
        return cells.where(cells != "", defaults.get(term, ""))

    code, unknown, part = country_codes(column("countrycode"))
    name, unknown_name, part_name = country_codes(column("country"))
    use_name = (code == "").to_numpy()
    return code.where(~use_name, name), unknown & (name == "").to_numpy(), part | (part_name & use_name)


def _uncertainty(metres: "pd.Series[str]", precision: "pd.Series[str]") -> Floats:
    """Return the stated uncertainty in metres, else the width of the last digit of the degrees."""
    stated, rounded = numbers(metres).values, numbers(precision).values
    stated = np.where(stated > 0, stated, np.nan)
    rounded = np.where((rounded > 0) & (rounded <= 10), rounded * DEGREE_AT_EQUATOR_M, np.nan)
    return np.where(np.isnan(stated), rounded, stated)


def _behaviour(texts: "pd.Series[str]") -> "pd.Series[str]":
    lowered = texts.str.lower()
    is_nest, is_roost = lowered.str.contains(NEST, regex=True), lowered.str.contains(ROOST, regex=True)
    return pd.Series(np.select([is_nest, is_roost], ["nest", "roost"], ""), dtype="str")
