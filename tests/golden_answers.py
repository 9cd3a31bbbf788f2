"""Golden answers: what each query answers to the example in its header. `make golden` writes them; read the diff."""

from pathlib import Path

import duckdb
import pandas as pd

from neaspec.data.database import database_path, open_database
from neaspec.data.queries import load_query, query_names, run_query

GOLDEN_DIR = Path(__file__).parent / "golden"


def answer_of(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """Answer a query with the example values of its header."""
    query = load_query(name)
    with connection.cursor() as cursor:
        values = {param: cursor.execute(f"select {value}").fetchone()[0] for param, value in query.params.items()}
    return run_query(connection, name, **values)


def as_csv(answer: pd.DataFrame) -> str:
    """Write an answer as text that is the same everywhere."""
    return answer.to_csv(index=False, lineterminator="\n")


def main() -> None:
    """Write all golden answers and remove those whose query is gone."""
    connection = open_database(database_path())
    names = query_names()
    for name in names:
        path = GOLDEN_DIR / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_csv(answer_of(connection, name)), encoding="utf-8")
    for path in GOLDEN_DIR.rglob("*.csv"):
        if path.relative_to(GOLDEN_DIR).with_suffix("").as_posix() not in names:
            path.unlink()


if __name__ == "__main__":
    main()
