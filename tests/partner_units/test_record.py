"""The unit's record: what counts, once, and what its sums say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from accounts.models import Organisation
from foundation import clock
from foundation.db import db, transaction
from love_bank.rules import Grade
from partner_units.queries.record import Choice, Record, load_record
from partner_units.rules.periods import Days, Period, days_of
from tests.makers import make_colleague, make_community, make_unit, make_volunteer, make_wish
from tests.partner_units.serving import attendance_of, serve, strike
from tests.served import yesterday
from wishes.models import Claim, ItemDelivery, Wish
from wishes.rules.kinds import Category, WishKind
from wishes.rules.life import WishState

pytestmark = pytest.mark.usefixtures("app")
EVERYTHING = Days(None, None)


@pytest.fixture
def unit() -> Organisation:
    return make_unit()


def done(**words: object) -> Wish:
    return make_wish(state=WishState.VERIFIED, starts_at=yesterday(), headcount=9, **words)  # type: ignore[arg-type]  # a maker's own words


def load(unit: Organisation, **words: object) -> Record:
    choice = Choice(**{"days": EVERYTHING, **words})  # type: ignore[arg-type]  # a test's own words
    return load_record(unit.id, choice, at=clock.now())


def hand_over(
    unit: Organisation, *, pieces: int = 2, state: WishState = WishState.VERIFIED
) -> None:
    wish = make_wish(kind=WishKind.ITEM, title="羽绒服", headcount=pieces, state=state)
    ids = wish.id, unit.id, make_volunteer().id
    with transaction() as session:
        claim = Claim(
            wish_id=ids[0], organisation_id=ids[1], claimed_by_id=ids[2], places=pieces,
            live=True, claimed_at=clock.now(),
        )  # fmt: skip
        session.add(claim)
        session.flush()
        session.add(
            ItemDelivery(
                wish_id=ids[0], claim_id=claim.id, pieces=pieces, handed_over_at=clock.now()
            )
        )


class TestPeriods:
    @pytest.mark.parametrize(
        ("period", "first", "last"),
        [
            (Period.THIS_MONTH, date(2026, 1, 1), date(2026, 1, 31)),
            (Period.LAST_MONTH, date(2025, 12, 1), date(2025, 12, 31)),
            (Period.THIS_QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
            (Period.LAST_QUARTER, date(2025, 10, 1), date(2025, 12, 31)),
            (Period.THIS_YEAR, date(2026, 1, 1), date(2026, 12, 31)),
            (Period.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        ],
    )
    def test_a_period_has_its_days(self, period: Period, first: date, last: date) -> None:
        assert days_of(period, date(2026, 1, 31)) == Days(first, last)

    def test_the_fourth_quarter_ends_with_the_year(self) -> None:
        assert days_of(Period.THIS_QUARTER, date(2026, 11, 22)).last == date(2026, 12, 31)


class TestWhatCounts:
    def test_two_colleagues_on_one_wish_are_one_line(self, unit: Organisation) -> None:
        wish = done()
        people = [make_colleague(unit=unit, name=name) for name in ("王小明", "李喆")]
        serve(wish, people[0], unit)
        serve(wish, people[1], unit, minutes=45, grade=Grade.B)
        record = load(unit)
        line = record.lines[0]
        assert [person.name for person in line.people] == ["王小明", "李喆"]
        assert (line.minutes, line.grades, line.in_notice) == (105, (Grade.A, Grade.B), True)
        assert (record.sums.wishes, record.sums.colleagues) == (1, 2)
        assert (record.sums.minutes, record.sums.scanned) == (105, 60)

    def test_what_a_colleague_claimed_alone_is_their_own(self, unit: Organisation) -> None:
        serve(done(), make_colleague(unit=unit), None)
        assert load(unit).lines == []

    def test_another_units_service_is_not_ours(self, unit: Organisation) -> None:
        serve(done(), make_volunteer(), make_unit())
        assert load(unit).lines == []

    def test_a_reversed_credit_is_gone_and_a_corrected_one_counts_once(
        self, unit: Organisation
    ) -> None:
        wish, person = done(), make_colleague(unit=unit)
        entry = serve(wish, person, unit, minutes=120)
        attendance = attendance_of(entry)
        strike(entry)
        assert load(unit).lines == []
        serve(wish, person, unit, minutes=90, attendance_id=attendance)
        assert load(unit).sums.minutes == 90

    def test_after_the_notice_period_the_mark_goes(self, unit: Organisation) -> None:
        early = clock.now() - timedelta(days=4)
        serve(done(), make_colleague(unit=unit), unit, recorded_at=early)
        assert not load(unit).lines[0].in_notice

    def test_items_count_pieces_once_verified(self, unit: Organisation) -> None:
        hand_over(unit)
        hand_over(unit, state=WishState.REPORTED)
        record = load(unit)
        assert [(line.pieces, line.minutes) for line in record.lines] == [(2, 0)]
        assert (record.sums.pieces, record.sums.colleagues) == (2, 0)

    def test_a_colleague_who_left_is_still_named(self, unit: Organisation) -> None:
        person = make_colleague(unit=unit, name="王小明")
        serve(done(), person, unit)
        with transaction() as session:
            from accounts.models import RosterEntry

            session.query(RosterEntry).one().removed_at = clock.now()
        assert load(unit).lines[0].people[0].name == "王小明"


class TestFilters:
    def test_each_filter_leaves_its_own(self, unit: Organisation) -> None:
        here = make_community()
        a, b = make_colleague(unit=unit), make_colleague(unit=unit)
        serve(done(title="甲", community=here), a, unit)
        serve(done(title="乙", category=Category.LECTURE), b, unit, grade=Grade.C)
        hand_over(unit)
        wanted: list[tuple[dict[str, object], list[str]]] = [
            ({"community_id": here.id}, ["甲"]),
            ({"category": Category.LECTURE}, ["乙"]),
            ({"grade": Grade.C}, ["乙"]),
            ({"user_id": a.id}, ["甲"]),
            ({"user_id": make_volunteer().id}, []),
            ({"kind": WishKind.ITEM}, ["羽绒服"]),
            ({"kind": WishKind.SERVICE, "grade": Grade.A}, ["甲"]),
        ]
        for filters, titles in wanted:
            record = load(unit, **filters)
            assert [line.wish.title for line in record.lines] == titles, filters
            assert record.sums.wishes == len(titles)

    def test_the_days_are_local_and_whole(self, unit: Organisation) -> None:
        day = clock.local_day(yesterday())
        late = make_wish(state=WishState.VERIFIED, starts_at=yesterday(23), headcount=2)
        serve(late, make_colleague(unit=unit), unit)
        assert len(load(unit, days=Days(day, day)).lines) == 1
        before = day - timedelta(days=1)
        assert load(unit, days=Days(before, before)).lines == []


def test_the_record_takes_as_many_statements_for_one_line_as_for_many(unit: Organisation) -> None:
    person = make_colleague(unit=unit)

    def count() -> int:
        seen: list[str] = []

        def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            load(unit)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    serve(done(), person, unit)
    one = count()
    for _n in range(6):
        serve(done(), make_colleague(unit=unit), unit)
    assert count() == one
