"""How often a database was written: a number that every process of this machine reads at no cost.

What is kept under this number is never out of date. It lies in a small file beside an SQLite
database, mapped into memory, and moves only while a writer holds the line (`foundation.line`):
odd while somebody writes, or died writing, so that nobody keeps anything; even otherwise.
Databases with many writers have none.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Engine

SIZE = 8


@cache
def _number_of(path: str) -> memoryview:
    file = os.open(f"{path}-version", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(file).st_size < SIZE:
            os.truncate(file, SIZE)
        return memoryview(mmap.mmap(file, SIZE)).cast("Q")
    finally:
        os.close(file)


@contextmanager
def writing(path: str) -> Iterator[None]:
    """Mark a write of this SQLite file, in the writer's turn."""
    number = _number_of(path)
    number[0] |= 1
    try:
        yield
    finally:
        number[0] += 1


def find_version(engine: Engine) -> int | None:
    """The number now; None while somebody writes, or where there is none. Read it first."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path:
        return None
    number = _number_of(path)[0]
    return None if number % 2 else number
