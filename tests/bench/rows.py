"""A city full of wishes, written straight into the tables, every promise of theirs kept."""

from __future__ import annotations

import itertools
import secrets
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from accounts.models import Area, Membership, User
from accounts.rules import AreaKind, Role, write_number
from foundation import clock
from foundation.db import Base, db
from foundation.search_text import fold, index_text
from wishes.models import ToolLine, Wish, WishEvent, WishSearchText
from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.life import WishState

COMMUNITIES = 20
BATCH = 5_000
WHAT = ("换卧室灯泡", "清理小道两侧杂草", "陪老人去医院", "反诈知识讲座", "修理纱窗", "整理花坛")
WHERE = ("一网格", "二网格", "中心花园", "党群服务中心", "东门广场", "文化站")
STATES = (WishState.OPEN,) * 6 + (WishState.FILLED, WishState.REPORTED) + (WishState.VERIFIED,) * 2
KINDS = tuple(Category)


@dataclass(frozen=True)
class Filled:
    """What was made: the people, and the wishes that are open, in the order of their starts."""

    people: list[int]
    open_wishes: list[int]


def fill(rows: int, people: int) -> Filled:
    """Write `people` volunteers and `rows` wishes, six in ten of them open, a minute apart.

    A person may claim every `people`-th wish without being in two places at once.
    """
    now = clock.now().replace(second=0, microsecond=0)
    with db.engine.begin() as connection:
        for table, made in (*_areas(), *_people(people, now)):
            connection.execute(insert(table), made)
        for numbers in _batched(range(1, rows + 1)):
            wishes = [_wish(number, now) for number in numbers]
            connection.execute(insert(Wish), wishes)
            connection.execute(insert(ToolLine), [_tool(each) for each in wishes])
            connection.execute(insert(WishEvent), [_published(each) for each in wishes])
            _index(connection, wishes)
        _count_on(connection)
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    opened = [number for number in range(1, rows + 1) if _state(number) is WishState.OPEN]
    return Filled(list(range(1, people + 1)), opened)


def _batched(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while batch := list(itertools.islice(rest, BATCH)):
        yield batch


def _areas() -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    city = {"id": 1, "name": "城", "path": "/1/", "kind": AreaKind.CITY, "parent_id": None}
    street = {"id": 2, "name": "街道", "path": "/1/2/", "kind": AreaKind.STREET, "parent_id": 1}
    yield Area, [city]
    yield Area, [street]
    below = [
        {"id": n, "name": f"{n}社区", "path": f"/1/2/{n}/", "parent_id": 2,
         "kind": AreaKind.COMMUNITY, "book_id": str(uuid.uuid4())}
        for n in range(3, 3 + COMMUNITIES)
    ]  # fmt: skip
    yield Area, below


def _people(people: int, now: datetime) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """The volunteers; the first twenty also work in a community each."""
    made = [
        {"id": n, "name": f"志愿者{n}", "phone": f"+86138{n:08d}", "email": f"v{n}@example.test",
         "password_hash": "!", "volunteer_number": write_number(n, 2026),
         "book_id": str(uuid.uuid4()), "home_area_id": 3 + n % COMMUNITIES,
         "confirmed_at": now, "created_at": now}
        for n in range(1, people + 1)
    ]  # fmt: skip
    yield User, made
    yield (
        Membership,
        [
            {"user_id": 1 + n, "role": Role.COMMUNITY_WORKER, "area_id": 3 + n, "since": now}
            for n in range(COMMUNITIES)
        ],
    )


def _state(number: int) -> WishState:
    return STATES[number % len(STATES)]


def _wish(number: int, now: datetime) -> dict[str, Any]:
    state = _state(number)
    over = state in (WishState.REPORTED, WishState.VERIFIED)
    minutes = timedelta(minutes=number)
    starts = now - timedelta(days=1) - minutes if over else now + timedelta(days=3) + minutes
    headcount = 3 + number % 4  # two may claim it before the last place is taken
    title = f"{WHAT[number % len(WHAT)]} {number}"
    tool = {"name": "梯子", "quantity": 1, "provision": str(Provision.COMMUNITY)}
    return {
        "id": number, "community_id": 3 + number % COMMUNITIES, "number": number,
        "kind": WishKind.SERVICE, "category": KINDS[number % len(KINDS)], "title": title,
        "text": "请带好工具，到门口先打电话。", "venue": Venue.CENTRE,
        "public_place": WHERE[number // 7 % len(WHERE)], "starts_at": starts,
        "ends_at": starts + timedelta(hours=1), "headcount": headcount,
        "places_taken": 0 if state is WishState.OPEN else headcount, "tools_answered": True,
        "card_tools": [tool], "state": state, "gate_secret": secrets.token_bytes(32),
        "contact_id": 1, "created_by_id": 1, "created_at": now, "published_at": now,
    }  # fmt: skip


def _tool(wish: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = wish["card_tools"][0]
    return {"wish_id": wish["id"], "position": 0, **kept}


def _published(wish: dict[str, Any]) -> dict[str, Any]:
    return {
        "wish_id": wish["id"], "at": wish["created_at"], "actor_id": 1, "what": "publish",
        "from_state": WishState.DRAFT, "to_state": WishState.OPEN,
    }  # fmt: skip


def _index(connection: Any, wishes: list[dict[str, Any]]) -> None:
    words = [(each["id"], f"{each['title']}\n{each['public_place']}\n梯子") for each in wishes]
    connection.execute(
        insert(WishSearchText), [{"wish_id": n, "folded": fold(said)} for n, said in words]
    )
    pairs = [{"id": n, "pairs": index_text(said)} for n, said in words]
    if connection.dialect.name == "sqlite":
        into = "INSERT INTO wish_search (rowid, words) VALUES (:id, :pairs)"
    else:
        into = (
            "UPDATE wish_search_text SET words = to_tsvector('simple', :pairs) WHERE wish_id = :id"
        )
    connection.execute(text(into), pairs)


def _count_on(connection: Any) -> None:
    """PostgreSQL's counters do not see ids that were given."""
    if connection.dialect.name != "postgresql":
        return
    for model in (Area, User, Wish):
        table = Base.metadata.tables[model.__tablename__]
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        )
