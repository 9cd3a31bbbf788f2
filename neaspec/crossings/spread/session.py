"""A session of the engine: there or clearly missing, set so that nothing it writes can be read, our code sent along."""

import importlib.util
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neaspec.errors import InputError
from neaspec.paths import DATA_DIR, GEO_DIR, QUERIES_DIR, ROOT, TEXT_DIR

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ON_THIS_MACHINE = "local[*]"
NO_PYSPARK = "--engine spark needs pyspark, which is not installed: pip install -r requirements-spark.txt"
NO_JAVA = (
    "--engine spark needs Java 17 or newer, which is not found: install it (Debian: apt-get install "
    "openjdk-17-jre-headless) or set JAVA_HOME"
)
CODE = "neaspec_code"  # folder into which a worker unpacks what is sent
SETTINGS = {
    "spark.app.name": "neaspec crossings",
    # Times are UTC and never of a zone of the machine.
    "spark.sql.session.timeZone": "UTC",
    # Whatever the engine writes on a disk is encrypted, beside our own sealing: also what it is sent (the key of it).
    "spark.io.encryption.enabled": "true",
    # Sealed packets do not become smaller.
    "spark.shuffle.compress": "false",
    "spark.shuffle.spill.compress": "false",
    # A group is a task; the engine would put several into one because they are few rows.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.execution.arrow.useLargeVarTypes": "true",
    "spark.sql.files.maxPartitionBytes": "32m",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def refuse_without_engine() -> None:
    """Say what is missing.

    Raises:
        InputError: there is no pyspark or no Java.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise InputError([NO_PYSPARK])
    home = os.environ.get("JAVA_HOME", "")
    is_started = "PYSPARK_GATEWAY_PORT" in os.environ  # by spark-submit
    if not is_started and not shutil.which("java", path=f"{home}/bin" if home else None):
        raise InputError([NO_JAVA])


@contextmanager
def engine_session(master: str | None, settings: Mapping[str, str]) -> Iterator["SparkSession"]:
    """Give a session to which our code was sent; one that it gave before and that is open is used, and left so.

    Args:
        master: address of the cluster; None = as spark-submit or the settings say, else this machine.
        settings: of the engine, beside SETTINGS.

    Raises:
        InputError: there is no engine, or its cluster does not answer.
    """
    refuse_without_engine()
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    before = SparkSession.getActiveSession()
    stated = SparkConf()
    stated.setAll(list({**SETTINGS, **settings}.items()))
    stated.setMaster(master or stated.get("spark.master", ON_THIS_MACHINE) or ON_THIS_MACHINE)
    if str(stated.get("spark.master")).startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder, engine_errors():
        session = before or SparkSession.builder.config(conf=stated).getOrCreate()
        try:
            if before is None:
                session.sparkContext.addArchive(f"{_packed_code(Path(folder))}#{CODE}")
            yield session
        finally:
            if before is None:
                session.stop()


@contextmanager
def engine_errors() -> Iterator[None]:
    """Say in a sentence what the engine could not do; its own words are long and may repeat cells of files."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as problem:
        if os.environ.get("NEASPEC_ENGINE_ERRORS"):
            raise
        raise InputError(
            [
                f"the engine stopped the run ({type(problem).__name__}); its log says why. Does the cluster answer, "
                "has each worker the packages of requirements.lock, and is its memory enough "
                "(--conf spark.executor.memory=…)? Results too large for this machine: "
                "--out with an address, so that the workers write them"
            ]
        ) from problem


def _packed_code(folder: Path) -> Path:
    """Pack what workers need: the package, borders, rules, wording."""
    packed = folder / f"{CODE}.zip"
    code = ROOT / "neaspec"
    tables = [DATA_DIR / "species.csv", DATA_DIR / "countries.csv", GEO_DIR / "areas.csv"]
    needed = [*code.rglob("*.py"), *code.rglob("*.toml"), *tables, *GEO_DIR.glob("crossing_*")]
    needed += [*(QUERIES_DIR / "crossings").glob("*.sql"), *TEXT_DIR.rglob("*.toml")]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(needed):
            archive.write(path, path.relative_to(ROOT).as_posix())
    return packed


def on_workers(step: str, *given: Any) -> Callable[[Any], Any]:
    """Return a function for workers that calls one of `neaspec.crossings.spread.steps` of the code that was sent.

    It is sent as it stands here, so it may use nothing of this module: a worker has our code only when it is unpacked.
    """
    folder = CODE

    def work(rows: Any) -> Any:
        import importlib
        import sys

        from pyspark import SparkFiles

        place = SparkFiles.get(folder)
        if place not in sys.path:
            sys.path.insert(0, place)
        steps = importlib.import_module("neaspec.crossings.spread.steps")  # by name: the code that was sent
        return getattr(steps, step)(rows, *given)

    return work
