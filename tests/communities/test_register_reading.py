"""The register's own words: times, numbers, tools, columns, rows."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from communities.rules.amounts import read_amount, read_minutes, read_tools
from communities.rules.batches import fingerprint, original_words, split_file
from communities.rules.columns import Column, find_header, guess_columns
from communities.rules.moments import When, read_hour, read_when
from communities.rules.rows import Understood, Weight, understand
from wishes.rules.kinds import Category, Provision, Venue, WishKind

TODAY = date(2026, 11, 22)
C = Column


@pytest.mark.parametrize(
    "words",
    ["长期", "每天", "春节前", "2015、2016年春节前", "2021年7月", "有空随时", "10月1日前后", "全年",
     "每周三上午9点", "2月30日", "12月1-3日", "1月3日、1月5日", "12月3日25点", "9:00", "𠮷日", ""],
)  # fmt: skip
def test_what_is_no_day_is_left_to_the_original_words(words: str) -> None:
    assert read_when(words, today=TODAY) == When()


@pytest.mark.parametrize(
    ("words", "day", "start", "end"),
    [
        ("2021-01-26上午", date(2021, 1, 26), time(9), None),
        ("2月1日晚", date(2027, 2, 1), time(19), None),
        ("10月1日上午9点", date(2026, 10, 1), time(9), None),
        ("１０月１日上午９点至１１点半", date(2026, 10, 1), time(9), time(11, 30)),
        ("十二月三日下午两点-4点", date(2026, 12, 3), time(14), time(16)),
        ("2026年12月1日（周二）9：00—10：30", date(2026, 12, 1), time(9), time(10, 30)),
        ("2026-12-05 14:00", date(2026, 12, 5), time(14), None),
        ("44222", date(2021, 1, 26), None, None),
        ("11.28 晚7点半", date(2026, 11, 28), time(19, 30), None),
    ],
)
def test_days_and_hours_are_read(
    words: str, day: date, start: time | None, end: time | None
) -> None:
    when = read_when(words, today=TODAY)
    assert (when.day, when.start, when.end) == (day, start, end)


def test_a_deadline_is_told_from_a_day() -> None:
    assert read_when("5月31日前", today=TODAY).until
    assert not read_when("5月31日", today=TODAY).until


def test_a_part_of_the_day_is_a_guess_an_hour_is_not() -> None:
    assert read_when("1月31日下午", today=TODAY).guessed_hour
    assert not read_when("1月31日下午3点", today=TODAY).guessed_hour
    assert read_hour("下午3点") == time(15)
    assert read_hour("晚") is None


@pytest.mark.parametrize(
    ("words", "number", "about"),
    [("8", 8, False), ("３００", 300, False), ("三名", 3, False), ("2-3人", 3, True),
     ("300余名", 300, True), ("约8人", 8, True), ("若干", None, False), ("0", None, False),
     ("-1", None, False), ("1.5", None, False), ("10000", None, False), ("不限", None, False)],
)  # fmt: skip
def test_a_number_is_read_or_left_open(words: str, number: int | None, about: bool) -> None:
    amount = read_amount(words)
    assert (amount.number, amount.about) == (number, about)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("2", 120), ("1.5", 90), ("一个半小时", 90), ("９０分钟", 90), ("1:30", 90), ("半天", None),
     ("13", None), ("0", None)],
)  # fmt: skip
def test_a_length_is_whole_minutes_or_left_open(words: str, minutes: int | None) -> None:
    assert read_minutes(words) == minutes


def test_tools_say_how_many_and_who_brings_them() -> None:
    tools = read_tools("梯子2把（社区备）、螺丝刀（自带）")
    assert [(tool.name, tool.quantity, tool.provision) for tool in tools.lines] == [
        ("梯子", 2, Provision.COMMUNITY),
        ("螺丝刀", 1, Provision.BRING),
    ]
    assert read_tools("抹布、扫帚").guessed
    assert read_tools("无").answered
    assert not read_tools("无").lines
    assert not read_tools("").answered


def test_the_header_is_found_below_a_title_and_across_two_merged_rows() -> None:
    rows = [
        ("2026年微心愿台账",) * 5,
        ("序号", "心愿内容", "时间", "时间", "需要人数"),
        ("序号", "心愿内容", "开始", "结束", "需要人数"),
        ("1", "换灯泡", "12月1日9点", "10点", "2"),
    ]
    header = find_header(rows)
    assert header.headers == ("序号", "心愿内容", "时间·开始", "时间·结束", "需要人数")
    assert (header.first_row, header.title) == (3, "2026年微心愿台账")
    assert guess_columns(header.headers) == [C.KEPT, C.CONTENT, C.STARTS, C.ENDS, C.PEOPLE]


def test_totals_headers_and_sections_are_left_out_and_said() -> None:
    rows = [
        ("序号", "心愿内容", "需要人数"),
        ("助老", "助老", "助老"),
        ("1", "陪诊", "1"),
        ("序号", "心愿内容", "需要人数"),
        ("", "", ""),
        ("合计", "", "1"),
    ]
    batch = split_file(rows)
    assert [row.line for row in batch.rows] == [3]
    assert [params["line"] for _, params in batch.notes] == [2, 4, 6]


def test_identity_numbers_are_not_kept() -> None:
    batch = split_file([("姓名", "心愿内容"), ("张三", "棉衣，身份证11010519491231002X")])
    assert "11010519491231002X" not in str(batch.rows)
    assert len(batch.notes) == 1


def test_original_words_leave_out_names_phones_and_doors_only() -> None:
    headers, cells = ("姓名", "联系电话", "心愿内容", "备注"), ("张三", "1380", "棉衣", "急")
    words = original_words(headers, [str(each) for each in guess_columns(headers)], cells)
    assert words == {"心愿内容": "棉衣", "备注": "急"}


def test_the_same_words_in_another_file_are_the_same_row() -> None:
    assert fingerprint(["a"], ["1"]) == fingerprint(("a",), ("1",)) != fingerprint(["b"], ["1"])


def read(**words: str) -> Understood:
    return understand({C(name): text for name, text in words.items()}, today=TODAY)


def test_a_row_without_a_wish_is_the_only_one_that_stays_out() -> None:
    assert not read(people="3").may_import
    assert read(content="陪诊", when="长期", people="若干", tools="？？").may_import


def test_a_service_gets_its_end_from_its_length() -> None:
    found = read(content="陪诊", when="12月1日9点", hours="1.5")
    assert (found.starts, found.ends) == (datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 10, 30))  # noqa: DTZ001


def test_an_end_before_the_start_is_left_open_with_a_warning() -> None:
    found = read(content="陪诊", when="12月1日9点", ends="8点")
    assert found.ends is None
    assert [remark.weight for remark in found.remarks] == [Weight.NOTE, Weight.WARNING]


def test_a_long_content_is_cut_for_the_title_and_kept_whole() -> None:
    found = read(content="换灯泡" * 200)
    assert len(found.title) == 60
    assert found.text == "换灯泡" * 200


def test_a_thing_is_told_from_a_service() -> None:
    assert read(content="棉衣", pieces="1").kind is WishKind.ITEM
    assert read(content="棉衣", kind="物品", people="1").kind is WishKind.ITEM
    assert read(content="陪诊", people="1").kind is WishKind.SERVICE


def test_a_home_visit_does_not_show_its_place() -> None:
    found = read(content="换灯泡", place="3号楼2单元501", venue="上门")
    assert (found.venue, found.public_place, found.door) == (Venue.HOME, "", "3号楼2单元501")


def test_other_names_of_a_category_are_known() -> None:
    assert read(content="x", category="敬老助残").category is Category.ELDERLY
    assert read(content="x", category="？").category is Category.OTHER
