"""Target 4: the wall of twenty cards beside the least this server can do."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from tests.bench.load import Load, drive, fetch, get
from tests.bench.results import Result
from tests.bench.server import Server
from tests.bench.sizes import Sizes

COLD, HELLO = get("/"), get("/hello")


@dataclass(frozen=True)
class Measured:
    """One round of one request."""

    load: Load
    cpu: float

    @property
    def cpu_each(self) -> float:
        """Processor seconds of the server for one answer."""
        return self.cpu / len(self.load.took)


def _round(server: Server, request: bytes, sizes: Sizes) -> Measured:
    before = server.cpu_seconds()
    load = drive(
        server.port, itertools.repeat(request),
        connections=sizes.connections, seconds=sizes.seconds,
    )  # fmt: skip
    return Measured(load, server.cpu_seconds() - before)


def _unchanged(server: Server) -> bytes | None:
    """The request of a browser that has this page already, None when the page has no ETag."""
    found = re.search(rb"(?i)\r\netag: ([^\r]+)", fetch(server.port, COLD))
    return get("/", If_None_Match=found[1].decode()) if found else None


def measure(server: Server, sizes: Sizes) -> list[Result]:
    """Wall and hello in turns."""
    again = _unchanged(server)
    cold, spare, rates = [], [], []
    for _ in range(sizes.rounds):
        hello, wall = _round(server, HELLO, sizes), _round(server, COLD, sizes)
        cold.append(wall.load.per_second / hello.load.per_second)
        rates.append((wall.load.per_second, hello.load.per_second))
        if again:
            spare.append(_round(server, again, sizes).cpu_each / hello.cpu_each)
    rate, least = sorted(rates)[len(rates) // 2]
    note = f"{rate:.0f}/s, hello {least:.0f}/s"
    results = [Result("board_uncached", 0.13, "higher", cold, note)]
    if spare:
        results.append(Result("board_304_cpu", 1.4, "lower", spare, "processor time over hello's"))
    return results
