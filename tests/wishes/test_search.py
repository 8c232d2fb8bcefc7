"""Search finds what LIKE finds, on both databases, and only what the wall shows."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.services.areas import AreaCard, change_area
from foundation import clock
from foundation.db import db, transaction
from foundation.search_text import fold, words
from tests.makers import make_community, make_volunteer, make_wish
from wishes.models import Wish
from wishes.queries import search
from wishes.queries.board import list_cards
from wishes.queries.search import find_words
from wishes.rules.board import Filter
from wishes.rules.kinds import Category, Provision
from wishes.rules.life import WishState
from wishes.services.indexing import index_wish, text_of

LETTERS = st.sampled_from("灯泡换广场3号A１𠮷喆é_%' ")


def indexed(**words: object) -> int:
    number = make_wish(**words).id  # type: ignore[arg-type]  # the maker's own words
    with transaction():
        index_wish(db.session.get_one(Wish, number))
    return number


def found_by(query: str) -> set[int]:
    return {card.id for card in list_cards(Filter(words=query), at=clock.now())}


@pytest.mark.usefixtures("app")
class TestIndexWish:
    def test_a_wish_is_found_by_two_characters_of_its_title(self) -> None:
        number = indexed(title="换卧室灯泡")
        assert found_by("灯泡") == {number}

    def test_a_wish_is_found_by_place_community_category_and_tool(self) -> None:
        number = indexed(
            community=make_community(name="天图社区"), public_place="中心广场3号门",
            category=Category.HEALTH, tools=[("血压计", Provision.BRING)],
        )  # fmt: skip
        for query in ("天图", "广场3", "健康医疗", "血压计", "天图 血压"):
            assert found_by(query) == {number}, query

    def test_a_changed_title_is_found_by_its_new_words_only(self) -> None:
        number = indexed(title="换卧室灯泡")
        with transaction():
            wish = db.session.get_one(Wish, number)
            wish.title = "修水龙头"
            index_wish(wish)
        assert (found_by("水龙头"), found_by("灯泡")) == ({number}, set())

    def test_a_draft_is_not_on_the_wall(self) -> None:
        indexed(title="换卧室灯泡", state=WishState.DRAFT)
        assert found_by("灯泡") == set()

    def test_a_renamed_community_is_indexed_again(self) -> None:
        community = make_community(name="旧名社区")
        number = indexed(community=community)
        operator = make_volunteer(is_operator=True)
        change_area(community.id, card=AreaCard(name="新居社区"), actor_id=operator.id)
        assert (found_by("新居"), found_by("旧名")) == ({number}, set())

    def test_a_search_of_spaces_shows_everything(self) -> None:
        number = indexed()
        assert found_by("  ") == {number}


@pytest.mark.usefixtures("app")
def test_common_and_rare_words_are_found_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = {indexed(title=title) for title in ("换灯泡一", "换灯泡二", "换灯泡三")}
    rare = find_words("灯泡")
    monkeypatch.setattr(search, "COMMON", 1)
    common = find_words("灯泡")
    assert rare is not None
    assert common is not None
    assert (rare.rare, common.rare) == (True, False)
    assert found_by("灯泡") == ids


def test_results_equal_like(app: Flask) -> None:
    ids = [indexed(title=t) for t in ("换灯泡3号", "广场A１喆", "𠮷_é 换号", "灯 泡%3'")]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(query=st.text(LETTERS, min_size=1, max_size=4))
    def check(query: str) -> None:
        texts = {w.id: fold(text_of(w)) for w in db.session.scalars(select(Wish))}
        like = {n for n in ids if all(word in texts[n] for word in words(query))}
        assert found_by(query) == like

    check()
