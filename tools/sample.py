"""A made-up pair of Camtrap DP packages of two countries, to try Field data with: nothing in it is real.

`python -m tools.sample` writes assets/sample/: one package for each country and the table that states which
animals of the one are animals of the other. Only the names of the two countries and of two protected areas are real.
"""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from random import Random

import pandas as pd

from neaspec.crossings.input.members import PAGE, Input
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.pipeline import make_context, run_pipeline
from neaspec.crossings.privacy.rules import Rules, load_rules
from neaspec.crossings.readers.read import read
from neaspec.crossings.sample import PICTURE, STAY_COLUMNS
from neaspec.data.database import open_database, serving_path
from neaspec.data.queries import Ask
from neaspec.files import reproducible_zip
from neaspec.paths import SAMPLE_DIR

IDENTITIES_FILE = "made_up_identities.csv"
_SCHEMAS = "https://raw.githubusercontent.com/tdwg/camtrap-dp/1.0.2/"
_FIRST_DAY, _DAYS_OF_QUARTER, _QUARTERS = date(2024, 1, 1), 91, 8
_SEED = 20241001
_NOTE = (
    "MADE UP to try the dashboard with: no animal, camera, position, time or person in it is real, and nothing in it "
    "says anything about wild animals."
)


@dataclass(frozen=True)
class CountrySide:
    """One country's made-up camera traps; stations are (longitude, latitude, protected area or empty)."""

    letter: str
    code: str
    name: str
    hours: int
    park: str
    stations: tuple[tuple[float, float, bool], ...]

    @property
    def data_set(self) -> str:
        """Return the identifier of the package."""
        return f"made-up-camera-traps-{self.name.lower().replace(' ', '-')}"

    @property
    def file(self) -> str:
        """Return the name of the package's file."""
        return self.data_set.replace("-", "_") + ".zip"


@dataclass(frozen=True)
class Animal:
    """One made-up animal: `sides` says a country for each quarter of a year (a dot: not seen)."""

    number: int
    species: str
    sex: str
    age: str
    sides: str
    method: str = ""

    def name(self, letter: str) -> str:
        """Return what the country calls it; the two countries number their animals apart from each other."""
        return f"MADE-UP-{letter}{self.number if letter == 'C' else (self.number * 7) % 25:02d}"


# Decimal degrees on a grid of a fiftieth of a degree, chosen from a map of the border only.
SIDES = (
    CountrySide(
        "C",
        "CHN",
        "China",
        8,
        "Northeast China Tiger and Leopard National Park",
        (
            (130.60, 43.00, True),
            (130.70, 43.10, True),
            (130.80, 42.98, True),
            (130.90, 43.08, True),
            (130.96, 43.20, True),
            (131.04, 43.14, True),
            (131.14, 43.12, False),
            (130.50, 42.90, False),
        ),
    ),
    CountrySide(
        "R",
        "RUS",
        "Russian Federation",
        10,
        "Land of the Leopard National Park",
        (
            (131.26, 43.12, False),
            (131.34, 43.16, True),
            (131.42, 43.22, True),
            (131.30, 43.02, True),
            (131.40, 43.06, True),
            (131.22, 42.98, False),
            (131.46, 43.30, True),
            (130.90, 42.68, False),
        ),
    ),
)
_LEOPARD, _TIGER = "Panthera pardus orientalis", "Panthera tigris altaica"
ANIMALS = (
    Animal(1, _LEOPARD, "female", "adult", "CCRR.CRR", "spot pattern compared by eye (made up)"),
    Animal(2, _LEOPARD, "male", "adult", "RCRCRRCR", "spot pattern compared by eye (made up)"),
    Animal(3, _LEOPARD, "female", "subadult", "C.CCCCCC"),
    Animal(4, _LEOPARD, "", "juvenile", "....CCC."),
    Animal(5, _LEOPARD, "male", "adult", "RRRRRRRR"),
    Animal(6, _LEOPARD, "female", "adult", "RRR.RR.R"),
    Animal(7, _TIGER, "male", "adult", "CRCR.RRC", "stripe pattern compared by eye (made up)"),
    Animal(8, _TIGER, "female", "adult", "CCCCCRRR", "genotypes of scats (made up)"),
    Animal(9, _TIGER, "female", "adult", "CCCC..CC"),
    Animal(10, _TIGER, "male", "subadult", "..CCCC.."),
    Animal(11, _TIGER, "female", "adult", "RR.RRRRR"),
    Animal(12, _TIGER, "", "juvenile", "...RRR.."),
    # Enough of them in each park and season for a place to be told.
    Animal(13, _LEOPARD, "male", "adult", "CCCRRRRR", "spot pattern compared by eye (made up)"),
    Animal(14, _LEOPARD, "female", "adult", "CCCCCCCC"),
    Animal(15, _LEOPARD, "male", "adult", "CCCCCCCC"),
    Animal(16, _LEOPARD, "female", "adult", "RRRRRRRR"),
    Animal(17, _LEOPARD, "male", "subadult", "RRRRRRRR"),
    Animal(18, _TIGER, "female", "adult", "RRRRCCCC", "stripe pattern compared by eye (made up)"),
    Animal(19, _TIGER, "male", "adult", "CCCCCCCC"),
    Animal(20, _TIGER, "female", "adult", "CCCCCCCC"),
    Animal(21, _TIGER, "male", "adult", "RRRRRRRR"),
    Animal(22, _TIGER, "female", "subadult", "RRRRRRRR"),
)
_NOT_ANIMALS = ("human", "vehicle", "blank", "unclassified")


