"""The sentences of a wish's page: until when, how it is proved, what stays private."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from flask_babel import gettext as _

from foundation import clock
from foundation.forms import say
from foundation.labels import hours_words, listed, when
from foundation.refusal import Refusal
from wishes.models import Wish, WishEvent
from wishes.policies.private import ensure_may_look
from wishes.queries.wish_page import Taker
from wishes.refusals import WishNotFound
from wishes.rules.deadlines import withdraw_until
from wishes.rules.kinds import RESIDENT_CONFIRMS, Venue, WishKind
from wishes.rules.life import WishMove, WishState

DONE_REPORT = frozenset({WishState.REPORTED, WishState.VERIFIED})
UNDER_WAY = DONE_REPORT | {WishState.FILLED, WishState.IN_SERVICE}


class Step(NamedTuple):
    """One step of the wish's way."""

    label: str
    done: bool
    date_label: str | None


class Event(NamedTuple):
    """One line of the wish's history."""

    when_label: str
    title: str
    text: str | None


def time_notes(wish: Wish, *, at: datetime) -> str:
    """Length, until when one may step back, and how the service is proved."""
    if wish.kind == WishKind.ITEM:
        return _("送到社区，由社区签收、验看后转交居民")
    assert wish.starts_at is not None  # noqa: S101 - a public wish is complete: CHECK complete
    assert wish.ends_at is not None  # noqa: S101 - the same
    minutes = int((wish.ends_at - wish.starts_at).total_seconds() // 60)
    notes = [_("约 %(length)s", length=hours_words(minutes))]
    until = withdraw_until(wish.starts_at)
    if wish.starts_at > at:
        late = _("退出截止已过，认领后来不了要点“我来不了”")
        notes.append(_("%(when)s 前可退出", when=when(until)) if at <= until else late)
    return " · ".join([*notes, proof_note(wish)])


def proof_note(wish: Wish) -> str:
    """How presence is proved at this venue."""
    if wish.category in RESIDENT_CONFIRMS:
        return _("以居民确认为凭，不拍照")
    return {
        Venue.HOME: _("到场凭居民手里的单子签到"),
        Venue.CENTRE: _("到场扫社区屏幕上的码签到"),
        Venue.OUTDOORS: _("到场扫工作人员手机上的码签到"),
        Venue.ONLINE: _("由主持人点名"),
    }[wish.venue]


def private_note(wish: Wish, user_id: int | None, *, at: datetime) -> tuple[str, bool]:
    """What the person is told about door and phone, and whether they may look now."""
    usual = _("门牌和电话：身份核过的认领人开始前 24 小时可见，结束后收起")
    if user_id is None:
        return usual, False
    try:
        ensure_may_look(user_id, wish, at=at)
    except WishNotFound:
        return usual, False
    except Refusal as refusal:
        return say(refusal), False
    return _("门牌和电话现在可以看，每次查看都会记下来"), True


def taker_note(takers: list[Taker], kind: WishKind) -> str:
    """Who holds places: units by name, individuals as a number."""
    pieces = kind == WishKind.ITEM
    parts = []
    for each in takers:
        if each.unit_name and pieces:
            parts.append(_("%(unit)s %(n)s 件", unit=each.unit_name, n=each.places))
        elif each.unit_name:
            parts.append(_("%(unit)s %(n)s 人", unit=each.unit_name, n=each.places))
        elif pieces:
            parts.append(_("个人 %(n)s 件", n=each.places))
        else:
            parts.append(_("个人 %(n)s 人", n=each.places))
    return _("%(who)s已认领", who=listed(parts)) if parts else ""


def _short_day(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    here = clock.local(moment)
    return f"{here.month}.{here.day:02d}"


def steps_of(wish: Wish, asked_at: datetime | None, moves: list[WishEvent]) -> list[Step]:
    """The way so far: asked, published, full, done, verified."""
    dates = {event.what: event.at for event in moves}
    under_way = wish.state in UNDER_WAY
    gathered = dates.get(WishMove.FILL) or dates.get(WishMove.START)
    reported, verified = wish.state in DONE_REPORT, wish.state == WishState.VERIFIED
    middle = _("有人认领") if wish.kind == WishKind.ITEM else _("人到齐")
    first = [Step(_("居民提出"), True, _short_day(asked_at))] if asked_at else []
    return [
        *first,
        Step(_("社区发布"), True, _short_day(wish.published_at)),
        Step(middle, under_way, _short_day(gathered) if under_way else None),
        Step(_("完成"), reported, _short_day(dates.get(WishMove.REPORT)) if reported else None),
        Step(_("核实"), verified, _short_day(wish.closed_at) if verified else None),
    ]


EVENT_TITLES = MappingProxyType(
    {
        WishMove.PUBLISH: lambda: _("社区发布"),
        WishMove.DISPATCH: lambda: _("社区派单"),
        WishMove.FILL: lambda: _("名额满了"),
        WishMove.REOPEN: lambda: _("名额又空出来了"),
        WishMove.START: lambda: _("有人签到，开始服务"),
        WishMove.REPORT: lambda: _("提交完成，等待核实"),
        WishMove.VERIFY: lambda: _("核实通过，办结"),
        WishMove.ASK_AGAIN: lambda: _("核实后要求重做"),
        WishMove.REJECT: lambda: _("核实为未兑现"),
        WishMove.OFFER_AGAIN: lambda: _("重新开放认领"),
        WishMove.CANCEL: lambda: _("社区取消"),
        WishMove.EXPIRE: lambda: _("时间已过，自动收起"),
    }
)


def events_of(moves: list[WishEvent]) -> list[Event]:
    """The history in words; reasons are told only where everybody concerned must know."""
    told = {WishMove.CANCEL, WishMove.ASK_AGAIN, WishMove.REJECT}
    return [
        Event(
            when(event.at),
            EVENT_TITLES[WishMove(event.what)](),
            event.why if event.what in told else None,
        )
        for event in moves
    ]
