"""Several errands in the same moment, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from foundation.db import db
from foundation.refusal import Refusal


def at_once(app: Flask, errands: Sequence[Callable[[], object]]) -> list[type | None]:
    """Do all errands at the same moment; what each was refused with, None for done."""
    gate = threading.Barrier(len(errands))

    def one(do: Callable[[], object]) -> type | None:
        with app.app_context():
            gate.wait(10)
            try:
                do()
            except Refusal as refusal:
                return type(refusal)
            finally:
                db.session.remove()
            return None

    db.session.rollback()
    with ThreadPoolExecutor(len(errands)) as pool:
        answers = list(pool.map(one, errands))
    db.session.expire_all()
    return answers
