"""Target 2: claims through HTTP on SQLite with FULL, beside the same statements without product."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bench.ground import Ground
from tests.bench.load import Load, drive
from tests.bench.results import Result
from tests.bench.server import ROOT, Server
from tests.bench.sizes import Sizes
from tests.bench.visitors import Visitor, sign_in_all

PROCESSES = 2  # of the bare side, as many as the server has workers


class ClaimRefused(RuntimeError):
    """The server answered something else than "done, look here"."""


class Pairs:
    """Who claims what: each wish once on each side, nobody in two places at once."""

    def __init__(self, ground: Ground, rounds: int) -> None:
        self.wishes, self.people = ground.filled.open_wishes, ground.filled.people
        self.share = len(self.wishes) // (rounds + 2)
        self.warm, self.spare = rounds, rounds + 1

    def of_round(self, number: int, *, shifted: bool = False) -> list[tuple[int, int]]:
        """(person, wish) of one round; the shifted side meets the same people half-way later."""
        begin = number * self.share
        by = len(self.people) // 2 if shifted else 0
        return [
            (self.people[(at + by) % len(self.people)], self.wishes[at])
            for at in range(begin, begin + self.share)
        ]


def through_http(
    server: Server, visitors: list[Visitor], pairs: list[tuple[int, int]], sizes: Sizes
) -> Load:
    """One round of claims through the whole product. Raises ClaimRefused."""

    def presses() -> Iterator[bytes]:
        for person, wish in pairs:
            yield visitors[person - 1].press(f"/wishes/{wish}/claim")

    load = drive(
        server.port, presses(), connections=sizes.connections, seconds=sizes.seconds
    )  # fmt: skip
    if set(load.statuses) - {302, 303}:
        raise ClaimRefused(dict(load.statuses))
    return load


def bare(ground: Ground, pairs: list[tuple[int, int]], seconds: float) -> float:
    """Claims a second of the bare statements, in as many processes as the server has workers."""
    path, at = ground.url.removeprefix("sqlite:///"), time.time() + 0.6
    command = [sys.executable, "-m", "tests.bench.bare_claims", path, str(at), str(seconds)]
    started = []
    for first in range(PROCESSES):
        process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        lines = "\n".join(f"{person}:{wish}" for person, wish in pairs[first::PROCESSES])
        started.append((process, lines))
    for process, lines in started:
        assert process.stdin is not None
        process.stdin.write(lines)
        process.stdin.close()
        process.stdin = None
    told = [json.loads(process.communicate(timeout=120)[0]) for process, _lines in started]
    return float(sum(done / spent for done, spent in told))


def measure(ground: Ground, server: Server, sizes: Sizes) -> list[Result]:
    """HTTP and bare in turns; the answer's slowest hundredth beside its middle."""
    visitors, pairs = sign_in_all(ground), Pairs(ground, sizes.rounds)
    through_http(server, visitors, pairs.of_round(pairs.warm), sizes)
    shares, tails, rates = [], [], []
    for number in range(sizes.rounds):
        load = through_http(server, visitors, pairs.of_round(number), sizes)
        raw = bare(ground, pairs.of_round(number, shifted=True), sizes.seconds / 2)
        shares.append(load.per_second / raw)
        tails.append(load.percentile(99) / load.percentile(50))
        rates.append((load.per_second, raw))
    rate, raw = sorted(rates)[len(rates) // 2]
    note = f"{sizes.connections} connections: {rate:.0f}/s, bare {raw:.0f}/s"
    return [
        Result("claims_http_sqlite", 0.60, "higher", shares, note),
        Result("claims_p99_sqlite", 4.0, "lower", tails, "p99 over p50 of the same answers"),
    ]
