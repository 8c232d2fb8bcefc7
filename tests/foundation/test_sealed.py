from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select, text

from foundation import sealed
from foundation.db import engine_options
from tests.databases import DATABASES, POSTGRES

PHONE = "wish_private.phone"


@pytest.fixture
def app() -> Iterator[Flask]:
    app = Flask(__name__)
    app.config["PRIVATE_KEY"] = sealed.new_private_key()
    with app.app_context():
        yield app


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_again(app: Flask, words: str) -> None:
    assert sealed.unseal(sealed.seal(words, purpose=PHONE), purpose=PHONE) == words


def test_the_same_text_never_looks_the_same(app: Flask) -> None:
    closed = sealed.seal("13800000142", purpose=PHONE)
    assert closed != sealed.seal("13800000142", purpose=PHONE)
    assert b"138" not in closed


def test_a_value_moved_to_another_column_does_not_open(app: Flask) -> None:
    closed = sealed.seal("13800000142", purpose=PHONE)
    with pytest.raises(sealed.SealBroken, match="moved"):
        sealed.unseal(closed, purpose="wish_private.door")


@pytest.mark.parametrize("at", [0, 1, 6, 17, -1])
def test_an_altered_value_does_not_open(app: Flask, at: int) -> None:
    closed = bytearray(sealed.seal("龙井市", purpose=PHONE))
    closed[at] ^= 1
    with pytest.raises(sealed.SealBroken):
        sealed.unseal(bytes(closed), purpose=PHONE)


@pytest.mark.parametrize("length", [0, 1, 5, 17, 20])
def test_a_cut_value_does_not_open(app: Flask, length: int) -> None:
    with pytest.raises(sealed.SealBroken):
        sealed.unseal(sealed.seal("龙井市", purpose=PHONE)[:length], purpose=PHONE)


def test_an_old_key_still_opens_and_is_known_as_old(app: Flask) -> None:
    closed, mark = sealed.seal("李", purpose=PHONE), sealed.door_mark("3-2-501")
    app.config["PRIVATE_KEYS_OLD"] = app.config["PRIVATE_KEY"]
    app.config["PRIVATE_KEY"] = sealed.new_private_key()
    assert sealed.unseal(closed, purpose=PHONE) == "李"
    assert not sealed.is_sealed_with_current_key(closed)
    assert sealed.is_sealed_with_current_key(sealed.seal("李", purpose=PHONE))
    assert sealed.door_marks("3-2-501")[1] == mark


@pytest.mark.parametrize("key", ["", "short", "!" * 44, "5oiR" * 8])
def test_a_bad_key_is_said_to_the_operator(app: Flask, key: str) -> None:
    app.config["PRIVATE_KEY"] = key
    with pytest.raises(sealed.PrivateKeyMissing, match="32 bytes"):
        sealed.keys()


@pytest.mark.parametrize("kind", DATABASES)
def test_the_database_sees_only_sealed_bytes(app: Flask, kind: str) -> None:
    url = POSTGRES if kind == "postgresql" else "sqlite://"
    engine = create_engine(url, **engine_options(url))
    column: Column[str] = Column("phone", sealed.SealedText(PHONE))
    table = Table("p", MetaData(), Column("id", Integer), column, prefixes=["TEMPORARY"])
    with engine.connect() as connection:
        table.create(connection)
        connection.execute(
            insert(table), [{"id": 1, "phone": "13800000142"}, {"id": 2, "phone": None}]
        )
        rows = connection.execute(select(table.c.phone).order_by(table.c.id)).scalars().all()
        raw = connection.execute(text("SELECT phone FROM p WHERE id = 1")).scalar_one()
        connection.rollback()
    engine.dispose()
    assert rows == ["13800000142", None]
    assert b"138" not in bytes(raw)


@pytest.mark.parametrize(
    "spelling",
    [
        "3号楼2单元501室",
        "３号楼 2单元 ５０１",
        "3幢2单元501室",
        "3栋2单元501",
        "三栋二单元501室",
        "3-2-501",
        "3—2—501",
        "03#楼2单元0501室",
        "3号楼2单元5层501室",
    ],
)
def test_one_door_has_one_mark(app: Flask, spelling: str) -> None:
    assert sealed.normal_address(f"幸福里{spelling}") == "幸福里3-2-501"
    assert sealed.door_mark(f"幸福里{spelling}") == sealed.door_mark("幸福里3-2-501")


@pytest.mark.parametrize("other", ["3-2-502", "3-25-01", "32-501", "13-2-501", "3-2-1501"])
def test_other_doors_have_other_marks(app: Flask, other: str) -> None:
    assert sealed.door_mark(other) != sealed.door_mark("3-2-501")


def test_names_of_streets_keep_their_numerals(app: Flask) -> None:
    assert sealed.normal_address("五一路十二号楼101室") == "五一路12-101"
    assert sealed.normal_address("A座1203") == sealed.normal_address("a座1203室") == "a-1203"
