"""How much is measured: one number of wishes scales everything."""

from __future__ import annotations

import os
from dataclasses import dataclass

USUAL = 100_000
FULL = 1_000_000
LEAST = 200


@dataclass(frozen=True)
class Sizes:
    """`rows` wishes against `few`; each thing is measured `rounds` times for `seconds`.

    No trials: no race, it has tests of its own.
    """

    rows: int = USUAL
    few: int = 1_000
    people: int = 2_000
    rounds: int = 7
    seconds: float = 2.0
    calls: int = 100
    connections: int = 16
    trials: int = 100
    crowd: int = 50
    places: tuple[int, ...] = (1, 3, 8)


SMOKE = Sizes(
    rows=LEAST, few=100, people=150, rounds=1, seconds=0.2, calls=2, connections=4, trials=0
)


def read_sizes() -> Sizes:
    """Sizes from BENCH_ROWS and BENCH_FULL. Below a thousand rows it is only seen that it runs."""
    rows = int(os.environ.get("BENCH_ROWS") or 0)
    if not rows:
        rows = FULL if os.environ.get("BENCH_FULL") == "1" else USUAL
    return Sizes(rows=rows) if rows >= 1_000 else SMOKE
