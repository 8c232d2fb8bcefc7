"""The pages of asks: a resident without an account, the grid worker, the community worker."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient
from tests.stored import count
from wishes.models import Ask, PrivateDetails, PrivateLook, Wish
from wishes.rules.life import AskState

SignIn = Callable[[User], PageClient]
WORDS = {
    "title": "换卧室灯泡🔧𠮷喆",
    "text": "够不着",
    "name": "张奶奶",
    "phone": "１３８ 0000 0142",
    "door": "3号楼2单元501",
    "consent": "y",
}


def ask_of() -> Ask:
    return db.session.scalars(select(Ask).order_by(Ask.id.desc()).limit(1)).one()


class TestResident:
    def test_an_ask_without_an_account_ends_on_its_code(self, client: PageClient) -> None:
        community = make_community(name="天图社区")
        client.get(f"/communities/{community.id}/ask")
        page = client.submit(WORDS)
        code = ask_of().code
        assert "提交好了" in page.text
        assert f"{code[:4]} {code[4:]}" in page.text
        assert "<svg" in page.text

    def test_the_code_is_enough_to_follow_and_shows_nothing_private(
        self, client: PageClient
    ) -> None:
        community = make_community()
        client.get(f"/communities/{community.id}/ask")
        client.submit(WORDS)
        typed = ask_of().code.lower()
        page = client.get(f"/asks?code={typed[:4]}-{typed[4:]}")
        assert "待接收" in page.text
        for secret in ("13800000142", "138 0000 0142", "501", "张奶奶"):
            assert secret not in page.text

    def test_a_wrong_code_is_told_in_a_sentence(self, client: PageClient) -> None:
        page = client.get("/asks?code=XXXX", status=404)
        assert "没有找到这条诉求" in page.text
        client.get("/asks/XXXXXXXX", status=404)

    def test_a_blank_is_nothing_written(self, client: PageClient) -> None:
        client.get(f"/communities/{make_community().id}/ask")
        page = client.submit({**WORDS, "title": " \u3000"}, status=422)
        assert "请写一句话，说清想请人做什么。" in page.text
        assert count(Ask) == 0

    def test_five_presses_of_one_form_are_one_ask(self, client: PageClient) -> None:
        community = make_community()
        client.get(f"/communities/{community.id}/ask")
        words = {**WORDS, "category": "repair", "once": "one-key"}
        for _press in range(5):
            answer = client.post(f"/communities/{community.id}/ask", words)
            assert answer.status_code == 302
        assert count(Ask) == 1

    def test_a_refusal_keeps_what_was_typed(self, client: PageClient) -> None:
        community = make_community()
        client.get(f"/communities/{community.id}/ask")
        page = client.submit({**WORDS, "phone": "12", "title": "灯" * 5000}, status=422)
        assert "电话号码不对" in page.text
        assert "太长了，最多 60 个字" in page.text
        assert "灯" * 5000 in page.text
        assert 'value="12"' in page.text

    def test_a_stranger_to_the_web_is_slowed_after_five(self, client: PageClient) -> None:
        community = make_community()
        for _ask in range(5):
            client.get(f"/communities/{community.id}/ask")
            client.submit(WORDS)
        client.get(f"/communities/{community.id}/ask")
        page = client.submit(WORDS, status=429)
        assert "请过一小时再提" in page.text
        assert "够不着" in page.text

    def test_a_street_takes_no_asks(self, client: PageClient) -> None:
        community = make_community()
        client.get(f"/communities/{community.parent_id}/ask", status=404)


class TestStaff:
    def test_from_the_round_to_a_draft(self, sign_in: SignIn) -> None:
        community = make_community()
        grid = make_grid(community=community)
        grid_worker = sign_in(make_grid_worker(grid=grid))
        worker = sign_in(make_worker(community=community))
        grid_worker.get(f"/desk/{grid.id}/asks/new")
        grid_worker.submit({**WORDS, "channel": "visit"})
        ask_id, grid_id, community_id = ask_of().id, grid.id, community.id
        grid_worker.get(f"/desk/{grid_id}/asks/{ask_id}/complete")
        grid_worker.submit({"when": "周六上午", "note": "狗很凶"})
        worker.get(f"/desk/{community_id}/asks/{ask_id}")
        page = worker.submit({}, action="/accept")
        assert "补全草稿" in page.text
        assert "周六上午" in page.text
        assert (count(Wish), ask_of().state) == (1, AskState.ACCEPTED)
        assert db.session.scalars(select(PrivateDetails)).one().note == "狗很凶"

    def test_looking_is_written_down(self, sign_in: SignIn, client: PageClient) -> None:
        community = make_community()
        worker = sign_in(make_worker(community=community))
        client.get(f"/communities/{community.id}/ask")
        client.submit(WORDS)
        page = worker.get(f"/desk/{community.id}/asks/{ask_of().id}")
        assert "138 0000 0142" not in page.text
        page = worker.submit({}, action="/look")
        assert "138 0000 0142" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert count(PrivateLook) == 1

    @pytest.mark.parametrize(
        ("how", "state"),
        [("answer", AskState.ANSWERED), ("return", AskState.RETURNED)],
    )
    def test_an_answer_reaches_whoever_has_the_code(
        self, sign_in: SignIn, client: PageClient, how: str, state: AskState
    ) -> None:
        community = make_community()
        worker = sign_in(make_worker(community=community))
        client.get(f"/communities/{community.id}/ask")
        client.submit(WORDS)
        worker.get(f"/desk/{community.id}/asks/{ask_of().id}")
        worker.submit({"how": how, "words": "物业下周来"}, action="/reply")
        assert ask_of().state == state
        assert "物业下周来" in client.get(f"/asks/{ask_of().code}").text

    def test_passing_on_without_a_name_keeps_the_words(
        self, sign_in: SignIn, client: PageClient
    ) -> None:
        community = make_community()
        worker = sign_in(make_worker(community=community))
        client.get(f"/communities/{community.id}/ask")
        client.submit(WORDS)
        worker.get(f"/desk/{community.id}/asks/{ask_of().id}")
        page = worker.submit({"how": "pass_on", "words": "归街道管"}, action="/reply", status=422)
        assert "请写转给谁" in page.text
        assert "归街道管" in page.text

    def test_a_returned_ask_comes_again(self, sign_in: SignIn, client: PageClient) -> None:
        community = make_community()
        worker = sign_in(make_worker(community=community))
        client.get(f"/communities/{community.id}/ask")
        client.submit(WORDS)
        code = ask_of().code
        worker.get(f"/desk/{community.id}/asks/{ask_of().id}")
        worker.submit({"how": "return", "words": "几楼？"}, action="/reply")
        client.get(f"/asks/{code}/again")
        client.submit({"text": "五楼", "consent": "y"})
        assert (ask_of().state, ask_of().text) == (AskState.SUBMITTED, "五楼")

    def test_another_communitys_staff_and_strangers_find_nothing(
        self, sign_in: SignIn, client: PageClient
    ) -> None:
        community = make_community()
        foreign = sign_in(make_worker(community=make_community()))
        stranger = sign_in(make_volunteer())
        client.get(f"/communities/{community.id}/ask")
        client.submit(WORDS)
        for visitor in (foreign, stranger):
            for path in ("", "/asks", f"/asks/{ask_of().id}", "/asks/new", "/wishes"):
                visitor.get(f"/desk/{community.id}{path}", status=404)
