"""What a cluster is made of, without one: packets, buckets, what is said where there is no engine."""

import os
import subprocess
import sys
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from benchmarks.made_tracks import made_tracks
from neaspec.crossings.__main__ import main
from neaspec.crossings.doubts.tracks import buckets_of
from neaspec.crossings.engine import put_together, stays_and_crossings, work_share
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Reading
from neaspec.crossings.pipeline import place
from neaspec.crossings.readers.read import read
from neaspec.crossings.spread import session
from neaspec.crossings.spread.packets import KEY_BYTES, new_key, pack, unpack
from neaspec.crossings.spread.tables import _told_apart
from neaspec.crossings.spread.work import FILE, LINE, _as_our_columns, merged_buckets
from neaspec.paths import ROOT
from tests.support.golden_files import load_kit


def test_a_packet_is_opened_with_its_key_only_and_tells_nothing():
    value = {"places": np.linspace(130, 131, 1_000), "names": pd.Series(["Tuul"] * 1_000, dtype="str")}
    key = new_key()
    packet = pack(value, key)
    opened = unpack(packet, key)
    assert opened["places"].tolist() == value["places"].tolist() and opened["names"].equals(value["names"])
    assert b"Tuul" not in packet and value["places"][500].tobytes() not in packet
    assert len(key) == KEY_BYTES and key != new_key()
    changed = bytearray(packet)
    changed[len(packet) // 2] ^= 1
    for other, with_key in ((packet, new_key()), (bytes(changed), key)):
        with pytest.raises(OSError, match="ecrypt"):
            unpack(other, with_key)


def statement(key, final):
    return {"individual_key": key, "final_key": final}


def test_buckets_that_share_an_animal_are_worked_as_one():
    keys = pd.Series([f"key {number}" for number in range(40)], dtype="str")
    bucket = dict(zip(keys, buckets_of(keys, 8).tolist(), strict=True))
    one, other = "key 0", next(key for key in keys if bucket[key] != bucket["key 0"])
    apart = pd.DataFrame([statement(key, key) for key in keys])
    assert merged_buckets(apart, 8) == {}
    shared = pd.concat([apart, pd.DataFrame([statement(other, one)])])
    low, high = sorted((bucket[one], bucket[other]))
    assert merged_buckets(shared, 8) == {high: low}
    assert merged_buckets(pd.DataFrame([statement("s: 17001.0", "s: 17001")]), 8) == {}


def test_shares_of_the_animals_put_together_are_the_whole():
    context = load_kit()
    records = read([Input("a.csv", made_tracks(3_000).to_csv(index=False).encode())]).records
    placed = place(records, Reading(), context).records
    whole = stays_and_crossings(placed, context.parameters)
    bucket = buckets_of(placed["individual_key"], 3)
    parts = put_together([work_share(placed[bucket == number], context.parameters) for number in (2, 0, 1)])
    for name in ("stays", "crossings", "presences", "statements", "conflicts"):
        pd.testing.assert_frame_equal(getattr(parts, name), getattr(whole, name), check_dtype=False)
    assert parts.dropped == whole.dropped and parts.doubts == whole.doubts
    assert len(whole.crossings) > 50


def test_texts_of_a_table_come_as_dictionaries_so_that_one_long_text_is_there_once():
    rows = pa.RecordBatch.from_pydict({"taxon": ["a", "a"], "count": [1, 2], FILE: [5, 5], LINE: [0, 1]})
    ours = _as_our_columns(rows)
    assert ours.schema.names == ["taxon", "count"]
    assert pa.types.is_dictionary(ours.column(0).type)


def test_files_of_one_name_are_told_apart_without_the_names_of_their_folders():
    addresses = ["s3a://of/ivanov/part-0.parquet", "s3a://of/li/part-0.parquet", "s3a://of/li/part-1.parquet"]
    assert _told_apart(addresses) == ["folder 1/part-0.parquet", "folder 2/part-0.parquet", "folder 2/part-1.parquet"]


def run_with(arguments, capsys, tmp_path):
    (tmp_path / "a.csv").write_text("individual,taxon,time,evidence,declared_country\n")
    code = main([str(tmp_path / "a.csv"), *arguments])
    return code, capsys.readouterr().err.strip()


def test_what_is_missing_is_said_in_a_sentence(tmp_path, capsys, monkeypatch):
    asked = ["--out", str(tmp_path / "out"), "--engine", "spark"]
    monkeypatch.setattr(session.importlib.util, "find_spec", lambda name: None)
    assert run_with(asked, capsys, tmp_path) == (2, session.NO_PYSPARK)
    assert "requirements-spark.txt" in session.NO_PYSPARK
    monkeypatch.setattr(session.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(session.shutil, "which", lambda name, path=None: None)
    assert run_with(asked, capsys, tmp_path) == (2, session.NO_JAVA)
    assert "openjdk-17-jre-headless" in session.NO_JAVA
    assert not (tmp_path / "out").exists()


def test_one_machine_does_not_write_to_an_address(tmp_path, capsys):
    code, told = run_with(["--out", "s3a://bucket/results"], capsys, tmp_path)
    assert code == 2 and "only workers of a cluster write to an address" in told


def test_one_machine_never_loads_the_engine():
    probe = "import sys, neaspec.crossings.__main__; sys.exit('pyspark' in sys.modules or 'py4j' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], cwd=ROOT, check=False).returncode == 0


def test_what_is_sent_works_where_there_is_nothing_else_of_ours(tmp_path):
    with zipfile.ZipFile(session._packed_code(tmp_path)) as packed:
        packed.extractall(tmp_path / "sent")
    probe = (
        "import neaspec.crossings.spread.steps\n"
        "from neaspec.crossings.geo.borders import load_borders\n"
        "from neaspec.crossings.model.parameters import Parameters\n"
        "from neaspec.crossings.engine import work_share\n"
        "from neaspec.crossings.out_of_core import PIECE\n"
        "from neaspec.text import load_words\n"
        "load_borders(Parameters()), load_words('en'), work_share(PIECE.empty_table(), Parameters())\n"
        "from neaspec.paths import ROOT; print(ROOT)"
    )
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=tmp_path / "sent",
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str((tmp_path / "sent").resolve())
