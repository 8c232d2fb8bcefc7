"""承接—转办—落实—追踪: where one hand-over stands, what may happen, and to whom it may go."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foundation.refusal import N_
from wishes.refusals.referrals import (
    InACircle,
    LegCannotMove,
    SkipsALevel,
    ToOneself,
    UnitIsClosed,
)
from wishes.rules.life import AskState, Light, WishState


class Way(enum.StrEnum):
    """Which way a referral goes."""

    UP = "up"  # 上报
    OVER = "over"  # 转办
    DOWN = "down"  # 交办


class LegState(enum.StrEnum):
    """Where one hand-over from a sender to a receiver stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    PASSED_ON = "passed_on"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class LegMove(enum.StrEnum):
    """What may happen to a hand-over; the last two follow from the one behind it."""

    ACCEPT = "accept"
    RETURN = "return"
    PASS_ON = "pass_on"  # noqa: S105 - a move, no password
    REPORT = "report"
    CONFIRM = "confirm"
    AGAIN = "again"
    RELAY = "relay"
    TAKE_BACK = "take_back"


S, M = LegState, LegMove
LEG_MOVES: Mapping[tuple[LegState, LegMove], LegState] = {
    (S.SENT, M.ACCEPT): S.ACCEPTED,
    (S.SENT, M.RETURN): S.RETURNED,
    (S.ACCEPTED, M.RETURN): S.RETURNED,
    (S.ACCEPTED, M.PASS_ON): S.PASSED_ON,
    (S.ACCEPTED, M.REPORT): S.REPORTED,
    (S.PASSED_ON, M.RELAY): S.REPORTED,
    (S.PASSED_ON, M.TAKE_BACK): S.ACCEPTED,
    (S.REPORTED, M.CONFIRM): S.CONFIRMED,
    (S.REPORTED, M.AGAIN): S.ACCEPTED,
}
del S, M

CURRENT = (LegState.SENT, LegState.ACCEPTED, LegState.REPORTED)  # one of them per referral
HELD = (*CURRENT, LegState.PASSED_ON)
REFERABLE_ASKS = frozenset({
    AskState.SUBMITTED, AskState.ACCEPTED, AskState.PASSED_ON, AskState.REOPENED,
})  # fmt: skip
REFERABLE_WISHES = frozenset({
    WishState.DRAFT, WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE,
    WishState.UNFULFILLED, WishState.EXPIRED,
})  # fmt: skip

LEG_LABELS = {
    LegState.SENT: N_("待承接"),
    LegState.ACCEPTED: N_("办理中"),
    LegState.PASSED_ON: N_("已转出"),
    LegState.REPORTED: N_("待确认"),
    LegState.CONFIRMED: N_("已办结"),
    LegState.RETURNED: N_("已退回"),
}
LEG_LIGHTS = {
    LegState.SENT: Light.RED,
    LegState.ACCEPTED: Light.YELLOW,
    LegState.PASSED_ON: Light.YELLOW,
    LegState.REPORTED: Light.BLUE,
    LegState.CONFIRMED: Light.GREEN,
    LegState.RETURNED: Light.GREY,
}
WAY_LABELS = {Way.UP: N_("上报"), Way.OVER: N_("转办"), Way.DOWN: N_("交办")}
REFERRAL_EVENT_LABELS = {
    Way.UP: N_("上报"),
    Way.OVER: N_("转办"),
    Way.DOWN: N_("交办"),
    LegMove.ACCEPT: N_("承接"),
    LegMove.RETURN: N_("退回"),
    LegMove.REPORT: N_("落实"),
    LegMove.CONFIRM: N_("确认办结"),
    LegMove.AGAIN: N_("请再办"),
    LegMove.RELAY: N_("结果报给上一步"),
    LegMove.TAKE_BACK: N_("退回到手上"),
    "pause": N_("暂停计时"),
    "resume": N_("恢复计时"),
    "press": N_("督办"),
    "acknowledge": N_("签收督办"),
    "end_press": N_("督办办结，已通报"),
}


def move_leg(state: LegState, what: LegMove) -> LegState:
    """The state of a hand-over after a move. Raises LegCannotMove."""
    try:
        return LEG_MOVES[state, what]
    except KeyError:
        raise LegCannotMove(state=LEG_LABELS[state]) from None


@dataclass(frozen=True)
class Spot:
    """A place that sends or receives: an area of the tree, or a unit with its home's path."""

    name: str
    path: str
    area_id: int | None = None
    unit_id: int | None = None
    parent_id: int | None = None
    may_send_over: bool = False  # a street or city: the communities go up first
    is_department: bool = False
    is_closed: bool = False

    @property
    def key(self) -> str:
        """'area:4' or 'unit:7', as forms send it."""
        return f"unit:{self.unit_id}" if self.unit_id is not None else f"area:{self.area_id}"


def way_between(sender: Spot, receiver: Spot, *, holders: Iterable[str] = ()) -> Way:
    """Which way it goes from sender to receiver; `holders` are the keys that hold it already.

    Raises ToOneself, UnitIsClosed, InACircle, SkipsALevel.
    """
    if sender.key == receiver.key:
        raise ToOneself
    if receiver.is_closed:
        raise UnitIsClosed(who=receiver.name)
    if receiver.key in set(holders):
        raise InACircle(who=receiver.name)
    if sender.area_id is None:
        raise SkipsALevel
    if receiver.unit_id is not None:
        below = receiver.is_department and receiver.path.startswith(sender.path)
        if below and sender.may_send_over:
            return Way.OVER
        raise SkipsALevel
    if receiver.area_id == sender.parent_id:
        return Way.UP
    if receiver.parent_id == sender.area_id:
        return Way.DOWN
    raise SkipsALevel
