"""The made-up pair of packages with positions exact to centimetres, so that a trace of one is no chance."""

import csv
import io
import zipfile
from random import Random

from tools.sample import sample_files


def exact_pair(seed: int = 7) -> tuple[dict[str, bytes], list[float]]:
    """Return files (name -> content) and all exact degrees in them."""
    random = Random(seed)  # noqa: S311
    files, degrees = {}, list[float]()
    for name, data in sample_files().items():
        files[name] = _moved(data, random, degrees) if name.endswith(".zip") else data
    return files, degrees


def _moved(data: bytes, random: Random, degrees: list[float]) -> bytes:
    out = io.BytesIO()
    moved: dict[str, tuple[str, str]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "deployments.csv":
                content = _stations(content, random, moved)
            after.writestr(name, content)
    degrees += [float(value) for pair in moved.values() for value in pair]
    return out.getvalue()


def _stations(content: bytes, random: Random, moved: dict[str, tuple[str, str]]) -> bytes:
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    for row in rows:
        place = row["locationID"]
        if place not in moved:
            moved[place] = tuple(
                f"{float(row[name]) + random.random() / 100:.5f}7" for name in ("latitude", "longitude")
            )  # type: ignore[assignment]
        row["latitude"], row["longitude"] = moved[place]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
