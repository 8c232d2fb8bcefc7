"""Seven visits a day to one old person: a second look, and a reason over the cap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from foundation.db import db, transaction
from foundation.sealed import door_mark
from tests.makers import make_community, make_wish, make_worker
from tests.wishes.on_the_day import START, now
from wishes.models import PrivateDetails, Wish, WishEvent
from wishes.refusals.changes import DoorOverCap, DoorSeenBefore
from wishes.rules.doors import DoorWord, Visit, monday_of, why_crowded
from wishes.rules.kinds import Category, Venue
from wishes.rules.life import WishState
from wishes.rules.publishing import WishWords
from wishes.services.drafting import edit_wish
from wishes.services.publishing import publish_wish
from wishes.services.writing import words_of

__all__ = ["now"]
SATURDAY = date(2026, 11, 28)
DOOR = "3号楼2单元501"


def visit(day: date = SATURDAY, category: Category = Category.REPAIR) -> Visit:
    return Visit(1, 1, "换灯泡", category, START, day)


class TestTheRule:
    @pytest.mark.parametrize(
        ("visits", "word", "refusal"),
        [
            ([], DoorWord(), None),
            ([visit()], DoorWord(), DoorSeenBefore),
            ([visit()], DoorWord(seen=True), None),
            ([visit()], DoorWord(reason="出院"), None),
            ([visit(category=Category.OTHER)], DoorWord(), None),
            ([visit(day=date(2026, 11, 27))], DoorWord(), None),
            ([visit(day=date(2026, 11, 27))] * 3, DoorWord(), DoorOverCap),
            ([visit(day=date(2026, 11, 27))] * 3, DoorWord(seen=True), DoorOverCap),
            ([visit()] * 9, DoorWord(reason=" "), DoorOverCap),
            ([visit()] * 9, DoorWord(reason="出院"), None),
        ],
    )
    def test_when_one_more_is_too_many(
        self, visits: list[Visit], word: DoorWord, refusal: type | None
    ) -> None:
        said = why_crowded(visits, category=Category.REPAIR, day=SATURDAY, cap=3, word=word)
        assert (type(said) if said else None) is refusal

    @pytest.mark.parametrize("days", range(7))
    def test_the_week_begins_on_monday(self, days: int) -> None:
        assert monday_of(date(2026, 11, 23) + timedelta(days=days)) == date(2026, 11, 23)


def at_door(wish: Wish, door: str = DOOR) -> int:
    """The wish, with its door told."""
    wish_id = wish.id
    with transaction() as session:
        session.add(PrivateDetails(wish_id=wish_id, door=door, door_mark=door_mark(door)))
    return wish_id


@pytest.mark.usefixtures("app", "now")
class TestPublishing:
    def home(self, state: WishState = WishState.DRAFT, **more: object) -> Wish:
        if not hasattr(self, "community"):
            self.community = make_community()
            self.worker = make_worker(community=self.community)
        words = {"community": self.community, "created_by": self.worker, "starts_at": START}
        return make_wish(venue=Venue.HOME, state=state, **(words | more))  # type: ignore[arg-type]

    def words(self, wish_id: int) -> tuple[int, int, WishWords]:
        wish = db.session.get_one(Wish, wish_id, populate_existing=True)
        return wish.created_by_id, wish.version, words_of(wish)

    def test_the_same_visit_that_day_is_shown_first(self) -> None:
        first = at_door(self.home(WishState.OPEN, title="擦窗户"))
        second = at_door(self.home(), "３幢 2单元501室")
        with pytest.raises(DoorSeenBefore) as refused:
            publish_wish(second, actor_id=self.words(second)[0])
        assert [(each.wish_id, each.title) for each in refused.value.visits] == [(first, "擦窗户")]
        by, version, words = self.words(second)
        edit_wish(
            second, actor_id=by, version=version, words=words, publish=True,
            door=DoorWord(seen=True),
        )  # fmt: skip
        assert db.session.get_one(Wish, second).state == WishState.OPEN

    def test_over_the_cap_the_reason_stays_in_the_history(self) -> None:
        for day in range(1, 4):
            at_door(self.home(WishState.OPEN, starts_at=START - timedelta(hours=day)))
        late = at_door(self.home(category=Category.OTHER))
        by, version, words = self.words(late)
        with pytest.raises(DoorOverCap, match="已有 3 次"):
            edit_wish(
                late, actor_id=by, version=version, words=words, publish=True, door=DoorWord()
            )
        edit_wish(
            late, actor_id=by, version=version, words=words, publish=True,
            door=DoorWord(reason="出院第一周"),
        )  # fmt: skip
        why = select(WishEvent.why).where(WishEvent.wish_id == late, WishEvent.what == "publish")
        assert db.session.scalars(why).one() == "出院第一周"

    def test_other_doors_other_weeks_other_communities_do_not_count(self) -> None:
        at_door(self.home(WishState.OPEN), "3号楼2单元502")
        at_door(self.home(WishState.OPEN, starts_at=START + timedelta(days=7)))
        at_door(self.home(WishState.CANCELLED))
        at_door(make_wish(venue=Venue.HOME, starts_at=START))
        mine = at_door(self.home())
        publish_wish(mine, actor_id=self.words(mine)[0])
        assert db.session.get_one(Wish, mine).state == WishState.OPEN
