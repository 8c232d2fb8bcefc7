"""Reading the whole book again: chains, heads and sums must agree with the entries."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from foundation.db import db
from love_bank.models import Entry, Head
from love_bank.rules import GENESIS, hash_entry
from love_bank.services.crediting import chained_fields

AT_A_TIME = 2000


class Wrong(enum.StrEnum):
    """What does not agree."""

    GAP = "gap"  # a number is missing in a chain
    LINK = "link"  # an entry does not follow the one before it
    CONTENT = "content"  # an entry is not what its hash says
    SUM = "sum"  # the running total is not the sum of the entries
    HEAD = "head"  # the head is not the end of its chain
    NO_HEAD = "no_head"  # entries of an account without a head


@dataclass(frozen=True)
class Trouble:
    """One disagreement: on which account, at which entry (None: the head)."""

    what: Wrong
    account_id: str
    entry_id: int | None = None


def audit_book() -> list[Trouble]:
    """Check every chain against its entries and its head; an empty list is a sound book.

    Reads only. A tail cut together with its head agrees with itself: the seals find that.
    """
    troubles: list[Trouble] = []
    seen: set[str] = set()
    query = select(Entry).order_by(Entry.holder, Entry.seq)
    entries = db.session.scalars(query.execution_options(yield_per=AT_A_TIME))
    for account_id, chain in groupby(entries, key=lambda entry: entry.holder):
        seen.add(account_id)
        troubles += _audit_chain(account_id, chain)
    heads = select(Head).where(Head.seq > 0)
    lost = [head.account_id for head in db.session.scalars(heads) if head.account_id not in seen]
    return troubles + [Trouble(Wrong.HEAD, account_id) for account_id in lost]


def _audit_chain(account_id: str, chain: Iterator[Entry]) -> Iterator[Trouble]:
    seq, total, last = 0, 0, GENESIS
    for entry in chain:
        seq += 1
        total += entry.minutes if entry.to_account == account_id else -entry.minutes
        checks = {
            Wrong.GAP: entry.seq == seq,
            Wrong.LINK: entry.previous_hash == last,
            Wrong.CONTENT: entry.hash == hash_entry(entry.previous_hash, chained_fields(entry)),
            Wrong.SUM: entry.served_after == total,
        }
        yield from (
            Trouble(what, account_id, entry.id) for what, good in checks.items() if not good
        )
        seq, last = entry.seq, entry.hash
    head = db.session.get(Head, account_id)
    if head is None:
        yield Trouble(Wrong.NO_HEAD, account_id)
    elif (head.seq, head.hash, head.served) != (seq, last, total):
        yield Trouble(Wrong.HEAD, account_id)
