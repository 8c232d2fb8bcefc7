"""The desk's pages from report to verification, as a browser without scripts sees them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from tests.makers import make_community, make_street, make_supervisor, make_volunteer, make_worker
from tests.pages import PageClient
from tests.pictures import jpeg
from tests.served import (
    kept_photo,
    make_attendance,
    make_reported_wish,
    make_served_wish,
    served_minutes,
    state_of,
)
from wishes.models import Photo, Report, Wish
from wishes.rules.batching import must_open
from wishes.rules.kinds import PhotoPurpose
from wishes.rules.life import WishState
from wishes.rules.proof import Proof
from wishes.services.reporting import hand_in_report

SignIn = Callable[[User], PageClient]
TAPPED = (Proof.TAP, Proof.TAP)


def at(wish: Wish, page: str) -> str:
    return f"/desk/{wish.community_id}/wishes/{wish.id}/{page}"


class TestReportPage:
    def test_a_worker_reports_with_a_picture(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        make_attendance(wish)
        client = sign_in(make_worker(community=wish.community))
        assert "1 小时" in client.get(at(wish, "report")).text
        client.submit({"text": "换好了灯泡", "after": (jpeg(), "灯.jpg")}, follow=False, status=302)
        assert state_of(wish) == WishState.REPORTED
        assert db.session.scalars(select(Photo.purpose)).one() == PhotoPurpose.AFTER

    def test_a_refused_report_keeps_the_words_and_no_file(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        make_attendance(wish)
        client = sign_in(make_worker(community=wish.community))
        client.get(at(wish, "report"))
        answer = client.submit(
            {
                "text": "换好了灯泡",
                "after": (jpeg(), "灯.jpg"),
                "before": (BytesIO(b"1"), "字.txt"),
            },
            status=422,
        )
        assert "换好了灯泡" in answer.text
        assert "字.txt" in answer.text
        assert db.session.scalars(select(Photo)).all() == []

    def test_nothing_written_says_what_to_write(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        make_attendance(wish)
        client = sign_in(make_worker(community=wish.community))
        client.get(at(wish, "report"))
        assert "请写一两句" in client.submit({"text": ""}, status=422).text

    def test_a_stranger_finds_no_report_page(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        for stranger in (make_volunteer(), make_worker(community=make_community())):
            sign_in(stranger).get(at(wish, "report"), status=404)


class TestVerifyPage:
    def test_one_tap_verifies(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        person = make_attendance(wish)
        make_reported(wish)
        client = sign_in(make_worker(community=wish.community))
        client.get(at(wish, "verify"))
        answer = client.submit({"decision": "accepted"})
        assert "1 小时记入存折" in answer.text
        assert served_minutes(person) == 60

    def test_the_reporter_reads_why_not(self, sign_in: SignIn) -> None:
        wish = make_reported_wish()
        reporter = db.session.scalars(select(Report)).one().reported_by
        client = sign_in(reporter)
        assert "要请另一位工作人员核实" in client.get(at(wish, "verify")).text
        assert client.post(at(wish, "verify"), {"decision": "accepted"}).status_code == 403

    def test_sending_back_asks_for_a_reason_and_keeps_the_page(self, sign_in: SignIn) -> None:
        wish = make_reported_wish()
        client = sign_in(make_worker(community=wish.community))
        client.get(at(wish, "verify"))
        assert "请写一句原因" in client.submit({"decision": "again"}, status=422).text
        client.submit({"decision": "again", "reason": "照片看不清"})
        assert state_of(wish) == WishState.IN_SERVICE

    def test_the_call_back_opens_the_way(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        person = make_attendance(wish, proofs=TAPPED)
        make_reported(wish, with_photo=True)
        client = sign_in(make_worker(community=wish.community))
        client.get(at(wish, "verify"))
        assert "还没有居民证实" in client.submit({"decision": "accepted"}, status=409).text
        client.submit(action="call-back")
        client.submit({"decision": "accepted"})
        assert served_minutes(person) == 60

    def test_the_street_verifies_and_goes_back_to_its_list(self, sign_in: SignIn) -> None:
        street = make_street()
        wish = make_reported_wish(community=make_community(street=street))
        client = sign_in(make_supervisor(street=street))
        assert wish.title in client.get(f"/oversight/{street.id}/verification").text
        client.get(f"{at(wish, 'verify')}?street={street.id}")
        assert "没有要街道核实的" in client.submit({"decision": "accepted"}).text
        assert state_of(wish) == WishState.VERIFIED


class TestTogether:
    def test_small_services_are_verified_with_one_button(self, sign_in: SignIn) -> None:
        community = make_community()
        wishes = [make_reported_wish(community=community) for _ in range(6)]
        client = sign_in(make_worker(community=community))
        page = client.get(f"/desk/{community.id}/verification").text
        small = [wish for wish in wishes if not must_open(wish.gate_secret, latest(wish))]
        assert all(f'id="wish-{wish.id}"' in page for wish in small)
        client.submit({"wishes": [str(wish.id) for wish in wishes]})
        states = {wish.id: state_of(wish) for wish in wishes}
        verified = {wish.id for wish in small}
        assert {i for i, state in states.items() if state == WishState.VERIFIED} == verified

    def test_nothing_ticked_says_so(self, sign_in: SignIn) -> None:
        community = make_community()
        wishes = [make_reported_wish(community=community) for _ in range(6)]
        client = sign_in(make_worker(community=community))
        client.get(f"/desk/{community.id}/verification")
        assert "请先勾选" in client.submit().text
        assert {state_of(wish) for wish in wishes} == {WishState.REPORTED}

    def test_an_empty_list_says_so(self, sign_in: SignIn) -> None:
        community = make_community()
        page = sign_in(make_worker(community=community)).get(f"/desk/{community.id}/verification")
        assert "没有待核实的" in page.text


def latest(wish: Wish) -> int:
    return db.session.scalars(select(Report.id).where(Report.wish_id == wish.id)).one()


def make_reported(wish: Wish, *, with_photo: bool = False) -> None:
    hand_in_report(
        wish.id, actor_id=make_worker(community=wish.community).id, text="做好了",
        after=[kept_photo()] if with_photo else [],
    )  # fmt: skip


@pytest.mark.usefixtures("app")
def test_the_sample_does_not_change_on_reload() -> None:
    wish = make_reported_wish()
    answers = {must_open(wish.gate_secret, latest(wish)) for _ in range(5)}
    assert len(answers) == 1
