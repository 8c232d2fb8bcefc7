"""A place is never given twice, however many press at once, in however many processes."""

from __future__ import annotations

import pytest

from tests.conftest import DATABASES
from tests.harness.claim_race import race_on


@pytest.mark.race
@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("places", [1, 8])
def test_fifty_people_press_at_once_and_every_place_is_given_exactly_once(
    kind: str, places: int
) -> None:
    got = race_on(kind, people=50, places=places, trials=4)
    assert (got.oversold, got.undersold, got.errors) == (0, 0, 0), got
    assert got.answers["claimed"] == places * 4
    assert got.answers["WishIsFull"] == (50 - places) * 4


@pytest.mark.race
@pytest.mark.parametrize(
    ("kind", "mutant"),
    [
        pytest.param(kind, mutant, id=mutant)
        for kind, mutant in (("postgresql", "count_then_write"), ("sqlite", "begin_deferred"))
        if kind in DATABASES
    ],
)
def test_the_race_catches_a_claim_that_looks_first_and_one_that_locks_late(
    kind: str, mutant: str
) -> None:
    got = race_on(kind, people=20, places=3, trials=4, mutant=mutant)
    assert got.oversold or got.errors, got
