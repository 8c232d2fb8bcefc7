"""Run every bench, print the table, write build/bench.json."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import board, claims, costs, depth, oversold
from tests.bench.ground import ground
from tests.bench.results import Result, table, write_json
from tests.bench.server import serving
from tests.bench.sizes import Sizes, read_sizes
from tests.conftest import DATABASES


def say(words: str) -> None:
    """A line for the terminal, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def run(sizes: Sizes) -> Iterator[Result]:
    """Every figure, the races last: they leave the machine warm."""
    for kind in DATABASES:
        with ground(kind, sizes.rows, sizes.people) as big:
            with ground(kind, sizes.few, sizes.people) as small:
                yield from depth.measure(big, small, sizes)
            if kind == "sqlite":
                with serving(big) as server:
                    yield from board.measure(server, sizes)
                    yield from claims.measure(big, server, sizes)
                say(costs.measure(big, sizes))
    for kind in DATABASES if sizes.trials else []:
        yield from oversold.measure(kind, sizes)


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    asked, sizes, began = parser.parse_args(), read_sizes(), time.monotonic()
    say(f"{sizes.rows:,} wishes on {', '.join(DATABASES)}")
    results = []
    for result in run(sizes):
        results.append(result)
        write_json(results, asked.out)
        say(f"  {result.name} {result.ratio:.3g}")
    say(table(results))
    say(f"{asked.out} · {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
