"""One errand = one service function = one transaction = one commit, done once.

A page renders an idempotency key; the edge puts it here before the view runs. `@errand`
stores it in the errand's own transaction: a refusal rolls it back and consumes nothing, a
repeat gets the first answer again, the same key with another body is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import JSON, String, UniqueConstraint, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation import clock
from foundation.db import Base, Id, UtcDateTime, run, table_of, transaction
from foundation.refusal import N_, Refusal
from foundation.violations import is_deadlock

P = ParamSpec("P")
R = TypeVar("R")

KEY_LENGTH = 64
GIVES_WAY = 3  # times an errand gives way in a deadlock before it is said to be broken


class KeyReused(Refusal):
    """The same key came with other words: an old tab, or two forms sharing one key."""

    sentence = N_("这个页面已经提交过一次，内容又改了。请刷新页面，看看上次的结果再填。")
    status = 422


class KeyMissing(Refusal):
    """A change came without a key, so a repeat could not be told from a new one."""

    sentence = N_("页面太旧了，请刷新后再提交一次。")
    status = 400


class DoneOnce(Base):
    """One finished errand: who did what under which key, and what it answered."""

    __tablename__ = "done_once"
    __table_args__ = (UniqueConstraint("actor", "errand", "key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    actor: Mapped[str] = mapped_column(String(64))
    errand: Mapped[str] = mapped_column(String(160))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    body: Mapped[str] = mapped_column(String(64))
    result: Mapped[Any] = mapped_column(JSON, nullable=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


_DONE = table_of(DoneOnce)
_FIRST = {
    dialect: insert(_DONE).on_conflict_do_nothing().returning(_DONE.c.id)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_ANSWER = update(_DONE).where(_DONE.c.id == bindparam("row")).values(result=bindparam("answer"))


@dataclass(frozen=True)
class Once:
    """The key of one request: `actor` and `endpoint` scope it, `body` is a hash of the words."""

    actor: str
    endpoint: str
    key: str | None
    body: str


_current: ContextVar[Once | None] = ContextVar("once", default=None)


def hash_body(parts: Iterable[tuple[str, str]]) -> str:
    """Hash a form's words; the caller leaves out the CSRF token and the key itself."""
    text = json.dumps(sorted(parts), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def under_key(once: Once | None) -> Any:
    """Run the errands inside under this key; None means a caller that cannot repeat itself."""
    token = _current.set(once)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def part_of_key(part: str) -> Iterator[None]:
    """Give one of several like errands of a request a key of its own, derived from the page's.

    Without it the second would be taken for a repeat of the first.
    """
    once = _current.get()
    named = replace(once, endpoint=f"{once.endpoint}/{part}") if once else None
    with under_key(named):
        yield


def set_once(once: Once | None) -> None:
    """Tell the errands of this request their key; the edge calls it before and after."""
    _current.set(once)


def errand(service: Callable[P, R]) -> Callable[P, R]:
    """Make a service one transaction that happens once per key.

    The result must be JSON-able (ids, not objects): it is what a repeat gets. When two errands
    wait for each other, the one that gave way starts again: nothing of it had happened. So an
    argument is a list, not an iterator.
    Raises KeyMissing, KeyReused, and TransactionOpen when called inside another errand.
    """

    @wraps(service)
    def once_only(*args: P.args, **kwargs: P.kwargs) -> R:
        for _time in range(GIVES_WAY):
            try:
                return in_one_go(*args, **kwargs)
            except OperationalError as error:
                if not is_deadlock(error):
                    raise
        return in_one_go(*args, **kwargs)

    def in_one_go(*args: P.args, **kwargs: P.kwargs) -> R:
        once = _current.get()
        with transaction() as session:
            if once is None:
                return service(*args, **kwargs)
            name = f"{once.endpoint}:{service.__name__}"
            row = _claim_key(session, once, name)
            if row is None:
                return _recall(session, once, name)  # type: ignore[no-any-return]  # JSON is Any
            result = service(*args, **kwargs)
            if result is not None:
                run(_ANSWER, row=row, answer=result)
            return result

    return once_only


def forget_old_keys(*, days: int = 7) -> int:
    """Forget keys that no browser will repeat any more. Returns how many."""
    with transaction() as session:
        old = delete(DoneOnce).where(DoneOnce.at < clock.now() - timedelta(days=days))
        return int(session.execute(old).rowcount)  # type: ignore[attr-defined]  # CursorResult


def _mine(once: Once, name: str) -> tuple[Any, ...]:
    return (DoneOnce.actor == once.actor, DoneOnce.errand == name, DoneOnce.key == once.key)


def _claim_key(session: Session, once: Once, name: str) -> int | None:
    """The row of a key that is new, None for a repeat."""
    if not once.key or len(once.key) > KEY_LENGTH:
        raise KeyMissing
    values = {
        "actor": once.actor,
        "errand": name,
        "key": once.key,
        "body": once.body,
        "at": clock.now(),
    }
    statement = _FIRST[session.get_bind().dialect.name]
    return cast("int | None", run(statement, **values).scalar_one_or_none())


def _recall(session: Session, once: Once, name: str) -> Any:
    row = session.execute(select(DoneOnce.body, DoneOnce.result).where(*_mine(once, name))).one()
    if row.body != once.body:
        raise KeyReused
    return row.result
