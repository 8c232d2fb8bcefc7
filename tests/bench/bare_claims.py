"""The claim without a product: the same statements on the same SQLite library, nothing else.

    python -m tests.bench.bare_claims FILE AT SECONDS PERSON:WISH … (on standard input)

Waits until the clock shows AT, so that several begin together. Prints claims and seconds.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from pysqlite3 import dbapi2

KEY = (
    "INSERT INTO done_once (actor, errand, key, body, at) VALUES (?, 'bare', ?, ?, ?) "
    "ON CONFLICT DO NOTHING RETURNING id"
)
PERSON = "SELECT id, name, confirmed_at FROM user_account WHERE id = ?"
WISH = (
    "SELECT id, kind, state, starts_at, ends_at, headcount, places_taken, community_id, title "
    "FROM wish WHERE id = ?"
)
CLAIM = (
    "INSERT INTO claim (wish_id, claimed_by_id, places, live, claimed_at) "
    "VALUES (?, ?, 1, 1, ?) RETURNING id"
)
TAKE = (
    "UPDATE wish SET places_taken = places_taken + 1 WHERE id = ? AND state = 'open' "
    "AND starts_at > ? AND places_taken + 1 <= headcount RETURNING places_taken"
)
EVENT = (
    "INSERT INTO wish_event (wish_id, at, actor_id, what, from_state, to_state) "
    "VALUES (?, ?, ?, 'claim', 'open', 'open')"
)
PLACE = (
    "INSERT INTO place (wish_id, claim_id, user_id, named_by_id, named_at, live) "
    "VALUES (?, ?, ?, ?, ?, 1) RETURNING id"
)
COMMITMENT = (
    "INSERT INTO commitment (user_id, place_id, starts_at, ends_at, live) VALUES (?, ?, ?, ?, 1)"
)
MESSAGE = (
    "INSERT INTO message (user_id, kind, subject, text, params, path, created_at, mail_state, "
    "attempts, next_try_at) VALUES (?, 'claimed', ?, ?, ?, ?, ?, 'waiting', 0, ?)"
)
SAID = (
    "认领成功：%(title)s",
    "您认领了“%(title)s”，时间 %(when)s。来不了请尽早退出，把名额让给别人。",
)
ANSWER = "UPDATE done_once SET result = ? WHERE id = ?"


def connect(path: str) -> Any:
    """A connection with the product's promises: WAL, FULL, foreign keys, a patient wait."""
    connection = dbapi2.connect(path, isolation_level=None, timeout=15)
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON",
        "cache_size=-16000",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    return connection


def claim(connection: Any, person: int, wish: int, now: str) -> None:
    """One claim, one commit."""
    run = connection.execute
    run("BEGIN IMMEDIATE")
    key = run(KEY, (f"user:{person}", f"{person}-{wish}", "b" * 64, now)).fetchone()[0]
    run(PERSON, (person,)).fetchone()
    seen = run(WISH, (wish,)).fetchone()
    number = run(CLAIM, (wish, person, now)).fetchone()[0]
    if run(TAKE, (wish, now)).fetchone() is None:
        raise RuntimeError("the wish was full")
    run(EVENT, (wish, now, person))
    place = run(PLACE, (wish, number, person, person, now)).fetchone()[0]
    run(COMMITMENT, (person, place, seen[3], seen[4]))
    words = json.dumps({"title": seen[8], "when": {"when": seen[3]}}, ensure_ascii=False)
    run(MESSAGE, (person, *SAID, words, f"/wishes/{wish}", now, now))
    run(ANSWER, (str(number), key))
    run("COMMIT")


def main() -> None:
    """Claim for so many seconds."""
    path, at, seconds = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
    pairs = [tuple(map(int, line.split(":"))) for line in sys.stdin]
    connection = connect(path)
    now = time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime())
    time.sleep(max(0.0, at - time.time()))
    done, began = 0, time.perf_counter()
    for person, wish in pairs:
        claim(connection, person, wish, now)
        done += 1
        if time.perf_counter() - began >= seconds:
            break
    spent = time.perf_counter() - began
    connection.close()
    sys.stdout.write(json.dumps([done, spent]))


if __name__ == "__main__":
    main()
