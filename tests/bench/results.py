"""A figure, its target, and the two ways it is told: a table and build/bench.json."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Result:
    """One ratio: the middle one of its samples. `note` says what stood on both sides."""

    name: str
    target: float
    better: Better
    samples: Sequence[float]
    note: str = ""

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.samples)

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.ratio >= self.target if self.better == "higher" else self.ratio <= self.target


def write_json(results: Iterable[Result], path: Path) -> None:
    """Write what was measured for whoever compares two runs."""
    told = {
        each.name: {
            "ratio": round(each.ratio, 4),
            "target": each.target,
            "better": each.better,
            "samples": [round(sample, 4) for sample in each.samples],
        }
        for each in results
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, indent=1) + "\n")


def table(results: Iterable[Result]) -> str:
    """The same for a reader."""
    lines = [f"{'what':28}{'ratio':>8}{'target':>10}  {'':7}{'spread':15} of what"]
    for each in results:
        sign = "≥" if each.better == "higher" else "≤"
        spread = f"{min(each.samples):.3g}–{max(each.samples):.3g}"
        word = "met" if each.met else "MISSED"
        lines.append(
            f"{each.name:28}{each.ratio:>8.3g}{sign + ' ' + format(each.target, '.3g'):>10}  "
            f"{word:7}{spread:15} {each.note}"
        )
    return "\n".join(lines)
