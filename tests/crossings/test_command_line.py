"""The command line: the results of the page whatever the pieces, and the same results after it was killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from benchmarks.made_tracks import made_tracks, write_tracks
from neaspec.crossings import out_of_core
from neaspec.crossings.__main__ import main, told_apart
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.outputs.tables import result_files
from neaspec.crossings.pipeline import make_context, run_pipeline
from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.readers.read import read
from neaspec.data.database import open_database, serving_path
from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from neaspec.text import load_words

ROWS = 12_000
TABLES = ("crossings.csv", "stays.csv")


@pytest.fixture(scope="module")
def tracks(tmp_path_factory):
    return write_tracks(tmp_path_factory.mktemp("tracks") / "made up.parquet", ROWS)


@pytest.fixture(scope="module")
def context():
    path = serving_path()
    return make_context(load_rules(Ask(open_database(path), None, path.stem)), Parameters())


@pytest.fixture(scope="module")
def whole(tracks, context):
    """The files of the page's way: everything at once, in memory."""
    return dict(result_files(run_pipeline(read([Input(tracks.name, tracks)]), context), context, load_words("en")))


def test_pieces_of_any_size_give_the_files_of_the_page(tracks, whole, tmp_path):
    assert whole["crossings.csv"].count(b"\n") > 200
    for rows in ("1700", "200000"):
        assert main([str(tracks), "--out", str(tmp_path / rows), "--rows", rows]) == 0
        made = {path.name: path.read_bytes() for path in (tmp_path / rows).iterdir()}
        assert set(made) == set(whole)
        assert made == whole


def test_neither_the_order_of_files_nor_of_rows_changes_what_is_found(context, tmp_path):
    tracks = made_tracks(6_000).astype({"data_set": "str"})
    shuffled = tracks.sample(frac=1, random_state=3)
    for name, rows in (("north", "made up north"), ("south", "made up south")):
        tracks[tracks["data_set"] == rows].to_csv(tmp_path / f"{name}.csv", index=False)
        shuffled[shuffled["data_set"] == rows].to_csv(tmp_path / f"{name} shuffled.csv", index=False)
    assert main([str(tmp_path / "north.csv"), str(tmp_path / "south.csv"), "--out", str(tmp_path / "a")]) == 0
    assert main([str(tmp_path / "south.csv"), str(tmp_path / "north.csv"), "--out", str(tmp_path / "b")]) == 0
    for name in TABLES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    names = [str(tmp_path / f"{name} shuffled.csv") for name in ("south", "north")]
    assert main([*names, "--out", str(tmp_path / "c"), "--rows", "999"]) == 0
    for name in TABLES:
        one, other = (pd.read_csv(tmp_path / folder / name) for folder in "ac")
        where = [column for column in one if column.endswith(("_row", "_source"))]
        assert len(one) > 100
        pd.testing.assert_frame_equal(one.drop(columns=where), other.drop(columns=where))


