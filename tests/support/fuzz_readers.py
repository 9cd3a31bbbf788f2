"""Search for files that make the readers fail in any way but an InputError. Run by hand, not by the tests.

    python -m tests.support.fuzz_readers FOLDER [atheris options]      goes on until it is stopped or finds a crash

With atheris installed (pip install atheris, Python 3.11) the search is guided by coverage: FOLDER/corpus grows and a
later run goes on from it; an input that crashes is written as FOLDER/crash-…; to see it again:

    python -m tests.support.fuzz_readers FOLDER FOLDER/crash-…

What is found becomes a test in tests/crossings/test_found_by_fuzzing.py. The first byte of an input chooses a seed (a
sound file of one reader), the rest how it is changed, or, for every fourth value, the bytes are the file itself.
"""

import gzip
import io
import json
import sys
import zipfile
from contextlib import nullcontext
from pathlib import Path

if __name__ == "__main__":
    import atheris

    measured = atheris.instrument_imports(include=["neaspec.crossings"])
else:
    measured = nullcontext()
with measured:
    import neaspec.crossings.readers  # noqa: F401

from neaspec.crossings.input.members import Input, InputLimits
from neaspec.crossings.joint.genotypes import compare_genotypes
from neaspec.crossings.joint.pictures import proposals, summary, told_pairs
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from tests.support.made_field_files import DWC, archive, csv, gbif, meta_xml, zipped

LIMITS = InputLimits(input_bytes=1_000_000, unpacked_bytes=3_000_000, ratio=200, members=50, rows=100_000)
TIGER = (
    "T07",
    "2020-05-30T04:57:37+02:00/2020-06-01",
    "43.1",
    "131.2",
    "MachineObservation",
    "camera",
    "RU",
    "present",
    "female",
    "adult",
    "1",
    "Panthera tigris",
    "30",
)
EVENTS = (
    f'<archive xmlns="http://rs.tdwg.org/dwc/text/"><core fieldsTerminatedBy="," ignoreHeaderLines="1" '
    f'rowType="{DWC}Event"><files><location>e.csv</location></files><id index="0"/>'
    f'<field index="1" term="{DWC}eventDate"/><field index="2" term="{DWC}countryCode"/></core>'
    f'<extension fieldsTerminatedBy="," ignoreHeaderLines="1" rowType="{DWC}Occurrence">'
    f'<files><location>o.csv</location></files><coreid index="0"/><field index="1" term="{DWC}organismID"/>'
    "</extension></archive>"
)
OWN = (
    "individual",
    "taxon",
    "time",
    "longitude",
    "latitude",
    "evidence",
    "declared_country",
    "count",
    "uncertainty_m",
    "sex",
)
NAMES = ("a.csv", "a.zip", "a.csv.gz", "a.parquet", "meta.xml", "a.gpx", "a.geojson", "a.gen", "a.xlsx")
# Pieces that a change puts in: what has broken readers of tables before.
WORDS = (
    b"\r",
    b"\n",
    b'"',
    b",",
    b";",
    b"\t",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"0/0",
    b"1/2/3",
    b"31/04/2020 25:99 PM",
    b"-0",
    b"1e999",
    b"nan",
    b"inf",
    "43°30'N".encode(),
    b"99999999999999999999",
    b"=cmd()",
    b"<html>",
    b"#tag+x",
    "Ж東\U0001f405".encode(),
    "Тигр".encode("cp1251"),
    "东北虎".encode("gb18030"),
    b"<!ENTITY a 'b'>",
    b"../",
    b"&lt;",
    b"NA",
    b"2020-02-30",
    b"-9999-01-01T00:00:00Z",
    b"2020-01-01T00:00:00+99:99",
    b" ",
    b"\xed\xa0\x80",
    b"0000-00-00",
    b"24:00",
)


def _parquet() -> Input:
    import pandas as pd

    held = io.BytesIO()
    pd.DataFrame(
        {
            "individual": ["A", "B"],
            "taxon": "t",
            "time": pd.to_datetime(["2020-01-01", "2020-01-02"]),
            "longitude": [131.0, None],
            "latitude": [43.0, None],
            "evidence": "gps",
            "declared_country": ["", "RUS"],
        }
    ).to_parquet(held, index=False)
    return Input("a.parquet", held.getvalue())


