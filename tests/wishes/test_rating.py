"""评单: by account, by code, from a slip; once; a bad one reopens the question."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from accounts.models import Area
from foundation.db import db, transaction
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_street,
    make_supervisor,
    make_volunteer,
    make_worker,
)
from tests.races import at_once
from tests.served import (
    kinds_told,
    make_attendance,
    make_reported_wish,
    make_served_wish,
    served_minutes,
)
from tests.stored import count
from tests.wishes.asked import answered_ask, ask_as, ask_in, ask_of, belong
from wishes.models import Ask, AskEvent, LaterReply, Rating, RatingCode, Wish
from wishes.queries.ratings import find_rating, list_reopened, list_unhappy
from wishes.refusals import AskCannotMove, WishNotFound
from wishes.refusals.asks import AskNotFound, EndsWithItsWish, NotYourAsk, ReasonMissing
from wishes.refusals.rating import (
    AlreadyRated,
    RateAtTheDesk,
    RatingCodeNotFound,
    TooEarlyToRate,
    WishNotVerified,
)
from wishes.rules.kinds import Venue
from wishes.rules.life import AskState, WishState
from wishes.rules.proof import Decision
from wishes.rules.rating import Grade, RatedBy, RatingWords
from wishes.services.completing import verify
from wishes.services.following_up import (
    answer_again,
    close_by_code,
    close_by_slip,
    close_for_resident,
    finish_passed_on,
)
from wishes.services.rating import enter_ask_rating, enter_wish_rating, rate_by_code, rate_by_slip
from wishes.services.reporting import hand_in_report
from wishes.services.slips import print_slip

GOOD, BAD = RatingWords(Grade.GOOD), RatingWords(Grade.BAD, "还是漏水")


def verified_wish(community: Area) -> Wish:
    """A verified service without an ask, with a code on its slip."""
    wish = make_reported_wish(community=community, venue=Venue.HOME)
    verify(wish.id, actor_id=make_worker(community=community).id, decision=Decision.ACCEPTED)
    with transaction() as session:
        session.add(RatingCode(wish_id=wish.id, code="ACDE3467", made_at=wish.created_at))
    return db.session.get_one(Wish, wish.id)


@pytest.mark.usefixtures("app")
class TestByCode:
    def test_the_follow_code_is_enough(self) -> None:
        ask = answered_ask(make_community())
        rate_by_code(ask.code, words=GOOD)
        rating = find_rating(ask_id=ask.id)
        assert rating is not None
        assert (rating.grade, rating.channel) == (Grade.GOOD, RatedBy.FOLLOW_CODE)
        assert ask_of(ask.id).state == AskState.RATED

    def test_the_signed_in_asker_is_written_down(self) -> None:
        asker = make_volunteer()
        ask = answered_ask(make_community(), by=asker)
        rate_by_code(ask.code, words=GOOD, actor_id=asker.id)
        rating = find_rating(ask_id=ask.id)
        assert rating is not None
        assert (rating.rated_by_id, rating.channel) == (asker.id, RatedBy.ACCOUNT)

    @pytest.mark.parametrize("state", [AskState.SUBMITTED, AskState.ACCEPTED, AskState.PASSED_ON])
    def test_too_early(self, state: AskState) -> None:
        ask = ask_as(make_community(), state)
        refusal = WishNotVerified if state is AskState.ACCEPTED else TooEarlyToRate
        with pytest.raises(refusal):
            rate_by_code(ask.code, words=GOOD)
        assert count(Rating) == 0

    def test_once(self) -> None:
        ask = answered_ask(make_community())
        rate_by_code(ask.code, words=GOOD)
        with pytest.raises(AlreadyRated):
            rate_by_code(ask.code, words=BAD)
        assert count(Rating) == 1

    def test_staff_do_not_rate_as_the_resident(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        ask = answered_ask(community, worker=worker)
        with pytest.raises(RateAtTheDesk):
            rate_by_code(ask.code, words=GOOD, actor_id=worker.id)


@pytest.mark.usefixtures("app")
class TestBySlip:
    def test_a_print_gives_one_code_that_reprints_keep(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        wish_id = make_served_wish(community=community, venue=Venue.HOME).id
        print_slip(wish_id, actor_id=worker.id)
        first = db.session.scalars(select(RatingCode.code)).one()
        print_slip(wish_id, actor_id=worker.id)
        assert db.session.scalars(select(RatingCode.code)).all() == [first]
        with pytest.raises(WishNotVerified):
            rate_by_slip(first, words=GOOD)

    def test_it_rates_the_wish_and_its_ask(self) -> None:
        community = make_community()
        wish = verified_wish(community)
        ask = belong(ask_in(community), wish.id)
        rate_by_slip("ACDE3467", words=GOOD)
        rating = find_rating(wish_id=wish.id)
        assert rating is not None
        assert (rating.ask_id, rating.channel) == (ask.id, RatedBy.SLIP_CODE)
        assert ask_of(ask.id).state == AskState.RATED
        with pytest.raises(AlreadyRated):
            rate_by_code(ask.code, words=BAD)

    def test_a_bad_one_of_a_wish_nobody_asked_for_becomes_an_ask(self) -> None:
        community = make_community()
        wish = verified_wish(community)
        rate_by_slip("ACDE3467", words=BAD)
        ask = db.session.scalars(select(Ask)).one()
        assert (ask.state, ask.wish_id, ask.is_public) == (AskState.REOPENED, wish.id, False)
        assert [each.id for each in list_reopened(community)] == [ask.id]
        answer_again(ask.id, actor_id=make_worker(community=community).id, reply="又去修了一次")
        close_by_slip("ACDE3467")
        assert ask_of(ask.id).state == AskState.RATED

    def test_a_good_one_makes_no_ask(self) -> None:
        verified_wish(make_community())
        rate_by_slip("ACDE3467", words=GOOD)
        assert count(Ask) == 0

    def test_a_volunteer_who_kept_the_slip_is_refused(self) -> None:
        community = make_community()
        wish = make_served_wish(community=community, state=WishState.VERIFIED)
        volunteer = make_attendance(wish)
        with transaction() as session:
            session.add(RatingCode(wish_id=wish.id, code="ACDE3467", made_at=wish.created_at))
        with pytest.raises(RateAtTheDesk):
            rate_by_slip("ACDE3467", words=GOOD, actor_id=volunteer.id)

    def test_a_wrong_code(self) -> None:
        with pytest.raises(RatingCodeNotFound):
            rate_by_slip("XXXXXXXX", words=GOOD)


@pytest.mark.usefixtures("app")
class TestEntered:
    def test_a_paper_slip_is_marked_with_who_wrote_it_down(self) -> None:
        community = make_community()
        wish = verified_wish(community)
        worker = make_worker(community=community)
        enter_wish_rating(wish.id, actor_id=worker.id, channel=RatedBy.PAPER, words=BAD)
        rating = find_rating(wish_id=wish.id)
        assert rating is not None
        assert (rating.channel, rating.entered_by_id) == (RatedBy.PAPER, worker.id)

    def test_a_call_back_about_an_ask(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        ask = answered_ask(community, worker=worker)
        enter_ask_rating(ask.id, actor_id=worker.id, channel=RatedBy.CALL_BACK, words=GOOD)
        assert ask_of(ask.id).state == AskState.RATED

    def test_the_table_refuses_an_unmarked_one(self) -> None:
        ask = answered_ask(make_community())
        words = "INSERT INTO rating (id, ask_id, grade, words, channel, at) VALUES "
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text(f"{words}(1, {ask.id}, 'good', '', 'paper', '2026-11-20')"))

    def test_strangers_and_who_served(self) -> None:
        community = make_community()
        wish = verified_wish(community)
        stranger = make_worker(community=make_community())
        ask = answered_ask(community)
        with pytest.raises(WishNotFound):
            enter_wish_rating(wish.id, actor_id=stranger.id, channel=RatedBy.PAPER, words=GOOD)
        with pytest.raises(AskNotFound):
            enter_ask_rating(ask.id, actor_id=stranger.id, channel=RatedBy.PAPER, words=GOOD)
        worker = make_worker(community=community)
        served = make_served_wish(community=community, state=WishState.VERIFIED)
        make_attendance(served, worker)
        with pytest.raises(RateAtTheDesk):
            enter_wish_rating(served.id, actor_id=worker.id, channel=RatedBy.PAPER, words=GOOD)


@pytest.mark.usefixtures("app")
class TestUnhappy:
    def test_it_comes_to_the_desk_and_the_street_and_ends_with_the_resident(self) -> None:
        street = make_street()
        community = make_community(street=street)
        worker, above = make_worker(community=community), make_supervisor(street=street)
        asker = make_volunteer()
        ask = answered_ask(community, worker=worker, by=asker)
        rate_by_code(ask.code, words=BAD)
        assert [each.id for each in list_reopened(community)] == [ask.id]
        assert all("ask_unhappy" in kinds_told(person) for person in (worker, above))
        seen = list_unhappy(street, frozenset({AskState.REOPENED}))
        assert [(each.rating.words, each.ask.reply) for each in seen] == [
            ("还是漏水", "长椅下月装。")
        ]
        assert list_unhappy(make_street(), frozenset(AskState)) == []
        answer_again(ask.id, actor_id=worker.id, reply="师傅又去了一次。")
        assert "ask_answered_again" in kinds_told(asker)
        assert list_reopened(community) == []
        close_by_code(ask.code)
        assert ask_of(ask.id).state == AskState.RATED
        whats = select(AskEvent.what).where(AskEvent.ask_id == ask.id).order_by(AskEvent.id)
        assert list(db.session.scalars(whats)) == [
            "submit", "answer", "rate_bad", "answer_again", "close"
        ]  # fmt: skip

    def test_the_minutes_of_the_volunteers_stay(self) -> None:
        community = make_community()
        wish = make_served_wish(community=community)
        volunteer = make_attendance(wish)
        reporter, second = make_worker(community=community), make_worker(community=community)
        hand_in_report(wish.id, actor_id=reporter.id, text="做了")
        verify(wish.id, actor_id=second.id, decision=Decision.ACCEPTED)
        before = served_minutes(volunteer)
        enter_wish_rating(wish.id, actor_id=second.id, channel=RatedBy.CALL_BACK, words=BAD)
        assert before == served_minutes(volunteer) == 60
        assert db.session.get_one(Wish, wish.id).state == WishState.VERIFIED

    def test_a_second_answer_says_something_and_is_the_communitys(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        ask = answered_ask(community, worker=worker)
        with pytest.raises(AskCannotMove):
            answer_again(ask.id, actor_id=worker.id, reply="再说一次")
        rate_by_code(ask.code, words=BAD)
        with pytest.raises(ReasonMissing):
            answer_again(ask.id, actor_id=worker.id, reply=" ")
        with pytest.raises(AskNotFound):
            answer_again(ask.id, actor_id=make_volunteer().id, reply="我来说")
        with pytest.raises(AskCannotMove):
            close_by_code(ask.code)

    def test_staff_close_only_with_how_they_heard_it(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        ask = answered_ask(community, worker=worker)
        rate_by_code(ask.code, words=BAD)
        answer_again(ask.id, actor_id=worker.id, reply="修好了")
        with pytest.raises(ReasonMissing):
            close_for_resident(ask.id, actor_id=worker.id, heard="")
        with pytest.raises(RateAtTheDesk):
            close_by_code(ask.code, actor_id=worker.id)
        close_for_resident(ask.id, actor_id=worker.id, heard="电话里说不漏了")
        assert ask_of(ask.id).state == AskState.RATED


@pytest.mark.usefixtures("app")
class TestFinishing:
    def test_what_was_passed_on_is_finished_with_what_was_done(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        ask = ask_as(community, AskState.PASSED_ON)
        with pytest.raises(ReasonMissing):
            finish_passed_on(ask.id, actor_id=worker.id, done="  ")
        finish_passed_on(ask.id, actor_id=worker.id, done="井盖换了。")
        assert ask_of(ask.id).state == AskState.DONE
        reply = db.session.scalars(select(LaterReply)).one()
        assert (reply.text, ask_of(ask.id).reply) == ("井盖换了。", "归市政管")

    def test_an_accepted_ask_ends_with_its_wish(self) -> None:
        community = make_community()
        ask = ask_as(community, AskState.ACCEPTED)
        with pytest.raises(EndsWithItsWish):
            finish_passed_on(ask.id, actor_id=make_worker(community=community).id, done="好了")

    def test_a_grid_worker_does_not_finish(self) -> None:
        community = make_community()
        grid_worker = make_grid_worker(grid=make_grid(community=community))
        ask = ask_as(community, AskState.PASSED_ON)
        with pytest.raises(NotYourAsk):
            finish_passed_on(ask.id, actor_id=grid_worker.id, done="好了")


def test_two_ratings_at_once_are_one(app: Flask) -> None:
    community = make_community()
    worker = make_worker(community=community).id
    ask = answered_ask(community)
    code, ask_id = ask.code, ask.id
    answers = at_once(
        app,
        [
            lambda: rate_by_code(code, words=BAD),
            lambda: enter_ask_rating(ask_id, actor_id=worker, channel=RatedBy.PAPER, words=GOOD),
        ],
    )
    assert sorted(answers, key=str) == sorted([None, AlreadyRated], key=str)
    assert count(Rating) == 1


def test_two_bad_slips_of_a_wish_without_an_ask_make_one_ask(app: Flask) -> None:
    community = make_community()
    wish = verified_wish(community)
    wish_id, worker = wish.id, make_worker(community=community).id
    answers = at_once(
        app,
        [
            lambda: rate_by_slip("ACDE3467", words=BAD),
            lambda: enter_wish_rating(wish_id, actor_id=worker, channel=RatedBy.PAPER, words=BAD),
        ],
    )
    assert sorted(answers, key=str) == sorted([None, AlreadyRated], key=str)
    assert (count(Rating), count(Ask)) == (1, 1)
