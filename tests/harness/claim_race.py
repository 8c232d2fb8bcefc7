"""Fifty people press 我来 at the same moment, in two processes, again and again.

    python -m tests.harness.claim_race --trials 100

Prints, for each database and number of places: trials, oversold, undersold, errors, claims/s.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import func, select, update

from app import create_app
from foundation.db import db
from foundation.errands import Once, under_key
from foundation.refusal import Refusal
from tests.conftest import DATABASES, SETTINGS, drop_postgres, make_postgres
from tests.makers import make_community, make_volunteer, make_wish, make_worker, tomorrow
from wishes.models import Claim, Place, Wish
from wishes.queries.places import Taken
from wishes.services.claiming import claim_wish

PROCESSES = 2


@dataclass(frozen=True)
class Race:
    """One race: `people` claimers on wishes with `places` places, once per trial."""

    url: str
    home: str
    people: int
    places: int
    trials: int
    mutant: str | None = None


@dataclass(frozen=True)
class Result:
    """What came of it; `errors` are neither a claim nor a named refusal."""

    oversold: int
    undersold: int
    answers: Counter[str]
    errors: int
    per_second: float


def count_then_write(wish_id: int, places: int, *, at: object) -> Taken | None:
    """The mutant of the peers: look, then write what was seen plus one."""
    taken, headcount = db.session.execute(
        select(Wish.places_taken, Wish.headcount).where(Wish.id == wish_id)
    ).one()
    if taken + places > (headcount or 0):
        return None
    time.sleep(0.002)
    db.session.execute(update(Wish).where(Wish.id == wish_id).values(places_taken=taken + places))
    return Taken(int(taken + places), int(headcount or 0))


def _mutate(mutant: str | None) -> None:
    if mutant == "count_then_write":
        from wishes.services import placing

        vars(placing)["take_places"] = count_then_write
    if mutant == "begin_deferred":
        from sqlalchemy import event

        from foundation import db as ground

        vars(ground)["in_line"] = lambda _bind: contextlib.nullcontext()  # it would hide the fault
        event.remove(db.engine, "begin", ground._begin_sqlite)
        event.listen(db.engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))


def _settings(race: Race) -> dict[str, object]:
    return {**SETTINGS, "SQLALCHEMY_DATABASE_URI": race.url, "INSTANCE_PATH": race.home}


def _crowd(race: Race, people: list[int], wishes: list[int], gate: Barrier, out: object) -> None:
    app = create_app(_settings(race))
    answers: Counter[str] = Counter()
    with app.app_context():
        _mutate(race.mutant)

    def press(person: int) -> None:
        for wish in wishes:
            gate.wait(timeout=60)
            with app.app_context():
                once: Once | None = Once(f"user:{person}", "race", f"{person}-{wish}", "b")
                if race.mutant == "begin_deferred":
                    once = None  # the key's INSERT would take the lock before the first read
                answers[_press_once(wish, person, once)] += 1

    threads = [threading.Thread(target=press, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    out.put(answers)  # type: ignore[attr-defined]  # a multiprocessing queue


def _press_once(wish: int, person: int, once: Once | None) -> str:
    try:
        with under_key(once):
            claim_wish(wish, actor_id=person)
    except Refusal as refusal:
        return type(refusal).__name__
    except Exception as error:
        return f"error {type(error).__name__}: {str(error)[:80]}"
    return "claimed"


def run(race: Race) -> Result:
    """Run one race and count afterwards what the tables hold."""
    app = create_app(_settings(race))
    with app.app_context():
        upgrade()
        community = make_community()
        worker = make_worker(community=community)
        people = [make_volunteer().id for _ in range(race.people)]
        wishes = [
            make_wish(
                community=community, created_by=worker, headcount=race.places,
                starts_at=tomorrow() + timedelta(hours=trial),
            ).id
            for trial in range(race.trials)
        ]  # fmt: skip
        db.session.remove()
        db.engine.dispose()
    spent, answers = _start(race, people, wishes)
    with app.app_context():
        taken = _taken(wishes)
        db.session.remove()
        db.engine.dispose()
    return Result(
        oversold=sum(count > race.places for count in taken),
        undersold=sum(count < race.places for count in taken),
        answers=answers,
        errors=sum(n for name, n in answers.items() if name.startswith("error")),
        per_second=race.people * race.trials / spent,
    )


def _start(race: Race, people: list[int], wishes: list[int]) -> tuple[float, Counter[str]]:
    context = multiprocessing.get_context("spawn")
    gate, out = context.Barrier(len(people)), context.Queue()
    groups = [people[first::PROCESSES] for first in range(PROCESSES)]
    crowds = [
        context.Process(target=_crowd, args=(race, group, wishes, gate, out)) for group in groups
    ]
    began = time.perf_counter()
    for crowd in crowds:
        crowd.start()
    answers: Counter[str] = sum((out.get(timeout=600) for _ in crowds), Counter())
    for crowd in crowds:
        crowd.join()
    return time.perf_counter() - began, answers


def _taken(wishes: list[int]) -> list[int]:
    claims = dict(
        db.session.execute(
            select(Claim.wish_id, func.sum(Claim.places)).where(Claim.live).group_by(Claim.wish_id)
        ).all()
    )
    places = dict(
        db.session.execute(
            select(Place.wish_id, func.count()).where(Place.live).group_by(Place.wish_id)
        ).all()
    )
    counted = dict(db.session.execute(select(Wish.id, Wish.places_taken)).all())
    return [max(claims.get(w, 0), places.get(w, 0), counted[w]) for w in wishes]


@contextlib.contextmanager
def database(kind: str) -> Iterator[tuple[str, str]]:
    """A database of its own for a race: its URL and an instance folder."""
    with tempfile.TemporaryDirectory() as home:
        if kind == "sqlite":
            yield f"sqlite:///{Path(home) / 'race.sqlite3'}", home
            return
        name = f"micro_wish_race_{os.getpid()}_{time.monotonic_ns()}"
        try:
            yield make_postgres(name), home
        finally:
            drop_postgres(name)


def race_on(kind: str, **race: int | str | None) -> Result:
    """One race on a fresh database of this kind."""
    with database(kind) as (url, home):
        made: Callable[..., Race] = Race
        return run(made(url=url, home=home, **race))


def main() -> None:
    """Print the table of races."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--people", type=int, default=50)
    asked = parser.parse_args()
    for kind in DATABASES:
        for places in (1, 3, 8):
            got = race_on(kind, people=asked.people, places=places, trials=asked.trials)
            print(  # noqa: T201 - a report for the terminal
                f"{kind:11} {places} places  {asked.trials} trials  oversold {got.oversold}  "
                f"undersold {got.undersold}  errors {got.errors}  {got.per_second:.0f} presses/s  "
                f"{dict(got.answers)}"
            )


if __name__ == "__main__":
    main()
