"""反馈卡: the quarter, its figures, the draft of the clock, the community's signature."""

from __future__ import annotations

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from accounts.refusals import NotOnYourself
from accounts.refusals.reporting import ReportNotFound
from accounts.services.profile import set_party_membership
from accounts.services.reporting import confirm_report, report_home
from foundation import clock
from foundation.db import db
from love_bank.rules import Grade
from partner_units.queries.record import Choice, load_record
from partner_units.rules.periods import Days
from tests.makers import make_community, make_coordinator, make_unit, make_volunteer, make_worker
from tests.partner_units.serving import strike
from tests.races import at_once
from tests.served import kinds_told
from tests.stored import count
from tests.wishes.reported import (
    drafted,
    ended_quarter,
    member_of,
    reported,
    reported_unit,
    seen,
    served_then,
    signed,
    then,
)
from wishes.models import FeedbackCard
from wishes.queries.feedback import (
    get_card_of_person,
    list_cards_at,
    list_cards_of_person,
    list_cards_of_unit,
)
from wishes.refusals.feedback import CardNotFound, CardSigned, FiguresMoved, NothingServed
from wishes.rules.feedback import CardState, Quarter, add_up, last_ended, quarter_of
from wishes.services.feedback import draft_cards, run_feedback, sign_card, sign_cards


@pytest.mark.parametrize(
    ("day", "first", "last", "number"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31), 1),
        (date(2028, 3, 31), date(2028, 1, 1), date(2028, 3, 31), 1),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30), 2),
        (date(2026, 7, 1), date(2026, 7, 1), date(2026, 9, 30), 3),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31), 4),
    ],
)
def test_a_quarter_is_three_months(day: date, first: date, last: date, number: int) -> None:
    quarter = quarter_of(day)
    assert (quarter.first, quarter.last, quarter.number) == (first, last, number)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 1, 1), date(2025, 10, 1)),
        (date(2026, 3, 31), date(2025, 10, 1)),
        (date(2026, 4, 1), date(2026, 1, 1)),
    ],
)
def test_the_quarter_that_is_over(today: date, first: date) -> None:
    assert last_ended(today) == Quarter(first)


def test_figures_count_people_once_and_every_time_they_came() -> None:
    rows = [(1, "a", 60, Grade.A), (1, "b", 30, Grade.B), (2, "a", 20, Grade.C)]
    figures = add_up(
        SimpleNamespace(wish_id=wish, holder=who, minutes=minutes, grade=grade)
        for wish, who, minutes, grade in rows
    )
    assert (figures.wishes, figures.people, figures.times) == (2, 2, 3)
    assert (figures.scanned, figures.marked, figures.late, figures.minutes) == (60, 30, 20, 110)


