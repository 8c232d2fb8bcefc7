"""The wording guard: who somebody is and where they live never stand together in public."""

from __future__ import annotations

import pytest

from wishes.refusals.publishing import DoorInPublicPlace, MedicineRefused, WordsPointAtADoor
from wishes.rules.wording import (
    ensure_no_medicine,
    ensure_wording,
    is_supplement,
    points_at_a_door,
    reword,
)


@pytest.mark.parametrize(
    "title",
    [
        "为独居老人换灯泡（3号楼2单元）",
        "给３号楼空巢老人送饭",
        "十二栋低保户粉刷墙面",
        "帮502室中风的大爷理发",
        "陪82岁的奶奶看病，5-2-301",
        "八旬老人家在幸福路12号，修水管",
    ],
)
def test_a_person_and_a_building_point_at_a_door(title: str) -> None:
    assert points_at_a_door(title)


@pytest.mark.parametrize(
    "title",
    [
        "为独居老人换灯泡",
        "3号楼前清理小广告",
        "给100户困难家庭送春联",
        "面向残疾人的反诈讲座",
        "陪 80 岁老人聊天",
        "二楼活动室擦玻璃",
    ],
)
def test_one_of_the_two_alone_is_fine(title: str) -> None:
    assert not points_at_a_door(title)


def test_the_place_counts_with_the_title() -> None:
    with pytest.raises(WordsPointAtADoor):
        ensure_wording("陪独居老人聊天", "", "3号楼2单元门口", at_home=False)


@pytest.mark.parametrize(
    ("title", "better"),
    [
        ("为独居老人换灯泡（3号楼2单元）", "为老人换灯泡"),
        ("给3号楼空巢老人送饭", "给老人送饭"),
        ("3栋低保户的门锁坏了，请帮忙换", "门锁坏了，请帮忙换"),
    ],
)
def test_a_proposal_comes_with_the_refusal(title: str, better: str) -> None:
    assert reword(title) == better
    with pytest.raises(WordsPointAtADoor) as refused:
        ensure_wording(title, "", "", at_home=False)
    assert refused.value.params["better"] == better


@pytest.mark.parametrize("place", ["3号楼2单元501室", "三单元", "5-2-301"])
def test_a_home_visit_shows_no_door_as_its_public_place(place: str) -> None:
    with pytest.raises(DoorInPublicPlace):
        ensure_wording("换灯泡", "", place, at_home=True)


def test_a_meeting_point_is_a_public_place() -> None:
    ensure_wording("换灯泡", "", "一网格，3号楼东侧凉亭集合", at_home=True)


@pytest.mark.parametrize("title", ["降压药两盒", "胰岛素一支", "布洛芬", "中药一副"])
def test_medicines_are_refused_as_items(title: str) -> None:
    with pytest.raises(MedicineRefused):
        ensure_no_medicine(title, "")


@pytest.mark.parametrize("title", ["小药箱一个", "老花眼镜一副", "药店门口的共享轮椅一台"])
def test_what_only_sounds_like_medicine_is_taken(title: str) -> None:
    ensure_no_medicine(title, "")


def test_supplements_are_told_apart() -> None:
    assert is_supplement("维生素一瓶", "")
    assert not is_supplement("羽绒服一件", "")