def _workbook() -> Input:
    import openpyxl

    from neaspec.crossings.readers.template_workbook import RECORDS, template_file

    book = openpyxl.load_workbook(io.BytesIO(template_file()))
    row = {
        "taxon": "Panthera tigris",
        "individual": "A",
        "date": "2020-01-01",
        "time_of_day": "10:00",
        "utc_offset": "+10:00",
        "latitude": "43.1",
        "longitude": "131.4",
        "evidence": "camera trap",
    }
    for name, value in row.items():
        if name in RECORDS:
            book["Records"].cell(2, RECORDS.index(name) + 1).value = value
    held = io.BytesIO()
    book.save(held)
    return Input("a.xlsx", held.getvalue())


def _camera_package(version: str, begin: str, end: str, time: str, event: str) -> Input:
    profile = f"https://raw.githubusercontent.com/tdwg/camtrap-dp/{version}/camtrap-dp-profile.json"
    names = ("deployments", "observations")
    package = {
        "name": "p",
        "profile": profile,
        "project": {"individualAnimals": True},
        "resources": [{"name": name, "path": f"{name}.csv"} for name in names],
    }
    level = "eventEnd,observationLevel," if time == "eventStart" else ""
    kind = "2024-06-01T08:00:30Z,event," if level else ""
    return zipped(
        "a.zip",
        {
            "datapackage.json": json.dumps(package),
            "deployments.csv": f"deploymentID,locationID,latitude,longitude,{begin},{end}\n"
            "d1,L1,43.1,131.4,2024-05-01T00:00:00+10:00,2024-07-01T00:00:00+1000\n",
            "observations.csv": f"observationID,deploymentID,{event},{time},{level}observationType,"
            f"scientificName,count,"
            f"individualID\no,d1,e1,2024-06-01T08:00:00Z,{kind}animal,Panthera tigris,1,T1\n",
        },
    )


SEEDS: list[list[Input]] = [
    [archive("a.zip", [TIGER, TIGER])],
    [archive("a.zip", [TIGER], header=False, delimiter=";", quote='"')],
    [zipped("a.zip", {"meta.xml": EVENTS, "e.csv": "i,d,c\n1,2020-01-01,RU\n", "o.csv": "i,o\n1,A\n2,B\n"})],
    [
        Input("meta.xml", meta_xml(("organismID", "eventDate", "countryCode")).encode()),
        Input("occurrence.txt", "id\torganismID\teventDate\tcountryCode\n1\tA\t3/4/2020\tCN\n".encode("utf-16")),
    ],
    [
        csv(
            "a.csv",
            (
                "occurrenceID",
                "eventDate",
                "eventTime",
                "year",
                "month",
                "day",
                "decimalLatitude",
                "decimalLongitude",
                "coordinatePrecision",
            ),
            ("1", "", "", "2020", "5", "4", "43,5", "131°30'E", "0.1"),
            delimiter=";",
        )
    ],
    [
        gbif(
            "a.csv",
            {"gbifID": "1", "countryCode": "KR", "eventDate": "2020-01-01", "speciesKey": "3", "locality": '"x'},
        )
    ],
    [
        csv(
            "r.csv", ("Station", "Species", "Individual", "DateTimeOriginal"), ("A", "PTI", "F1", "2009-04-21 00:40:00")
        ),
        csv(
            "s.csv",
            ("Station", "utm_x", "utm_y", "Setup_date", "Retrieval_date"),
            ("A", "658000", "4762000", "20/04/2009", ""),
        ),
    ],
    [
        csv("r.csv", ("Station", "Session", "Species", "Date", "Time"), ("A", "1", "PTI", "21/04/2009", "0:40")),
        csv("s.csv", ("Station", "Session", "Longitude", "Latitude", "Country"), ("A", "1", "131", "43", "China")),
    ],
    [
        csv(
            "a.csv",
            OWN,
            ("A", "t", "3/14/2020 4:05 PM", "131,5", "43.5", "gps", "", "2", "30", "f"),
            delimiter=";",
            end="\r\n",
        )
    ],
    [Input("a.csv.gz", gzip.compress(csv("a", OWN, ("A", "t", "2020-01-01", "", "", "ring", "KR", "", "", "")).data))],
    [_parquet()],
    [_workbook()],
    [_camera_package("1.0.2", "deploymentStart", "deploymentEnd", "eventStart", "eventID")],
    [_camera_package("0.1.6", "start", "end", "timestamp", "sequenceID")],
    [
        csv(
            "m.csv",
            (
                "event-id",
                "visible",
                "timestamp",
                "location-long",
                "location-lat",
                "sensor-type",
                "individual-local-identifier",
                "tag-local-identifier",
                "study-name",
                "location-error-text",
            ),
            ("1", "true", "2021-10-04 06:30:00.000", "113.9", "45.2", "gps", "HC07", "tag-7", "s", '">10m"'),
        ),
        csv(
            "ref.csv",
            ("tag-id", "animal-id", "animal-sex", "deploy-on-date", "deploy-off-date"),
            ("tag-7", "HC07", "f", "2020-01-01 00:00:00.000", ""),
        ),
    ],
    [
        csv(
            "match.csv",
            ("sample_id", "individual_id", "method", "loci_compared", "loci_matched", "laboratory"),
            ("S1", "A", "genotype", "13", "13", "lab"),
        )
    ],
]


