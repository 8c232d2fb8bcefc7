"""Residents' pages: the list, a card, a sheet in and out, and who finds nothing there."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from accounts.models import User
from foundation import clock
from foundation.db import db
from tests.makers import make_community, make_grid, make_grid_worker, make_supervisor, make_worker
from tests.pages import PageClient
from tests.wishes.looked_after import OLD, Place, make_place, make_resident, make_rule
from wishes.models import Ask, PrivateDetails, Resident, ResidentLook, Visit, Wish
from wishes.rules.rounds import Outcome

SignIn = Callable[[User], PageClient]
SHEET = (
    "姓名,门牌,电话,标签,方便时间,备注\n"
    "张奶奶,3号楼2单元501,13800000142,独居老人,上午,敲门要等\n"
    "李爷爷,10号楼1单元101,12,富人,,\n"
    "吴奶奶,,,,,\n"
)


@pytest.fixture
def place(app: Any) -> Place:
    return make_place()


def url(place: Place, tail: str = "residents") -> str:
    return f"/desk/{place.grid.id}/{tail}"


def looks() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(ResidentLook.looked_as)))


def card_words(**different: str) -> dict[str, str]:
    usual = {"name": "张奶奶", "door": "3号楼2单元501", "tags": OLD, "consent": "y"}
    return usual | different


class TestList:
    def test_by_door_and_each_look_once_a_day(self, place: Place, sign_in: SignIn) -> None:
        make_resident(place, name="李爷爷", door="10号楼1单元101")
        make_resident(place)
        client = sign_in(place.carer)
        text = client.get(url(place)).text
        assert text.index("3号楼2单元501") < text.index("10号楼1单元101")
        client.get(url(place))
        assert looks() == ["staff", "staff"]
        assert client.response is not None
        assert client.response.headers["Cache-Control"] == "no-store"

    def test_looking_for_somebody_leaves_no_name_in_the_address(
        self, place: Place, sign_in: SignIn
    ) -> None:
        make_resident(place)
        make_resident(place, name="李爷爷", door="10号楼1单元101", tags=())
        client = sign_in(place.carer)
        client.get(url(place))
        for words in ({"words": "张奶"}, {"words": "3幢2单元501室"}, {"tag": OLD}):
            answer = client.submit(words)
            assert "张奶奶" in answer.text
            assert "李爷爷" not in answer.text
            assert answer.request.query_string == b""
        assert "没有找到" in client.submit({"words": "没有这个人"}).text

    def test_an_empty_desk_says_what_to_do(self, place: Place, sign_in: SignIn) -> None:
        assert "还没有居民卡" in sign_in(place.worker).get(url(place)).text

    def test_a_supervisor_reads_counts_only(self, place: Place, sign_in: SignIn) -> None:
        make_rule(place)
        resident_id = make_resident(place)
        street = place.community.parent
        assert street is not None
        client = sign_in(make_supervisor(street=street))
        text = client.get(url(place)).text
        assert "本月未走访" in text
        for secret in ("张奶奶", "501", OLD):
            assert secret not in text
        for tail in (f"residents/{resident_id}", "rounds", "residents.xlsx", "residents/import",
                     "residents/new", f"residents/{resident_id}.xlsx"):  # fmt: skip
            client.get(url(place, tail), status=404)
        assert looks() == []

    def test_strangers_find_nothing(self, place: Place, sign_in: SignIn) -> None:
        resident_id = make_resident(place)
        strangers = (
            make_worker(community=make_community()),
            make_grid_worker(grid=make_grid(community=place.community)),
        )
        for person in strangers:
            client = sign_in(person)
            for tail in ("residents", f"residents/{resident_id}", "rounds", "rounds/plan",
                         f"residents/{resident_id}/ask", "residents.xlsx"):  # fmt: skip
                client.get(url(place, tail), status=404)

    def test_a_page_far_behind_the_last_is_empty_and_no_error(
        self, place: Place, sign_in: SignIn
    ) -> None:
        make_resident(place)
        sign_in(place.carer).get(url(place), query_string={"page": str(10**30)})


class TestCard:
    def test_a_new_card_needs_consent(self, place: Place, sign_in: SignIn) -> None:
        client = sign_in(place.carer)
        client.get(url(place, "residents/new"))
        text = client.submit(card_words(consent=""), status=422).text
        assert "请先问过本人或家人" in text
        text = client.submit(card_words()).text
        assert "居民卡建好了" in text
        assert f"{place.carer.name} 问的" in text
        card = db.session.scalars(select(Resident)).one()
        assert (card.grid_id, card.consent_by_id) == (place.grid.id, place.carer.id)

    @pytest.mark.parametrize(
        ("different", "sentence"),
        [
            ({"name": ""}, "请填写姓名"),
            ({"door": ""}, "请填写门牌"),
            ({"phone": "12"}, "这个电话号码不对"),
            ({"name": "张" * 41}, "最多 40 个字"),
            ({"consent_on": ""}, "请填问的那一天"),
        ],
    )
    def test_bad_input_gets_a_sentence(
        self, place: Place, sign_in: SignIn, different: dict[str, str], sentence: str
    ) -> None:
        client = sign_in(place.carer)
        client.get(url(place, "residents/new"))
        assert sentence in client.submit(card_words(**different), status=422).text

    def test_refusals_stand_on_the_form(self, place: Place, sign_in: SignIn) -> None:
        make_resident(place)
        client = sign_in(place.carer)
        client.get(url(place, "residents/new"))
        assert "已经有同名的居民卡" in client.submit(card_words(), status=409).text
        late = (clock.local_day(clock.now()) + timedelta(days=2)).isoformat()
        client.get(url(place, "residents/new"))
        words = card_words(name="李", consent_on=late)
        assert "还没到" in client.submit(words, status=422).text

    def test_a_card_is_changed_with_its_words_in_the_form(
        self, place: Place, sign_in: SignIn
    ) -> None:
        resident_id = make_resident(place)
        client = sign_in(place.worker)
        page = f"/desk/{place.community.id}/residents/{resident_id}"
        text = client.get(f"{page}/edit").text
        assert 'value="张奶奶"' in text
        assert 'value="138 0000 0142"' in text
        text = client.submit({"name": "张桂兰", "phone": ""}).text
        assert "张桂兰" in text
        assert "138 0000 0142" not in text
        assert looks() == ["staff", "staff"]

    def test_export_for_the_person_holds_everything(self, place: Place, sign_in: SignIn) -> None:
        resident_id = make_resident(place)
        client = sign_in(place.carer)
        client.get(url(place, f"residents/{resident_id}"))
        client.submit({"outcome": "met", "words": "想女儿了"}, action="/visit")
        body = client.get(url(place, f"residents/{resident_id}.xlsx")).data
        sheet = load_workbook(io.BytesIO(body)).worksheets[0]
        said = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
        for words in ("张奶奶", "3号楼2单元501", "独居老人", "想女儿了", "导出"):
            assert words in said
        assert looks()[-1] == "export"

    def test_erasing_asks_once_more_and_takes_everything(
        self, place: Place, sign_in: SignIn
    ) -> None:
        resident_id = make_resident(place)
        client = sign_in(place.carer)
        client.get(url(place, f"residents/{resident_id}/erase"))
        assert "请勾选确认" in client.submit(status=422).text
        assert "删除了" in client.submit({"sure": "y"}).text
        client.get(url(place, f"residents/{resident_id}"), status=404)

    def test_a_wish_begins_with_the_door_behind_it(self, place: Place, sign_in: SignIn) -> None:
        resident_id = make_resident(place)
        client = sign_in(place.worker)
        client.get(f"/desk/{place.community.id}/residents/{resident_id}")
        text = client.submit(action="/wish").text
        assert "已有：称呼、电话、门牌、提醒" in text
        wish = db.session.scalars(select(Wish)).one()
        details = db.session.scalars(select(PrivateDetails)).one()
        assert (details.wish_id, details.name) == (wish.id, "张奶奶")
        assert (
            "写成心愿" not in sign_in(place.carer).get(url(place, f"residents/{resident_id}")).text
        )


class TestSheets:
    def bring(self, client: PageClient, place: Place, text: str, *, status: int = 200) -> str:
        client.get(url(place, "residents/import"))
        file = (io.BytesIO(text.encode()), "名单.csv")
        return client.submit({"file": file}, status=status).text

    def test_a_sheet_is_previewed_then_stored(self, place: Place, sign_in: SignIn) -> None:
        client = sign_in(place.carer)
        text = self.bring(client, place, SHEET)
        for words in ("新增 2 位", "1 行有问题", "缺门牌", "电话“12”不对", "“富人”不在标签表里"):
            assert words in text
        assert db.session.scalars(select(Resident)).first() is None
        assert "请先问过本人或家人" in client.submit(status=422).text
        assert "导入了 2 位居民，0 位以前就有" in client.submit({"consent": "y"}).text
        text = self.bring(client, place, SHEET)
        assert "新增 0 位，2 位以前就有" in text

    def test_what_the_page_carries_is_sealed(self, place: Place, sign_in: SignIn) -> None:
        client = sign_in(place.carer)
        text = self.bring(client, place, SHEET)
        form = client._form("confirm")
        carried = next(c["value"] for c in form["controls"] if c.get("name") == "lines")
        assert "13800000142" not in carried
        assert "张奶奶" in text  # the preview itself is shown to the person who brought it
        other = sign_in(place.worker)
        other.get(url(place, "residents/import"))
        words = {"lines": carried, "consent": "y", "consent_on": "2026-11-20"}
        other.post(url(place, "residents/import/confirm"), words)
        assert db.session.scalars(select(Resident)).first() is None

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [("你好\n", "没认出表头"), ("姓名,门牌\n", "没有可以导入的居民"), ("\n", "没有内容")],
    )
    def test_a_bad_sheet_gets_a_sentence(
        self, place: Place, sign_in: SignIn, text: str, sentence: str
    ) -> None:
        assert sentence in self.bring(sign_in(place.carer), place, text, status=422)

    def test_the_list_goes_out_logged_and_comes_in_again(
        self, place: Place, sign_in: SignIn
    ) -> None:
        make_resident(place)
        client = sign_in(place.carer)
        body = client.get(url(place, "residents.xlsx")).data
        assert looks() == ["export"]
        client.get(url(place, "residents/import"))
        text = client.submit({"file": (io.BytesIO(body), "名单.xlsx")}).text
        assert "新增 0 位，1 位以前就有，0 行有问题" in text


class TestRounds:
    def test_today_lists_who_is_due_and_one_tap_is_a_visit(
        self, place: Place, sign_in: SignIn
    ) -> None:
        client = sign_in(place.carer)
        assert "还没有走访的规矩" in client.get(url(place, "rounds")).text
        make_rule(place)
        resident_id = make_resident(place)
        text = client.get(url(place, "rounds")).text
        assert "3号楼2单元501 · 张奶奶" in text
        assert "本月 0/2" in text
        assert "今天该走访 1 户" in client.get(f"/desk/{place.grid.id}").text
        client.get(url(place, "rounds"))
        text = client.submit(action=f"{resident_id}/visit").text  # the first button: not the last
        assert "记下了：见到了" in text
        assert "该走访的都走到了" in text
        assert db.session.scalars(select(Visit.outcome)).one() == Outcome.MET

    def test_who_was_not_at_home_stands_last(self, place: Place, sign_in: SignIn) -> None:
        make_rule(place)
        first = make_resident(place)
        make_resident(place, name="李爷爷", door="10号楼1单元101")
        client = sign_in(place.carer)
        client.get(url(place, "rounds"))
        client.submit({"outcome": "not_home"}, action=f"{first}/visit")
        text = client.get(url(place, "rounds")).text
        assert text.index("李爷爷") < text.index("张奶奶")
        assert "今天没遇上" in text

    def test_a_visit_without_an_outcome_stores_nothing(self, place: Place, sign_in: SignIn) -> None:
        resident_id = make_resident(place)
        client = sign_in(place.carer)
        client.get(url(place, f"residents/{resident_id}"))
        text = client.submit({"outcome": "dead"}, action="/visit", status=422).text
        assert "还差一点" in text
        assert db.session.scalars(select(Visit)).first() is None

    def test_two_taps_make_a_private_ask(self, place: Place, sign_in: SignIn) -> None:
        make_rule(place)
        resident_id = make_resident(place)
        client = sign_in(place.carer)
        client.get(url(place, f"residents/{resident_id}/ask"))
        assert "诉求记下了" in client.submit().text
        ask = db.session.scalars(select(Ask)).one()
        assert (ask.is_public, ask.grid_id, ask.when_words) == (False, place.grid.id, "上午")
        assert db.session.scalars(select(PrivateDetails.door)).one() == "3号楼2单元501"
        assert db.session.scalars(select(Visit.outcome)).one() == Outcome.MET

    def test_the_plan_is_the_communitys(self, place: Place, sign_in: SignIn) -> None:
        make_resident(place)
        plan = f"/desk/{place.community.id}/rounds/plan"
        client = sign_in(place.worker)
        client.get(plan)
        text = client.submit({"tag": OLD, "times": "2"}, action="rounds/plan").text
        assert "独居老人：每月 2 趟" in text
        assert (
            "最多 31"
            in client.submit({"tag": OLD, "times": "99"}, action="rounds/plan", status=422).text
        )
        client.get(plan)
        text = client.submit({"person": "13800009999"}, action="helpers", status=422).text
        assert "没有这个志愿者号或手机号的人" in text
        sign_in(place.carer).get(plan, status=404)
