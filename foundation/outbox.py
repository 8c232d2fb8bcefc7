"""Messages are rows first: written in the errand's transaction, sent after it by the worker.

A row is one message to one person: shown in the app at once, mailed when the person has an
address. It keeps message ids and parameters, so each reader gets it in their own language.
A letter goes to an address instead, without an account or past the app: never shown in it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Integer,
    String,
    Text,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from foundation import clock
from foundation.db import Base, Id, UtcDateTime, db, run, table_of
from foundation.errands import errand
from foundation.refusal import MessageId

FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=6)
LEASE = timedelta(minutes=5)


class MailState(enum.StrEnum):
    """Where the mail of a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    NO_ADDRESS = "no_address"
    IN_APP = "in_app"  # the person did not ask for a mail about such things


class Message(Base):
    """One message to one person, or a letter to one address."""

    __tablename__ = "message"
    __table_args__ = (CheckConstraint("(user_id is null) <> (address is null)", name="one_reader"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    address: Mapped[str | None] = mapped_column(String(254), index=True)
    language: Mapped[str | None] = mapped_column(String(20))  # of a letter to an address
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    path: Mapped[str] = mapped_column(String(300), default="/")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail_state: Mapped[MailState] = mapped_column(String(20), default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    last_error: Mapped[str | None] = mapped_column(String(300))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


_NEW = insert(table_of(Message))


def tell(
    user_ids: Iterable[int],
    *,
    kind: str,
    subject: str,
    text: str,
    path: str,
    params: dict[str, Any] | None = None,
    by_mail: bool = True,
) -> None:
    """Leave a message for each person, in the errand that is open; mailed too unless not wanted.

    `subject` and `text` are message ids (Chinese, marked with N_); `params` fill %(name)s.
    A datetime among them is written in the reader's language and the local zone.
    """
    same = _words(kind, subject, text, path, params)
    if not by_mail:
        same |= {"mail_state": MailState.IN_APP, "next_try_at": None}
    for user_id in dict.fromkeys(user_ids):
        run(_NEW, user_id=user_id, **same)


def write_to(
    address: str,
    *,
    language: str,
    kind: str,
    subject: str,
    text: str,
    path: str,
    params: dict[str, Any] | None = None,
) -> None:
    """Leave a letter for a mail address, in the errand that is open; the app never shows it.

    For people without an account, and for links that only the mailbox's owner may see.
    """
    same = _words(kind, subject, text, path, params)
    db.session.add(Message(address=address, language=language, **same))


def count_letters(address: str, *, kind: str, since: datetime) -> int:
    """How many letters of this kind the address was written since then."""
    query = select(func.count()).where(
        Message.address == address, Message.kind == kind, Message.created_at >= since
    )
    return db.session.execute(query).scalar_one()


def _words(
    kind: str, subject: str, text: str, path: str, params: dict[str, Any] | None
) -> dict[str, Any]:
    now = clock.now()
    kept = {name: _keep(value) for name, value in (params or {}).items()}
    return {
        "kind": kind,
        "subject": subject,
        "text": text,
        "params": kept,
        "path": path,
        "created_at": now,
        "next_try_at": now,
    }


def _keep(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"when": value.isoformat()}
    return {"word": str(value)} if isinstance(value, MessageId) else value


def fill(
    message: Message, translate: Callable[[str], str], when: Callable[[datetime], str]
) -> tuple[str, str]:
    """Give (subject, text) of a message, translated, its times written by `when`."""

    def told(kept: Any) -> Any:
        if not isinstance(kept, dict):
            return kept
        return (
            when(datetime.fromisoformat(kept["when"]))
            if "when" in kept
            else translate(kept["word"])
        )

    params = {name: told(kept) for name, kept in message.params.items()}
    return translate(message.subject) % params, translate(message.text) % params


def list_messages(user_id: int, *, limit: int = 50) -> list[Message]:
    """The person's latest messages, newest first."""
    query = select(Message).where(Message.user_id == user_id)
    return list(db.session.scalars(query.order_by(Message.id.desc()).limit(limit)))


def count_unread(user_id: int) -> int:
    """How many messages the person has not opened."""
    query = select(Message.id).where(Message.user_id == user_id, Message.read_at.is_(None))
    return len(db.session.execute(query.limit(100)).all())


@errand
def mark_read(user_id: int) -> None:
    """Note that the person has seen all their messages."""
    db.session.execute(
        update(Message)
        .where(Message.user_id == user_id, Message.read_at.is_(None))
        .values(read_at=clock.now())
    )


@errand
def lease_due(*, limit: int = 50) -> list[int]:
    """Take the due mails for this worker; nobody else tries them for five minutes."""
    now = clock.now()
    due = select(Message.id).where(
        Message.mail_state == MailState.WAITING,
        or_(Message.next_try_at.is_(None), Message.next_try_at <= now),
    )
    ids = list(
        db.session.scalars(due.order_by(Message.id).limit(limit).with_for_update(skip_locked=True))
    )
    db.session.execute(update(Message).where(Message.id.in_(ids)).values(next_try_at=now + LEASE))
    return ids


@errand
def note_sent(message_id: int, *, state: MailState = MailState.SENT) -> None:
    """The mail left (or the person has no address)."""
    db.session.execute(
        update(Message)
        .where(Message.id == message_id)
        .values(mail_state=state, sent_at=clock.now(), next_try_at=None, last_error=None)
    )


@errand
def note_failed(message_id: int, *, error: str) -> None:
    """The mail server did not take it: wait longer each time, at most six hours."""
    message = db.session.get_one(Message, message_id)
    message.attempts += 1
    message.next_try_at = clock.now() + min(FIRST_RETRY * 2 ** (message.attempts - 1), LAST_RETRY)
    message.last_error = error[:300]


def get_message(message_id: int) -> Message:
    """One message by id."""
    return db.session.get_one(Message, message_id)
