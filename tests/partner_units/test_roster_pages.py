"""The roster on the page: one by one, by sheet, by code."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest

from accounts.models import Organisation, RosterEntry, User
from accounts.queries.people import list_colleague_ids
from accounts.queries.rosters import list_roster
from foundation.db import db
from tests.makers import (
    make_colleague,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
)
from tests.pages import PageClient
from tests.partner_units.sheets import make_sheet
from wishes.models import Place
from wishes.services.claiming import claim_for_unit, claim_wish

SignIn = Callable[[User], PageClient]
ROWS = (("姓名", "工号", "手机"), ("王小明", "031", "13800000142"), ("李喆", "032", "若干"))


@pytest.fixture
def unit(app: object) -> Organisation:
    return make_unit()


@pytest.fixture
def desk(unit: Organisation, sign_in: SignIn) -> PageClient:
    return sign_in(make_coordinator(unit=unit))


def hand_in(desk: PageClient, unit: Organisation, content: bytes, name: str) -> None:
    desk.get(f"/unit/{unit.id}/roster")
    desk.submit({"file": (BytesIO(content), name)}, action="import", status=200)


def test_a_colleague_is_added_by_hand(desk: PageClient, unit: Organisation) -> None:
    desk.get(f"/unit/{unit.id}/roster")
    words = {"name": "王小明", "phone": "１３８００００ ０１４２", "staff_number": "０３１"}
    desk.submit(words, action="/roster")
    entry = list_roster(unit.id)[0]
    assert (entry.phone, entry.staff_number) == ("+8613800000142", "031")


def test_a_wrong_phone_keeps_what_was_typed(desk: PageClient, unit: Organisation) -> None:
    desk.get(f"/unit/{unit.id}/roster")
    page = desk.submit({"name": "王小明", "phone": "12"}, action="/roster", status=422).text
    assert "王小明" in page
    assert "11 位手机号" in page


def test_a_sheet_is_shown_before_it_is_stored(desk: PageClient, unit: Organisation) -> None:
    hand_in(desk, unit, make_sheet(ROWS), "名册.xlsx")
    assert desk.response is not None
    assert "手机号“若干”不对" in desk.response.text
    assert list_roster(unit.id) == []
    desk.submit(action="confirm")
    assert [entry.name for entry in list_roster(unit.id)] == ["王小明"]


def test_a_csv_of_chinese_excel_is_read(desk: PageClient, unit: Organisation) -> None:
    text = "\n".join(",".join(row) for row in ROWS)
    hand_in(desk, unit, text.encode("gb18030"), "名册.csv")
    desk.submit(action="confirm")
    assert [entry.name for entry in list_roster(unit.id)] == ["王小明"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"no sheet at all", "a.xlsx", "不是能读的表格"),
        (b"PK\x03\x04 broken", "a.xlsx", "不是能读的表格"),
        (make_sheet([]), "a.xlsx", "没有内容"),
        (make_sheet([("甲", "乙")]), "a.xlsx", "没有找到表头"),
        (b"\xd0\xcf\x11\xe0 old", "a.xls", "旧格式"),
    ],
)
def test_a_bad_file_gets_a_sentence(
    content: bytes, name: str, sentence: str, desk: PageClient, unit: Organisation
) -> None:
    desk.get(f"/unit/{unit.id}/roster")
    page = desk.submit({"file": (BytesIO(content), name)}, action="import", status=422).text
    assert sentence in page


def test_no_file_gets_a_sentence(desk: PageClient, unit: Organisation) -> None:
    desk.get(f"/unit/{unit.id}/roster")
    assert "请选一个文件" in desk.submit(action="import", status=422).text


def test_rows_that_somebody_bent_are_not_stored(desk: PageClient, unit: Organisation) -> None:
    hand_in(desk, unit, make_sheet(ROWS), "名册.xlsx")
    bent = {"lines": '[["王小明", "110", null]]'}
    assert "重新选一次文件" in desk.submit(bent, action="confirm").text
    assert list_roster(unit.id) == []


def test_whoever_leaves_loses_the_places_to_come(desk: PageClient, unit: Organisation) -> None:
    person, boss = make_colleague(unit=unit), make_coordinator(unit=unit)
    claim_for_unit(
        make_wish(headcount=2).id, actor_id=boss.id, organisation_id=unit.id, places=1,
        named=[person.id],
    )  # fmt: skip
    entry = db.session.query(RosterEntry).one()
    desk.get(f"/unit/{unit.id}/roster")
    page = desk.submit(action=f"/{entry.id}/remove").text
    assert "1 个名额要另排人" in page
    assert not db.session.query(Place).one().live
    assert list_colleague_ids(unit.id) == set()


def test_whoever_leaves_keeps_what_they_claimed_alone(desk: PageClient, unit: Organisation) -> None:
    person = make_colleague(unit=unit)
    claim_wish(make_wish().id, actor_id=person.id)
    entry = db.session.query(RosterEntry).one()
    desk.get(f"/unit/{unit.id}/roster")
    desk.submit(action=f"/{entry.id}/remove")
    assert db.session.query(Place).one().live


def test_a_line_of_another_unit_is_not_found(desk: PageClient, unit: Organisation) -> None:
    make_colleague(unit=make_unit())
    entry = db.session.query(RosterEntry).one()
    desk.get(f"/unit/{unit.id}/roster")
    assert desk.post(f"/unit/{unit.id}/roster/{entry.id}/remove").status_code == 404


def test_a_colleague_joins_with_the_link(
    desk: PageClient, unit: Organisation, sign_in: SignIn
) -> None:
    hand_in(desk, unit, make_sheet(ROWS), "名册.xlsx")
    desk.submit(action="confirm")
    phone = sign_in(make_volunteer(phone="+8613800000142"))
    phone.get(f"/join?code={unit.join_code.lower()}")
    phone.submit(action="/join")
    assert len(list_colleague_ids(unit.id)) == 1


def test_a_wrong_code_stays_on_the_form(unit: Organisation, sign_in: SignIn) -> None:
    phone = sign_in(make_volunteer())
    phone.get("/join")
    page = phone.submit({"code": "WRONG234"}, action="/join", status=409).text
    assert "没有这个加入码" in page
    assert "WRONG234" in page


def test_the_code_is_renewed(desk: PageClient, unit: Organisation) -> None:
    old, unit_id = unit.join_code, unit.id
    assert old in desk.get(f"/unit/{unit_id}").text
    desk.submit(action="join-code")
    assert db.session.get_one(Organisation, unit_id).join_code != old
