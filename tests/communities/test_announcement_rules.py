"""Which days an announcement may have, and when it is shown: a table, no database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from communities.refusals.announcements import (
    AlreadyOver,
    BeginsInThePast,
    DaysBackwards,
    ShownTooLong,
)
from communities.rules.announcements import LONGEST, Standing, ensure_days, standing_of

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "taken_down", "standing"),
    [
        (TODAY, TODAY, False, Standing.SHOWN),
        (TODAY - DAY, TODAY, False, Standing.SHOWN),
        (TODAY + DAY, TODAY + DAY, False, Standing.COMING),
        (TODAY - DAY, TODAY - DAY, False, Standing.OVER),
        (TODAY, TODAY, True, Standing.TAKEN_DOWN),
    ],
)
def test_an_announcement_stands_from_its_first_to_its_last_day(
    first: date, last: date, taken_down: bool, standing: Standing
) -> None:
    assert standing_of(first, last, today=TODAY, taken_down=taken_down) is standing


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (TODAY + DAY, TODAY, DaysBackwards),
        (TODAY - 2 * DAY, TODAY - DAY, AlreadyOver),
        (TODAY - DAY, TODAY, BeginsInThePast),
        (TODAY, TODAY + LONGEST + DAY, ShownTooLong),
    ],
)
def test_days_that_make_no_sense_are_told(first: date, last: date, refusal: type) -> None:
    with pytest.raises(refusal):
        ensure_days(first, last, today=TODAY)


def test_the_first_day_it_had_may_stay() -> None:
    ensure_days(TODAY - DAY, TODAY, today=TODAY, before=TODAY - DAY)
    ensure_days(TODAY, TODAY + LONGEST, today=TODAY)
