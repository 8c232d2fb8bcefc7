"""The passbook as its holder reads it: sums in words, lines with proof, corrections struck."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import Area, User
from foundation import clock
from foundation.db import db, transaction
from love_bank.rules import Grade, ServiceFacts
from love_bank.services.crediting import credit, reverse
from tests.makers import make_community, make_volunteer, make_wish
from tests.pages import PageClient
from tests.statements import counted
from volunteers.queries.passbook import PAGE, list_book
from wishes.models import Attendance, Claim, ItemDelivery, Place, Wish
from wishes.rules.kinds import WishKind
from wishes.rules.proof import Proof
from wishes.services.claiming import claim_wish

SignIn = Callable[[User], PageClient]


def serve(
    person: User, community: Area, *, title: str = "换卧室灯泡", minutes: int = 60,
    grade: Grade = Grade.A, days_ago: int = 9, notice_days: int = 3, planned: int | None = None,
) -> tuple[int, ServiceFacts]:  # fmt: skip
    """Let the person serve a wish that is then credited; the entry's id and its facts."""
    user_id, holder, issuer = person.id, person.book_id, community.book_id
    starts = clock.now() - timedelta(days=days_ago)
    wish_id = make_wish(
        community=community, title=title, starts_at=starts, minutes=planned or minutes
    ).id
    with transaction() as session:
        claim = Claim(
            wish_id=wish_id, claimed_by_id=user_id, places=1, live=True, claimed_at=starts
        )
        session.add(claim)
        session.flush()
        place = Place(
            wish_id=wish_id, claim_id=claim.id, user_id=user_id, named_by_id=user_id,
            named_at=starts,
        )  # fmt: skip
        session.add(place)
        session.flush()
        seen = Attendance(
            wish_id=wish_id, user_id=user_id, place_id=place.id, arrived_at=starts,
            arrived_proof=Proof.CODE, left_at=starts + timedelta(minutes=minutes),
            left_proof=Proof.CODE,
        )  # fmt: skip
        session.add(seen)
        session.flush()
        facts = ServiceFacts(
            attendance_id=seen.id, holder=holder, issuer=str(issuer), organisation_id=None,
            wish_id=wish_id, starts_at=starts, ends_at=starts + timedelta(minutes=minutes),
            minutes=minutes, grade=grade, evidence_hash="e" * 64,
        )  # fmt: skip
        at = starts + timedelta(days=1)
        return credit(facts, at=at, notice_days=notice_days), facts


class TestPassbook:
    def test_a_new_book_says_how_it_begins(self, sign_in: SignIn) -> None:
        text = sign_in(make_volunteer()).get("/passbook").text
        assert "存折还是新的" in text
        assert "0 分钟" in text

    def test_a_line_names_the_service_its_proof_and_its_witness(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        serve(me, make_community(name="天图社区"), minutes=90)
        text = sign_in(me).get("/passbook").text
        for words in (
            "1 小时 30 分", "换卧室灯泡", "＋1:30", "扫码", "计划 1 小时 30 分",
            "天图社区记录并核实", "已核实", "☆ 一星 100 小时", "还差 98 小时 30 分",
        ):  # fmt: skip
            assert words in text, words

    def test_the_plan_of_the_wish_stands_beside_what_was_served(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        serve(me, make_community(), minutes=50, planned=120)
        text = sign_in(me).get("/passbook").text
        assert "计划 2 小时" in text
        assert "＋0:50" in text

    def test_a_correction_is_a_line_and_the_new_line_follows(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        entry_id, facts = serve(me, make_community(), title="陪诊", minutes=210)
        with transaction():
            reverse(entry_id, reason_code="late_scan", reason="补扫", at=clock.now())
            credit(
                facts.__class__(**{**facts.__dict__, "minutes": 180}), at=clock.now(), notice_days=3
            )
        text = sign_in(me).get("/passbook").text
        for words in (
            "更正：划去", "－3:30", "对应第 0001 笔", "更正后：陪诊", "已被第 0002 笔划去",
            "3 小时",
        ):  # fmt: skip
            assert words in text, words
        assert "entry-back" in text

    def test_minutes_in_notice_are_said_and_marked(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        serve(me, make_community(), days_ago=2, notice_days=3)
        text = sign_in(me).get("/passbook").text
        assert "其中公示中 1 小时" in text
        assert "公示中，还有 2 天" in text
        assert "entry-pending" in text

    def test_a_given_item_counts_pieces_and_no_minutes(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        wish_id = make_wish(kind=WishKind.ITEM, title="羽绒服一件").id
        claim_id = claim_wish(wish_id, actor_id=me.id)
        with transaction() as session:
            session.add(
                ItemDelivery(
                    wish_id=wish_id, claim_id=claim_id, pieces=1, handed_over_at=clock.now()
                )
            )
        text = sign_in(me).get("/passbook").text
        assert "羽绒服一件" in text
        assert "1 件" in text
        assert "0 分钟" in text

    def test_only_ones_own_lines_are_shown(self, sign_in: SignIn) -> None:
        serve(make_volunteer(), make_community(), title="别人的服务")
        assert "别人的服务" not in sign_in(make_volunteer()).get("/passbook").text

    def test_a_page_costs_the_same_with_one_line_or_with_many(self, sign_in: SignIn) -> None:
        me, community = make_volunteer(), make_community()
        serve(me, community)
        browser = sign_in(me)
        browser.get("/passbook")
        with counted() as few:
            browser.get("/passbook")
        for n in range(5):
            serve(db.session.merge(me), db.session.merge(community), days_ago=20 + n)
        with counted() as many:
            browser.get("/passbook")
        assert len(many) == len(few)

    @pytest.mark.parametrize("before", ["x", "-1", "²", "99999999999999"])
    def test_an_odd_page_number_shows_the_latest(self, sign_in: SignIn, before: str) -> None:
        sign_in(make_volunteer()).get(f"/passbook?before={before}")


@pytest.mark.usefixtures("app")
def test_pages_of_the_book_join_without_a_gap() -> None:
    me, community = make_volunteer(), make_community()
    book_id = me.book_id
    for n in range(5):
        serve(db.session.merge(me), db.session.merge(community), days_ago=20 + n)
    seqs = [row.seq for row in list_book(book_id, limit=3)]
    seqs += [row.seq for row in list_book(book_id, before=seqs[-1], limit=PAGE)]
    assert seqs == [5, 4, 3, 2, 1]
    assert db.session.get(Wish, list_book(book_id)[0].wish_id) is not None
