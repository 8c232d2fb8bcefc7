"""A list of residents as people keep it: what is taken of each row."""

from __future__ import annotations

import pytest

from communities.refusals.residents import NoResidentHeader
from communities.rules.resident_rows import ResidentRow, read_best_time, read_residents
from wishes.rules.residents import BestTime

OLD = "独居老人"
GRIDS = {"第一网格": 11, "第二网格": 12}
HEADER = (
    "序号",
    "姓 名",
    "家庭住址",
    "联系电话",
    "所属网格",
    "人员类别",
    "方便时间",
    "备注",
    "身份证号",
)


def read(*rows: tuple[str, ...]) -> list[ResidentRow]:
    return read_residents([("重点居民名单",), HEADER, *rows], grids=GRIDS, tags=[OLD, "低保户"])


def row(**different: str) -> tuple[str, ...]:
    usual = {
        "number": "1", "name": "张奶奶", "door": "3号楼2单元501", "phone": "138 0000 0142",
        "grid": "第二网格", "tags": "独居老人，低保户", "best": "上午", "note": "敲门要等",
        "identity": "222401195003071234",
    }  # fmt: skip
    return tuple((usual | different).values())


def said(found: ResidentRow) -> list[str]:
    return [remark.sentence for remark in found.remarks]


def test_a_row_becomes_a_card_and_the_identity_number_stays_behind() -> None:
    (found,) = read(row())
    assert (found.row, found.wrong, said(found)) == (3, None, [])
    words = found.words
    assert (words.name, words.door, words.phone) == ("张奶奶", "3号楼2单元501", "+8613800000142")
    assert (words.tags, words.grid_id, words.best_time) == ((OLD, "低保户"), 12, BestTime.MORNING)
    assert "222401195003071234" not in repr(found)


def test_an_identity_number_among_the_words_is_taken_out() -> None:
    (found,) = read(row(note="证 222401195003071234"))
    assert found.words.note == "证"
    assert said(found) == ["身份证号不保存，已经去掉"]


@pytest.mark.parametrize(
    ("different", "sentence"),
    [
        ({"name": ""}, "缺姓名"),
        ({"door": ""}, "缺门牌，没有门牌就没法走访"),
        ({"name": "张" * 41}, "姓名或门牌太长"),
        ({"door": "3" * 121}, "姓名或门牌太长"),
    ],
)
def test_what_keeps_a_row_out(different: dict[str, str], sentence: str) -> None:
    (found,) = read(row(**different))
    assert found.wrong is not None
    assert found.wrong.sentence == sentence


@pytest.mark.parametrize(
    ("different", "sentence"),
    [
        ({"phone": "12345"}, "电话“%(text)s”不对，先不存"),
        ({"grid": "第九网格"}, "没有“%(text)s”这个网格，先不分网格"),
        ({"tags": "富人"}, "“%(text)s”不在标签表里，先不存"),
    ],
)
def test_what_is_left_out_of_a_row_is_said(different: dict[str, str], sentence: str) -> None:
    (found,) = read(row(**different))
    assert found.wrong is None
    assert said(found) == [sentence]


def test_the_same_person_twice_in_a_sheet_is_one() -> None:
    first, second = read(row(), row(name="张 奶奶"))
    assert first.wrong is None
    assert second.wrong is not None
    assert second.wrong.params == {"row": 3}


def test_totals_and_empty_rows_are_passed_over() -> None:
    assert read(("合计", "1", "", "", "", "", "", "", ""), ("",) * 9) == []


def test_a_sheet_without_a_header_is_refused() -> None:
    with pytest.raises(NoResidentHeader):
        read_residents([("张奶奶", "3号楼")], grids={}, tags=[])


@pytest.mark.parametrize(
    ("text", "time"),
    [("上午", BestTime.MORNING), ("下午三点后", BestTime.AFTERNOON), ("晚饭前", BestTime.EVENING),
     ("", BestTime.ANY), ("上午、下午都行", BestTime.ANY), ("周三", BestTime.ANY)],
)  # fmt: skip
def test_a_best_time_is_read_as_people_write_it(text: str, time: BestTime) -> None:
    assert read_best_time(text) is time
