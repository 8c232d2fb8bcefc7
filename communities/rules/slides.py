"""大屏: which picture of the rotation comes, and how wishes are dealt out to slides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
SECONDS = 15  # a slide stays so long


def deal(things: Sequence[Thing], each: int) -> list[Sequence[Thing]]:
    """The things in groups of at most so many, in their order."""
    return [things[at : at + each] for at in range(0, len(things), each)]


def turn_to(asked: int, count: int) -> int:
    """The slide of this number, from 1; beyond the last one it begins again."""
    return (asked - 1) % count + 1
