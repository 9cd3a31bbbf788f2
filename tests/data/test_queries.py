"""Every question keeps the contract of its header; its answer to the example is kept in tests/golden/."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import pytest

from neaspec.data.queries import Ask, load_query, query_names, run_query
from neaspec.errors import QueryError
from tests.golden_answers import GOLDEN_DIR, answer_of, as_csv

NAMES = query_names()
CHECK_COLUMNS = [
    *["finding_key", "subject_table", "subject_id", "subject"],
    *["said_a", "place_a", "document_id_a", "said_b", "place_b", "document_id_b", "worked_out"],
]


@pytest.mark.parametrize("name", NAMES)
def test_the_header_states_one_question(name):
    assert re.fullmatch(r"[A-Z].+\?", load_query(name).question)


@pytest.mark.parametrize("name", NAMES)
def test_the_header_names_the_parameters_the_query_takes(name):
    query = load_query(name)
    statements = duckdb.extract_statements(query.sql)
    assert len(statements) == 1
    assert set(statements[0].named_parameters) == set(query.params)
    assert "as_known_on" in query.params


@pytest.mark.parametrize("name", NAMES)
def test_the_header_names_the_columns_and_types_the_query_returns(real_connection, name):
    query = load_query(name)
    with real_connection.cursor() as cursor:
        values = {param: cursor.execute(f"select {value}").fetchone()[0] for param, value in query.params.items()}
        described = cursor.execute(query.sql, values).description
    returned = [(column[0], str(column[1])) for column in described]
    assert returned == [(column, sql_type) for column, (sql_type, _) in query.returns.items()]


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_the_answer_is_fixed_and_columns_are_named(name):
    sql = load_query(name).sql
    assert "order by" in sql
    assert not re.search(r"select\s+\*", sql)
    assert len(sql.splitlines()) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_to_the_example_is_the_golden_one(real_connection, name):
    path = GOLDEN_DIR / f"{name}.csv"
    assert path.is_file(), f"no golden answer for {name}: run make golden and read it"
    assert as_csv(answer_of(real_connection, name)) == path.read_text(encoding="utf-8"), (
        "run make golden and read the diff"
    )


def test_every_golden_answer_has_its_query():
    kept = {path.relative_to(GOLDEN_DIR).with_suffix("").as_posix() for path in GOLDEN_DIR.rglob("*.csv")}
    assert kept == set(NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("checks/")])
def test_every_check_returns_the_columns_of_checks(name):
    assert list(load_query(name).returns) == CHECK_COLUMNS


def test_an_unknown_question_is_told_with_those_there_are():
    with pytest.raises(QueryError, match="no query 'nonsense'; queries/ has .*sources_cited"):
        load_query("nonsense")


def test_wrong_parameters_are_told_with_the_right_ones(real_connection):
    with pytest.raises(QueryError, match=r"takes \['as_known_on', 'document_ids'\], got \['species'\]"):
        run_query(real_connection, "sources_cited", species="amur_tiger")


def test_cursors_of_one_connection_answer_many_threads_at_once(real_connection):
    def asked(key):
        return list(run_query(real_connection, "sources_cited", as_known_on=None, document_ids=[key])["document_id"])

    wanted = ["som_24_paper", "som_27_paper"] * 40
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asked, wanted)) == [[key] for key in wanted]


def test_answers_of_another_build_or_day_are_never_given(real_connection):
    today, before = Ask(real_connection, None, "test_a"), Ask(real_connection, date(1990, 1, 1), "test_a")
    first = today("sources_cited", document_ids=["som_24_paper"])
    assert today("sources_cited", document_ids=["som_24_paper"]) is first
    assert Ask(real_connection, None, "test_b")("sources_cited", document_ids=["som_24_paper"]) is not first
    assert (len(first), len(before("sources_cited", document_ids=["som_24_paper"]))) == (1, 0)