def test_a_run_that_is_killed_leaves_no_result_and_goes_on_to_the_same_one(tracks, whole, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "neaspec.crossings", str(tracks), "--out", str(out), "--rows", "300"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while len(list((out / ".work").glob("piece-*.parquet"))) < 3 and time.monotonic() < until:
        assert running.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert [path.name for path in out.iterdir()] == [".work"]
    kept = {path: path.stat().st_mtime_ns for path in (out / ".work").glob("piece-*.parquet")}
    assert len(kept) >= 3
    again = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (out / "report.json").exists() and again.poll() is None:
        for path, written in kept.items():
            try:
                assert path.stat().st_mtime_ns == written, "a piece that was whole was made again"
            except FileNotFoundError:
                break
        time.sleep(0.05)
    _, complaints = again.communicate()
    assert again.returncode == 0, complaints
    assert {path.name: path.read_bytes() for path in out.iterdir()} == whole


def test_other_parameters_begin_anew(tracks, tmp_path, monkeypatch):
    asked = []
    placing = out_of_core.place
    monkeypatch.setattr(out_of_core, "place", lambda *given: asked.append(1) or placing(*given))
    stopped = pytest.MonkeyPatch()
    stopped.setattr(out_of_core, "stays_and_crossings", lambda *given, **more: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        main([str(tracks), "--out", str(tmp_path), "--rows", "4000"])
    stopped.undo()
    pieces = len(asked)
    assert pieces >= 3
    assert main([str(tracks), "--out", str(tmp_path), "--rows", "4000", "--set", "border_zone_m=2000"]) == 0
    assert len(asked) == 2 * pieces
    assert not (tmp_path / ".work").exists()


def test_two_runs_do_not_share_a_folder(tracks, tmp_path, capsys):
    with out_of_core._work_folder(tmp_path, "another run"):
        assert main([str(tracks), "--out", str(tmp_path)]) == 2
    assert "another run works in this folder" in capsys.readouterr().err


def test_the_work_folder_holds_no_position(tracks, tmp_path, monkeypatch):
    monkeypatch.setattr("neaspec.crossings.__main__.forget_work", lambda out: None)
    assert main([str(tracks), "--out", str(tmp_path), "--rows", "5000"]) == 0
    rows = made_tracks(ROWS)
    exact = set(np.concatenate([rows["longitude"], rows["latitude"]]).tolist())
    files = sorted((tmp_path / ".work").glob("piece-*.parquet"))
    assert files
    for path in files:
        table = pq.read_table(path)
        for name, column in zip(table.column_names, table.columns, strict=True):
            values = column.to_pylist()
            assert not exact & {value for value in values if isinstance(value, float)}, name
            told = {value for value in values if isinstance(value, str)}
            assert not any(f"{place:.3f}" in value for value in told for place in list(exact)[:500]), name
    sealed = sorted((tmp_path / ".work").glob("piece-*.sealed"))
    assert len(sealed) == len(files)
    for path in sealed:
        data = path.read_bytes()
        assert not any(np.float64(place).tobytes() in data for place in list(exact)[:500])
        with pytest.raises(OSError, match="encrypted"):
            pq.read_table(path)
    others = [path for path in (tmp_path / ".work").rglob("*") if path.is_file() and path not in [*files, *sealed]]
    assert sorted(path.name for path in others) == ["fingerprint", "lock"]


def test_files_of_one_name_are_told_apart_without_the_names_of_their_folders():
    paths = [
        Path("/shares/ivanov/ru/observations.csv"),
        Path("/shares/li/cn/observations.csv"),
        Path("/shares/match.csv"),
    ]
    assert told_apart(paths) == ["folder 1/observations.csv", "folder 2/observations.csv", "match.csv"]


def test_an_answer_about_a_data_set_that_is_not_there_is_told(tracks, tmp_path, capsys):
    assert main([str(tracks), "--out", str(tmp_path), "--country", "made up west=CHN"]) == 0
    said = capsys.readouterr().err
    assert "--country made up west: not used; there are made up north, made up south" in said


def test_a_text_in_an_unknown_encoding_is_told_with_the_option_that_states_it(tmp_path, capsys):
    odd = tmp_path / "odd.csv"
    odd.write_bytes(b"individual,taxon,time,evidence,declared_country\nT\x98,Panthera tigris,2024-01-10,camera,CHN\n")
    assert main([str(odd), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert "save the file as CSV UTF-8\nor state the encoding of a file: --encoding FILE=gb18030" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing.csv"], "nothing.csv: there is no such file"),
        (["{tracks}", "--set", "speed=3"], "there is no such parameter"),
        (["{tracks}", "--set", "border_zone_m=far"], "it must be a number"),
        (["{tracks}", "--set", "fixes_for_confirmed=-1"], "zero or more"),
        (["{tracks}", "--country", "CHN"], "it must be NAME=VALUE"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_nothing_is_written(arguments, told, tracks, tmp_path, capsys):
    given = [text.format(tracks=tracks) for text in arguments]
    assert main([*given, "--out", str(tmp_path / "out")]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").glob("*.csv"))


def test_a_country_that_is_answered_is_known_or_refused(tracks, tmp_path, capsys):
    assert main([str(tracks), "--out", str(tmp_path), "--country", "made up=Atlantis"]) == 2
    assert "--country made up=Atlantis" in capsys.readouterr().err


def test_a_run_that_stops_among_its_results_leaves_no_report_of_an_earlier_one(tracks, tmp_path, monkeypatch):
    (tmp_path / "report.json").write_text("of an earlier run")

    def stop(path, data):
        raise KeyboardInterrupt

    monkeypatch.setattr("neaspec.crossings.__main__.atomic_write", stop)
    with pytest.raises(KeyboardInterrupt):
        main([str(tracks), "--out", str(tmp_path)])
    assert not (tmp_path / "report.json").exists()
