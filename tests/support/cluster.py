"""A cluster of Spark on this machine: a master and workers that are processes of their own, on 127.0.0.1 only."""

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PLAIN_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "1g",
    "spark.log.level": "ERROR",
}


def missing():
    """Say why there can be no cluster; empty if there can."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (requirements-spark.txt)"
    home = os.environ.get("JAVA_HOME")
    return "" if shutil.which("java", path=f"{home}/bin" if home else None) else "there is no Java 17 or newer"


def needs_cluster():
    """Skip a module that needs Spark where there is none."""
    return pytest.mark.skipif(bool(missing()), reason=missing() or "there is one")


@dataclass
class Cluster:
    """One master and some workers; what they write lies in `folder`."""

    folder: Path
    workers: int = 2
    processes: list[subprocess.Popen] = field(default_factory=list)
    port: int = 0

    @property
    def master(self):
        return f"spark://127.0.0.1:{self.port}"

    def __enter__(self):
        self.port = free_port()
        self._start("Master", "--port", str(self.port), "--webui-port", "0")
        until = time.monotonic() + 120
        while not _answers(self.port):
            assert time.monotonic() < until, "the master does not answer"
            time.sleep(0.2)
        for number in range(self.workers):
            place = self.folder / f"worker-{number}"
            self._start(
                "Worker", "--cores", "1", "--memory", "2g", "--webui-port", "0", "--work-dir", str(place), self.master
            )
        return self

    def __exit__(self, *problem):
        for process in self.processes:
            end(process)

    def kill_a_worker(self):
        """Kill the last worker with the executor that it started."""
        os.killpg(self.processes[-1].pid, signal.SIGKILL)
        self.processes[-1].wait()

    def files(self):
        """Give all files that the cluster and its programs wrote."""
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def _start(self, kind, *arguments):
        """Start a process with nothing of ours in its folder or path."""
        import pyspark

        home = Path(pyspark.__file__).parent
        scratch = self.folder / "local"
        scratch.mkdir(parents=True, exist_ok=True)
        environment = {name: text for name, text in os.environ.items() if name not in ("PYTHONPATH", "SPARK_HOME")}
        environment |= {
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(scratch),
            "TMPDIR": str(scratch),
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_NO_DAEMONIZE": "1",
        }
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind.lower()}.{kind}"]
        log = (self.folder / f"{kind.lower()}-{len(self.processes)}.log").open("w")
        self.processes.append(
            subprocess.Popen(
                [*command, "--host", "127.0.0.1", *arguments],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_us,
            )
        )


def _end_with_us():
    """Let a process of the cluster end when the one that started it does, however that ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def end(process):
    """End a process that was started here, and what it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
