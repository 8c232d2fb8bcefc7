"""The refusals of referrals, pauses and presses."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, NotYours, Refusal


class ReferralNotFound(NotFound):
    """No such referral, or one this person took no part in."""

    sentence = N_("没有找到这次转办，或者您没有参与。")


class NotYourStep(NotYours):
    """The person may read the referral, but the step is another's."""

    sentence = N_("这一步归“%(who)s”办。您可以看进展，着急时打电话问一声。")


class LegCannotMove(Refusal):
    """The move is not in the table of moves."""

    sentence = N_("这一步现在是“%(state)s”，不能这样办。请刷新页面看最新情况。")


class AlreadyReferred(Refusal):
    """One live referral per ask or wish."""

    sentence = N_("这件事已经上报，正在办。请在转办记录里看进展。")


class NotToRefer(Refusal):
    """What is closed needs nobody else."""

    sentence = N_("这件事现在是“%(state)s”，不用再上报了。")


class ToOneself(Refusal):
    """A referral goes to somebody else."""

    sentence = N_("不能转给自己，请选别的单位。")
    status = 422
    field = "to"


class InACircle(Refusal):
    """Whoever passed it on already does not get it again while it is on its way."""

    sentence = N_("“%(who)s”已经转出过这件事，不能再转回去。办不了的，请用“退回”并写明原因。")
    field = "to"


class UnitIsClosed(Refusal):
    """A unit that has closed gets nothing new."""

    sentence = N_("“%(who)s”已停用，请选别的单位。")
    field = "to"


class NobodyThere(Refusal):
    """Somebody must be there to take it."""

    sentence = N_("“%(who)s”还没有工作人员，送过去没有人接。请先请人，或选别的单位。")
    field = "to"


class SkipsALevel(Refusal):
    """Up one level, down one level, or out to a department below."""

    sentence = N_("不能越级：上报只到上一级，交办只到下一级，转办只给本辖区的部门。")
    status = 422
    field = "to"


class ReasonOfReturnMissing(Refusal):
    """A return says why."""

    sentence = N_("退回要写明原因，对方才知道下一步怎么办。")
    status = 422
    field = "words"


class WordsMissing(Refusal):
    """A step that tells nothing helps nobody."""

    sentence = N_("请写一句话，说清情况。")
    status = 422
    field = "words"


class AlreadyPaused(Refusal):
    """One pause at a time."""

    sentence = N_("已经在暂停中，不用再按。")


class NotPaused(Refusal):
    """Nothing stands still."""

    sentence = N_("现在没有暂停，时钟在走。")


class NothingToPause(Refusal):
    """No clock runs on it."""

    sentence = N_("这件事现在没有时限，不用暂停。")


class PressNotFound(NotFound):
    """No such press, or not one for this person."""

    sentence = N_("没有找到这次督办。")


class NotOverdue(Refusal):
    """Only what is late is pressed."""

    sentence = N_("这件事还没有超期，先不用督办。可以打电话问一声。")


class AlreadyPressed(Refusal):
    """One press at a time for one thing."""

    sentence = N_("这件事正在督办，请先看那一次的进展。")


class PressCannotMove(Refusal):
    """The move is not in the table of moves."""

    sentence = N_("这次督办现在是“%(state)s”，这一步做不了。请刷新页面看最新情况。")


class LeaderMissing(Refusal):
    """A press is signed by a named leader."""

    sentence = N_("请写签发领导的姓名和职务，督办要有人签发。")
    status = 422
    field = "leader_name"


class DayHasPassed(Refusal):
    """A promise lies ahead."""

    sentence = N_("期限要在今天或以后，请重新填。")
    status = 422
    field = "until"
