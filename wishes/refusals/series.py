"""Why a series, a rota or an agreed plan is not made or changed, and what to do instead."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class SeriesNotFound(NotFound):
    """No such series, or not one this person may know of."""

    sentence = N_("没有找到这个系列。它可能已经结束，去心愿墙看看别的吧。")


class SeriesCannotMove(Refusal):
    """The move is not in the table of the series."""

    sentence = N_("这个系列现在是“%(state)s”，这一步做不了。请刷新页面看最新情况。")


class NeverEnds(Refusal):
    """A rule needs an end: a last day or a number of times."""

    sentence = N_("系列要有个头：请填最后一天，或者一共几次。")
    status = 422
    field = "last_day"


class TooManyDays(Refusal):
    """More occurrences than one series may hold (setting SERIES_MOST)."""

    sentence = N_("一个系列最多 %(most)s 次，请把最后一天提前，或分成几个系列。")
    status = 422
    field = "last_day"


class LastBeforeFirst(Refusal):
    """The last day lies before the first."""

    sentence = N_("最后一天要在第一天之后，请改一下。")
    status = 422
    field = "last_day"


class NoWeekday(Refusal):
    """A weekly or monthly rule needs at least one weekday."""

    sentence = N_("请至少勾一个星期几。")
    status = 422
    field = "weekdays"


class NoDays(Refusal):
    """The rule gives not a single day."""

    sentence = N_("按这个规则一天也排不出来，请改日期、星期，或放假怎么办。")
    status = 422
    field = "first_day"


class FirstDayPast(Refusal):
    """A series begins in the future."""

    sentence = N_("第一天已经过去了，请选今天以后的日期。")
    status = 422
    field = "first_day"


class NoTime(Refusal):
    """Each occurrence begins and ends at the same time of the clock."""

    sentence = N_("请填开始和结束时间。")
    status = 422
    field = "starts"


class VisitTooLong(Refusal):
    """A visit of an agreed plan lasts at most so long (setting VISIT_MINUTES)."""

    sentence = N_("长期陪伴每次最多 %(minutes)s 分钟，请改短。")
    status = 422
    field = "ends"


class NobodyOnDuty(Refusal):
    """A rota needs people or units that take turns."""

    sentence = N_("请写轮值的人，一行一个：志愿者编号、姓名，或单位简称。")
    status = 422
    field = "members"


class MemberNotFound(Refusal):
    """A line of the rota fits nobody here."""

    sentence = N_(
        "“%(line)s”没有找到。请写志愿者编号（12 位数字）、居住在本社区的志愿者姓名，或单位简称。"
    )
    status = 422
    field = "members"


class MemberUnclear(Refusal):
    """Two people of one name."""

    sentence = N_("叫“%(line)s”的有 %(n)s 位，请改写志愿者编号。")
    status = 422
    field = "members"


class DayNotFound(NotFound):
    """No such day in this series."""

    sentence = N_("这一天不在这个系列里。")


class DayIsFixed(Refusal):
    """People planned by it already: a claimed day is changed on its own wish."""

    sentence = N_(
        "这一天已经有人认领，时间和人数不能在这里改。请到那一天的心愿里办，认领的人会收到通知。"
    )


class DayIsOver(Refusal):
    """The day has begun, is over or was cancelled."""

    sentence = N_("这一天已经开始、结束或取消了，不能再改。")


class SameDay(Refusal):
    """Two different days are swapped."""

    sentence = N_("请选另外一天来对调。")
    status = 422
    field = "other"


class OnDutyElsewhere(Refusal):
    """Who should be on duty is busy then."""

    sentence = N_("%(name)s 在 %(when)s 已经有别的安排，请换一个人或换一天。")


class NothingLeftToClaim(Refusal):
    """No day of the series can be claimed by this person."""

    sentence = N_("这个系列没有您能认领的日子了：不是名额满了，就是和您别的安排撞上了。")


class AlreadySpokenFor(Refusal):
    """A long-term wish has one companion."""

    sentence = N_("这个长期心愿刚刚有人认领了。谢谢您，去看看别的吧。")


class NotYourPlan(NotFound):
    """Only the one who claimed a long-term wish answers its plan."""

    sentence = N_("这个计划不是和您约的。")


class TemplateNotFound(NotFound):
    """No such template in this community."""

    sentence = N_("没有找到这个常用心愿，可能已经删掉了。")


class TemplateNameTaken(Refusal):
    """One name, one template in a community."""

    sentence = N_("已经有叫“%(name)s”的常用心愿，请换个名字。")
    field = "name"


class HeldForTheLine(Refusal):
    """The place that came free on this day is offered to somebody who waited for it."""

    sentence = N_("这一天空出来的名额正在等候补的人答复，现在不能换人。对方不接，再来换。")
