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


class HereAlready(Refusal):
    """Whoever came keeps their place: one place is one person's minutes."""

    sentence = N_("%(name)s 已经到场了，名字不能再撤。")


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


class OwnSlip(Refusal):
    """Whoever printed the slip knows its codes without going there."""

    sentence = N_("这张单子是您自己打印的，不能凭它签到。请另一位同事重新打印，或来点名。")
    field = "code"


class ShowsOwnCode(NotYours):
    """At a flat nobody else is there to see who comes: another phone shows the code."""

    sentence = N_("您自己要去这户人家服务，签到码请另一位同事来出示，或用居民手里的单子。")


class TooManyTries(Refusal):
    """Guessing is stopped for a while."""

    sentence = N_("输错太多次了，%(until)s 以后再试，或请社区工作者点名。")
    status = 429
    field = "code"


class CodeNeeded(Refusal):
    """On a site the code is there to be read."""

    sentence = N_("请输入六位数字：现场屏幕上的，或居民单子折页里的。")
    field = "code"


class HostMarks(Refusal):
    """Online, the host calls the roll."""

    sentence = N_("线上服务由主持人点名，不用自己签到。")


class ToolNotYours(Refusal):
    """Only what one's own claim borrowed can be given back with it."""

    sentence = N_("这件工具不在您借的清单里，请刷新页面再勾选。")
    field = "returned"


class CannotMarkSelf(NotYours):
    """Staff who serve check in like everybody else."""

    sentence = N_("自己的到场自己不能点名，请扫码签到，或请另一位同事来点。")


class NobodyTicked(Refusal):
    """A roll call needs names."""

    sentence = N_("请先勾选要记的人。")
    status = 422


class NothingToMark(Refusal):
    """Everybody ticked has it noted already, or it does not fit them."""

    sentence = N_("勾选的人都已经记过，或者这一步不适合他们。要改时间请用“逐人填写”。")


class NotSeatedHere(Refusal):
    """Only people with a place are on the sheet."""

    sentence = N_("名单刚刚变了，请刷新页面再点。")


class TimeNeeded(Refusal):
    """Long after the end, 'now' would invent hours."""

    sentence = N_("服务早已结束，请填写实际的时间，不能用“现在”。")
    status = 422
    field = "at"


class TimeInFuture(Refusal):
    """What has not happened cannot be noted."""

    sentence = N_("%(name)s：时间还没到，不能提前记。")
    status = 422


class TimeBeforeOpening(Refusal):
    """Nobody arrives more than an hour before the start."""

    sentence = N_("%(name)s：到达最早只能记 %(opens)s（开始前一小时）。")
    status = 422


class ArrivedAfterEnd(Refusal):
    """Nobody begins more than an hour after the planned end."""

    sentence = N_("%(name)s：到达最晚只能记 %(closes)s（计划结束后一小时）。")
    status = 422


class LeftBeforeArrived(Refusal):
    """Out comes after in."""

    sentence = N_("%(name)s：离开的时间比到达早，请检查。")
    status = 422


class ArrivalMissing(Refusal):
    """Out needs in."""

    sentence = N_("%(name)s：请先填到达的时间。")
    status = 422


class BreaksTooLong(Refusal):
    """Breaks fit into the time between in and out."""

    sentence = N_("%(name)s：休息的分钟数请填 0 到 %(most)s 之间的整数。")
    status = 422


class WhyNeeded(Refusal):
    """A correction says why."""

    sentence = N_("改动已经记下的时间，请写一句原因。")
    status = 422
    field = "why"


class SheetStale(Refusal):
    """Somebody else noted something meanwhile."""

    sentence = N_("%(name)s 的记录刚刚有人改过。请刷新页面，看看最新的再填。")


class AbsenceTooEarly(Refusal):
    """Nobody is missing before the start."""

    sentence = N_("还没开始，不能记没来。来不了的人请点“我来不了”，把名额让出来。")


class NumberUnknown(Refusal):
    """No volunteer has this number."""

    sentence = N_("没有这个志愿者编号，请核对 12 位数字。")
    status = 422
    field = "number"


class SpotNamingOver(Refusal):
    """Names on the spot belong to the day."""

    sentence = N_("只能在当天、结束前一小时内到场的时候补名字。现在请联络员在单位页面办理。")


class NotAUnitClaim(Refusal):
    """Unnamed friends of a person earn nothing."""

    sentence = N_("只有单位占的名额可以当场写名字。")


class WithdrawInstead(Refusal):
    """Before the deadline a place is simply given back."""

    sentence = N_("还没到退出截止时间，直接点“退出”就行。")


class TooLateToCancel(Refusal):
    """After the end there is nothing to be excused from."""

    sentence = N_("这个心愿已经结束。没有到场的原因请告诉社区工作者。")


class NoGateOnline(Refusal):
    """An online service has no place to put a screen."""

    sentence = N_("线上服务没有签到屏，请用点名。")
