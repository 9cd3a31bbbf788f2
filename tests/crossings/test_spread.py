"""A cluster gives the bytes of one machine: a master and two workers, processes of their own, without our code."""

import os
import sys
import threading
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.made_tracks import made_tracks
from neaspec.crossings.__main__ import main
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.outputs.tables import as_csv, result_files
from neaspec.crossings.pipeline import run_pipeline
from neaspec.crossings.readers.read import read
from neaspec.crossings.spread import run
from neaspec.crossings.spread.run import Given, Spread, run_spread
from neaspec.crossings.spread.session import engine_session
from neaspec.errors import InputError
from neaspec.text import load_words
from tests.crossings.test_cases import ANSWERS, CASES, EXPECTED
from tests.support.cluster import PLAIN_SETTINGS, Cluster, needs_cluster
from tests.support.golden_files import load_kit
from tests.support.random_field_data import random_files

# More cases and seeds go through the steps of workers in tests/crossings/test_spread_steps.py, without a cluster. With
# ALL_CASES=1 all of them go through a cluster, too, which takes many minutes.
ALL = bool(os.environ.get("ALL_CASES"))
pytestmark = [pytest.mark.cluster, needs_cluster()]


@pytest.fixture(scope="module")
def context():
    return load_kit()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="module")
def session(cluster):
    """One session for all; what it writes lies with the cluster, not encrypted by the engine: our sealing is tested."""
    events, local = cluster.folder / "events", cluster.folder / "driver"
    events.mkdir()
    patch = pytest.MonkeyPatch()
    patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    patch.setenv("NEASPEC_ENGINE_ERRORS", "1")
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    settings = PLAIN_SETTINGS | {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": events.as_uri(),
        "spark.local.dir": str(local),
        "spark.io.encryption.enabled": "false",
    }
    with engine_session(cluster.master, settings) as started:
        yield started
    patch.undo()


def on_one_machine(files, context, answers=None):
    return bytes_of(run_pipeline(read(files, answers or Answers()), context), context)


def bytes_of(worked, context):
    return dict(result_files(worked, context, load_words("en")))


def on_the_cluster(session, files, context, answers=None, addresses=(), rows=200_000, buckets=2):
    given = Given(files, list(addresses), context, answers or Answers())
    return bytes_of(run_spread(given, Spread(session, rows, buckets=buckets)), context)


@pytest.mark.parametrize("name", [name for name in EXPECTED if ALL or name[:2] in ("01", "04", "18", "20")])
def test_every_case_gives_the_same_bytes(name, session, context):
    files = [Input(path.name, path.read_bytes()) for path in sorted((CASES / name).iterdir())]
    answers = ANSWERS.get(name)
    assert on_the_cluster(session, files, context, answers) == on_one_machine(files, context, answers)


@pytest.mark.parametrize("seed", range(10) if ALL else (1, 2))
def test_random_data_give_the_same_bytes(seed, session, context, tmp_path):
    """Every other time workers read the tables themselves, from a folder."""
    files = random_files(seed)
    one = on_one_machine(files, context)
    assert one["crossings.csv"].count(b"\n") > 20
    if seed % 2 == 0:
        assert on_the_cluster(session, files, context, rows=170 + seed, buckets=3 + seed) == one
        return
    for file in files:
        if file.name.endswith(".parquet"):
            (tmp_path / file.name).write_bytes(file.data)
    here = [file for file in files if not file.name.endswith(".parquet")]
    assert on_the_cluster(session, here, context, addresses=[str(tmp_path)], rows=97, buckets=5) == one


def test_a_partitioned_table_is_read_with_the_columns_of_its_folders(session, context, tmp_path):
    tracks = made_tracks(3_000).astype({"data_set": "str"})
    files = []
    for number, (name, rows) in enumerate(tracks.groupby("data_set", sort=True)):
        folder = tmp_path / "table" / f"data_set={name}"
        folder.mkdir(parents=True)
        rows.drop(columns="data_set").to_parquet(folder / f"part-{number}.parquet", index=False)
        whole = tmp_path / f"part-{number}.parquet"
        rows.to_parquet(whole, index=False)
        files.append(Input(whole.name, whole))
    told = on_the_cluster(session, [], context, addresses=[str(tmp_path / "table")])
    assert told == on_one_machine(files, context)


def test_an_identity_that_is_refused_gives_its_records_back_across_parts(session, context, monkeypatch):
    """Both animals get the records of a sample back, which were parted by the key that cannot be right."""
    header = "data_set,individual,sample_id,taxon,time,evidence,declared_country\n"
    rows = [
        f"{place},{name},{sample},{taxon},2021-0{month}-01,genetic,{country}\n"
        for place, name, taxon in (("A", "X", "Panthera tigris"), ("B", "Y", "Antigone vipio"))
        for month, sample, country in ((1, "", "RUS"), (2, f"s{place}", "CHN"), (3, "", "RUS"))
    ]
    matches = "sample_id,individual_id,method,loci_compared,loci_matched,laboratory\n" + "".join(
        f"s{place},K,genotype,12,12,L\n" for place in "AB"
    )
    files = [Input("records.csv", (header + "".join(rows)).encode()), Input("match.csv", matches.encode())]
    asked = []
    plain = run.merged_buckets
    monkeypatch.setattr(run, "merged_buckets", lambda *given: asked.append(plain(*given)) or asked[-1])
    told = on_the_cluster(session, files, context, buckets=64)
    assert asked[0] and asked[-1] == asked[0]
    assert told == on_one_machine(files, context)
    assert told["crossings.csv"].count(b"\n") == 5


