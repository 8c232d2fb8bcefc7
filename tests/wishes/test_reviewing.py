"""A second person looks before publishing, and a wish asks for an age or a skill."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from accounts.models import Area, User
from accounts.refusals.skills import BirthYearWrong
from accounts.rules.skills import Skill
from foundation.db import db, transaction
from foundation.refusal import NotFound
from tests.makers import (
    make_community,
    make_coordinator,
    make_street,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.races import at_once
from tests.wishes.menu import order_words, tells, told
from wishes.models import Wish, WishReview
from wishes.refusals.caring import (
    AgeUnknown,
    OwnReview,
    PublishFirst,
    ReasonMissing,
    ReviewIsOver,
    SkillMissing,
    TooYoung,
    WaitsForReview,
)
from wishes.refusals.publishing import WishIncomplete
from wishes.rules.caring import Care
from wishes.services.claiming import claim_wish
from wishes.services.drafting import draft_wish, edit_wish
from wishes.services.inviting import invite
from wishes.services.publishing import publish_wish
from wishes.services.reviewing import pass_review, return_draft
from wishes.services.writing import words_of

pytestmark = pytest.mark.usefixtures("app")


def careful_place() -> tuple[Area, User, User]:
    """A community whose street asks for a second look, the author and a colleague."""
    street = make_street()
    home = make_community(street=street)
    author, colleague = make_worker(community=home), make_worker(community=home)
    street_id = street.id
    with transaction() as session:
        session.get_one(Area, street_id).second_look = True
    return home, author, colleague


def handed_in() -> tuple[int, User, User]:
    home, author, colleague = careful_place()
    wish_id = draft_wish(home.id, actor_id=author.id, words=order_words(), publish=True)
    return wish_id, author, colleague


def state_of(wish_id: int) -> tuple[str, list[str]]:
    db.session.rollback()
    rows = db.session.query(WishReview).filter_by(wish_id=wish_id).order_by(WishReview.id)
    return str(db.session.get_one(Wish, wish_id).state), [str(row.state) for row in rows]


class TestASecondLook:
    def test_publishing_hands_in_and_a_colleague_publishes(self) -> None:
        wish_id, author, colleague = handed_in()
        assert state_of(wish_id) == ("draft", ["waiting"])
        assert told("to_review") == {colleague.id}
        pass_review(wish_id, actor_id=colleague.id)
        assert state_of(wish_id) == ("open", ["passed"])
        assert told("review_passed") == {author.id}

    def test_elsewhere_nobody_waits(self) -> None:
        home = make_community()
        worker = make_worker(community=home)
        wish_id = draft_wish(home.id, actor_id=worker.id, words=order_words(), publish=True)
        assert state_of(wish_id) == ("open", [])

    def test_the_author_cannot_pass_their_own(self) -> None:
        wish_id, author, _colleague = handed_in()
        with pytest.raises(OwnReview):
            pass_review(wish_id, actor_id=author.id)
        with pytest.raises(OwnReview):
            return_draft(wish_id, actor_id=author.id, reason="不好")
        assert state_of(wish_id) == ("draft", ["waiting"])

    def test_nor_whoever_handed_it_in(self) -> None:
        home, author, colleague = careful_place()
        wish_id = draft_wish(home.id, actor_id=author.id, words=order_words())
        publish_wish(wish_id, actor_id=colleague.id)
        for person in (author, colleague):
            with pytest.raises(OwnReview):
                pass_review(wish_id, actor_id=person.id)
        boss_street = home.parent
        assert boss_street is not None
        pass_review(wish_id, actor_id=make_supervisor(street=boss_street).id)
        assert state_of(wish_id) == ("open", ["passed"])

    def test_strangers_find_nothing(self) -> None:
        wish_id, _author, _colleague = handed_in()
        with pytest.raises(NotFound):
            pass_review(wish_id, actor_id=make_worker(community=make_community()).id)

    def test_a_return_needs_a_reason_and_the_draft_is_handed_in_anew(self) -> None:
        wish_id, author, colleague = handed_in()
        with pytest.raises(ReasonMissing):
            return_draft(wish_id, actor_id=colleague.id, reason="  ")
        return_draft(wish_id, actor_id=colleague.id, reason="请写清集合点")
        assert state_of(wish_id) == ("draft", ["returned"])
        assert told("review_returned") == {author.id}
        with pytest.raises(ReviewIsOver):
            pass_review(wish_id, actor_id=colleague.id)
        publish_wish(wish_id, actor_id=author.id)
        assert state_of(wish_id) == ("draft", ["returned", "waiting"])

    def test_handed_in_once(self) -> None:
        wish_id, author, _colleague = handed_in()
        with pytest.raises(WaitsForReview):
            publish_wish(wish_id, actor_id=author.id)

    def test_what_is_changed_has_not_been_looked_at(self) -> None:
        wish_id, author, colleague = handed_in()
        wish = db.session.get_one(Wish, wish_id)
        words, version = replace(words_of(wish), title="给老人理发"), wish.version
        edit_wish(wish_id, actor_id=author.id, version=version, words=words)
        assert state_of(wish_id) == ("draft", ["withdrawn"])
        with pytest.raises(ReviewIsOver):
            pass_review(wish_id, actor_id=colleague.id)

    def test_a_draft_is_offered_to_nobody_before_it(self) -> None:
        home, author, _colleague = careful_place()
        wish_id = draft_wish(home.id, actor_id=author.id, words=order_words())
        unit = make_unit(home=home)
        make_coordinator(unit=unit)
        with pytest.raises(PublishFirst):
            invite(wish_id, actor_id=author.id, organisation_id=unit.id)

    def test_two_colleagues_at_once_decide_once(self, app: Flask) -> None:
        wish_id, _author, colleague = handed_in()
        home = db.session.get_one(Wish, wish_id).community
        other, first = make_worker(community=home).id, colleague.id

        def publish() -> int:
            return pass_review(wish_id, actor_id=first)

        def give_back() -> int:
            return return_draft(wish_id, actor_id=other, reason="再改改")

        answers = at_once(app, [publish, give_back])
        assert answers.count(None) == 1
        assert ReviewIsOver in answers
        assert state_of(wish_id)[1] == [["passed"], ["returned"]][answers.index(None)]


class TestRisk:
    def test_a_risky_wish_is_not_published_without_its_two_notes(self) -> None:
        home = make_community()
        worker, words = make_worker(community=home).id, order_words(title="擦玻璃")
        with pytest.raises(WishIncomplete) as refused:
            draft_wish(home.id, actor_id=worker, words=words, publish=True)
        assert [name for name, _said in refused.value.missing] == ["risk_note", "insurance_note"]
        care = Care(risk_note="有人扶", insurance_note="社区投保")
        wish_id = draft_wish(home.id, actor_id=worker, words=words, care=care, publish=True)
        assert state_of(wish_id) == ("open", [])


class TestTheGate:
    def gated(self, **care: object) -> int:
        home = make_community()
        worker = make_worker(community=home)
        return draft_wish(
            home.id, actor_id=worker.id, words=order_words(), care=Care(**care),  # type: ignore[arg-type]
            publish=True,
        )  # fmt: skip

    def test_an_age_that_nobody_told(self) -> None:
        wish_id, person = self.gated(min_age=18), make_volunteer()
        with pytest.raises(AgeUnknown):
            claim_wish(wish_id, actor_id=person.id)
        tells(person, birth_year=1990)
        claim_wish(wish_id, actor_id=person.id)

    def test_too_young(self) -> None:
        wish_id, person = self.gated(min_age=18), make_volunteer()
        tells(person, birth_year=2012)
        with pytest.raises(TooYoung):
            claim_wish(wish_id, actor_id=person.id)

    def test_a_skill(self) -> None:
        wish_id, person = self.gated(skill=Skill.ELECTRICS), make_volunteer()
        with pytest.raises(SkillMissing):
            claim_wish(wish_id, actor_id=person.id)
        tells(person, Skill.ELECTRICS)
        claim_wish(wish_id, actor_id=person.id)

    @pytest.mark.parametrize("year", [0, 1899, 2099])
    def test_no_living_persons_year(self, year: int) -> None:
        with pytest.raises(BirthYearWrong):
            tells(make_volunteer(), birth_year=year)

    def test_a_wish_for_everybody_asks_nothing(self) -> None:
        claim_wish(make_wish().id, actor_id=make_volunteer().id)