def _sheets(**sheets: list[list[object]]) -> Input:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return Input("a.xlsx", held.getvalue())


GPX = (
    '<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>A</name><trkseg><trkpt lat="43.5" '
    'lon="131.5"><time>2020-04-13T00:00:00Z</time></trkpt></trkseg></trk><wpt lat="43" lon="131"/></gpx>'
)
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [131.5, 43.5]},
                "properties": {"time": "3/4/2020", "individual": "A", "accuracy": 10},
            },
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": [[131.5, 43.5], [131.6, 43.5]]},
                "properties": {"coordTimes": ["2020-04-13T00:00:00Z", "2020-04-14"], "name": "B"},
            },
        ],
    }
)
TELONICS = (
    "Telonics Data Report,,,,,\nCTN,701520A,,,,\nAcquisition Time,GPS Fix Time,GPS Fix Attempt,GPS Latitude,"
    "GPS Longitude,GPS Horizontal Error\n2018.07.18 18:01:18,2018.07.18 18:01:18,Succeeded,43.5,131.5,6.5\n"
)
ARGOS = (
    "Platform ID No.,Latitude,Longitude,Loc. quality,Loc. date,Error radius\n12345,43.5,131.5,A,04/13/2020 00:00:00,\n"
)
GENALEX = "2,2,1,2\nMade up,,,CHN\nSample,Pop,FCA1,,FCA2,\nS1,CHN,120,124,200,200\nS2,CHN,0,0,NA,202\n"
GENEPOP = "Made up\nFCA1, FCA2\nPOP\nS1 , 120124 200200\nS2 , 000000 202202\n"
PAIRS = "id_a,id_b,data_set_a,data_set_b,flank,score,confirmed_by\nC1,R1,CN,RU,left,0.5,a|b\nC2,R2,CN,RU,both,,a\n"
INSIGHTS = {
    "deployments.csv": "project_id,deployment_id,placename,longitude,latitude,start_date,end_date\n"
    "1,d1,P,131.5,43.5,2020-04-01 00:00:00,2020-06-01 00:00:00\n",
    "images_1.csv": "project_id,deployment_id,image_id,is_blank,timestamp,genus,species,individual_id,"
    "number_of_objects\n1,d1,i1,0,2020-04-13 00:00:00,Panthera,tigris,T1,1\n",
}
SEEDS += [
    [Input("a.gpx", GPX.encode())],
    [Input("a.geojson", GEOJSON.encode())],
    [Input("a.csv", TELONICS.encode())],
    [Input("a.csv", ARGOS.encode())],
    [Input("a.csv", GENALEX.encode())],
    [Input("a.gen", GENEPOP.encode())],
    [Input("a.csv", PAIRS.encode())],
    [zipped("a.zip", INSIGHTS)],
    [zipped("a.zip", {"t.csv.gz": gzip.compress(ARGOS.encode())})],
    [
        _sheets(
            stations=[["Station", "Longitude", "Latitude", "Setup_date"], ["S1", 131.5, 43.5, "2020-03-01"]],
            records=[
                ["Station", "Species", "Individual", "DateTimeOriginal"],
                ["S1", "P", "F1", "2020-04-13 05:00:00"],
            ],
        )
    ],
]


