"""How a pasted 接龙 is read: ugly lines, one by one."""

from __future__ import annotations

import pytest

from wishes.rules.chains import MOST_LINES, is_too_long, list_doubles, read_chain


@pytest.mark.parametrize(
    ("raw", "name", "phone", "friends"),
    [
        ("1. 张三", "张三", None, 0),
        ("2、李四 13800000001", "李四", "+8613800000001", 0),
        ("3 王五+1", "王五", None, 1),
        ("４）赵六（带梯子）", "赵六", None, 0),
        ("５．𠮷田喆 👍", "𠮷田喆", None, 0),
        ("6. 陈晓 带2人 139 0000 0002", "陈晓", "+8613900000002", 2),
        ("14. 139-0000-0003 周远", "周远", "+8613900000003", 0),
        ("9 阿依古丽·买买提", "阿依古丽·买买提", None, 0),
        ("10.欧阳娜娜报名", "欧阳娜娜", None, 0),
        ("16、报名：钱多多", "钱多多", None, 0),
        ("12. Anna Li", "Anna Li", None, 0),
        ("7. 收到", "", None, 0),
        ("11.", "", None, 0),
        ("8. 这个周六我可能来不了大家去吧", "", None, 0),
        ("15. 刘洋＋９９", "", None, 0),
        ("17. 3号楼王阿姨", "", None, 0),
    ],
)
def test_a_line_names_a_person_or_nobody(
    raw: str, name: str, phone: str | None, friends: int
) -> None:
    line = read_chain(f"1. 某某\n{raw}")[1]
    assert (line.name, line.phone, line.friends) == (name, phone, friends)
    assert line.raw == raw


def test_what_stands_before_the_first_number_is_the_title() -> None:
    text = "#接龙\n周六换灯泡，自带螺丝刀\n例 姓名 电话\n\n1. 张三\n2. 李四"
    assert [line.name for line in read_chain(text)] == ["张三", "李四"]


def test_words_between_the_numbers_name_nobody_and_stay() -> None:
    lines = read_chain("1. 张三\n我也想来\n2. 李四")
    assert [(line.name, line.raw) for line in lines] == [
        ("张三", "1. 张三"), ("", "我也想来"), ("李四", "2. 李四"),
    ]  # fmt: skip


def test_a_list_without_numbers_is_a_person_a_line() -> None:
    assert [line.name for line in read_chain("张三\n\n李四 13800000001")] == ["张三", "李四"]


def test_names_that_stand_twice_are_asked_about() -> None:
    assert list_doubles(read_chain("1. 张三\n2. 李四\n3. 张三")) == {"张三"}


def test_five_hundred_lines_are_read_and_more_are_too_many() -> None:
    text = "\n".join(f"{number}. 张三" for number in range(1, MOST_LINES + 1))
    assert len(read_chain(text)) == MOST_LINES
    assert not is_too_long(text)
    assert is_too_long(f"{text}\n501. 李四")
