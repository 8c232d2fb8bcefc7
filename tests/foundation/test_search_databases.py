"""What the index finds equals what LIKE finds, on the real FTS5 and the real PostgreSQL."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pysqlite3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Dialect, column
from sqlalchemy.dialects import postgresql, sqlite

from foundation.search_text import (
    contains_every_word,
    fold,
    index_text,
    match_query_postgres,
    match_query_sqlite,
    words,
)
from tests.databases import DATABASES, POSTGRES

SAMPLES = [
    "广场3号楼",
    "换灯泡",
    "灯泡换",
    "𠮷野家の喆",
    "wifi 密码Wi-Fi",
    "50%_折\\扣",
    "👨‍👩‍👧全家福",
    "ＡＢ12栋",
]
Search = Callable[[list[str], str], set[int]]
LETTERS = st.sampled_from("灯泡换广场3号A１ａßİ𠮷喆👨\u200d️é e\u0301%_\\'*&한하ﬁ①")
TEXTS = st.text(LETTERS | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def recheck_sql(query: str, dialect: Dialect) -> str:
    """The product's own LIKE, with its values written into the statement."""
    folded: Any = column("folded")
    compiled = contains_every_word(folded, query).compile(
        dialect=dialect, compile_kwargs={"literal_binds": True}
    )
    return str(compiled)


@pytest.fixture(scope="module")
def search_sqlite() -> Iterator[Search]:
    connection = pysqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE found USING fts5(words, folded UNINDEXED, tokenize='ascii')"
    )

    def search(texts: list[str], query: str) -> set[int]:
        connection.execute("DELETE FROM found")
        rows = [(n, index_text(text), fold(text)) for n, text in enumerate(texts)]
        connection.executemany("INSERT INTO found(rowid, words, folded) VALUES (?, ?, ?)", rows)
        like = recheck_sql(query, sqlite.dialect())
        sql = f"SELECT rowid FROM found WHERE found MATCH ? AND {like}"
        return {n for (n,) in connection.execute(sql, [match_query_sqlite(query)])}

    yield search
    connection.close()


@pytest.fixture(scope="module")
def search_postgresql() -> Iterator[Search]:
    with psycopg.connect(POSTGRES.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TEMP TABLE found (n int, words tsvector, folded text)")

        def search(texts: list[str], query: str) -> set[int]:
            connection.execute("DELETE FROM found")
            rows = [(n, index_text(text), fold(text)) for n, text in enumerate(texts)]
            with connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO found VALUES (%s, to_tsvector('simple', %s), %s)", rows
                )
            like = recheck_sql(query, postgresql.dialect())
            sql = f"SELECT n FROM found WHERE words @@ to_tsquery('simple', $1) AND {like}"
            raw = psycopg.RawCursor(connection)
            return {n for (n,) in raw.execute(sql, [match_query_postgres(query)])}

        yield search
        connection.rollback()


@pytest.fixture(params=[f"search_{kind}" for kind in DATABASES])
def search(request: pytest.FixtureRequest) -> Search:
    found: Search = request.getfixturevalue(request.param)
    return found


def like_finds(texts: list[str], query: str) -> set[int]:
    return {n for n, text in enumerate(texts) if all(word in fold(text) for word in words(query))}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), text=TEXTS)
def test_every_part_of_a_text_finds_it(search: Search, data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if words(text[start:end]):
        assert 0 in search([text, *SAMPLES], text[start:end])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(TEXTS, max_size=5), query=TEXTS)
def test_results_equal_like(search: Search, texts: list[str], query: str) -> None:
    if words(query):
        assert search(texts + SAMPLES, query) == like_finds(texts + SAMPLES, query)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("场3", {0}),
        ("灯泡", {1, 2}),
        ("换灯", {1}),
        ("灯", {1, 2}),
        ("𠮷", {3}),
        ("喆", {3}),
        ("WIFI 密码", {4}),
        ("码wi-f", {4}),
        ("％＿折", {5}),
        ("👩", {6}),
        ("ab12", {7}),
        ("灯号", set()),
        ("AND", set()),
    ],
)
def test_people_find_what_they_type(search: Search, query: str, found: set[int]) -> None:
    assert search(SAMPLES, query) == found