def _deployments(side: CountrySide) -> list[dict[str, object]]:
    """Return one row a station and year; station 2 has a second camera opposite."""
    rows: list[dict[str, object]] = []
    for number, (longitude, latitude, is_in_park) in enumerate(side.stations, start=1):
        for year in (1, 2):
            for camera in ("a", "b") if number == 2 else ("a",):
                start = _FIRST_DAY + timedelta(days=(year - 1) * 4 * _DAYS_OF_QUARTER)
                tags = [f"country:{side.code}"] + ([f"site:{side.park}"] if is_in_park else [])
                rows.append(
                    {
                        "deploymentID": f"made-up-{side.letter}{number}{camera}-{year}",
                        "locationID": f"MADE-UP-{side.letter}-{number}",
                        "locationName": f"Made-up station {number}, {side.name}",
                        "latitude": f"{latitude:.2f}",
                        "longitude": f"{longitude:.2f}",
                        "coordinateUncertainty": "1500",
                        "deploymentStart": _time(datetime.combine(start, datetime.min.time()), side),
                        "deploymentEnd": _time(
                            datetime.combine(start + timedelta(days=4 * _DAYS_OF_QUARTER - 1), datetime.max.time()),
                            side,
                        ),
                        "cameraID": f"made-up-camera-{side.letter}{number}{camera}",
                        "deploymentTags": " | ".join(tags),
                        "deploymentComments": "made up",
                    }
                )
    return rows


def _time(moment: datetime, side: CountrySide) -> str:
    return moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=side.hours))).isoformat()


@dataclass
class _Package:
    """Rows of a package in the making."""

    side: CountrySide
    observations: list[dict[str, object]]
    media: list[dict[str, object]]

    def add(self, moment: datetime, station: int, kind: str = "animal", camera: str = "a", **more: object) -> None:
        """Add an event with its picture: one row for each, as the programs of cameras write them."""
        year = 1 if moment < datetime.combine(_FIRST_DAY, datetime.min.time()) + timedelta(days=364) else 2
        number = len(self.media) + 1
        event, picture = f"made-up-event-{number:03d}", f"made-up-picture-{number:03d}"
        deployment = f"made-up-{self.side.letter}{station}{camera}-{more.pop('year', year)}"
        common = {
            "deploymentID": deployment,
            "eventID": event,
            "eventStart": _time(moment, self.side),
            "observationType": kind,
            "classificationMethod": "human",
            "classifiedBy": "made up",
            "observationComments": "made up",
        } | more
        ends = {"event": _time(moment + timedelta(seconds=30), self.side), "media": _time(moment, self.side)}
        for level, end in ends.items():
            self.observations.append(
                {
                    "observationID": f"{event}-{level}",
                    "observationLevel": level,
                    "eventEnd": end,
                    "mediaID": picture if level == "media" else "",
                }
                | common
            )
        self.media.append(
            {
                "mediaID": picture,
                "deploymentID": deployment,
                "captureMethod": "activityDetection",
                "timestamp": _time(moment, self.side),
                "filePath": f"no_such_picture/{picture}.jpg",
                "filePublic": "false",
                "fileMediatype": "image/jpeg",
                "mediaComments": "made up; there is no picture",
            }
        )


