"""Every question keeps the contract of its header; its answer to the example is kept in tests/golden/."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import pytest

from neaspec.data.queries import Ask, load_query, query_names, run_query
from neaspec.errors import QueryError
from neaspec.paths import QUERIES_DIR
from tests.golden_answers import GOLDEN_DIR, answer_of, as_csv

NAMES = query_names()
CHECK_COLUMNS = [
    *["finding_key", "subject_table", "subject_id", "subject"],
    *["said_a", "place_a", "document_id_a", "said_b", "place_b", "document_id_b", "worked_out"],
]


def test_every_header_states_one_question():
    assert [name for name in NAMES if not re.fullmatch(r"[A-Z].+\?", load_query(name).question)] == []


def test_every_header_names_a_column_and_a_parameter_once():
    twice = {}
    for name in NAMES:
        named = re.findall(r"^--   (\$?\w+) ", (QUERIES_DIR / f"{name}.sql").read_text(encoding="utf-8"), re.MULTILINE)
        if again := sorted({column for column in named if named.count(column) > 1}):
            twice[name] = again
    assert len(NAMES) > 80
    assert twice == {}


def test_every_header_names_the_parameters_the_query_takes():
    wrong = {}
    for name in NAMES:
        query = load_query(name)
        taken = [set(statement.named_parameters) for statement in duckdb.extract_statements(query.sql)]
        if taken != [set(query.params)] or "as_known_on" not in query.params:
            wrong[name] = taken
    assert wrong == {}


def test_every_header_names_the_columns_and_types_the_query_returns(real_connection):
    wrong = {}
    for name in NAMES:
        query = load_query(name)
        with real_connection.cursor() as cursor:
            values = {param: cursor.execute(f"select {value}").fetchone()[0] for param, value in query.params.items()}
            described = cursor.execute(f"describe {query.sql}", values).fetchall()
        returned = [(column[0], str(column[1])) for column in described]
        stated = [(column, sql_type) for column, (sql_type, _) in query.returns.items()]
        if returned != stated:
            wrong[name] = sorted(set(returned) ^ set(stated)) or "another order"
    assert wrong == {}


def test_the_order_of_every_answer_is_fixed_and_its_columns_are_named():
    texts = {name: load_query(name).sql for name in NAMES}
    assert [name for name, sql in texts.items() if "order by" not in sql] == []
    assert [name for name, sql in texts.items() if re.search(r"select\s+\*", sql)] == []
    assert [name for name, sql in texts.items() if len(sql.splitlines()) > 80] == []


def test_every_answer_to_the_example_is_the_golden_one(real_connection):
    differing = [name for name in NAMES if as_csv(answer_of(real_connection, name)) != golden(name)]
    assert differing == [], "run make golden and read the diff"


def golden(name):
    """Return the golden answer of a query; empty if it has none."""
    path = GOLDEN_DIR / f"{name}.csv"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def test_every_golden_answer_has_its_query():
    kept = {path.relative_to(GOLDEN_DIR).with_suffix("").as_posix() for path in GOLDEN_DIR.rglob("*.csv")}
    assert kept == set(NAMES)


def test_every_check_returns_the_columns_of_checks():
    checks = [name for name in NAMES if name.startswith("checks/")]
    assert len(checks) >= 20
    assert [name for name in checks if list(load_query(name).returns) != CHECK_COLUMNS] == []


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


def test_texts_are_joined_in_a_stated_order():
    """Else equal data could give another text at the next question: groups are made by several threads."""
    unordered = []
    for path in sorted(QUERIES_DIR.rglob("*.sql")):
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r"\bstring_agg\(", text):
            depth, end = 1, found.end()
            while depth:
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                end += 1
            if "order by" not in text[found.start() : end]:
                unordered.append(f"{path.name}, line {text.count(chr(10), 0, found.start()) + 1}")
    assert unordered == []
