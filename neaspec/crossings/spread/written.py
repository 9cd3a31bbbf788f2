"""Results too large for one machine: workers write crossings and stays as Parquet where the address says.

What is public of a row rests on all animals (cells with few of them, names that are numbered), so what is needed of
these comes here first; the rows stay on the workers, sealed, are made public there and written by the engine.
"""

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from neaspec.crossings.engine import put_together
from neaspec.crossings.outputs.tables import report_json
from neaspec.crossings.pipeline import PipelineResult, landscapes, publish
from neaspec.crossings.publish import Publisher
from neaspec.crossings.spread.packets import pack
from neaspec.crossings.spread.run import Given, Job, Spread, nothing
from neaspec.crossings.spread.session import engine_errors, on_workers
from neaspec.crossings.spread.work import Publishing
from neaspec.text import load_words

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROWS = ("crossings", "stays")  # folders of results
REPORT = "report.json"


def run_and_write(given: Given, spread: Spread, out: str, language: str) -> PipelineResult:
    """Work out field data on a cluster, whose workers write the rows of results.

    Args:
        given: what is worked out.
        spread: how.
        out: address of a folder; what is in its folders of results is replaced. The report comes last.
        language: of the words in results.

    Returns:
        All but the rows: crossings and stays have only the columns that are counted.

    Raises:
        InputError: files cannot be read, questions are open, or the engine stopped the run.
    """
    with engine_errors():
        job = Job.of(given, spread)
        results, _, facts = job.worked(["notes", "facts"], is_kept=True)
        context, words, folder = given.context, load_words(language), out.rstrip("/")
        _write(spread.session, f"{folder}/{REPORT}", None)  # of an earlier run: who finds one finds its results
        shares = [fact.share for fact in facts if fact.share is not None] or [nothing(context)]
        movements = put_together(shares)
        of_sites = landscapes(context)
        publisher = Publisher.of(movements.stays, movements.presences, context.rules, context.parameters, of_sites)
        keys = publisher.names.put(movements.stays[["individual_key"]], ())
        counted = publisher.names.put(movements.crossings, ())
        public = publisher.results(counted, keys, movements.presences, context.parameters)
        worked = publish(movements, job.reading, context, public)
        publishing = Publishing(publisher, context.parameters.smallest_cell, language)
        sent = spread.session.sparkContext.broadcast(pack(publishing, job.key))
        empty = nothing(context)
        for name in ROWS:
            schema = _schema(publishing.rows(name, empty.stays, empty.crossings))
            step = on_workers("make_public", sent, job.key, name, schema)
            frame = results.select("rows").mapInArrow(step, _as_told(schema))
            frame.write.mode("overwrite").parquet(f"{folder}/{name}")
        results.unpersist()
        stays = sum(fact.stays for fact in facts)
        report = report_json(worked, context.borders.version, words, stays)
        _write(spread.session, f"{folder}/{REPORT}", report)
        return worked


def _schema(frame: pd.DataFrame) -> pa.Schema:
    """Return the kinds of columns; what nothing says is text; texts as the engine takes them (session.SETTINGS)."""
    schema = pa.Schema.from_pandas(frame, preserve_index=False).remove_metadata()
    fields = [pa.field(field.name, pa.large_string() if _is_text(field.type) else field.type) for field in schema]
    return pa.schema(fields)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_null(kind) or pa.types.is_large_string(kind) or pa.types.is_string(kind))


def _as_told(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


def _write(session: "SparkSession", address: str, data: bytes | None) -> None:
    """Write a small file with what the engine reaches addresses with; None removes it."""
    context: Any = session.sparkContext
    path = context._jvm.org.apache.hadoop.fs.Path(address)
    system = path.getFileSystem(context._jsc.hadoopConfiguration())
    if data is None:
        system.delete(path, False)
        return
    stream = system.create(path, True)
    try:
        stream.write(bytearray(data))
    finally:
        stream.close()