def _moment(random: Random, quarter: int) -> datetime:
    day = _FIRST_DAY + timedelta(days=quarter * _DAYS_OF_QUARTER + int(random.random() * _DAYS_OF_QUARTER))
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=int(random.random() * 1440))


def _package(side: CountrySide) -> _Package:
    """Return one country's rows. Random numbers come from Random.random alone: the same in every version of Python."""
    package = _Package(side, [], [])
    random = Random(f"{_SEED}{side.letter}")  # noqa: S311
    stations = len(side.stations)
    for animal in ANIMALS:
        who = {"scientificName": animal.species, "sex": animal.sex, "lifeStage": animal.age, "count": "1"}
        name = animal.name(side.letter)
        for quarter, where in enumerate(animal.sides):
            for _ in range(2 + int(random.random() * 3) if where == side.letter else 0):
                station = 1 + int(random.random() * stations)
                moment = _moment(random, quarter)
                package.add(moment, station, individualID=name, **who)
                if station == 2:  # the camera opposite saw it too
                    package.add(moment, station, camera="b", individualID=name, **who)
    for quarter in range(_QUARTERS):
        cat = {"scientificName": _LEOPARD if quarter % 2 else _TIGER, "count": "1"}
        doubtful = ("", "unknown", "unidentified", f"{ANIMALS[quarter].name(side.letter)}?")[quarter % 4]
        package.add(_moment(random, quarter), 1 + quarter % stations, individualID=doubtful, **cat)
        package.add(_moment(random, quarter), 1 + quarter % stations, scientificName="Cervus nippon", count="3")
        package.add(_moment(random, quarter), 1 + quarter % stations, kind=_NOT_ANIMALS[quarter % 4])
    for station in range(1, stations + 1):
        start = datetime.combine(_FIRST_DAY, datetime.min.time()) + timedelta(minutes=5 * station)
        package.add(start, station, kind="human", cameraSetupType="setup")
    seen = next(animal for animal in ANIMALS if set(animal.sides) <= {side.letter, "."})
    for days in (5, 12):  # a camera whose clock was wrong: the pictures are later than the day it was taken down
        late = datetime.combine(_FIRST_DAY, datetime.min.time()) + timedelta(days=364 + days, hours=6)
        package.add(late, 3, year=1, individualID=seen.name(side.letter), scientificName=seen.species, count="1")
    return package


