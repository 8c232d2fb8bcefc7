"""Histories in the reader's language, with or without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _

from foundation import labels
from wishes.models import Ask, AskEvent, Wish, WishEvent
from wishes.queries.people import name_people
from wishes.rules.history import ASK_EVENT_LABELS, OTHER_EVENT, WISH_EVENT_LABELS
from wishes.rules.life import LIVE, AskState, WishState

# An unhappy resident's wish has been verified all the same.
CLOSED = (AskState.DONE, AskState.RATED, AskState.REOPENED, AskState.FOLLOWED_UP)


class Line(NamedTuple):
    """One line of a timeline."""

    when_label: str
    title: str
    who_label: str | None = None
    text: str | None = None


class Step(NamedTuple):
    """One step of the way from asking to done."""

    label: str
    done: bool
    date_label: str | None = None


def tell_ask(events: Iterable[AskEvent], *, named: bool = False) -> list[Line]:
    """An ask's history; names only for staff."""
    return _lines(list(events), ASK_EVENT_LABELS, named=named)


def tell_wish(events: Iterable[WishEvent]) -> list[Line]:
    """A wish's history for its staff, newest first."""
    return _lines(list(events), WISH_EVENT_LABELS, named=True)[::-1]


def _lines(events: list[Any], words: Mapping[str, str], *, named: bool) -> list[Line]:
    names = name_people(event.actor_id for event in events) if named else {}
    return [
        Line(
            when_label=labels.when(event.at),
            title=_(words.get(event.what, OTHER_EVENT)),
            who_label=names.get(event.actor_id),
            text=_(event.why) if event.why else None,  # a person's words, or a sentence of ours
        )
        for event in events
    ]


def steps_of(ask: Ask, events: list[AskEvent], wish: Wish | None) -> list[Step]:
    """The way of an ask that becomes a wish, as far as it has come."""
    at = {event.what: labels.month_day(event.at) for event in events}
    taken = wish is not None and wish.state in LIVE and wish.places_taken > 0
    published = wish is not None and wish.published_at is not None
    done = ask.state in CLOSED
    reported = wish is not None and wish.state in (WishState.REPORTED, WishState.VERIFIED)
    on = labels.month_day(wish.published_at) if published and wish is not None else None
    return [
        Step(_("提出"), True, at.get("submit")),
        Step(_("受理"), ask.wish_id is not None, at.get("accept")),
        Step(_("发布"), published, on),
        Step(_("有人接"), taken or reported or done),
        Step(_("做完"), reported or done),
        Step(_("核实"), done, at.get("finish")),
    ]
