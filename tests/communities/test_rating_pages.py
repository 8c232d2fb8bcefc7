"""附议, ratings, second answers and guesses, as residents, staff and the street see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from foundation import clock
from foundation.db import db, transaction
from tests.makers import (
    make_community,
    make_street,
    make_supervisor,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.served import kept_photo
from tests.stored import count
from tests.wishes.asked import BENCH, answered_ask, ask_as, ask_in, ask_of
from wishes.models import AskSupport, Photo, Rating, RatingCode
from wishes.queries.ratings import find_rating
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import PhotoPurpose
from wishes.rules.life import AskState, WishState
from wishes.rules.rating import Grade, RatedBy, RatingWords
from wishes.services.photos import attach_photos
from wishes.services.rating import rate_by_code
from wishes.services.replying import answer_ask
from wishes.services.supporting import support_ask

SignIn = Callable[[User], PageClient]
SLIP = "ACDE3467"
BAD = RatingWords(Grade.BAD, "还是没有")


class TestSupporting:
    def test_without_an_account_by_telephone_and_once(self, client: PageClient) -> None:
        community = make_community()
        ask = ask_in(community)
        client.get(f"/communities/{community.id}/asks")
        assert BENCH.title in client.get(f"/communities/{community.id}/asks/{ask.id}").text
        page = client.submit({"phone": "13800000777"}, action="/support")
        assert "附议 1" in page.text
        page = client.submit({"phone": "138 0000 0777"}, action="/support", status=409)
        assert "您已经附议过这条诉求了" in page.text
        page = client.submit({"phone": ""}, action="/support", status=422)
        assert "请填手机号" in page.text
        assert count(AskSupport) == 1

    def test_with_an_account_in_one_tap(self, sign_in: SignIn) -> None:
        community = make_community()
        ask = ask_in(community)
        neighbour = sign_in(make_volunteer())
        neighbour.get(f"/communities/{community.id}/asks/{ask.id}")
        assert "您已附议" in neighbour.submit({}, action="/support").text

    def test_what_is_private_or_returned_is_not_there(self, client: PageClient) -> None:
        community = make_community()
        private = ask_in(community, words=AskWords(title="私下的事"))
        done = ask_as(community, AskState.DONE)
        page = client.get(f"/communities/{community.id}/asks").text
        assert "私下的事" not in page
        assert "还没有公开的诉求" in page
        client.get(f"/communities/{community.id}/asks/{private.id}", status=404)
        assert "不再收附议" in client.get(f"/communities/{community.id}/asks/{done.id}").text

    def test_the_page_shows_the_reply_with_its_time_and_nothing_private(
        self, client: PageClient
    ) -> None:
        community = make_community()
        private = PrivateWords(name="张奶奶", phone="13800000142", door="3-2-501")
        ask = ask_in(community, private=private)
        answer_ask(ask.id, actor_id=make_worker(community=community).id, reply="下月装。")
        page = client.get(f"/communities/{community.id}/asks/{ask.id}").text
        assert "下月装。" in page
        assert "1 分钟内答复" in page
        for secret in ("张奶奶", "13800000142", "501", ask_of(ask.id).code):
            assert secret not in page

    def test_the_desk_sorts_by_what_is_wanted_and_may_hide(self, sign_in: SignIn) -> None:
        community = make_community()
        quiet = ask_in(community, words=AskWords(title="安静的事", is_public=True))
        loud = ask_in(community, words=AskWords(title="热闹的事", is_public=True))
        support_ask(community.id, loud.id, phone="13800000777")
        loud_id, area = loud.id, community.id
        worker = sign_in(make_worker(community=community))
        page = worker.get(f"/desk/{area}/asks?order=wanted").text
        assert page.index("热闹的事") < page.index("安静的事")
        assert "附议 1" in page
        assert quiet.id < loud_id
        worker.get(f"/desk/{area}/asks/{loud_id}")
        worker.submit({}, action="/hide")
        assert not ask_of(loud_id).is_public
        worker.get(f"/communities/{area}/asks/{loud_id}", status=404)

    def test_a_picture_is_public_once_somebody_looked(
        self, sign_in: SignIn, client: PageClient
    ) -> None:
        community = make_community()
        ask_id, area = ask_in(community).id, community.id
        with transaction():
            photo_id = attach_photos(
                [kept_photo()], purpose=PhotoPurpose.ASK, uploaded_by_id=None, ask_id=ask_id
            )[0]
        worker = sign_in(make_worker(community=community))
        address = f"/communities/{area}/asks/{ask_id}"
        assert f"/photos/{photo_id}/" not in client.get(address).text
        worker.get(f"/desk/{area}/asks/{ask_id}/photos/{photo_id}")
        worker.submit({}, status=422)
        worker.submit({"looked": "y"})
        assert f"/photos/{photo_id}/" in client.get(address).text
        worker.get(f"/desk/{area}/asks/{ask_id}/photos/{photo_id}")
        worker.submit({}, action="/take-back")
        assert not db.session.get_one(Photo, photo_id).is_public


class TestRating:
    def test_by_the_follow_code_and_then_the_second_answer(
        self, client: PageClient, sign_in: SignIn
    ) -> None:
        street = make_street()
        community = make_community(street=street)
        ask = answered_ask(community)
        code, ask_id, area = ask.code, ask.id, community.id
        assert "去评价" in client.get(f"/asks/{code}").text
        client.get(f"/asks/{code}/rating")
        page = client.submit({"grade": "bad", "words": "长椅没装"})
        assert "街道也看得到" in page.text
        assert ask_of(ask_id).state == AskState.REOPENED

        above = sign_in(make_supervisor(street=street))
        seen = above.get(f"/oversight/{street.id}/unhappy").text
        assert "长椅没装" in seen
        assert "长椅下月装。" in seen

        worker = sign_in(make_worker(community=community))
        assert "等您二次答复" in worker.get(f"/desk/{area}").text
        worker.get(f"/desk/{area}/asks/{ask_id}/answer-again")
        worker.submit({"words": " "}, status=422)
        worker.submit({"words": "今天装好了两把。"})
        page = client.get(f"/asks/{code}")
        assert "今天装好了两把。" in page.text
        client.submit({}, action="/close")
        assert ask_of(ask_id).state == AskState.RATED
        assert "今天装好了两把。" in above.get(f"/oversight/{street.id}/unhappy?tab=closed").text

    def test_twice_is_a_sentence(self, client: PageClient) -> None:
        ask = answered_ask(make_community())
        client.get(f"/asks/{ask.code}/rating")
        client.submit({"grade": "good"})
        client.get(f"/communities/{ask.community_id}/ask")  # any form: an old tab has its own
        page = client.post(f"/asks/{ask.code}/rating", {"grade": "bad"})
        assert page.status_code == 409
        assert "一件事只评一次" in page.text
        assert count(Rating) == 1

    def test_without_a_choice(self, client: PageClient) -> None:
        ask = answered_ask(make_community())
        client.get(f"/asks/{ask.code}/rating")
        assert "请选一种。" in client.submit({}, status=422).text

    def test_by_the_slip_without_an_account(self, client: PageClient) -> None:
        wish = make_wish(state=WishState.VERIFIED)
        with transaction() as session:
            session.add(RatingCode(wish_id=wish.id, code=SLIP, made_at=clock.now()))
        client.get("/rate?code=acde-3467")
        page = client.submit({"grade": "bad", "words": "灯没换"})
        assert "您的评价：不满意" in page.text
        rating = find_rating(wish_id=wish.id)
        assert rating is not None
        assert rating.channel == RatedBy.SLIP_CODE

    def test_from_the_paper_slip_by_staff(self, sign_in: SignIn) -> None:
        community = make_community()
        wish = make_wish(state=WishState.VERIFIED, community=community)
        worker = sign_in(make_worker(community=community, name="周敏"))
        address = f"/desk/{community.id}/wishes/{wish.id}/rating"
        worker.get(address)
        worker.submit({"grade": "good"}, status=422)  # how it came is not said
        page = worker.submit({"grade": "good", "heard": "paper"})
        assert "纸质居民单，工作人员代录" in page.text
        assert "周敏" in page.text

    def test_from_a_call_back_about_an_ask(self, sign_in: SignIn) -> None:
        community = make_community()
        ask_id = answered_ask(community).id
        worker = sign_in(make_worker(community=community))
        worker.get(f"/desk/{community.id}/asks/{ask_id}/rating")
        page = worker.submit({"grade": "fair", "heard": "call_back"})
        assert "居民评价：基本满意" in page.text

    def test_what_was_passed_on_is_finished_at_the_desk(
        self, sign_in: SignIn, client: PageClient
    ) -> None:
        community = make_community()
        ask = ask_as(community, AskState.PASSED_ON)
        ask_id, code = ask.id, ask.code
        worker = sign_in(make_worker(community=community))
        assert "办结" in worker.get(f"/desk/{community.id}/asks/{ask_id}").text
        worker.get(f"/desk/{community.id}/asks/{ask_id}/finish")
        worker.submit({"words": "井盖换了新的。"})
        page = client.get(f"/asks/{code}").text
        assert "井盖换了新的。" in page
        assert "去评价" in page

    def test_the_resident_told_staff_that_it_is_settled(self, sign_in: SignIn) -> None:
        community = make_community()
        ask = answered_ask(community)
        ask_id = ask.id
        rate_by_code(ask.code, words=BAD)
        worker = sign_in(make_worker(community=community))
        worker.get(f"/desk/{community.id}/asks/{ask_id}/answer-again")
        worker.submit({"words": "装好了。"})
        worker.get(f"/desk/{community.id}/asks/{ask_id}/confirm")
        worker.submit({"words": ""}, status=422)
        worker.submit({"words": "电话里说看到了"})
        assert ask_of(ask_id).state == AskState.RATED

    def test_an_illegal_step_is_said_in_a_sentence(self, sign_in: SignIn) -> None:
        community = make_community()
        ask_id = ask_in(community).id
        worker = sign_in(make_worker(community=community))
        for step in ("finish", "answer-again", "confirm"):
            worker.get(f"/desk/{community.id}/asks/{ask_id}/{step}")
            page = worker.submit({"words": "好了"}, status=409)
            assert "这一步做不了" in page.text

    def test_another_street_does_not_see_it(self, sign_in: SignIn) -> None:
        community = make_community()
        rate_by_code(answered_ask(community).code, words=BAD)
        street = make_street()
        other = sign_in(make_supervisor(street=street))
        assert "没有不满意的" in other.get(f"/oversight/{street.id}/unhappy").text
        other.get(f"/oversight/{community.parent_id}/unhappy", status=404)


@pytest.mark.parametrize(
    ("path", "guesses"), [("/asks/{code}", 1000), ("/rate/{code}", 60), ("/asks?code={code}", 60)]
)
def test_a_code_guessed_a_thousand_times_is_throttled(
    client: PageClient, path: str, guesses: int
) -> None:
    code = answered_ask(make_community()).code
    answers = [
        client.http.get(path.format(code=f"{number:08d}")).status_code for number in range(guesses)
    ]
    assert answers[:10] == [404] * 10
    assert set(answers[30:]) == {429}
    assert client.open(f"/asks/{code}").status_code == 429  # nor does the right one open now
    assert "查错的次数太多了" in client.open(path.format(code="XXXXXXXX")).text


def test_the_address_is_free_again_after_an_hour(client: PageClient) -> None:
    code = answered_ask(make_community()).code
    with time_machine.travel(clock.now(), tick=False) as now:
        for number in range(31):
            client.open(f"/asks/{number:08d}")
        client.get(f"/asks/{code}", status=429)
        now.shift(timedelta(hours=1))
        client.get(f"/asks/{code}")
