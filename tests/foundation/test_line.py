"""On SQLite writers stand in line; a database with many writers has none."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path

import pytest
from flask import Flask

from foundation.db import db, transaction
from foundation.line import in_line


def write_beside(app: Flask) -> threading.Event:
    """Begin a transaction in a thread of its own; the event tells that it is over."""
    over = threading.Event()

    def write() -> None:
        with app.app_context():
            with transaction():
                pass
            db.session.remove()
        over.set()

    threading.Thread(target=write, daemon=True).start()
    return over


def test_a_writer_waits_while_another_process_has_the_turn(app: Flask, tmp_path: Path) -> None:
    is_sqlite = db.engine.dialect.name == "sqlite"
    path = f"{db.engine.url.database}-writers" if is_sqlite else str(tmp_path / "no-line")
    with Path(path).open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        over = write_beside(app)
        assert over.wait(0.3) is not is_sqlite
        fcntl.flock(door, fcntl.LOCK_UN)
        assert over.wait(10)


def test_a_turn_ends_with_its_transaction_even_when_it_breaks(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        _ = 1 / 0
    assert write_beside(app).wait(10)


def test_two_threads_of_a_process_take_turns(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    with in_line(db.engine):
        over = write_beside(app)
        assert not over.wait(0.3)
    assert over.wait(10)