def mutated(seed: list[Input], choices: bytes) -> list[Input]:
    """Change a seed as bytes choose; files inside of zips and gz are changed before they are packed again."""
    taken = iter(choices)
    changed = []
    for number, one in enumerate(seed):
        assert isinstance(one.data, bytes)
        share = (
            [choice for place, choice in enumerate(taken) if place % len(seed) == number]
            if number == 0
            else list(choices)
        )
        changed.append(Input(one.name, _inside(one, share)))
    return changed


def _inside(one: Input, choices: list[int]) -> bytes:
    data = one.data
    assert isinstance(data, bytes)
    if not choices or choices[0] % 4 == 0:
        return _changed(data, choices[1:])
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            files = {name: packed.read(name) for name in packed.namelist()}
        chosen = sorted(files)[choices[0] % len(files)]
        files[chosen] = _changed(files[chosen], choices[1:])
        made = zipped(one.name, files).data
        assert isinstance(made, bytes)
        return made
    if data.startswith(b"\x1f\x8b"):
        return gzip.compress(_changed(gzip.decompress(data), choices[1:]), mtime=0)
    return _changed(data, choices[1:])


def _changed(data: bytes, choices: list[int]) -> bytes:
    """Apply changes of four choices each: what to do, where (two), with what."""
    made = bytearray(data)
    for what, high, low, word in zip(*[iter(choices)] * 4, strict=False):
        place = (high * 256 + low) % (len(made) + 1)
        piece = WORDS[word % len(WORDS)]
        if what % 5 == 0:
            made[place:place] = piece
        elif what % 5 == 1:
            del made[place : place + word % 16 + 1]
        elif what % 5 == 2:
            made[place : place + len(piece)] = piece
        elif what % 5 == 3:
            made[place : place + 1] = bytes([word])
        else:
            made[place:place] = made[place : place + word % 64]
    return bytes(made)


def once(data: bytes) -> None:
    """Read one input of the search; anything but an InputError goes through."""
    if len(data) < 2:
        return
    if data[0] % 4 == 3:
        inputs = [Input(NAMES[data[1] % len(NAMES)], data[2:])]
    else:
        inputs = mutated(SEEDS[data[1] % len(SEEDS)], data[2:])
    answers = Answers(
        day_first={} if data[0] & 16 else {one.name: bool(data[0] & 8) for one in inputs},
        utm_zone={one.name: "52N" for one in inputs},
        country={"a": "RUS"} if data[0] & 32 else {},
        encoding={"": "cp1251"} if data[0] & 64 else {},
    )
    try:
        reading = read(inputs, answers, chunk_rows=7 + data[0] % 3, limits=LIMITS)
        if reading.genotypes:
            compare_genotypes(reading.genotypes, Parameters())
        told = told_pairs(reading.picture_pairs)
        summary(told)
        proposals(told)
    except InputError as refused:
        assert refused.problems
        assert all(problem.strip() for problem in refused.problems)


def main() -> None:
    folder = Path(sys.argv[1])
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (folder / "corpus" / f"seed-{number}").write_bytes(bytes([16, number, 1, *[2, 0, 40, 1] * 5]))
        for place, one in enumerate(seed):
            assert isinstance(one.data, bytes)
            name = next((at for at, known in enumerate(NAMES) if one.name == known), 0)
            (folder / "corpus" / f"file-{number}-{place}").write_bytes(bytes([19, name]) + one.data)
    extra = sys.argv[2:]
    replay = [argument for argument in extra if not argument.startswith("-")]
    where = replay or [str(folder / "corpus")]
    options = [
        f"-artifact_prefix={folder}/",
        "-max_len=4096",
        "-timeout=60",
        "-len_control=0",
        "-rss_limit_mb=3000",
        *extra,
    ]
    atheris.Setup([sys.argv[0], *[option for option in options if option.startswith("-")], *where], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
