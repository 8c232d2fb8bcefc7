"""How long the community took to reply, and what it said later, in the reader's language."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import gettext as _

from foundation import clock, labels
from foundation.refusal import N_
from wishes.models import Ask, Rating
from wishes.queries.ratings import find_later_replies
from wishes.rules.life import AskMove
from wishes.rules.rating import GRADE_LABELS, RATED_BY_LABELS, Grade, RatedBy
from wishes.rules.supporting import Unit, reply_time

TOOK = {
    Unit.MINUTES: N_("%(n)s 分钟内答复"),
    Unit.HOURS: N_("%(n)s 小时内答复"),
    Unit.WORKING_DAYS: N_("%(n)s 个工作日内答复"),
}
LATER = {AskMove.FINISH: N_("办理结果"), AskMove.ANSWER_AGAIN: N_("二次答复")}


class Later(NamedTuple):
    """One later reply."""

    title: str
    text: str
    when_label: str


class Verdict(NamedTuple):
    """A rating as pages show it."""

    grade: str
    words: str
    note: str


def reply_note(ask: Ask) -> str | None:
    """'3 小时内答复', None while nobody replied."""
    if ask.replied_at is None:
        return None
    took = reply_time(ask.asked_at, ask.replied_at, zone=clock.zone())
    return str(_(TOOK[took.unit], n=took.number))


def later_replies(ask_id: int) -> list[Later]:
    """What was said after the first reply, in its order."""
    found = sorted(find_later_replies(ask_id).items(), key=lambda each: each[1].id)
    return [Later(_(LATER[what]), reply.text, labels.when(reply.at)) for what, reply in found]


def verdict_of(rating: Rating | None, *, named: bool = False) -> Verdict | None:
    """A rating's grade, words, and how it came; who entered it is named for staff only."""
    if rating is None:
        return None
    note = f"{_(RATED_BY_LABELS[RatedBy(rating.channel)])} · {labels.when(rating.at)}"
    if named and rating.entered_by is not None:
        note = f"{note} · {rating.entered_by.name}"
    return Verdict(_(GRADE_LABELS[Grade(rating.grade)]), rating.words, note)