def test_what_cannot_be_read_on_a_worker_is_said_in_a_sentence(session, context, tmp_path):
    rows = made_tracks(10).astype({"data_set": "str"})
    pq.write_table(pa.Table.from_pandas(rows.assign(taxon="x" * 2_000)), tmp_path / "long.parquet")
    with pytest.raises(InputError, match=r"long\.parquet, column taxon: a text of more than 1,000 letters"):
        on_the_cluster(session, [], context, addresses=[str(tmp_path)])
    with pytest.raises(InputError, match="no Parquet tables are found there"):
        on_the_cluster(session, [], context, addresses=[str(tmp_path / "nowhere")])


def test_workers_write_the_rows_of_the_files_of_one_machine(session, cluster, context, tmp_path, capsys):
    """By the command line, which uses the session that is there; a report of an earlier run goes first."""
    source, out = tmp_path / "tracks", tmp_path / "results"
    source.mkdir()
    out.mkdir()
    (out / "report.json").write_text("of an earlier run")
    tracks = made_tracks(6_000).astype({"data_set": "str"})
    for part in range(2):
        tracks.iloc[part::2].to_parquet(source / f"part-{part}.parquet", index=False)
    files = [Input(path.name, path) for path in sorted(source.glob("*.parquet"))]
    one = on_one_machine(files, context)
    asked = ["--engine", "spark", "--master", cluster.master]
    assert main([source.as_uri(), "--out", out.as_uri(), *asked]) == 0
    assert capsys.readouterr().out.strip() == out.as_uri()
    order = {"crossings": ["individual_key", "to_stay", "from_stay", "grade"], "stays": ["individual_key", "stay"]}
    for name, columns in order.items():
        rows = pd.read_parquet(out / name).sort_values(columns, ignore_index=True)
        assert as_csv(rows) == one[f"{name}.csv"]
    assert (out / "report.json").read_bytes() == one["report.json"]


def test_no_file_of_the_engine_holds_an_exact_position_or_the_key(session, cluster, context, tmp_path, monkeypatch):
    """Not as text, not as a number, in shuffles, caches, logs, event logs, also where the engine encrypts nothing."""
    tracks = made_tracks(4_000).astype({"data_set": "str"})
    tracks.to_parquet(tmp_path / "tracks.parquet", index=False)
    few = tracks.head(900)
    here = Input("here.csv", few.to_csv(index=False).encode())
    keys = []
    plain = run.new_key
    monkeypatch.setattr(run, "new_key", lambda: keys.append(plain()) or keys[-1])
    on_the_cluster(session, [here], context, addresses=[str(tmp_path)])
    places = np.concatenate([few["longitude"].head(150), few["latitude"].head(150)])
    secret = [sign for place in places.tolist() for sign in _written(place)]
    shuffled = 0
    for path in cluster.files():
        data = path.read_bytes()
        shuffled += data.count(b"PARE") if path.name.startswith("shuffle_") else 0
        assert not any(sign in data for sign in secret), path.name
        assert not any(key in data or key.hex().encode() in data for key in keys), path.name
    assert shuffled > 5, "no sealed packet was found where the engine keeps them: the search looked in the wrong place"


def _written(place):
    """Return ways in which a number is written; four bytes would be found by chance."""
    number = np.float64(place)
    yield from (f"{place:.6f}".encode(), repr(place).encode(), number.tobytes(), number.byteswap().tobytes())


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(session, cluster, context, tmp_path):
    """The last of this file: the cluster has one worker from here on."""
    tracks = made_tracks(60_000).astype({"data_set": "str"})
    for part in range(8):
        tracks.iloc[part::8].to_parquet(tmp_path / f"part-{part}.parquet", index=False)
    given = Given([], [str(tmp_path)], context, Answers())
    told = []
    working = threading.Thread(target=lambda: told.append(run_spread(given, Spread(session, 1_000, buckets=6))))
    working.start()
    tracker, until = session.sparkContext.statusTracker(), time.monotonic() + 300
    while not _is_in_the_middle(tracker):
        assert working.is_alive() and time.monotonic() < until, "it ended before a worker could be killed"
        time.sleep(0.02)
    cluster.kill_a_worker()
    working.join(400)
    files = [Input(path.name, path) for path in sorted(tmp_path.glob("*.parquet"))]
    assert bytes_of(told[0], context) == on_one_machine(files, context)


def _is_in_the_middle(tracker):
    """Tell whether a stage of several tasks has some that are done and some that are not."""
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return any(stage and stage.numTasks > 3 and 2 <= stage.numCompletedTasks < stage.numTasks for stage in stages)
