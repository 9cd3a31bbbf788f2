"""Capture histories as the text files of secr and oSCR.

secr (read.capthist with fmt = "trapID", binary.usage = FALSE): captures are `Session ID Occasion Detector Sex`, one
file of detectors for each session `Detector X Y` with the effort of each occasion; header lines begin with #. A session
with cameras and no animal has one line with the animal NONE. oSCR (data2oscr): an encounter data file (session, id,
occasion, trap, sex) and one trap deployment file for each session (Detector, X, Y, one column for each occasion: 1 = in
operation).

Only what both can use is written: traps with a point, captures where and when effort is known. What is left out is
counted in the header.
"""

from collections.abc import Iterator

import pandas as pd

from neaspec.crossings.joint.histories import CaptureHistory
from neaspec.text import Words

SEXES = {"female": "F", "male": "M"}
NO_CAPTURE = "NONE"


def capture_files(history: CaptureHistory, words: Words) -> Iterator[tuple[str, bytes]]:
    """Give name and content of each file of a history; equal histories give equal bytes."""
    traps = history.traps[history.traps["x"].notna()]
    usage = history.usage[history.usage["trap"].isin(traps["trap"]) & (history.usage["camera_days"] > 0)]
    keys = ["session", "trap", "occasion"]
    captures = history.captures.merge(usage[keys], on=keys)
    sessions = {name: length for name, length in history.sessions.items() if name in set(usage["session"])}
    head = _head(history, len(history.captures) - len(captures), words)
    yield (
        "secr-captures.txt",
        _text([*head, "# Session ID Occasion Detector Sex", *_secr_lines(captures, usage, sessions)]),
    )
    edf = captures.assign(session=captures["session"].map({name: n for n, name in enumerate(sessions, start=1)}))
    yield "oscr-edf.csv", _oscr_edf(edf)
    for number, (session, length) in enumerate(sessions.items(), start=1):
        table = _usage_table(traps, usage[usage["session"] == session], length)
        lines = [" ".join(str(cell) for cell in row) for row in table.itertuples(index=False)]
        yield f"secr-traps-{session}.txt", _text([*head, f"# session {session}", "# Detector X Y effort", *lines])
        columns = ["Detector", "X", "Y", *(str(occasion) for occasion in range(1, length + 1))]
        rows = [
            ",".join([*map(str, row[:3]), *("1" if float(days) > 0 else "0" for days in row[3:])])
            for row in table.itertuples(index=False)
        ]
        yield f"oscr-tdf-{number}.csv", _text([",".join(columns), *rows])
    yield "README.txt", _read_me(history, sessions, words)


def slug(history: CaptureHistory) -> str:
    """Return the name of the folder of a history."""
    name = history.species_id or history.taxon
    return (
        "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name).lower()[:60] or "animals"
    )


def _head(history: CaptureHistory, left_out: int, words: Words) -> list[str]:
    level = words("joint.histories_exact" if history.is_exact else "joint.histories_public")
    lines = [
        history.taxon,
        level,
        words("joint.histories_origin", latitude=f"{history.origin[0]:g}", longitude=f"{history.origin[1]:g}"),
        words("joint.histories_left_out", count=left_out),
    ]
    return [f"# {' '.join(line.split())}" for line in lines]


def _secr_lines(captures: pd.DataFrame, usage: pd.DataFrame, sessions: dict[str, int]) -> Iterator[str]:
    for session in sessions:
        own = captures[captures["session"] == session]
        for row in own.itertuples():
            yield f"{session} {row.animal_id} {row.occasion} {row.trap} {SEXES.get(str(row.sex), 'NA')}"
        if own.empty:
            first = usage[usage["session"] == session].sort_values(["occasion", "trap"]).iloc[0]
            yield f"{session} {NO_CAPTURE} {first['occasion']} {first['trap']} NA"


def _usage_table(traps: pd.DataFrame, usage: pd.DataFrame, length: int) -> pd.DataFrame:
    """Return Detector, X, Y and the camera-days of each occasion; traps without any in a session are not there."""
    wide = usage.pivot_table(index="trap", columns="occasion", values="camera_days", aggfunc="sum", fill_value=0.0)
    wide = wide.reindex(columns=range(1, length + 1), fill_value=0.0)
    own = traps[traps["trap"].isin(wide.index)]
    table = pd.DataFrame(
        {"trap": own["trap"], "x": [f"{x:.0f}" for x in own["x"]], "y": [f"{y:.0f}" for y in own["y"]]}
    )
    days = wide.reindex(own["trap"]).reset_index(drop=True)
    days = days.map(lambda value: f"{value:g}")
    return pd.concat([table.reset_index(drop=True), days], axis=1)


def _oscr_edf(captures: pd.DataFrame) -> bytes:
    lines = [
        f"{row.session},{row.animal_id},{row.occasion},{row.trap},{SEXES.get(str(row.sex), 'NA')}"
        for row in captures.itertuples()
    ]
    return _text(["session,id,occasion,trap,sex", *lines])


def _read_me(history: CaptureHistory, sessions: dict[str, int], words: Words) -> bytes:
    files = ", ".join(f'"secr-traps-{session}.txt"' for session in sessions)
    lengths = ", ".join(str(length) for length in sessions.values())
    said = words("joint.histories_exact" if history.is_exact else "joint.histories_public")
    secr = (
        f'CH <- read.capthist("secr-captures.txt", c({files}), detector = "proximity", fmt = "trapID", '
        f'noccasions = c({lengths}), covnames = "Sex", binary.usage = FALSE)'
    )
    tdf = ", ".join(f'read.csv("oscr-tdf-{number}.csv")' for number in range(1, len(sessions) + 1))
    oscr = (
        'data <- data2oscr(read.csv("oscr-edf.csv"), sess.col = 1, id.col = 2, occ.col = 3, trap.col = 4, '
        f'tdf = list({tdf}), K = c({lengths}), ntraps = rep(NA, {len(sessions)}), sex.nacode = "NA")'
    )
    return _text(
        [
            history.taxon,
            "",
            said,
            words("joint.histories_read_me"),
            "",
            "library(secr)",
            secr,
            "",
            "library(oSCR)",
            oscr,
        ]
    )


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")
