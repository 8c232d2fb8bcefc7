"""What neighbours want most, how content residents are, and what is answered again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from foundation.db import db
from wishes.models import Ask
from wishes.rules.life import ASK_OPEN, AskState
from wishes.rules.rating import Grade, RatedBy, RatingWords
from wishes.services.following_up import answer_again, finish_passed_on
from wishes.services.rating import enter_ask_rating, rate_by_code
from wishes.services.supporting import support_ask

if TYPE_CHECKING:
    from app.demo.month import Month

BACKED = (7, 3, 11, 1, 5, 0, 2)  # how many neighbours want each public ask, in their order
CONTENT = {  # by the title of the ask
    "快递柜晚上太暗": RatingWords(Grade.BAD, "等了一个星期，灯还没装。"),
    "垃圾桶周围总有水": RatingWords(Grade.BAD, "冲完水还是往路中间流。"),
    "卧室灯泡坏了，够不着": RatingWords(Grade.GOOD, "两个年轻人换得快，还把灯罩擦了。"),
    "楼前花坛草太高": RatingWords(Grade.FAIR, "草割了，边上还剩一点。"),
}
ON_PAPER = "水龙头滴水"
AGAIN = {"垃圾桶周围总有水": "今天请人垫高了地面，水往沟里走了，请再看看。"}
FINISHED = {"路口井盖响得厉害": "市政换了新的防响井盖，井圈也重新砌过。"}


def tell_opinions(month: Month) -> None:
    """Put 附议, ratings and second answers on the timeline."""
    add, at = month.timeline.add, month.days.at
    add(at(-3, 20), partial(_back, month))
    add(at(-2, 10), partial(_finish, month))
    add(at(-2, 19), partial(_rate, month))
    add(at(-1, 10), partial(_answer_again, month))


def _asks(*titles: str) -> list[Ask]:
    query = db.select(Ask).order_by(Ask.id)
    return list(db.session.scalars(query.where(Ask.title.in_(titles)) if titles else query))


def _back(month: Month) -> None:
    """Neighbours with an account back what is public, some asks more than others."""
    public = [
        (ask.community_id, ask.id) for ask in _asks() if ask.is_public and ask.state in ASK_OPEN
    ]
    for place, (community_id, ask_id) in enumerate(public):
        for person in month.town.volunteer_ids[: BACKED[place % len(BACKED)]]:
            support_ask(community_id, ask_id, actor_id=person)


def _finish(month: Month) -> None:
    for ask_id, worker, title in _with_workers(month, *FINISHED):
        finish_passed_on(ask_id, actor_id=worker, done=FINISHED[title])


def _rate(month: Month) -> None:
    """By the follow code, and once by staff from the paper slip."""
    ready = (AskState.ANSWERED, AskState.DONE)
    codes = [(ask.code, CONTENT[ask.title]) for ask in _asks(*CONTENT) if ask.state in ready]
    for code, words in codes:
        rate_by_code(code, words=words)
    for ask_id, worker, _title in _with_workers(month, ON_PAPER):
        if db.session.get_one(Ask, ask_id).state in ready:
            words = RatingWords(Grade.GOOD, "不滴了。")
            enter_ask_rating(ask_id, actor_id=worker, channel=RatedBy.PAPER, words=words)


def _answer_again(month: Month) -> None:
    for ask_id, worker, title in _with_workers(month, *AGAIN):
        answer_again(ask_id, actor_id=worker, reply=AGAIN[title])


def _with_workers(month: Month, *titles: str) -> list[tuple[int, int, str]]:
    """Asks with a worker of their community, in plain values."""
    workers = {each.id: each.verifier() for each in month.town.communities}
    return [(ask.id, workers[ask.community_id], ask.title) for ask in _asks(*titles)]
