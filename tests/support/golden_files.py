"""Readable made-up field files for golden tests, and the whole way that a file goes."""

import io
import json
import zipfile

from neaspec.crossings.input.members import PAGE, Input
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.pipeline import PipelineContext, make_context, run_pipeline
from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.readers.read import read
from neaspec.data.database import open_database, serving_path
from neaspec.data.queries import Ask

CRANES = "individual,taxon,time,evidence,longitude,latitude\n"
TIGERS = "individual,taxon,time,evidence,declared_country\n"
WITH_PLACE = "individual,taxon,time,evidence,longitude,latitude,declared_country\n"
SAMPLES = "sample_id,individual,taxon,time,evidence,declared_country\n"
MATCHES = "sample_id,individual_id,method,loci_compared,loci_matched,laboratory\n"
# Far inside: Heilongjiang, Primorye, eastern Mongolia.
CHINA, RUSSIA, MONGOLIA = "128.5,43.5", "133.5,44.5", "116.0,47.5"
ON_THE_TUMEN = "130.6,42.43"  # within 5 km of three States


def load_kit() -> PipelineContext:
    """Return what records are measured with, with the parameters of the page."""
    path = serving_path()
    return make_context(load_rules(Ask(open_database(path), None, path.stem)), Parameters())


def work_out_files(context, answers=None, /, **files):
    """Return what comes of files given as name -> text or bytes; names are written with _csv for .csv, __ for /."""
    given = [Input(file_name(name), text.encode() if isinstance(text, str) else text) for name, text in files.items()]
    return run_pipeline(read(given, answers or Answers(), limits=PAGE), context)


def file_name(word):
    """Return the name of a file that is written as a word."""
    for ending in ("csv", "tsv", "zip", "json"):
        word = word.replace(f"_{ending}", f".{ending}")
    return word.replace("__", "/")


def crane(time, where, animal="Tuul"):
    return f"{animal},Antigone vipio,{time},gps,{where}\n"


def tiger(time, country, animal="F1", taxon="Panthera tigris"):
    return f"{animal},{taxon},{time},camera,{country}\n"


def track(fixes, animal="Tuul"):
    """Return a table of fixes given as (day of April, position)."""
    return CRANES + "".join(crane(f"2020-04-0{day}T00:00:00Z", where, animal) for day, where in fixes)


def crossings(worked):
    """Give crossings as short tuples: animal, from, to, grade."""
    columns = ["individual_key", "from_country_code", "to_country_code", "grade"]
    return [tuple(row) for row in worked.results.crossings[columns].itertuples(index=False)]


def left_out(worked):
    """Give what was left out: reason -> lines of the first rows."""
    examples = worked.dropped.examples
    return {reason: [one.row for one in examples[source, reason]] for source, reason in worked.dropped.counts}


def packed(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(file_name(name), text)
    return made.getvalue()


TWO_TIGERS = TIGERS + tiger("2020-01-01T10:00:00+08:00", "CHN") + tiger("2020-03-01T10:00:00+10:00", "RUS")
TWO_CRANES = CRANES + "".join(
    crane(f"2020-04-0{day}T00:00:00Z", where) for day, where in enumerate((MONGOLIA, MONGOLIA, CHINA, CHINA), start=1)
)


def camera_package(country, where, time, name):
    longitude, latitude = where.split(",")
    described = {
        "name": name,
        "profile": "https://raw.githubusercontent.com/tdwg/camtrap-dp/1.0.2/camtrap-dp-profile.json",
        "resources": [{"name": role, "path": f"{role}.csv"} for role in ("deployments", "observations")],
    }
    return packed(
        datapackage_json=json.dumps(described),
        deployments_csv="deploymentID,latitude,longitude,deploymentStart,deploymentEnd,deploymentTags\n"
        f"d1,{latitude},{longitude},2019-01-01T00:00:00Z,2021-01-01T00:00:00Z,country:{country}\n",
        observations_csv="observationID,deploymentID,mediaID,eventID,eventStart,eventEnd,observationLevel,"
        "observationType,scientificName,count,individualID\n"
        f"o1,d1,,e1,{time},{time},event,animal,Panthera pardus,1,F1\n"
        f"o2,d1,m1,e1,{time},{time},media,animal,Panthera pardus,1,F1\n",
    )


def sample(number, time, country, animal=""):
    return f"{number},{animal},Panthera tigris,{time},genetic,{country}\n"
