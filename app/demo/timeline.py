"""The month as it happens: steps in the order of time, each at its own moment."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from app.demo.neighbourhood import Unit
from foundation import clock
from foundation.refusal import Refusal

KEENNESS = 0.3  # how often the people of the demo accounts come first
Step = Callable[[], None]
Span = tuple[datetime, datetime]


class Timeline:
    """Steps to come; what lies after `until` has not happened yet and is left out."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._steps: list[tuple[datetime, int, Step]] = []
        self._serial = itertools.count()
        self.refused: list[str] = []

    def add(self, moment: datetime, step: Step) -> None:
        """Let a step happen at this moment (UTC)."""
        heapq.heappush(self._steps, (moment, next(self._serial), step))

    def run(self) -> None:
        """Take the steps in their order, each under its own clock.

        A step that the product refuses has not happened; `refused` says which, for the tests.
        """
        while self._steps and self._steps[0][0] <= self.until:
            moment, _, step = heapq.heappop(self._steps)
            with clock.at(moment):
                try:
                    step()
                except Refusal as refusal:
                    self.refused.append(f"{moment:%m-%d %H:%M} {refusal!r} {refusal}")


class Diary:
    """Who is free when, so that nobody is asked to be in two places."""

    def __init__(self, people: list[int], rng: Random, *, keen: int) -> None:
        self.rng = rng
        self.keen = keen
        self.people = people
        self.spans: dict[int, list[Span]] = {each: [] for each in people}

    def is_free(self, person: int, span: Span) -> bool:
        """Whether nothing planned meets this time."""
        return all(span[1] <= begins or ends <= span[0] for begins, ends in self.spans[person])

    def find(self, among: list[int], span: Span, most: int) -> list[int]:
        """Up to so many free people, by chance, who are then busy."""
        free = [each for each in among if self.is_free(each, span)]
        chosen = self.rng.sample(free, min(most, len(free)))
        if most and self.keen in free and self.keen not in chosen and self.rng.random() < KEENNESS:
            chosen[0] = self.keen
        for each in chosen:
            self.spans[each].append(span)
        return chosen

    def find_unit(self, units: list[Unit], span: Span, most: int) -> tuple[Unit, list[int]] | None:
        """A unit, by chance, with free colleagues for some of the places; the first is keen."""
        order = self.rng.sample(units, len(units))
        if self.rng.random() < KEENNESS:
            order.insert(0, units[0])
        for unit in order:
            found = self.find(unit.colleague_ids, span, most)
            if found:
                return unit, found
        return None


class Days:
    """Moments relative to today, in local time."""

    def __init__(self, today: date) -> None:
        self.today = today

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """So many days from today, at this local hour (UTC)."""
        return clock.from_local(self.today + timedelta(days=days), time(hour, minute))
