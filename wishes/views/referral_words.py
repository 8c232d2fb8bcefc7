"""Referrals in words: the way one took, its record, and lines of a desk's list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from foundation import clock, labels
from wishes.models import Leg, Press, Referral
from wishes.queries.overdue import late_of_legs
from wishes.queries.people import name_people
from wishes.queries.presses import is_private, pressed_title, receiver_of_press
from wishes.queries.referrals import Place, list_legs_at, list_referral_events, receiver_of
from wishes.rules.history import OTHER_EVENT
from wishes.rules.life import Light
from wishes.rules.pressing import PRESS_LABELS, PRESS_LIGHTS, PressState
from wishes.rules.referrals import (
    HELD,
    LEG_LABELS,
    LEG_LIGHTS,
    REFERRAL_EVENT_LABELS,
    WAY_LABELS,
    LegState,
    Way,
)

DONE = (LegState.CONFIRMED, LegState.RETURNED)
FEW = 20


class RecordLine(NamedTuple):
    """One line of the timeline."""

    when_label: str
    title: str
    who_label: str | None
    text: str | None


class Line(NamedTuple):
    """One thing of a list, as the todo macro draws it."""

    title: str
    note: str
    url: str
    light: Light
    light_word: str
    late: str | None = None
    link_url: str | None = None
    link_label: str | None = None
    quiet: bool = True


class Group(NamedTuple):
    """A heading and its lines."""

    title: str
    lines: list[Line]


def path_words(referral: Referral) -> str:
    """'梨园社区 → 梨园街道 → 城管办': through whose hands it went, returns left out."""
    held = (*HELD, LegState.CONFIRMED)
    names = [receiver_of(leg).name for leg in referral.legs if leg.state in held]
    return " → ".join([referral.community.name, *names])


def record_lines(referral_id: int) -> list[RecordLine]:
    """The whole record, the latest first: what, by whom for which place, with which words."""
    events = list_referral_events(referral_id)
    names = name_people(event.actor_id for event in events)
    words: dict[str, str] = {str(code): word for code, word in REFERRAL_EVENT_LABELS.items()}
    return [
        RecordLine(
            labels.when(event.at),
            _(
                "%(place)s：%(what)s",
                place=event.place, what=_(words.get(event.what, OTHER_EVENT)),
            ),
            names.get(event.actor_id) or _("系统"),
            _(event.why) if event.why else None,
        )
        for event in reversed(events)
    ]  # fmt: skip


def late_words(days: int) -> str | None:
    """'超期 2 个工作日', None in time."""
    return _("超期 %(days)s 个工作日", days=days) if days else None


def groups_of(place: Place) -> list[Group]:
    """What waits for a place, what others have in hand for it, and what is over."""
    mine = list_legs_at(place, [LegState.SENT, LegState.ACCEPTED])
    out = [] if place.unit_id else list_legs_at(place, HELD, sent=True)
    back = [leg for leg in out if leg.state == LegState.REPORTED]
    away = [leg for leg in out if leg.state != LegState.REPORTED]
    in_hand = [leg for leg in mine if leg.state == LegState.ACCEPTED]
    told = list_legs_at(place, [LegState.REPORTED, LegState.PASSED_ON])
    done = [*list_legs_at(place, DONE, limit=FEW)]
    done += [] if place.unit_id else list_legs_at(place, DONE, sent=True, limit=FEW)
    groups = [
        Group(_("待承接"), _lines([leg for leg in mine if leg.state == LegState.SENT], hot=True)),
        Group(_("待确认"), _lines(back, hot=True)),
        Group(_("办理中"), _lines(in_hand, hot=True)),
        Group(_("已转出、已回报"), _lines(told)),
        Group(_("别人在办"), _lines(away)),
        Group(_("办结和退回"), _lines(done[::-1][:FEW])),
    ]
    return [group for group in groups if group.lines]


def _lines(legs: Iterable[Leg], *, hot: bool = False) -> list[Line]:
    kept = list(legs)
    late = late_of_legs(kept, clock.now())
    return [_line(leg, row.title, row.days, hot) for leg, row in zip(kept, late, strict=True)]


def _line(leg: Leg, title: str, days: int, hot: bool) -> Line:
    url = url_for("wishes.referral", referral_id=leg.referral_id)
    state = LegState(leg.state)
    note = _(
        "%(way)s · %(sender)s → %(receiver)s · %(when)s",
        way=_(WAY_LABELS[Way(leg.way)]), sender=leg.from_area.name,
        receiver=receiver_of(leg).name, when=labels.when(leg.since),
    )  # fmt: skip
    return Line(
        title, note, url, LEG_LIGHTS[state], _(LEG_LABELS[state]), late_words(days),
        url if hot else None, _("打开"), quiet=not hot,
    )  # fmt: skip


def press_title(press: Press, *, public: bool) -> str:
    """What was pressed; in a notice to all, an ask that is not public is not named."""
    return _("一条不公开的诉求") if public and is_private(press) else pressed_title(press)


def press_line(press: Press, *, public: bool = False) -> Line:
    """A press as a line of a list."""
    state = PressState(press.state)
    url = url_for("wishes.press_page", press_id=press.id)
    note = _(
        "%(area)s督办%(who)s · %(day)s前", area=press.by_area.name,
        who=receiver_of_press(press).name, day=labels.day(press.plan_until or press.due_on),
    )  # fmt: skip
    return Line(
        press_title(press, public=public), note, url, PRESS_LIGHTS[state], _(PRESS_LABELS[state]),
        None, url, _("打开"), quiet=state is not PressState.PRESSED,
    )  # fmt: skip
