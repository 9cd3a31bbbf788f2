"""The server as browsers use it: scripted sessions over its websocket, beside an empty page with as many elements."""

import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

EMPTY_APP = """import streamlit as st
count = int(st.query_params.get("count", "10"))
choice = st.selectbox("Choice", ["first", "second", "third"])
st.html(f"<h1>{choice}</h1>")
for number in range(count):
    st.html(f"<p>{number}</p>")
"""
SPECIES = ["amur_tiger", "amur_leopard", "snow_leopard", "black_faced_spoonbill", "white_naped_crane", "hooded_crane"]
LIMIT_SECONDS = 60


@dataclass
class Run:
    """One run of a page: how long it took, how much was sent, how many elements it had."""

    seconds: float
    sent: int
    elements: int


@dataclass
class Load:
    """What many sessions at once met."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0


async def one_run(socket: websockets.ClientConnection, page: str, query: str, cached: set[str]) -> Run:
    """Ask for a page and wait until its script has finished; large messages met before are asked for by their name."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    message.rerun_script.cached_message_hashes.extend(cached)
    started = time.perf_counter()
    await socket.send(message.SerializeToString())
    sent = elements = 0
    while True:
        raw = await asyncio.wait_for(socket.recv(), LIMIT_SECONDS)
        sent += len(raw)
        answer = ForwardMsg.FromString(raw)
        if answer.hash:
            cached.add(answer.hash)
        kind = answer.WhichOneof("type")
        if kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            elements += 1
        if kind == "script_finished" and answer.script_finished in (0, 3):
            return Run(time.perf_counter() - started, sent, elements)


def connect(address: str) -> websockets.connect:
    """Open a session as a browser does."""
    stream = address.replace("http", "ws") + "/_stcore/stream"
    return websockets.connect(stream, subprotocols=["streamlit"], max_size=None, compression=None)


async def page_runs(address: str, page: str, query: str, runs: int) -> list[Run]:
    """Return the runs of a page in one session, without the first two."""
    async with connect(address) as socket:
        cached: set[str] = set()
        made = [await one_run(socket, page, query, cached) for _ in range(runs + 2)]
    return made[2:]


async def visitor(address: str, number: int, until: float, think: float, load: Load) -> None:
    """Open the app and change the species every few seconds until the time is up."""
    chance = random.Random(number)
    await asyncio.sleep(number * 0.05)
    try:
        async with connect(address) as socket:
            cached: set[str] = set()
            await one_run(socket, "species", "", cached)
            while time.perf_counter() < until:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
                query = f"species={chance.choice(SPECIES)}"
                load.seconds.append((await one_run(socket, "species", query, cached)).seconds)
    except (TimeoutError, OSError, websockets.WebSocketException):
        load.failed += 1


async def crowd(address: str, sessions: int, seconds: float, think: float = 5.0) -> Load:
    """Let many sessions click for a while."""
    load = Load()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(visitor(address, number, until, think, load) for number in range(sessions)))
    return load


def resident_mb(port: str) -> float:
    """Return the resident memory of the server on a port, in MB (Linux)."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="ignore")
            if "streamlit" in command and port in command:
                status = (folder / "status").read_text()
                return int(status.partition("VmRSS:")[2].split()[0]) / 1000
        except OSError:
            continue
    return float("nan")


def percentile(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def median_run(runs: list[Run]) -> Run:
    """Return medians of time, bytes and elements."""
    return Run(
        statistics.median(run.seconds for run in runs),
        int(statistics.median(run.sent for run in runs)),
        int(statistics.median(run.elements for run in runs)),
    )


def write_empty_app(folder: Path) -> str:
    """Write the empty app and return its file name."""
    (folder / "empty.py").write_text(EMPTY_APP, encoding="utf-8")
    return "empty.py"
