"""The bench runs, and writes what it found; how fast anything is, no test says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from foundation.db import db
from foundation.errands import Once, under_key
from tests.bench import bare_claims
from tests.bench.results import Result, table
from tests.conftest import DATABASES
from tests.makers import make_volunteer, make_wish
from wishes.services.claiming import claim_wish

ROOT = Path(__file__).resolve().parents[2]
FIELDS = {"ratio", "target", "better", "samples"}


@pytest.mark.timeout(300)  # four databases and a server, on a machine that may be busy
def test_a_tiny_bench_runs_and_writes_every_figure(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--out", str(out)],
        cwd=ROOT, env={**os.environ, "BENCH_ROWS": "200"}, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = json.loads(out.read_text())
    assert set(told) == {
        "claims_http_sqlite", "claims_p99_sqlite",
        "board_uncached", "board_warm", "board_304_cpu",
        *(f"board_{what}_{kind}" for what in ("rows", "depth") for kind in DATABASES),
    }  # fmt: skip
    assert all(set(figure) == FIELDS for figure in told.values())
    assert "board_uncached" in ran.stdout
    assert "of the request: sign-in" in ran.stdout


def test_a_figure_is_the_middle_of_its_rounds_and_says_whether_it_is_enough() -> None:
    slow = Result("slow", 0.6, "higher", [0.2, 0.9, 0.5])
    even = Result("even", 1.1, "lower", [1.1])
    assert (slow.ratio, slow.met, even.met) == (0.5, False, True)
    assert "MISSED" in table([slow])
    assert "MISSED" not in table([even])


def _kind(statement: str) -> tuple[str, str]:
    found = re.match(r"(?s)(INSERT INTO|UPDATE|SELECT.*?\sFROM)\s+(\w+)", statement)
    assert found, statement
    return found[1].split()[0], found[2]


def test_the_bare_claim_does_the_statements_of_the_products_claim(app: Flask) -> None:
    wish, person = make_wish(headcount=2).id, make_volunteer().id
    seen: list[str] = []
    listening = (db.engine, "before_cursor_execute", lambda *said: seen.append(said[2]))
    event.listen(*listening)
    with under_key(Once(f"user:{person}", "test", "k", "b")):
        claim_wish(wish, actor_id=person)
    event.remove(*listening)
    bare = ("KEY", "PERSON", "WISH", "CLAIM", "TAKE", "EVENT", "PLACE", "COMMITMENT", "MESSAGE",
            "ANSWER")  # fmt: skip
    product = [_kind(each) for each in seen if not each.startswith("BEGIN")]
    assert product == [_kind(getattr(bare_claims, name)) for name in bare]
