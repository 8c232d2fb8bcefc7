"""What a person tells about how they can help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import User
from accounts.queries.skills import get_help
from accounts.refusals.skills import AwayBackwards
from accounts.rules.skills import HelpWords, Skill, Slot, read_slot, split_own_words
from accounts.services.skills import write_help
from tests.makers import make_community, make_volunteer
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("app")
SignIn = Callable[[User], PageClient]


def test_what_was_told_takes_the_place_of_what_stood_there() -> None:
    person = make_volunteer()
    first = HelpWords(frozenset({Skill.LAW}), "磨刀", frozenset({(0, Slot.EVENING)}))
    second = HelpWords(
        frozenset({Skill.COOKING, Skill.HAIRCUT}), "", frozenset(), date(2026, 12, 1), None,
        asks_welcome=False,
    )  # fmt: skip
    for words in (first, second):
        write_help(person.id, words=words)
        assert get_help(person.id) == words


def test_who_told_nothing_may_be_asked() -> None:
    assert get_help(make_volunteer().id) == HelpWords()


def test_days_away_end_after_they_begin() -> None:
    backwards = HelpWords(away_from=date(2026, 12, 3), away_until=date(2026, 12, 1))
    with pytest.raises(AwayBackwards):
        write_help(make_volunteer().id, words=backwards)


@pytest.mark.parametrize("text", ["7-morning", "-1-morning", "0-noon", "", "x"])
def test_a_slot_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_slot(text)


def test_own_words_are_parted() -> None:
    assert split_own_words("磨刀、修自行车，a 理发") == ("磨刀", "修自行车", "理发")


def test_the_page_keeps_skills_and_week(sign_in: SignIn) -> None:
    person = make_volunteer(home=make_community(name="梨园社区"))
    client = sign_in(person)
    assert "写我会的" in client.get("/me").text
    assert "梨园社区" in client.get("/me/skills").text
    client.submit({"skills": ["electrics"], "slots": ["5-morning"], "own_words": "磨刀"})
    told = get_help(person.id)
    assert (told.skills, told.own_words) == (frozenset({Skill.ELECTRICS}), "磨刀")
    assert told.slots == frozenset({(5, Slot.MORNING)})


def test_an_order_of_days_that_cannot_be_is_said(sign_in: SignIn) -> None:
    client = sign_in(make_volunteer())
    client.get("/me/skills")
    client.submit({"away_from": "2026-12-03", "away_until": "2026-12-01"}, status=422)
    assert client.response is not None
    assert "结束要在开始之后" in client.response.text


def test_the_export_holds_it(sign_in: SignIn) -> None:
    person = make_volunteer()
    write_help(person.id, words=HelpWords(frozenset({Skill.LAW}), "磨刀"))
    text = sign_in(person).get("/me/data").text
    assert "law" in text
    assert "磨刀" in text
