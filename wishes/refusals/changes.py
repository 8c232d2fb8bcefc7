"""Why a published wish is not changed this way, and what to do instead."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from foundation.refusal import N_, NotFound, Refusal


class WishCalledOff(NotFound):
    """A cancelled wish, for whoever follows an old link."""

    sentence = N_("“%(title)s”已取消。原因：%(why)s")
    status = 410


class NothingChanged(Refusal):
    """The plan is what it was."""

    sentence = N_("时间和地点都没有变。改好了再提交；不改就返回上一页。")
    status = 422


class SomeAreBusy(Refusal):
    """At the new time these people are elsewhere; `user_ids` says who, for the second press."""

    sentence = N_(
        "%(names)s 在新的时间已有别的安排。换个时间，或者再按一次：名额让出来，会通知到本人。"
    )

    def __init__(self, names: tuple[str, ...], user_ids: tuple[int, ...]) -> None:
        super().__init__(names=names)
        self.user_ids = user_ids


class PlansMoved(Refusal):
    """Somebody took another wish at the new time in this very moment."""

    sentence = N_("刚刚有人在新的时间认领了别的心愿。请再按一次，看看是谁。")


class TimeJustChanged(Refusal):
    """The wish was moved in the very moment in which somebody claimed it."""

    sentence = N_("这个心愿的时间刚刚改了。请看一眼新的时间，再认领一次。")


class AttendanceNoted(Refusal):
    """Somebody came, or was noted as missing: the day has begun."""

    sentence = N_("已经有到场记录，时间不能再改。没做成的请提交完成情况，认定未兑现后再重新开放。")


class BelowTaken(Refusal):
    """Fewer places than are taken: who would lose one."""

    sentence = N_(
        "已经占了 %(taken)s 个名额（%(names)s），不能改成 %(wanted)s。请先和他们说好，由他们退出。"
    )
    field = "headcount"


class NumberUnchanged(Refusal):
    """The same number as before."""

    sentence = N_("人数没有变。")
    status = 422
    field = "headcount"


class NobodyToTell(Refusal):
    """Nobody has a place."""

    sentence = N_("还没有人认领，没有人可以通知。")


class ToldEnough(Refusal):
    """People are not to be flooded."""

    sentence = N_("今天已经给他们发了 %(most)s 条，请明天再发，急事请打电话。")
    status = 429


class StandInNotFound(NotFound):
    """No such offer, or not to this person."""

    sentence = N_("没有找到这个顶替邀请，可能对方已经收回。")


class StandInOver(Refusal):
    """The offer was answered, taken back, or the service began."""

    sentence = N_("这个邀请已经结束了。看看心愿墙上别的心愿吧。")


class AskedAlready(Refusal):
    """One open offer per place."""

    sentence = N_("您已经请人顶替了，正等对方答复。要换人请先收回。")


class AskedTooOften(Refusal):
    """A number is not tried out."""

    sentence = N_("今天已经请了 %(most)s 次，请明天再试，或者点“我来不了”。")
    status = 429


class TooLateToSwap(Refusal):
    """A place changes hands before the start, and before anybody came."""

    sentence = N_("已经开始、已签到或已结束，不能再换人。来不了请点“我来不了”。")


class NotOneself(Refusal):
    """One cannot stand in for oneself."""

    sentence = N_("这是您自己的号码，请填要顶替您的人的。")
    status = 422
    field = "who"


class NoShowNotFound(NotFound):
    """No such record, or somebody else's."""

    sentence = N_("没有找到这条记录。")


class NoShowSettled(Refusal):
    """It does not count any more, or was appealed and answered."""

    sentence = N_("这条记录已经处理过了，请刷新页面看结果。")


class AppealedAlready(Refusal):
    """One appeal per no-show."""

    sentence = N_("您已经申诉过了，社区答复后会通知您。")


class NeedsAnother(Refusal):
    """Whoever noted it does not answer the appeal."""

    sentence = N_("这次没来是您记的，申诉要请另一位工作人员答复。")
    status = 403


class NeedsNod(Refusal):
    """Several times missed: a worker says yes first."""

    sentence = N_(
        "最近 %(days)s 天您有 %(count)s 次认领了没有来。"
        "请给社区打个电话，工作人员点一下同意就能继续认领。"
    )


class DoorVisit(NamedTuple):
    """A visit the household has already; times are UTC."""

    wish_id: int
    number: int
    title: str
    starts_at: datetime


class DoorCrowded(Refusal):
    """One household has visits already; `visits` says which."""

    def __init__(self, visits: tuple[DoorVisit, ...], **params: object) -> None:
        super().__init__(**params)
        self.visits = visits


class DoorSeenBefore(DoorCrowded):
    """The same household gets the same kind of visit that day."""

    sentence = N_("这一户同一天已有同类的上门心愿。请先看看下面列出的，确实要发布就勾上再发。")
    field = "door_seen"


class DoorOverCap(DoorCrowded):
    """The household has had enough visits this week."""

    sentence = N_("这一户这一周已有 %(count)s 次上门（上限 %(cap)s 次）。确实要发布，请写明理由。")
    field = "door_reason"
