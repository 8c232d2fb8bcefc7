"""From the wish's page to a place and back: the whole round, and every no with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import User
from foundation import clock
from foundation.db import db
from tests.makers import make_community, make_street, make_volunteer, make_wish, tomorrow
from tests.pages import PageClient
from tests.stored import count
from wishes.models import Claim, Place, ToolLine, ToolPledge, Wish
from wishes.rules.kinds import Provision, WishKind
from wishes.rules.life import WishState
from wishes.services.claiming import claim_wish, withdraw

SignIn = Callable[[User], PageClient]


class TestClaim:
    def test_a_volunteer_takes_a_place_and_pledges_the_screwdriver(self, sign_in: SignIn) -> None:
        wish_id = make_wish(headcount=2, tools=[("螺丝刀", Provision.BRING)]).id
        tool_id = db.session.scalars(select(ToolLine.id)).one()
        browser = sign_in(make_volunteer())
        assert "还没人带" in browser.get(f"/wishes/{wish_id}").text
        answer = browser.submit({"tools": tool_id}, action="/claim")
        assert "认领好了" in answer.text
        assert "您占了 1 个名额" in answer.text
        assert "个人 1 人已认领" in answer.text
        assert db.session.scalars(select(ToolPledge.tool_line_id)).one() == tool_id

    def test_friends_take_places_too_and_get_their_names_later(self, sign_in: SignIn) -> None:
        wish_id = make_wish(headcount=3).id
        friend = make_volunteer(name="李小红")
        number = friend.volunteer_number
        browser = sign_in(make_volunteer())
        browser.get(f"/wishes/{wish_id}")
        browser.submit({"places": "2"}, action="/claim")
        claim_id = db.session.scalars(select(Claim.id)).one()
        browser.get(f"/claims/{claim_id}/names")
        answer = browser.submit({"number": number.replace(" ", "")})
        assert "李＊＊" in answer.text
        assert "名额都写上名字了" in answer.text
        assert (count(Place), db.session.get_one(Wish, wish_id).places_taken) == (2, 2)
        answer = browser.submit(action="/remove")
        assert "名字撤下了" in answer.text

    def test_an_unknown_number_is_said_beside_the_field(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        claim_id = claim_wish(make_wish(headcount=2).id, actor_id=me.id, places=2)
        browser = sign_in(me)
        browser.get(f"/claims/{claim_id}/names")
        answer = browser.submit({"number": "123"}, status=422)
        assert "没有这个志愿者编号" in answer.text
        assert 'value="123"' in answer.text

    def test_an_item_is_claimed_by_the_piece(self, sign_in: SignIn) -> None:
        wish_id = make_wish(kind=WishKind.ITEM, headcount=1, title="羽绒服一件").id
        browser = sign_in(make_volunteer())
        assert "我来，认领 1 件" in browser.get(f"/wishes/{wish_id}").text
        assert "您认领了 1 件" in browser.submit(action="/claim").text

    def test_the_same_post_five_times_is_one_claim(self, sign_in: SignIn) -> None:
        wish_id = make_wish(headcount=3).id
        browser = sign_in(make_volunteer())
        browser.get(f"/wishes/{wish_id}")
        shown = browser.page
        for _time in range(5):
            browser.page = shown
            assert "认领好了" in browser.submit(action="/claim").text
        assert (count(Claim), db.session.get_one(Wish, wish_id).places_taken) == (1, 1)

    def test_a_visitor_is_asked_to_sign_in_and_comes_back(self, client: PageClient) -> None:
        wish_id = make_wish().id
        client.get(f"/wishes/{wish_id}")
        assert client.page is not None
        assert f"/sign-in?next=/wishes/{wish_id}" in client.page.links
        answer = client.post(f"/wishes/{wish_id}/claim")
        assert answer.status_code == 302
        assert count(Claim) == 0


class TestRefusals:
    def test_a_full_wish_says_so_keeps_the_ticks_and_shows_what_is_near(
        self, sign_in: SignIn
    ) -> None:
        street = make_street()
        here = make_community(street=street)
        wish_id = make_wish(community=here, headcount=1, tools=[("螺丝刀", Provision.BRING)]).id
        make_wish(community=make_community(street=street), title="修水龙头")
        tool_id = db.session.scalars(select(ToolLine.id)).one()
        slow, quick = make_volunteer(), make_volunteer().id
        browser = sign_in(slow)
        browser.get(f"/wishes/{wish_id}")
        claim_wish(wish_id, actor_id=quick)
        answer = browser.submit({"tools": tool_id}, action="/claim", status=409)
        assert "名额刚刚满了" in answer.text
        assert "修水龙头" in answer.text
        assert count(Claim) == 1

    def test_too_many_keeps_the_number_and_the_ticks(self, sign_in: SignIn) -> None:
        wish_id = make_wish(headcount=2, tools=[("螺丝刀", Provision.BRING)]).id
        tool_id = db.session.scalars(select(ToolLine.id)).one()
        browser = sign_in(make_volunteer())
        browser.get(f"/wishes/{wish_id}")
        answer = browser.submit({"tools": tool_id, "places": "5"}, action="/claim", status=409)
        assert "只剩 2 个名额了" in answer.text
        assert browser.page is not None
        kept = {
            c.get("name"): c for c in browser.page.controls if c.get("name") in ("places", "tools")
        }
        assert kept["places"]["value"] == "5"
        assert "checked" in kept["tools"]

    @pytest.mark.parametrize("places", ["0", "-1", "1.5", "10000", "两个"])
    def test_a_number_that_makes_no_sense_stores_nothing(
        self, sign_in: SignIn, places: str
    ) -> None:
        wish_id = make_wish(headcount=3).id
        browser = sign_in(make_volunteer())
        browser.get(f"/wishes/{wish_id}")
        answer = browser.submit({"places": places}, action="/claim", status=422)
        assert f'value="{places}"' in answer.text
        assert count(Claim) == 0

    def test_the_same_hour_elsewhere_is_said_before_and_after(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        browser = sign_in(me)
        claim_wish(make_wish(title="陪诊", starts_at=tomorrow(9)).id, actor_id=me.id)
        wish_id = make_wish(starts_at=tomorrow(9)).id
        page = browser.get(f"/wishes/{wish_id}")
        assert "这个时间您已认领“陪诊”" in page.text
        assert "我来，占" not in page.text
        assert browser.post(f"/wishes/{wish_id}/claim", {"places": "1"}).status_code == 409

    def test_a_draft_is_not_found_by_its_number(self, sign_in: SignIn) -> None:
        wish_id = make_wish(state=WishState.DRAFT).id
        browser = sign_in(make_volunteer())
        browser.get("/")
        assert browser.post(f"/wishes/{wish_id}/claim", {"places": "1"}).status_code == 404


class TestWithdraw:
    def test_a_place_goes_back_before_the_deadline(self, sign_in: SignIn) -> None:
        me, wish_id = make_volunteer(), make_wish(headcount=1).id
        claim_wish(wish_id, actor_id=me.id)
        browser = sign_in(me)
        browser.get(f"/wishes/{wish_id}")
        assert "已退出" in browser.submit(action="/withdraw").text
        assert db.session.get_one(Wish, wish_id).places_taken == 0

    def test_after_the_deadline_the_page_offers_cannot_come(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        wish_id = make_wish(starts_at=clock.now() + timedelta(minutes=30)).id
        claim_id = claim_wish(wish_id, actor_id=me.id)
        browser = sign_in(me)
        text = browser.get(f"/wishes/{wish_id}").text
        assert "我来不了" in text
        answer = browser.post(f"/claims/{claim_id}/withdraw")
        assert answer.status_code == 409
        assert "退出截止时间已过" in answer.text

    def test_somebody_elses_claim_is_not_found(self, sign_in: SignIn) -> None:
        claim_id = claim_wish(make_wish(headcount=2).id, actor_id=make_volunteer().id)
        browser = sign_in(make_volunteer())
        browser.get("/")
        assert browser.post(f"/claims/{claim_id}/withdraw").status_code == 404
        browser.get(f"/claims/{claim_id}/names", status=404)
        assert db.session.get_one(Claim, claim_id).live

    def test_withdrawn_places_can_be_taken_again(self, sign_in: SignIn) -> None:
        me, wish_id = make_volunteer(), make_wish().id
        withdraw(claim_wish(wish_id, actor_id=me.id), actor_id=me.id)
        browser = sign_in(me)
        browser.get(f"/wishes/{wish_id}")
        assert "认领好了" in browser.submit(action="/claim").text
