"""A wish at the desk later on: items, drafts, a second tab, after publishing, foreign desks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from foundation.db import db
from tests.communities.writing import Desk, SignIn, desk, in_days, the_wish, words
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_volunteer,
    make_wish,
)
from tests.stored import count
from wishes.models import PrivateDetails, PrivateLook
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import WishState
from wishes.services.claiming import claim_wish

__all__ = ["desk"]


class TestItem:
    def test_an_item_needs_a_day_and_pieces(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new?kind=item")
        page.submit(
            {"title": "羽绒服一件", "public_place": "党群服务中心", "needed_by": in_days(9),
             "headcount": "1", "publish": "1"}
        )  # fmt: skip
        wish = the_wish()
        assert (wish.kind, wish.state) == (WishKind.ITEM, WishState.OPEN)
        assert wish.starts_at == wish.ends_at

    def test_medicines_are_refused(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new?kind=item")
        answer = page.submit(
            {"title": "降压药两盒", "public_place": "中心", "needed_by": in_days(9),
             "headcount": "2", "publish": "1"}, status=422,
        )  # fmt: skip
        assert "药品不能作为物品心愿发布" in answer.text


class TestDraft:
    def test_a_draft_may_be_unfinished(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        answer = page.submit({"title": "给3号楼独居老人换灯泡", "draft": "1"})
        assert the_wish().state == WishState.DRAFT
        assert "发布前还要补 5 处" in answer.text
        assert "别人能猜出是哪一家" in answer.text

    def test_a_second_tab_with_an_old_form_is_refused(self, desk: Desk, sign_in: SignIn) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        page.submit({"title": "换灯泡", "draft": "1"})
        edit = f"{path}/wishes/{the_wish().id}/edit"
        page.get(edit)
        old = page.page
        page.get(edit)
        page.submit({"title": "换两个灯泡", "draft": "1"})
        page.get(edit)
        page.page = old
        answer = page.submit({"title": "换三个灯泡", "text": "别丢", "draft": "1"}, status=409)
        assert "又被改过一次" in answer.text
        assert "别丢" in answer.text
        assert the_wish().title == "换两个灯泡"
        page.submit({"title": "换三个灯泡", "draft": "1"})
        assert the_wish().title == "换三个灯泡"

    def test_publishing_from_the_desk_says_what_is_missing(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        page.submit({"title": "换灯泡", "draft": "1"})
        answer = page.post(f"{path}/wishes/{the_wish().id}/publish")
        assert answer.status_code == 422
        assert "请选日期和开始时间" in answer.text


class TestPublished:
    def test_words_change_until_somebody_claims(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        page.submit(words())
        edit = f"{path}/wishes/{the_wish().id}/edit"
        page.get(edit)
        page.submit({"title": "换客厅灯泡"})
        assert (the_wish().title, the_wish().state) == ("换客厅灯泡", WishState.OPEN)
        page.get(edit)
        assert "发布以后" in page.submit({"starts": "08:00"}, status=409).text
        claim_wish(the_wish().id, actor_id=make_volunteer().id)
        page.get(edit)
        assert "已经有人认领" in page.submit({"title": "换厨房灯泡"}, status=409).text
        page.get(edit)
        page.submit({"door": "3号楼2单元502"})
        assert db.session.scalars(select(PrivateDetails)).one().door == "3号楼2单元502"

    def test_looking_at_a_door_is_written_down(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        page.submit(words())
        wish = f"{path}/wishes/{the_wish().id}"
        assert "2单元501" not in page.get(wish).text
        assert "2单元501" in page.submit({}, action="/look").text
        assert count(PrivateLook) == 1

    def test_cancelling_asks_why(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        page.submit(words())
        page.get(f"{path}/wishes/{the_wish().id}")
        assert "请写一句原因" in page.submit({}, action="/cancel", status=422).text
        page.submit({"words": "老人住院了"}, action="/cancel")
        assert the_wish().state == WishState.CANCELLED


class TestForeign:
    def test_another_communitys_wish_is_not_found(self, desk: Desk) -> None:
        page, path = desk
        wish = make_wish(venue=Venue.HOME)
        for tail in ("", "/edit"):
            page.get(f"{path}/wishes/{wish.id}{tail}", status=404)
        page.get(path)
        for tail in ("/publish", "/cancel", "/look", "/slip"):
            assert page.post(f"{path}/wishes/{wish.id}{tail}").status_code == 404

    def test_a_grid_worker_does_not_publish(self, sign_in: SignIn, app: Any) -> None:
        grid = make_grid(community=make_community())
        page = sign_in(make_grid_worker(grid=grid))
        page.get(f"/desk/{grid.id}")
        page.get(f"/desk/{grid.id}/wishes/new", status=404)

    def test_a_grid_worker_opens_the_own_grids_wish_only(self, sign_in: SignIn, app: Any) -> None:
        community = make_community()
        grid = make_grid(community=community)
        page = sign_in(make_grid_worker(grid=grid))
        own = make_wish(community=community, grid_id=grid.id, venue=Venue.HOME)
        other = make_wish(community=community)
        answer = page.get(f"/desk/{grid.id}/wishes/{own.id}")
        assert "打印居民单" in answer.text
        assert "取消心愿" not in answer.text
        page.get(f"/desk/{grid.id}/wishes/{other.id}", status=404)
