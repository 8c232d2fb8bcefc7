"""The month as it happens: steps in the order of time, each at its own moment."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from app.demo.neighbourhood import Unit
from foundation import clock

Step = Callable[[], None]
Span = tuple[datetime, datetime]


class Timeline:
    """Steps to come; what lies after `until` has not happened yet and is left out."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._steps: list[tuple[datetime, int, Step]] = []
        self._serial = itertools.count()

    def add(self, moment: datetime, step: Step) -> None:
        """Let a step happen at this moment (UTC)."""
        heapq.heappush(self._steps, (moment, next(self._serial), step))

    def run(self) -> int:
        """Take the steps in their order, each under its own clock. Returns how many."""
        taken = 0
        while self._steps and self._steps[0][0] <= self.until:
            moment, _, step = heapq.heappop(self._steps)
            with clock.at(moment):
                step()
            taken += 1
        return taken


class Diary:
    """Who is free when, so that nobody is asked to be in two places."""

    def __init__(self, people: list[int], rng: Random) -> None:
        self.rng = rng
        self.people = people
        self.spans: dict[int, list[Span]] = {each: [] for each in people}

    def is_free(self, person: int, span: Span) -> bool:
        """Whether nothing planned meets this time."""
        return all(span[1] <= begins or ends <= span[0] for begins, ends in self.spans[person])

    def find(self, among: list[int], span: Span, most: int) -> list[int]:
        """Up to so many free people, by chance, who are then busy."""
        free = [each for each in among if self.is_free(each, span)]
        chosen = self.rng.sample(free, min(most, len(free)))
        for each in chosen:
            self.spans[each].append(span)
        return chosen

    def find_unit(self, units: list[Unit], span: Span, most: int) -> tuple[Unit, list[int]] | None:
        """A unit, by chance, with free colleagues for some of the places."""
        for unit in self.rng.sample(units, len(units)):
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
