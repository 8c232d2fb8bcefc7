"""A visitor's wall is kept, and never a word older than the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.makers import make_volunteer, make_wish
from tests.pages import PageClient
from tests.statements import counted
from wishes.services.claiming import claim_wish
from wishes.views import kept_pages

one_database = pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    kept_pages._kept.clear()


def marks(client: PageClient) -> tuple[str, str]:
    answer = client.get("/")
    return answer.headers["ETag"], answer.text


def test_a_claim_is_seen_by_the_next_visitor(client: PageClient) -> None:
    wish = make_wish(headcount=3, title="换楼道灯泡")
    mark, page = marks(client)
    assert "还差 3 人" in page
    claim_wish(wish.id, actor_id=make_volunteer().id)
    again = client.open("/", headers={"If-None-Match": mark})
    assert again.status_code == 200
    assert "还差 2 人" in again.text


def test_a_browser_that_has_the_page_is_told_so(client: PageClient) -> None:
    make_wish()
    mark, _page = marks(client)
    assert client.open("/", headers={"If-None-Match": mark}).status_code == 304


@one_database
def test_the_second_visitor_asks_the_database_nothing(client: PageClient) -> None:
    make_wish()
    client.get("/")
    with counted() as seen:
        client.get("/")
    assert seen == []


def test_who_reads_otherwise_gets_another_page(client: PageClient) -> None:
    make_wish()
    chinese, english = marks(client)[1], PageClient(client.app)
    english.open("/language", method="POST", data={"language": "en"})
    assert 'lang="en"' in english.get("/").text
    assert 'lang="zh-Hans"' in chinese


def test_a_wish_leaves_the_wall_when_its_time_comes(client: PageClient) -> None:
    wish = make_wish(title="换楼道灯泡")
    assert "换楼道灯泡" in client.get("/").text
    assert wish.starts_at is not None
    with time_machine.travel(wish.starts_at + timedelta(minutes=2)):
        assert "换楼道灯泡" not in client.get("/").text


def test_the_page_of_a_signed_in_person_is_nobody_elses(client: PageClient, sign_in: Any) -> None:
    make_wish()
    person = make_volunteer(name="欧阳𠮷祥")
    assert "欧阳𠮷祥" in sign_in(person).get("/").text
    assert "欧阳𠮷祥" not in client.get("/").text
    assert "ETag" not in sign_in(person).get("/").headers


def test_a_visitors_wall_holds_no_token_and_leaves_no_cookie(client: PageClient) -> None:
    make_wish()
    answer = client.get("/")
    assert "csrf_token" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_oldest_pages_go_when_there_are_too_many(client: PageClient) -> None:
    for number in range(kept_pages.MOST + 2):
        kept_pages._keep(("", f"/?q={number}", None, False), kept_pages.Kept(2, 1, b"", ""))
    assert len(kept_pages._kept) <= kept_pages.MOST
