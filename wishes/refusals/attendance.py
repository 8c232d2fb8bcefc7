"""The refusals of check-in, check-out and roll call."""

from __future__ import annotations

from foundation.refusal import N_, NotYours, Refusal


class NotOnThisWish(NotYours):
    """Checking in needs a named place."""

    sentence = N_("这个心愿上没有您的名额。单位占的名额请联络员写上您的名字，再来签到。")


class TooEarlyToArrive(Refusal):
    """Check-in opens an hour before the start."""

    sentence = N_("还没到签到时间，%(opens)s 开始可以签到。")


class TooLateToArrive(Refusal):
    """Check-in closes an hour after the planned end."""

    sentence = N_("签到时间已过。确实来了，请当场的社区工作者点名。")


class TooLateToLeave(Refusal):
    """After three hours a worker enters the check-out."""

    sentence = N_("签退时间已过，请社区工作者补签退，时间按实际离开填写。")


class WishClosedForAttendance(Refusal):
    """A draft, cancelled, verified or expired wish takes no attendance."""

    sentence = N_("这个心愿现在是“%(state)s”，不能再记到场。有疑问请找社区工作人员。")


class AlreadyHere(Refusal):
    """One arrival per person and wish."""

    sentence = N_("您 %(at)s 已经签到了，不用再签。离开时再签退。")


class AlreadyLeft(Refusal):
    """One departure per person and wish."""

    sentence = N_("您 %(at)s 已经签退了。时间不对请找社区工作者更正。")


class NotHereYet(Refusal):
    """Leaving needs an arrival."""

    sentence = N_("您还没有签到。刚到请先签到；早就到了请社区工作者点名。")


class WrongCode(Refusal):
    """Not the site's code and not one of the slip's."""

    sentence = N_("这个码不对。请看屏幕上最新的六位数字，或单子折页里的码。")
    field = "code"


class StaleCode(WrongCode):
    """The site showed it a while ago."""

    sentence = N_("这个码已经过期，屏幕每 15 秒换一次，请输最新的六位数字。")


class CodeOfAnotherWish(WrongCode):
    """The code belongs to another of the person's wishes."""

    sentence = N_("这是“%(title)s”的码，请先选对心愿，再输一次。")


class SlipReplaced(WrongCode):
    """The slip was printed again; the old codes are void."""

    sentence = N_("这张单子已经换过新的，请用居民手里最新那张。")


class SlipSideWrong(WrongCode):
    """The code of the other fold."""

    sentence = N_("这是另一折的码。到达看第一折，离开看第二折。")


class SlipCodeUsed(Refusal):
    """A side of a slip serves each person once."""

    sentence = N_("这个码您已经用过了，每个码只能用一次。请找社区工作者点名。")
    field = "code"


class TooManyTries(Refusal):
    """Guessing is stopped for a while."""

    sentence = N_("输错太多次了，%(until)s 以后再试，或请社区工作者点名。")
    status = 429
    field = "code"


class CodeNeeded(Refusal):
    """On a site the code is there to be read."""

    sentence = N_("请输入现场屏幕上的六位数字。没有手机的请社区工作者点名。")
    field = "code"


class HostMarks(Refusal):
    """Online, the host calls the roll."""

    sentence = N_("线上服务由主持人点名，不用自己签到。")


class ToolNotYours(Refusal):
    """Only what one's own claim borrowed can be given back with it."""

    sentence = N_("这件工具不在您借的清单里，请刷新页面再勾选。")
    field = "returned"
