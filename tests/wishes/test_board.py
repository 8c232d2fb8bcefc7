"""The wall: what it shows, in which order, and at what price."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from foundation import clock
from tests.makers import make_community, make_street, make_volunteer, make_wish
from tests.pages import PageClient
from tests.statements import counted
from wishes.queries.board import PAGE, list_cards, list_near
from wishes.rules.board import Filter, Mark, Show, read_mark, write_mark
from wishes.rules.kinds import Category, Provision, WishKind
from wishes.rules.life import WishState


def shown(**chosen: object) -> list[int]:
    return [card.id for card in list_cards(Filter(**chosen), at=clock.now())]  # type: ignore[arg-type]


def soon(hours: float) -> datetime:
    return clock.now() + timedelta(hours=hours)


@pytest.mark.usefixtures("app")
class TestListCards:
    def test_open_wishes_come_by_their_start(self) -> None:
        late, early = make_wish(starts_at=soon(30)).id, make_wish(starts_at=soon(3)).id
        assert shown() == [early, late]

    @pytest.mark.parametrize("state", [s for s in WishState if s is not WishState.OPEN])
    def test_only_open_wishes_need_people(self, state: WishState) -> None:
        make_wish(state=state)
        assert shown() == []

    def test_an_open_wish_that_has_begun_is_not_offered(self) -> None:
        make_wish(starts_at=soon(-0.1))
        assert shown() == []

    def test_now_means_within_two_days(self) -> None:
        near = make_wish(starts_at=soon(47)).id
        make_wish(starts_at=soon(49))
        assert shown(show=Show.NOW) == [near]

    def test_a_filled_and_a_running_wish_are_under_way(self) -> None:
        filled = make_wish(state=WishState.FILLED).id
        running = make_wish(state=WishState.IN_SERVICE).id
        make_wish()
        assert shown(show=Show.RUNNING) == [filled, running]

    def test_what_is_done_is_read_backwards(self) -> None:
        old = make_wish(state=WishState.VERIFIED, starts_at=soon(-90)).id
        new = make_wish(state=WishState.VERIFIED, starts_at=soon(-9)).id
        assert shown(show=Show.DONE) == [new, old]

    def test_category_and_items_narrow(self) -> None:
        elderly = make_wish(category=Category.ELDERLY).id
        item = make_wish(kind=WishKind.ITEM).id
        assert shown(category=Category.ELDERLY) == [elderly]
        assert shown(items_only=True) == [item]

    def test_a_street_holds_its_communities(self) -> None:
        street = make_street()
        street_id = street.id
        here = make_community(street=street)
        here_id = here.id
        mine, other = make_wish(community=here).id, make_wish().id
        assert shown(area_id=here_id) == shown(area_id=street_id) == [mine]
        assert set(shown()) == {mine, other}

    @pytest.mark.parametrize("show", [Show.WAITING, Show.RUNNING, Show.DONE])
    def test_pages_join_without_a_gap_or_a_repeat(self, show: Show) -> None:
        states = {
            Show.WAITING: [WishState.OPEN], Show.DONE: [WishState.VERIFIED],
            Show.RUNNING: [WishState.FILLED, WishState.IN_SERVICE, WishState.REPORTED],
        }[show]  # fmt: skip
        community = make_community()
        for n in range(7):
            make_wish(
                community=community, starts_at=soon(5 + n // 3), state=states[n % len(states)]
            )
        chosen, at = Filter(show=show), clock.now()
        whole = [card.id for card in list_cards(chosen, at=at)]
        pages: list[int] = []
        mark: Mark | None = None
        while rows := list_cards(chosen, at=at, after=mark, limit=2):
            pages += [row.id for row in rows]
            last = rows[-1]
            mark = read_mark(write_mark(Mark(last.state, last.starts_at, last.id)))
        assert (len(whole), pages) == (7, whole)


@pytest.mark.usefixtures("app")
def test_near_means_the_community_first_then_the_street() -> None:
    street = make_street()
    here = make_community(street=street)
    there = make_community(street=street)
    here_id, there_id = here.id, there.id
    full = make_wish(community=here, state=WishState.FILLED, category=Category.REPAIR)
    next_door = make_wish(community=there, category=Category.REPAIR).id
    unlike = make_wish(community=here, category=Category.HEALTH).id
    alike = make_wish(community=here, category=Category.REPAIR).id
    make_wish()
    found = list_near(full, at=clock.now(), user_id=None)
    assert [card.id for card in found] == [alike, unlike, next_door]
    assert [card.community_id for card in found] == [here_id, here_id, there_id]


class TestBoardPage:
    def test_one_statement_draws_the_wall_for_a_visitor(self, client: PageClient) -> None:
        community = make_community()
        for _n in range(5):
            make_wish(community=community, tools=[("梯子", Provision.BRING)])
        with counted() as statements:
            client.get("/")
        assert len(statements) == 1, statements

    def test_a_card_says_what_when_where_and_who_is_missing(self, client: PageClient) -> None:
        make_wish(
            title="换卧室灯泡", headcount=2, community=make_community(name="天图社区"),
            public_place="梨园一网格", tools=[("螺丝刀", Provision.BRING)],
        )  # fmt: skip
        text = client.get("/").text
        for words in ("换卧室灯泡", "天图社区", "梨园一网格", "螺丝刀", "自带", "还差 2 人"):
            assert words in text, words

    def test_an_item_says_where_to_and_until_when(self, client: PageClient) -> None:
        make_wish(kind=WishKind.ITEM, title="羽绒服一件", public_place="党群服务中心")
        text = client.get("/?kind=items").text
        assert "送到" in text
        assert "还差 1 件" in text

    def test_an_empty_wall_says_what_to_do(self, client: PageClient) -> None:
        assert "现在没有缺人的心愿" in client.get("/").text
        assert "没有找到合适的心愿" in client.get("/?q=灯泡").text

    def test_twenty_a_page_and_a_link_onward(self, client: PageClient) -> None:
        community = make_community()
        for n in range(PAGE + 2):
            make_wish(community=community, title=f"心愿{n:03d}", starts_at=soon(5 + n))
        client.get("/")
        assert client.page is not None
        onward = next(link for link in client.page.links if "after=" in link)
        text = client.get(onward).text
        assert "心愿020" in text
        assert "心愿019" not in text

    @pytest.mark.parametrize(
        "query",
        ["show=nope", "kind=x&area=²", "area=99999999999999999999", "after=a.b.c", "after=.."],
    )
    def test_an_odd_address_shows_the_wall(self, client: PageClient, query: str) -> None:
        client.get(f"/?{query}")

    def test_an_unknown_area_is_not_found(self, client: PageClient) -> None:
        client.get("/?area=987654", status=404)

    def test_ones_own_community_is_one_tap_away(self, app: Flask) -> None:
        home = make_community(name="天图社区", street=make_street(name="梨园街道"))
        person = make_volunteer(home=home)
        text = PageClient(app).signed_in_as(person).get("/").text
        assert "天图社区" in text
        assert "梨园街道" in text
