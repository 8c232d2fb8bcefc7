"""Target 4: the wall of twenty cards beside the least this server can do."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from tests.bench.load import Load, drive, fetch, get, post
from tests.bench.results import Result
from tests.bench.server import Server
from tests.bench.sizes import Sizes

HELLO = get("/hello")


@dataclass(frozen=True)
class Measured:
    """One round of one request."""

    load: Load
    cpu: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.load.per_second

    @property
    def cpu_each(self) -> float:
        """Processor seconds of the server for one answer."""
        return self.cpu / len(self.load.took)


def _round(server: Server, request: bytes, status: int, sizes: Sizes) -> Measured:
    before = server.cpu_seconds()
    load = drive(
        server.port, itertools.repeat(request),
        connections=sizes.connections, seconds=sizes.seconds,
    )  # fmt: skip
    if set(load.statuses) != {status}:
        raise RuntimeError(f"the server answered {dict(load.statuses)}, not {status}")
    return Measured(load, server.cpu_seconds() - before)


def _visit(server: Server) -> tuple[str, str]:
    """A visitor's cookie (they chose a language), and the mark of the page they have."""
    chosen = fetch(server.port, post("/language", "language=zh_Hans_CN"))
    cookie = _header(chosen, b"set-cookie").split(";")[0]
    return cookie, _header(fetch(server.port, get("/", Cookie=cookie)), b"etag")


def _header(answer: bytes, name: bytes) -> str:
    found = re.search(rb"(?i)\r\n" + name + rb": ([^\r]+)", answer)
    return found[1].decode() if found else ""


def measure(server: Server, sizes: Sizes) -> list[Result]:
    """Hello, the wall drawn anew, the wall that was kept, and "you have it already", in turns."""
    cookie, mark = _visit(server)
    cold = get("/", Cookie=cookie, X_Bench_Cold="1")
    warm, again = get("/", Cookie=cookie), get("/", Cookie=cookie, If_None_Match=mark)
    anew, drawn, spare, rates = [], [], [], []
    for _ in range(sizes.rounds):
        hello = _round(server, HELLO, 200, sizes)
        wall, kept = _round(server, cold, 200, sizes), _round(server, warm, 200, sizes)
        anew.append(wall.rate / hello.rate)
        drawn.append(kept.rate / hello.rate)
        rates.append((hello.rate, wall.rate, kept.rate))
        if mark:
            spare.append(_round(server, again, 304, sizes).cpu_each / hello.cpu_each)
    least, rate, best = sorted(rates)[len(rates) // 2]
    results = [
        Result("board_uncached", 0.13, "higher", anew, f"{rate:.0f}/s, hello {least:.0f}/s"),
        Result("board_warm", 0.90, "higher", drawn, f"{best:.0f}/s, kept since the last write"),
    ]
    if spare:
        results.append(Result("board_304_cpu", 1.4, "lower", spare, "processor time over hello's"))
    return results
