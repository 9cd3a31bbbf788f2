"""Start the real app on a free port, as a reader's browser would meet it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from neaspec.paths import ROOT

# Without a graphics card maps are drawn in software; composing the rest of the page there, too, took most of the time.
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-compositing"]


def chromium() -> str:
    """Return the browser that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("NEASPEC_CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)
    assert found, "the browser tests need Chromium (Debian: apt-get install chromium)"
    return found


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    script: str = "dashboard.py",
    folder: Path = ROOT,
    database_dir: Path | None = None,
    log: Path | None = None,
    options: Sequence[str] = (),
    more_env: Mapping[str, str] | None = None,
    port: int = 0,
) -> Iterator[str]:
    """Serve an app and give its address; stop it at the end. What it logs goes into `log`, or nowhere."""
    port = port or free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
        *options,
    ]
    env = os.environ | ({"NEASPEC_DATABASE_DIR": str(database_dir)} if database_dir else {}) | dict(more_env or {})
    with (log or Path(os.devnull)).open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                    break
            except urllib.error.HTTPError:
                break  # it answers; below a folder there is nothing at this address
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
