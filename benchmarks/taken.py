"""How long what is taken away takes: alone, beside an empty page, in a whole pack, and for ten users at once.

`python -m benchmarks.taken` measures only this and puts it in its place in benchmarks/results.md.
"""

import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.report import met, put_section
from neaspec.blocks import Text
from neaspec.briefs.formats import FORMATS
from tests.support.said import made_up_document, real_document
from tests.support.serving import ROOT, running

TITLE = "## Taken away"
AIMS = {"pdf": 2.0, "pptx": 2.0, "xlsx": 1.0, "html": 2.0}  # seconds, warm
COLD_PDF, PACK, MEMORY_MB = 5.0, 30.0, 400.0
RUNS = 7
COLD = (
    "import sys; from neaspec.briefs.__main__ import main; "
    "sys.exit(main(['--country', 'MNG', '--format', sys.argv[1], '--out', sys.argv[2]]))"
)


def warm_seconds(form: str, document: object) -> float:
    """Return the median time to make a document, the first time apart."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        FORMATS[form].make(document)  # type: ignore[arg-type]
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def cold_seconds(form: str) -> float:
    """Return the median time of a new process that opens the database, composes the brief and writes it."""
    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", COLD, form, folder], cwd=ROOT, check=True, capture_output=True)
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def memory_mb(port: str, field: str) -> float:
    """Return what the server on a port holds in memory now (VmRSS) or held at most (VmHWM), in MB (Linux)."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="ignore")
            if "streamlit" in command and port in command:
                return int((folder / "status").read_text().partition(f"{field}:")[2].split()[0]) / 1000
        except OSError:
            continue
    return float("nan")


def fetched(address: str) -> tuple[int, float]:
    """Return the size of an answer and how long it took."""
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=300) as answer:
        return len(answer.read()), time.perf_counter() - start


def section() -> list[str]:
    """Measure; return the lines of the section."""
    brief = real_document("briefs", kind="country", country_code="MNG")
    page = made_up_document().page
    empty = made_up_document(replace(page, blocks=(Text(text="Nothing."),), sources=page.sources[:0], marks={}))
    lines = [
        TITLE,
        "",
        "A country brief in each format, its page composed already, beside a page with one sentence; and in a new process",
        "(imports, database, composing, writing).",
        "",
        "| format | kB | warm s | one sentence s | ratio | aim s | new process s |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for form, aim in AIMS.items():
        warm, floor, cold = warm_seconds(form, brief), warm_seconds(form, empty), cold_seconds(form)
        size = len(FORMATS[form].make(brief)) / 1000
        said = f"{aim:g} {met(warm <= aim)}"
        lines.append(f"| {form} | {size:.0f} | {warm:.2f} | {floor:.3f} | {warm / floor:.1f} | {said} | {cold:.1f} |")
        print(lines[-1], flush=True)
        if form == "pdf":
            cold_pdf = cold
    lines += ["", f"- PDF in a new process within {COLD_PDF:g} s: {met(cold_pdf <= COLD_PDF)} ({cold_pdf:.1f} s)."]
    with running() as address:
        port = address.rpartition(":")[2]
        fetched(f"{address}/take/country.pdf?country_code=RUS")
        time.sleep(20)  # until the pages are prepared
        idle = memory_mb(port, "VmRSS")
        wanted = [
            f"{address}/take/briefs.{form}?kind=country&country_code={code}"
            for code, form in zip(
                ("CHN", "JPN", "KOR", "MNG", "PRK", "RUS") * 2, ("pdf", "xlsx", "html", "pptx") * 3, strict=True
            )
        ][:10]
        with ThreadPoolExecutor(10) as crowd:
            answers = list(crowd.map(fetched, wanted))
        again = [fetched(one)[1] for one in wanted]
        lines.append(
            f"- Ten users at once, each another brief: all served, the last after {max(seconds for _, seconds in answers):.1f} s; "
            f"asked again, each within {max(again) * 1000:.0f} ms (kept)."
        )
        size, seconds = fetched(f"{address}/take/pack.zip?as_known=som_27")
        lines.append(
            f"- Whole pack of SOM-27, {size / 1e6:.1f} MB: {seconds:.0f} s; aim {PACK:g} s: {met(seconds <= PACK)}."
        )
        most = memory_mb(port, "VmHWM") - idle
        lines.append(
            f"- Memory above the idle server at most: {most:.0f} MB; aim {MEMORY_MB:g}: {met(most <= MEMORY_MB)}."
        )
    lines += [
        "- The HTML file holds its scripts compressed: plotly and deck.gl take most of it (sizes in neaspec/render/html_file/files.py).",
        "",
    ]
    return lines


def main() -> None:
    """Measure and put the section where it belongs."""
    put_section(TITLE, section())


if __name__ == "__main__":
    main()
