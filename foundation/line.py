"""Writers stand in line: SQLite lets one write at a time, and its own waiting is a lottery.

SQLite sleeps and tries again, so whoever knocks at the right moment goes first and somebody
always comes last. Here a lock between threads and a lock on a file between processes wake the
next one. The file lies beside the database, never on it: closing a handle on the database
itself would take SQLite's own locks away. A process that dies leaves the line by itself.
Whoever does not stand in line (a backup, a shell) still meets SQLite's own lock.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Engine

from foundation.version import writing

PATIENCE = 15.0  # seconds; then SQLite's own lock says what is wrong


@cache
def _threads_of(_path: str) -> threading.Lock:
    return threading.Lock()


@contextmanager
def in_line(bind: Engine | Connection) -> Iterator[None]:
    """Hold the writer's turn of this database; databases with many writers need none."""
    path = bind.engine.url.database
    if bind.dialect.name != "sqlite" or not path:
        yield
        return
    threads = _threads_of(path)
    mine = threads.acquire(timeout=PATIENCE)
    door = os.open(f"{path}-writers", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if mine:
            fcntl.flock(door, fcntl.LOCK_EX)
        with writing(path):
            yield
    finally:
        if mine:
            fcntl.flock(door, fcntl.LOCK_UN)  # before closing: a child may have a copy
            threads.release()
        os.close(door)