@pytest.mark.usefixtures("app")
class TestDraft:
    def test_who_served_gets_one_card_and_the_community_is_told_once(self) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        reported(person, community, worker)
        served_then(community, person)
        served_then(community, person, minutes=30, grade=Grade.B)
        served_then(make_community(), person, minutes=500)
        assert run_feedback(clock.now()) == 1
        assert run_feedback(clock.now()) == 0
        card = list_cards_at(community.id, CardState.DRAFT)[0]
        assert (card.quarter, card.times, card.scanned, card.marked) == (
            ended_quarter().first, 2, 60, 30,
        )  # fmt: skip
        assert "cards_drafted" in kinds_told(worker)
        assert list_cards_of_person(person.id) == []

    def test_not_before_the_quarter_is_over(self) -> None:
        community, person = make_community(), make_volunteer()
        reported(person, community, make_worker(community=community))
        served_then(community, person)
        midnight = clock.from_local(ended_quarter().next.first, time())
        with clock.at(midnight - timedelta(minutes=1)):
            assert run_feedback(clock.now()) == 0
        with clock.at(midnight):
            assert run_feedback(clock.now()) == 1

    def test_no_card_without_a_service_or_a_report_that_stood(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        reported(make_volunteer(), community, worker)
        late, waiting = make_volunteer(), make_volunteer()
        confirm_report(
            report_home(late.id, community_id=community.id, agrees=True), actor_id=worker.id
        )
        with clock.at(then(1)):
            report_home(waiting.id, community_id=community.id, agrees=True)
        served_then(community, late)
        served_then(community, waiting)
        assert run_feedback(clock.now()) == 0

    def test_two_workers_in_the_same_minute_draft_once(self, app: Flask) -> None:
        community, person = make_community(), make_volunteer()
        reported(person, community, make_worker(community=community))
        served_then(community, person)
        number, quarter = community.id, ended_quarter()
        drafts = [lambda: draft_cards(number, quarter=quarter)] * 2
        assert at_once(app, drafts) == [None, None]
        assert count(FeedbackCard) == 1


@pytest.mark.usefixtures("app")
class TestUnit:
    def test_the_card_says_what_the_units_own_record_says(self) -> None:
        community, unit = make_community(), make_unit()
        boss, worker = make_coordinator(unit=unit), make_worker(community=community)
        one, other = member_of(unit, "王秀英"), member_of(unit, "李建国")
        reported_unit(unit, community, worker, boss)
        served_then(community, one, unit, minutes=60)
        served_then(community, other, unit, minutes=45, grade=Grade.B)
        served_then(community, one, None, minutes=90)
        served_then(make_community(), one, unit, minutes=120)
        signed(community, worker)
        card = list_cards_of_unit(unit.id)[0].card
        quarter = ended_quarter()
        chosen = Choice(Days(quarter.first, quarter.last), community_id=community.id)
        sums = load_record(unit.id, chosen, at=clock.now()).sums
        assert (card.wishes, card.people, card.scanned) == (
            sums.wishes, sums.colleagues, sums.scanned,
        )  # fmt: skip
        assert card.scanned + card.marked + card.late == sums.minutes == 105
        assert "card_signed" in kinds_told(boss)

    def test_a_colleagues_card_is_read_by_the_unit_they_named_alone(self) -> None:
        community, unit, other = make_community(), make_unit(), make_unit()
        worker, person = make_worker(community=community), member_of(unit)
        make_coordinator(unit=unit)
        reported(person, community, worker, unit)
        served_then(community, person)
        card_id = signed(community, worker)
        assert [(each.card.id, each.name) for each in list_cards_of_unit(unit.id)] == [
            (card_id, "王秀英")
        ]
        assert list_cards_of_unit(other.id) == []

    def test_without_the_persons_word_the_unit_reads_nothing(self) -> None:
        community, unit = make_community(), make_unit()
        boss, worker = make_coordinator(unit=unit), make_worker(community=community)
        person = member_of(unit)
        reported(person, community, worker)
        served_then(community, person)
        signed(community, worker)
        assert list_cards_of_unit(unit.id) == []
        assert "card_signed" not in kinds_told(boss)
        assert "card_signed" in kinds_told(person)


@pytest.mark.usefixtures("app")
class TestSigning:
    def test_a_signed_card_stands_when_the_book_moves_on(self) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        reported(person, community, worker)
        entry = served_then(community, person)
        card_id = signed(community, worker, words="换灯泡又快又好")
        strike(entry)
        card = get_card_of_person(person.id, card_id)
        assert (card.scanned, card.words, card.state) == (60, "换灯泡又快又好", CardState.SIGNED)
        with pytest.raises(CardSigned):
            sign_card(community.id, card_id, actor_id=worker.id, words="再来", seen=seen(card))

    def test_nobody_signs_figures_that_they_did_not_see(self) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        reported(person, community, worker)
        entry = served_then(community, person)
        card = drafted(community)
        shown, card_id = seen(card), card.id
        served_then(community, person, minutes=15)
        with pytest.raises(FiguresMoved):
            sign_card(community.id, card_id, actor_id=worker.id, words="", seen=shown)
        strike(entry)
        sign_card(community.id, card_id, actor_id=worker.id, words="", seen="1-1-1-15-0-0")

    def test_what_was_struck_altogether_is_not_signed(self) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        reported(person, community, worker)
        entry = served_then(community, person)
        card = drafted(community)
        shown, card_id = seen(card), card.id
        strike(entry)
        with pytest.raises(NothingServed):
            sign_card(community.id, card_id, actor_id=worker.id, words="", seen=shown)

    def test_many_in_one_go_but_never_ones_own(self) -> None:
        community = make_community()
        worker, boss = make_worker(community=community), make_worker(community=community)
        people = [make_volunteer(), make_volunteer(), worker]
        for person in people:
            reported(person, community, boss)
            served_then(community, person)
        run_feedback(clock.now())
        cards = [(card.id, seen(card)) for card in list_cards_at(community.id, CardState.DRAFT)]
        assert sign_cards(community.id, actor_id=worker.id, words="谢谢", seen=cards) == 2
        own = list_cards_at(community.id, CardState.DRAFT)[0]
        assert own.user_id == worker.id
        with pytest.raises(NotOnYourself):
            sign_card(community.id, own.id, actor_id=worker.id, words="", seen=seen(own))

    def test_another_communitys_card_is_not_there(self) -> None:
        community, other, person = make_community(), make_community(), make_volunteer()
        reported(person, community, make_worker(community=community))
        served_then(community, person)
        card = drafted(community)
        stranger = make_worker(community=other)
        with pytest.raises(CardNotFound):
            sign_card(other.id, card.id, actor_id=stranger.id, words="", seen=seen(card))
        with pytest.raises(ReportNotFound):
            sign_card(community.id, card.id, actor_id=stranger.id, words="", seen=seen(card))

    def test_two_workers_sign_once(self, app: Flask) -> None:
        community, person = make_community(), make_volunteer()
        one, other = (make_worker(community=community) for _ in range(2))
        reported(person, community, one)
        served_then(community, person)
        card = drafted(community)
        number, card_id, shown, ids = community.id, card.id, seen(card), (one.id, other.id)
        errands = [
            lambda: sign_card(number, card_id, actor_id=ids[0], words="好", seen=shown),
            lambda: sign_card(number, card_id, actor_id=ids[1], words="很好", seen=shown),
        ]
        assert sorted(map(str, at_once(app, errands))) == sorted(map(str, [None, CardSigned]))

    def test_withdrawing_the_consent_hides_every_card(self) -> None:
        community, unit = make_community(), make_unit()
        worker, person = make_worker(community=community), member_of(unit)
        reported(person, community, worker, unit)
        served_then(community, person)
        card_id = signed(community, worker)
        set_party_membership(person.id, is_member=False)
        db.session.rollback()
        assert list_cards_at(community.id, CardState.SIGNED) == []
        assert list_cards_of_unit(unit.id) == []
        with pytest.raises(CardNotFound):
            get_card_of_person(person.id, card_id)

    def test_a_draft_of_a_report_that_ended_is_not_signed(self) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        reported(person, community, worker)
        served_then(community, person)
        card = drafted(community)
        shown, card_id = seen(card), card.id
        set_party_membership(person.id, is_member=False)
        with pytest.raises(CardNotFound):
            sign_card(community.id, card_id, actor_id=worker.id, words="", seen=shown)
