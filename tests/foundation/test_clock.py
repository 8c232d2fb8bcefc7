import threading
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from flask import Flask

from foundation import clock


def test_now_is_aware_utc() -> None:
    with time_machine.travel(datetime(2026, 11, 28, 1, 0, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


def test_late_evening_utc_is_the_next_day_here() -> None:
    assert clock.local_day(datetime(2026, 11, 27, 16, 30, tzinfo=UTC)) == date(2026, 11, 28)


def test_local_time_goes_there_and_back() -> None:
    moment = clock.from_local(date(2026, 11, 28), time(9, 0))
    assert moment == datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
    assert moment.tzinfo is UTC
    assert clock.local(moment).time() == time(9, 0)


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        clock.local(datetime(2026, 11, 28, 9, 0, tzinfo=UTC).replace(tzinfo=None))


def test_the_setting_moves_the_zone() -> None:
    app = Flask(__name__)
    app.config["TIMEZONE"] = "Europe/Berlin"
    with app.app_context():
        assert clock.from_local(date(2026, 7, 1), time(9, 0)).hour == 7
    assert clock.zone().key == "Asia/Shanghai"


def test_a_command_may_pretend_another_moment_and_comes_back() -> None:
    past = datetime(2026, 11, 1, 9, 0, tzinfo=clock.zone())
    with clock.at(past):
        assert clock.now() == past
        assert clock.now().tzinfo is UTC
    assert clock.now() > past


def test_another_thread_keeps_its_own_clock() -> None:
    past = datetime(2026, 11, 1, tzinfo=UTC)
    seen: list[datetime] = []
    with clock.at(past):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] > past


def test_no_request_moves_the_clock() -> None:
    moved = clock.at(datetime(2026, 11, 1, tzinfo=UTC))
    with Flask(__name__).test_request_context(), pytest.raises(clock.ClockHeld), moved:
        pass


def test_a_naive_moment_is_not_pretended() -> None:
    naive = datetime(2026, 11, 1)  # noqa: DTZ001 - the naive one is the point
    with pytest.raises(ValueError, match="naive"), clock.at(naive):
        pass
