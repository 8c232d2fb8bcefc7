"""The pages of series, rotas, long-term wishes and templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from accounts.models import Area, User
from foundation.db import db
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from tests.pages import PageClient
from tests.wishes.recurring_days import monday, rows, start, wishes_of
from wishes.models import Series, Wish
from wishes.rules.kinds import Provision
from wishes.rules.life import WishState
from wishes.rules.series_life import DayState, SeriesState

__all__ = ["monday"]
pytestmark = pytest.mark.usefixtures("app", "monday")
SignIn = Callable[[User], PageClient]
RULE: dict[str, Any] = {
    "freq": "weekly", "weekdays": "2", "starts": "11:30", "ends": "12:30",
    "first_day": "2026-11-10", "times": "3",
}  # fmt: skip
WORDS: dict[str, Any] = {
    "title": "给老人送午饭", "public_place": "党群服务中心", "headcount": "1", "no_tools": "y",
}  # fmt: skip


def at_desk(sign_in: SignIn) -> tuple[PageClient, Area]:
    community = make_community()
    return sign_in(make_worker(community=community)), community


def only_series() -> Series:
    db.session.rollback()
    return db.session.scalars(select(Series)).one()


class TestNewSeries:
    def test_all_dates_are_shown_before_anything_is_made(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        desk.get(f"/desk/{community.id}/series/new")
        page = desk.submit({**WORDS, **RULE, "preview": "1"}).text
        assert "共 3 次" in page
        assert "11月25日" in page
        assert db.session.scalars(select(Wish)).all() == []
        desk.submit({**WORDS, **RULE, "start": "1"})
        assert [wish.state for wish in wishes_of(only_series().id)] == [WishState.OPEN] * 3

    def test_a_holiday_left_out_is_named(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        desk.get(f"/desk/{community.id}/series/new")
        rule = {**RULE, "first_day": "2026-12-31", "freq": "daily", "times": "2"}
        page = desk.submit({**WORDS, **rule, "preview": "1"}).text
        assert "2027 年的放假安排还没公布" in page

    @pytest.mark.parametrize(
        ("more", "sentence"),
        [
            ({"times": ""}, "系列要有个头"),
            ({"times": "10000"}, "一个系列最多 120 次"),
            ({"weekdays": ""}, "请至少勾一个星期几"),
            ({"first_day": "2026-11-01"}, "第一天已经过去了"),
            ({"last_day": "2026-11-09", "times": ""}, "最后一天要在第一天之后"),
        ],
    )
    def test_a_rule_that_makes_no_sense_gets_a_sentence(
        self, sign_in: SignIn, more: dict[str, str], sentence: str
    ) -> None:
        desk, community = at_desk(sign_in)
        desk.get(f"/desk/{community.id}/series/new")
        words = {**WORDS, **RULE, **more, "preview": "1"}
        if not words["weekdays"]:
            del words["weekdays"]
        assert sentence in desk.submit(words, status=422).text

    def test_what_is_missing_is_said_at_its_field(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        desk.get(f"/desk/{community.id}/series/new")
        page = desk.submit({**RULE, "start": "1"}, status=422).text
        assert "请写集合点" in page

    def test_a_rota_names_its_people_in_turn(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        make_volunteer(name="王喆", home=community)
        make_volunteer(name="李梅", home=community)
        desk.get(f"/desk/{community.id}/series/new?kind=rota")
        words = {**WORDS, **RULE, "members": "王喆\n李梅\n"}
        page = desk.submit({**words, "preview": "1"}).text
        assert page.index("王喆") < page.index("李梅")
        desk.submit({**words, "start": "1"})
        series = only_series()
        page = desk.get(f"/desk/{community.id}/series/{series.id}/month?month=2026-11").text
        assert "王喆" in page
        assert "轮值表 2026 年 11 月" in page
        desk.get(f"/desk/{community.id}/series/{series.id}/month?month=nonsense")

    def test_a_name_nobody_has_gets_a_sentence(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        desk.get(f"/desk/{community.id}/series/new?kind=rota")
        words = {**WORDS, **RULE, "members": "没有这个人", "preview": "1"}
        assert "“没有这个人”没有找到" in desk.submit(words, status=422).text


class TestOneSeries:
    def test_one_day_is_changed_and_one_called_off(self, sign_in: SignIn) -> None:
        series_id, worker = start()
        desk = sign_in(db.session.get_one(User, worker))
        area = only_series().community_id
        first, second = rows(series_id)[0].id, rows(series_id)[1].id
        base = f"/desk/{area}/series/{series_id}"
        desk.get(f"{base}/days/{first}")
        desk.submit({"starts": "15:00", "ends": "16:00", "headcount": "2"}, action="/times")
        assert wishes_of(series_id)[0].headcount == 2
        desk.get(f"{base}/days/{second}")
        desk.submit({"words": ""}, action="/cancel", status=422)
        desk.submit({"words": "停水"}, action="/cancel")
        assert rows(series_id)[1].state == DayState.OFF
        assert "停水" in desk.get(base).text

    def test_another_rule_and_the_end(self, sign_in: SignIn) -> None:
        series_id, worker = start()
        desk = sign_in(db.session.get_one(User, worker))
        base = f"/desk/{only_series().community_id}/series/{series_id}"
        desk.get(f"{base}/rule")
        words = {"weekdays": "4", "first_day": "2026-11-16", "why": "改到周五", "times": "2"}
        assert "共 2 次" in desk.submit({**words, "preview": "1"}).text
        desk.submit({**words, "start": "1"})
        assert [row.day.weekday() for row in rows(series_id)] == [2, 4, 4]
        desk.get(base)
        desk.submit({"words": "不办了"}, action="/end")
        assert only_series().state == SeriesState.ENDED
        assert "不办了" in desk.get(f"{base}").text

    def test_a_neighbouring_desk_does_not_know_it(self, sign_in: SignIn) -> None:
        series_id, _worker = start()
        day = rows(series_id)[0].id
        desk, other = at_desk(sign_in)
        for tail in ("", "/rule", "/plan", "/month", f"/days/{day}"):
            desk.get(f"/desk/{other.id}/series/{series_id}{tail}", status=404)


class TestOnThePublicSide:
    def test_the_wish_says_how_often_and_all_days_are_taken_at_once(self, sign_in: SignIn) -> None:
        series_id, _worker = start()
        client = sign_in(make_volunteer())
        page = client.get(f"/wishes/{wishes_of(series_id)[0].id}").text
        assert "每周三，还有 3 次" in page
        client.get(f"/series/{series_id}")
        assert "认领好了 3 次" in client.submit(action="/claim").text
        client.get(f"/series/{series_id}")
        answer = client.post(f"/series/{series_id}/claim")
        assert answer.status_code == 409
        assert "没有您能认领的日子了" in answer.text

    def test_a_long_term_wish_is_agreed_on_by_both(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        desk.get(f"/desk/{community.id}/series/new-long-term")
        desk.submit({**WORDS, "title": "陪李奶奶说话", "time_words": "周末白天", "headcount": ""})
        series_id = only_series().id
        client = sign_in(make_volunteer(name="王喆"))
        assert "陪李奶奶说话" in client.get("/long-term").text
        client.get(f"/series/{series_id}")
        client.submit(action="/accompany")
        base = f"/desk/{community.id}/series/{series_id}"
        desk.get(f"{base}/plan")
        long = {**RULE, "ends": "14:30", "start": "1"}
        assert "每次最多 120 分钟" in desk.submit(long, status=422).text
        desk.submit({**RULE, "start": "1"})
        client.get(f"/series/{series_id}")
        client.submit({"words": "周三要上班"}, action="/other-time")
        assert "周三要上班" in desk.get(base).text
        desk.get(f"{base}/plan")
        desk.submit({**RULE, "weekdays": "5", "start": "1"})
        client.get(f"/series/{series_id}")
        assert "3 次都排好了" in client.submit(action="/agree").text
        client.submit({"words": "搬家了"}, action="/end")
        assert only_series().state == SeriesState.ENDED

    def test_an_offer_can_be_taken_back(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        desk.get(f"/desk/{community.id}/series/new-long-term")
        desk.submit({**WORDS, "time_words": "周末白天", "headcount": ""})
        series_id = only_series().id
        client = sign_in(make_volunteer())
        client.get(f"/series/{series_id}")
        client.submit(action="/accompany")
        client.submit(action="/step-back")
        assert only_series().state == SeriesState.WANTED

    def test_a_stranger_s_answer_to_a_plan_is_not_found(self, sign_in: SignIn) -> None:
        series_id, _worker = start()
        client = sign_in(make_volunteer())
        client.get("/long-term")
        for what in ("agree", "step-back", "end"):
            answer = client.post(f"/series/{series_id}/{what}", {"words": "x"})
            assert answer.status_code == 404


class TestTemplates:
    def test_a_wish_is_written_again_from_a_template_and_a_copy(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        wish = make_wish(
            community=community, title="换灯泡", headcount=2, tools=[("梯子", Provision.BRING)]
        )
        wish_id, listed = wish.id, f"/desk/{community.id}/templates"
        assert "还没有常用心愿" in desk.get(listed).text
        desk.get(f"/desk/{community.id}/wishes/{wish_id}")
        desk.submit({"name": "灯泡"}, action="/keep")
        page = desk.get(listed)
        assert "灯泡" in page.text
        again = next(link for link in desk.page.links if "template=" in link)  # type: ignore[union-attr]  # just got
        for address in (again, f"/desk/{community.id}/wishes/new?copy={wish_id}"):
            words = desk.get(address).text
            assert 'value="换灯泡"' in words
            assert 'value="梯子"' in words
        desk.get(listed)
        desk.submit(action="/remove")
        assert "还没有常用心愿" in desk.get(listed).text

    def test_a_template_of_another_community_is_not_found(self, sign_in: SignIn) -> None:
        desk, community = at_desk(sign_in)
        foreign = make_wish().id
        desk.get(f"/desk/{community.id}/wishes/new?copy={foreign}", status=404)
        desk.get(f"/desk/{community.id}/wishes/new?template=999", status=404)
