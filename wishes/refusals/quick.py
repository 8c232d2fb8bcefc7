"""Refusals of 即办: the standing team and its calls."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class NobodyOnDuty(Refusal):
    """No member of the team is on duty, or none with the skill."""

    sentence = N_("便民服务队这会儿没有合适的人值班。请先打电话找人，或改成普通心愿发布。")


class CalledAlready(Refusal):
    """A wish is called out once."""

    sentence = N_("这个心愿已经派给便民服务队了，请在即办页看进展。")


class OnlyUrgentService(Refusal):
    """The team does services, from a draft."""

    sentence = N_("只有还没发布的服务心愿能派给便民服务队。")


class CallIsOver(Refusal):
    """The call is answered."""

    sentence = N_("这件急事现在是“%(state)s”，不用再动。请刷新页面看最新情况。")


class TurnIsOver(Refusal):
    """The minutes are over, or it was answered."""

    sentence = N_("这次的时间已经过了，社区已经另外找人。谢谢您，下次见。")


class TurnNotFound(NotFound):
    """No such turn, or somebody else's."""

    sentence = N_("没有找到这件急事。去“我的”看看您接的心愿。")


class MemberNotFound(NotFound):
    """No such member in this community's team."""

    sentence = N_("队里没有这个人，可能已经退出。请刷新页面再看。")


class MemberUnknown(Refusal):
    """No account with this phone or number."""

    sentence = N_("没有找到这个手机号或志愿者编号，请先请他注册。")
    status = 422
    field = "person"


class MemberNotConfirmed(Refusal):
    """The team sees doors at once: a worker has looked at who they are."""

    sentence = N_("%(name)s的身份还没有经社区确认。请先看身份证件确认，再加进服务队。")
    status = 422
    field = "person"


class MemberTwice(Refusal):
    """Once in a team."""

    sentence = N_("%(name)s已经在队里了。要改值班时间，请先移出再加。")
    field = "person"


class DutyBackwards(Refusal):
    """A duty has weekdays and ends after it begins."""

    sentence = N_("请至少勾一天，下班时间要晚于上班时间。")
    status = 422
    field = "days"
