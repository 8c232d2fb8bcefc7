"""The directory, following, announcements on the pages, figures of the month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from flask import Flask

from accounts.models import Area, User
from accounts.queries.areas import get_area
from communities.queries.directory import by_street, list_communities_of
from communities.queries.page import get_figures
from communities.rules.slides import deal, turn_to
from communities.services.announcing import AnnouncementWords, announce
from communities.views.public import month_of
from foundation import clock
from foundation.db import transaction
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_street,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.pictures import jpeg
from tests.served import make_attendance, make_served_wish
from tests.statements import counted
from wishes.rules.asking import PrivateWords
from wishes.rules.kinds import Provision, Venue
from wishes.rules.life import WishState
from wishes.rules.proof import Decision
from wishes.services.claiming import claim_wish
from wishes.services.completing import verify
from wishes.services.following import follow_community
from wishes.services.private import keep_private
from wishes.services.reporting import hand_in_report

SignIn = Callable[[User], PageClient]
DAY = timedelta(days=1)


def announced(area: Area, *, title: str = "周三停水", last: int = 7) -> int:
    today = clock.local_day(clock.now())
    said = AnnouncementWords(title, "八点到十二点。", today, today + last * DAY)
    return announce(area.id, actor_id=make_worker(community=area).id, words=said)


class TestDirectory:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"梨园社区", "双桥社区", "望江社区"}),
            ("双桥", {"双桥社区"}),
            ("梨园街道 双", {"双桥社区"}),
            ("　梨园　", {"梨园社区", "双桥社区"}),
            ("ＮＯ", set()),
            ("%", set()),
        ],
    )
    def test_names_of_community_and_street_are_searched(
        self, app: Flask, query: str, found: set[str]
    ) -> None:
        first, second = make_street(name="梨园街道"), make_street(name="柳湾街道")
        make_community(name="梨园社区", street=first)
        make_community(name="双桥社区", street=first)
        make_community(name="望江社区", street=second)
        assert {each.name for each in list_communities_of(query=query)} == found

    def test_two_streets_of_one_name_stay_two(self, app: Flask) -> None:
        for _n in range(2):
            make_community(street=make_street(name="解放路街道"))
        assert len(by_street(list_communities_of())) == 2

    def test_a_street_is_chosen_and_nonsense_is_left_out(self, client: PageClient) -> None:
        here = make_community(name="梨园社区")
        make_community(name="望江社区")
        text = client.get(f"/communities?street={here.parent_id}").text
        assert "梨园社区" in text
        assert "望江社区" not in text
        for ugly in ("street=x", "street=-1", "street=99999999999999999999", "q=%00%00"):
            client.get(f"/communities?{ugly}")
        assert "没有叫这个名字的社区" in client.get("/communities?q=没有").text

    def test_a_large_city_shows_its_streets_first(
        self, client: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("communities.views.directory.MOST_AT_ONCE", 1)
        street = make_street(name="梨园街道")
        for name in ("梨园社区", "双桥社区"):
            make_community(name=name, street=street)
        text = client.get("/communities").text
        assert "2 个社区" in text
        assert "双桥社区" not in text
        assert "双桥社区" in client.get(f"/communities?street={street.id}").text


class TestFollowing:
    def test_followed_communities_come_together(self, app: Flask, sign_in: SignIn) -> None:
        here, there = make_community(name="梨园社区"), make_community(name="望江社区")
        make_wish(community=here, title="换灯泡")
        make_wish(community=there, title="晒被子")
        announced(here)
        announced(there, title="义诊改期")
        page = sign_in(make_volunteer())
        assert "还没有关注社区" in page.get("/communities/mine").text
        page.get(f"/communities/{here.id}")
        text = page.submit(action="/follow").text
        assert "取消关注" in text
        for path in ("/communities/mine", "/?area=followed"):
            text = page.get(path).text
            assert "换灯泡" in text
            assert "晒被子" not in text
        text = page.get("/communities/mine").text
        assert "周三停水" in text
        assert "义诊改期" not in text
        assert "已关注" in page.get("/communities").text
        page.get("/communities/mine")
        assert "公告也发邮件给您" in page.submit(action="/follow/mail/1").text
        page.submit(action="/unfollow")
        assert "您关注的社区现在没有合适的心愿" in page.get("/?area=followed").text

    def test_a_visitor_is_led_to_sign_in_and_gets_no_token(self, client: PageClient) -> None:
        here = make_community()
        text = client.get(f"/communities/{here.id}").text
        assert "登录后关注" in text
        assert "csrf_token" not in text
        assert "csrf_token" not in client.get("/?area=followed").text
        assert client.open("/communities/mine").status_code == 302

    def test_the_wall_names_the_place_asked_for_and_the_way_back(self, client: PageClient) -> None:
        here = make_community(name="望江社区", street=make_street(name="柳湾街道"))
        text = client.get(f"/?area={here.id}").text
        for word in ("望江社区", "柳湾街道", "全部社区"):
            assert word in text
        assert "全部社区" not in client.get("/").text


class TestAnnouncements:
    def test_written_with_a_picture_read_by_all_and_taken_down(
        self, app: Flask, sign_in: SignIn, client: PageClient
    ) -> None:
        here = make_community()
        reader = make_volunteer()
        follow_community(here.id, actor_id=reader.id)
        desk = sign_in(make_worker(community=here))
        desk.get(f"/desk/{here.id}/announcements/new")
        desk.submit(
            {"title": "周三停水", "text": "八点到十二点。", "photo": (jpeg(), "水.jpg"),
             "looked": "y"}
        )  # fmt: skip
        assert "周三停水" in client.get(f"/communities/{here.id}").text
        link = _link_of(sign_in(reader), "/notices", "/announcements/")
        text = client.get(link).text
        assert "八点到十二点" in text
        picture = next(part for part in text.split('"') if "/photo/" in part)
        assert client.open(picture).mimetype == "image/jpeg"
        desk.get(f"/desk/{here.id}/announcements")
        desk.submit(action="/take-down")
        client.get(link, status=404)
        client.get(picture, status=404)
        assert desk.open(picture).status_code == 200
        assert "周三停水" not in client.get(f"/communities/{here.id}").text

    def test_an_old_link_says_that_it_is_over(self, client: PageClient) -> None:
        here = make_community()
        made = announced(here, last=1)
        with time_machine.travel(clock.now() + 3 * DAY, tick=False):
            assert "已经到期" in client.get(f"/communities/{here.id}/announcements/{made}").text
            assert "周三停水" not in client.get(f"/communities/{here.id}").text
        other = make_community()
        client.get(f"/communities/{other.id}/announcements/{made}", status=404)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ({"title": " "}, "请写标题"),
            ({"text": ""}, "请写内容"),
            ({"title": "字" * 61}, "太长了"),
            ({"text": "字" * 1001}, "太长了"),
            ({"first": "2026-13-40"}, "日期看不懂"),
            ({"last": ""}, "请选结束日期"),
            ({"last": "2001-01-01"}, "结束日期在开始日期前面"),
            ({"last": "2999-01-01"}, "公告最多挂"),
            ({"photo": True}, "请先看看照片"),
            ({"photo": False, "looked": "y"}, "水.jpg"),
        ],
    )
    def test_bad_input_is_told_and_what_was_typed_stays(
        self, app: Flask, sign_in: SignIn, words: dict[str, Any], said: str
    ) -> None:
        here = make_community()
        desk = sign_in(make_worker(community=here))
        desk.get(f"/desk/{here.id}/announcements/new")
        if "photo" in words:
            words = {**words, "photo": _upload(is_picture=words["photo"])}
        text = desk.submit({"title": "停水", "text": "周三。", **words}, status=422).text
        assert said in text
        assert "停水" in text or "title" in words

    def test_changed_at_the_desk(self, app: Flask, sign_in: SignIn) -> None:
        here = make_community()
        made = announced(here)
        desk = sign_in(make_worker(community=here))
        desk.get(f"/desk/{here.id}/announcements/{made}/edit")
        assert "改到周四" in desk.submit({"title": "改到周四"}).text


def _upload(*, is_picture: bool) -> tuple[Any, str]:
    return (jpeg() if is_picture else BytesIO(b"no picture at all"), "水.jpg")


def _link_of(page: PageClient, path: str, part: str) -> str:
    page.get(path)
    assert page.page is not None
    return next(link for link in page.page.links if part in link)


def test_the_months_figures_are_counted_in_one_statement(app: Flask) -> None:
    here = make_community()
    unit = make_unit()
    make_coordinator(unit=unit)
    wish = make_served_wish(community=here, headcount=3, minutes=60)
    make_attendance(wish, make_volunteer())
    make_attendance(wish, make_colleague(unit=unit), unit=unit)
    workers = [make_worker(community=here).id for _ in range(2)]
    hand_in_report(wish.id, actor_id=workers[0], text="办好了。")
    verify(wish.id, actor_id=workers[1], decision=Decision.ACCEPTED)
    since, until = month_of(clock.local_day(clock.now()))
    area = get_area(here.id)
    with counted() as statements:
        figures = get_figures(area, since=since, until=until)
    assert len(statements) == 1
    assert (figures.done, figures.turns, figures.units) == (1, 2, 1)
    assert figures.minutes > 0


class TestWall:
    @pytest.mark.parametrize(
        ("asked", "count", "slide"), [(1, 3, 1), (3, 3, 3), (4, 3, 1), (0, 3, 3), (7, 1, 1)]
    )
    def test_after_the_last_slide_it_begins_again(self, asked: int, count: int, slide: int) -> None:
        assert turn_to(asked, count) == slide

    def test_wishes_are_dealt_three_to_a_slide(self) -> None:
        assert [list(group) for group in deal(list("abcdefg"), 3)] == [
            ["a", "b", "c"], ["d", "e", "f"], ["g"],
        ]  # fmt: skip

    def test_it_goes_round_by_itself_until_it_is_held(self, client: PageClient) -> None:
        here = make_community()
        make_wish(community=here, title="换灯泡")
        announced(here)
        wall = f"/communities/{here.id}/wall"
        seen = []
        path = wall
        for _n in range(3):
            answer = client.get(path)
            assert "csrf_token" not in answer.text
            seen.append([w for w in ("换灯泡", "周三停水", "本月办结") if w in answer.text])
            path = answer.headers["Refresh"].partition("url=")[2]
        assert seen == [["换灯泡"], ["周三停水"], ["本月办结"]]
        assert "换灯泡" in client.get(path).text
        held = client.get(f"{wall}?slide=2&hold=1")
        assert "Refresh" not in held.headers
        assert "接着轮播" in held.text

    def test_ugly_addresses_and_empty_communities_show_the_month(self, client: PageClient) -> None:
        here = make_community()
        for ugly in ("slide=x", "slide=-5", "slide=99999999999999999999", "hold=x"):
            assert "本月办结" in client.get(f"/communities/{here.id}/wall?{ugly}").text
        client.get(f"/communities/{here.parent_id}/wall", status=404)

    def test_it_names_nobody(self, client: PageClient) -> None:
        here = make_community()
        wish = make_wish(community=here, title="换灯泡", headcount=2, venue=Venue.HOME)
        claim_wish(wish.id, actor_id=make_volunteer(name="司马青云").id)
        with transaction():
            keep_private(PrivateWords(name="陈奶奶", door="3号楼501"), wish_id=wish.id)
        for path in (f"/communities/{here.id}/wall", f"/communities/{here.id}/poster"):
            text = client.get(path).text
            assert "换灯泡" in text
            assert not [word for word in ("司马青云", "陈奶奶", "501") if word in text]


class TestPoster:
    def test_a_wish_that_can_be_claimed_has_one(self, client: PageClient) -> None:
        wish = make_wish(title="换灯泡", headcount=2, tools=[("梯子", Provision.BRING)])
        text = client.get(f"/wishes/{wish.id}/poster").text
        for words in ("换灯泡", "梯子（自带）", f"/wishes/{wish.id}", "A4"):
            assert words in text
        for state in (WishState.DRAFT, WishState.VERIFIED):
            over = make_wish(state=state)
            client.get(f"/wishes/{over.id}/poster", status=404)

    def test_a_community_has_one_without_any_wish(self, client: PageClient) -> None:
        here = make_community(name="梨园社区")
        assert "扫一扫" in client.get(f"/communities/{here.id}/poster").text
        client.get(f"/communities/{here.parent_id}/poster", status=404)
