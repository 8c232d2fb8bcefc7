from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask_babel import Babel, force_locale

from foundation import labels

SATURDAY = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def speaking() -> Iterator[Flask]:
    app = Flask(__name__)
    Babel(app, default_locale="zh_Hans_CN")
    labels.register_labels(app)
    with app.app_context(), time_machine.travel(datetime(2026, 11, 20, tzinfo=UTC), tick=False):
        yield app


def test_a_moment_in_chinese() -> None:
    assert labels.when(SATURDAY) == "11月28日 周六 9:00"
    assert labels.day(date(2026, 11, 28)) == "11月28日 周六"


def test_a_moment_in_english_and_korean() -> None:
    with force_locale("en"):
        assert labels.when(SATURDAY) == "Sat 28 Nov, 9:00"
    with force_locale("ko"):
        assert labels.when(SATURDAY) == "11월 28일 (토) 9:00"


def test_another_year_is_named() -> None:
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert labels.when(new_year) == "2027年1月1日 周五 0:30"
    with force_locale("en"):
        assert labels.day(new_year) == "Fri 1 Jan 2027"


def test_a_span_names_its_day_once() -> None:
    assert labels.when_span(SATURDAY, LATER) == "11月28日 周六 9:00–10:00"
    with force_locale("en"):
        assert labels.when_span(SATURDAY, LATER) == "Sat 28 Nov, 9:00–10:00"


def test_a_span_over_night_names_both_days() -> None:
    end = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)
    assert labels.when_span(SATURDAY, end) == "11月28日 周六 9:00 – 11月29日 周日 1:00"


def test_a_span_without_length_is_a_moment() -> None:
    assert labels.when_span(SATURDAY, SATURDAY) == "11月28日 周六 9:00"


def test_an_open_span_says_so() -> None:
    assert labels.when_span(None, None) == "时间待定"
    assert labels.when_span(SATURDAY, None) == "11月28日 周六 9:00"
    assert labels.when(None) == labels.day(None) == labels.time_of_day(None) == "—"


@pytest.mark.parametrize(
    ("minutes", "table", "signed", "words"),
    [
        (90, "1:30", "＋1:30", "1 小时 30 分"),
        (120, "2:00", "＋2:00", "2 小时"),
        (45, "0:45", "＋0:45", "45 分钟"),
        (0, "0:00", "0:00", "0 分钟"),
        (-210, "－3:30", "－3:30", "－3 小时 30 分"),
    ],
)
def test_minutes_as_hours(minutes: int, table: str, signed: str, words: str) -> None:
    assert labels.hours(minutes) == table
    assert labels.signed_hours(minutes) == signed
    assert labels.hours_words(minutes) == words


def test_signs_are_those_of_the_language() -> None:
    with force_locale("en"):
        assert labels.signed_hours(90) == "+1:30"
        assert labels.signed_hours(-210) == labels.hours(-210) == "−3:30"


def test_words_as_a_list() -> None:
    assert labels.listed(["扳手", "梯子"]) == "扳手、梯子"
    assert labels.listed([]) == ""


@pytest.mark.parametrize(
    ("on", "said"),
    [(20, "今天"), (19, "昨天"), (17, "3 天前"), (21, "明天"), (24, "4 天后")],
)
def test_days_away_are_counted_on_the_local_calendar(on: int, said: str) -> None:
    assert labels.ago_days(date(2026, 11, on)) == said


def test_an_hour_after_local_midnight_was_today() -> None:
    with time_machine.travel(datetime(2026, 11, 20, 2, 0, tzinfo=UTC), tick=False):
        assert labels.ago_days(datetime(2026, 11, 19, 17, 0, tzinfo=UTC)) == "今天"


def test_sizes() -> None:
    assert labels.file_size(640) == "640 B"
    assert labels.file_size(840_000) == "820 KB"
    assert labels.file_size(25 * 1024**2) == "25 MB"
    assert labels.file_size(3_355_444) == "3.2 MB"


def test_templates_know_them(speaking: Flask) -> None:
    template = speaking.jinja_env.from_string("{{ at|when }}，{{ at|clock }}，{{ 90|hours_words }}")
    assert template.render(at=SATURDAY) == "11月28日 周六 9:00，9:00，1 小时 30 分"
