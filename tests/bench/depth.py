"""Target 5: a page of the wall costs the same in a big table and deep down in it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from foundation import clock
from foundation.db import db
from tests.bench.ground import Ground
from tests.bench.results import Result
from tests.bench.sizes import Sizes
from wishes.models import Wish
from wishes.queries.board import PAGE, list_cards
from wishes.rules.board import Filter, Mark
from wishes.rules.life import WishState

Call = Callable[[], object]


def page_of(ground: Ground, *, half_way: bool = False) -> Call:
    """One page of the wall, read as its view reads it: the statement and its rows."""
    after = _mark_half_way(ground) if half_way else None

    def read() -> None:
        list_cards(Filter(), at=clock.now(), after=after, limit=PAGE + 1)
        db.session.rollback()

    return read


def _mark_half_way(ground: Ground) -> Mark:
    opened = ground.filled.open_wishes
    with ground.app.app_context():
        wish = db.session.get_one(Wish, opened[len(opened) // 2])
        assert wish.starts_at is not None
        mark = Mark(WishState(wish.state), wish.starts_at, wish.id)
        db.session.remove()
    return mark


def _took(ground: Ground, call: Call) -> float:
    with ground.app.app_context():
        began = time.perf_counter()
        call()
        spent = time.perf_counter() - began
        db.session.remove()
    return spent


def measure(big: Ground, small: Ground, sizes: Sizes) -> list[Result]:
    """The first page of both tables and the page half-way down, call by call in turns."""
    ways = {"top": (big, page_of(big)), "few": (small, page_of(small))}
    ways["half"] = (big, page_of(big, half_way=True))
    rows, depth, times = [], [], []
    for number in range(sizes.rounds + 1):
        took: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(sizes.calls):
            for name, (where, call) in ways.items():
                took[name].append(_took(where, call))
        if number:  # the first round warms
            top, few, half = (statistics.median(took[name]) for name in ("top", "few", "half"))
            rows.append(top / few)
            depth.append(half / top)
            times.append(top)
    note = f"{statistics.median(times) * 1000:.2f} ms a page at {sizes.rows:,} wishes"
    return [
        Result(f"board_rows_{big.kind}", 1.10, "lower", rows, f"{note}, over {sizes.few:,}"),
        Result(f"board_depth_{big.kind}", 1.10, "lower", depth, "half-way down over page 1"),
    ]