def _csv(rows: list[dict[str, object]], columns: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


_COLUMNS: dict[str, tuple[str, ...]] = {
    "deployments": (
        "deploymentID",
        "locationID",
        "locationName",
        "latitude",
        "longitude",
        "coordinateUncertainty",
        "deploymentStart",
        "deploymentEnd",
        "setupBy",
        "cameraID",
        "cameraModel",
        "cameraDelay",
        "cameraHeight",
        "cameraDepth",
        "cameraTilt",
        "cameraHeading",
        "detectionDistance",
        "timestampIssues",
        "baitUse",
        "featureType",
        "habitat",
        "deploymentGroups",
        "deploymentTags",
        "deploymentComments",
    ),
    "media": (
        "mediaID",
        "deploymentID",
        "captureMethod",
        "timestamp",
        "filePath",
        "filePublic",
        "fileName",
        "fileMediatype",
        "exifData",
        "favorite",
        "mediaComments",
    ),
    "observations": (
        "observationID",
        "deploymentID",
        "mediaID",
        "eventID",
        "eventStart",
        "eventEnd",
        "observationLevel",
        "observationType",
        "cameraSetupType",
        "scientificName",
        "count",
        "lifeStage",
        "sex",
        "behavior",
        "individualID",
        "individualPositionRadius",
        "individualPositionAngle",
        "individualSpeed",
        "bboxX",
        "bboxY",
        "bboxWidth",
        "bboxHeight",
        "classificationMethod",
        "classifiedBy",
        "classificationTimestamp",
        "classificationProbability",
        "observationTags",
        "observationComments",
    ),
}


def _description(side: CountrySide) -> dict[str, object]:
    """Return datapackage.json of one country."""
    west, east = (pick(station[0] for station in side.stations) for pick in (min, max))
    south, north = (pick(station[1] for station in side.stations) for pick in (min, max))
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": f"{_SCHEMAS}{name}-table-schema.json",
        }
        for name in _COLUMNS
    ]
    return {
        "resources": resources,
        "profile": f"{_SCHEMAS}camtrap-dp-profile.json",
        "name": side.data_set,
        "id": side.data_set,
        "created": "2026-11-21T00:00:00Z",
        "title": f"MADE UP: camera traps in {side.name}",
        "description": _NOTE,
        "version": "1.0",
        "keywords": ["made up"],
        "contributors": [{"title": "Made up, no such organisation", "role": "contact"}],
        "licenses": [{"name": "CC0-1.0", "scope": "data"}, {"name": "CC0-1.0", "scope": "media"}],
        "project": {
            "title": f"MADE UP: camera traps in {side.name}",
            "description": _NOTE,
            "samplingDesign": "targeted",
            "captureMethod": ["activityDetection"],
            "individualAnimals": True,
            "observationLevel": ["media", "event"],
        },
        "coordinatePrecision": 0.02,
        "spatial": {"type": "Polygon", "coordinates": [corners]},
        "temporal": {
            "start": _FIRST_DAY.isoformat(),
            "end": (_FIRST_DAY + timedelta(days=_QUARTERS * _DAYS_OF_QUARTER - 1)).isoformat(),
        },
        "taxonomic": [{"scientificName": name} for name in (_LEOPARD, _TIGER, "Cervus nippon")],
    }


def _zip(side: CountrySide) -> bytes:
    package = _package(side)
    tables = {"deployments": _deployments(side), "media": package.media, "observations": package.observations}
    for rows in (package.media, package.observations):
        rows.sort(key=lambda row: str(row["deploymentID"]))  # as programs write them: by camera
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(_description(side), indent=2) + "\n")
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", _csv(rows, _COLUMNS[name]))
    return reproducible_zip(out.getvalue())


def _identities() -> bytes:
    """Return the table that states which animals of the two packages are one."""
    columns = ("data_set", "individual", "individual_key", "method", "loci_compared", "loci_matched", "laboratory")
    rows: list[dict[str, object]] = []
    for animal in ANIMALS:
        is_genetic = animal.method.startswith("genotypes")
        genetic = {"loci_compared": 12, "loci_matched": 12, "laboratory": "Made-up laboratory"} if is_genetic else {}
        rows.extend(
            {
                "data_set": side.data_set,
                "individual": animal.name(side.letter),
                "individual_key": f"MADE-UP-{animal.number:02d}",
                "method": animal.method,
            }
            | genetic
            for side in SIDES
            if animal.method
        )
    return _csv(rows, columns)


def sample_files() -> dict[str, bytes]:
    """Return the made-up files: name -> content, the same at every call."""
    return {side.file: _zip(side) for side in SIDES} | {IDENTITIES_FILE: _identities()}


def picture_stays(rules: Rules) -> pd.DataFrame:
    """Work out the sample; return the solid stays of the animals that crossed, as the picture of the page has them."""
    given = [Input(name, content) for name, content in sample_files().items()]
    results = run_pipeline(read(given, Answers(), limits=PAGE), make_context(rules, Parameters())).results
    crossed = set(results.crossings.loc[results.crossings["grade"] != "border_zone_only", "individual_key"])
    stays = results.stays
    solid = stays[stays["individual_key"].isin(crossed) & stays["is_solid"] & (stays["country_code"] != "")]
    return solid[list(STAY_COLUMNS)].reset_index(drop=True)


if __name__ == "__main__":
    SAMPLE_DIR.mkdir(exist_ok=True)
    for file_name, content in sample_files().items():
        (SAMPLE_DIR / file_name).write_bytes(content)
    PICTURE.parent.mkdir(exist_ok=True)
    database = Ask(open_database(serving_path()))
    picture_stays(load_rules(database)).to_csv(PICTURE, index=False, lineterminator="\n")
