"""Target 1: fifty people press at once in two processes, and no place is given twice."""

from __future__ import annotations

from tests.bench.results import Result
from tests.bench.sizes import Sizes
from tests.harness.claim_race import race_on


def measure(kind: str, sizes: Sizes) -> list[Result]:
    """Oversold wishes of all trials; an error or a place left empty counts as one too."""
    samples, presses = [], 0.0
    for places in sizes.places:
        got = race_on(kind, people=sizes.crowd, places=places, trials=sizes.trials)
        samples.append(float(got.oversold + got.undersold + got.errors))
        presses += got.per_second / len(sizes.places)
    tried = f"{sizes.crowd} claimers × {sizes.trials} trials on {'/'.join(map(str, sizes.places))}"
    note = f"{tried} places, {presses:.0f} presses/s"
    return [Result(f"oversold_{kind}", 0.0, "lower", [sum(samples)], note)]
