"""The refusals of the order, each with a name and a sentence; larger topics have a module each."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, NotYours, Refusal


class WishNotFound(NotFound):
    """No such wish, or not one this person may know of."""

    sentence = N_("没有找到这个心愿。它可能已经撤下，去心愿墙看看别的吧。")


class WishCannotMove(Refusal):
    """The move is not in the table of moves."""

    sentence = N_("这个心愿现在是“%(state)s”，这一步做不了。请刷新页面看最新情况。")


class AskCannotMove(Refusal):
    """The move is not in the table of the asks."""

    sentence = N_("这条诉求现在是“%(state)s”，这一步做不了。请刷新页面看最新情况。")


class WishIsFull(Refusal):
    """No place is left, or fewer than asked for."""

    sentence = N_("名额刚刚满了。下面是附近还缺人的心愿，看看有没有合适的。")


class TooFewPlacesLeft(Refusal):
    """Places are left, but fewer than asked for."""

    sentence = N_("只剩 %(left)s 个名额了，请把人数改小再提交。")
    field = "places"


class WishHasStarted(Refusal):
    """Claims close at the start."""

    sentence = N_("这个心愿已经开始，不能再认领了。看看别的心愿吧。")


class WishNotClaimable(Refusal):
    """Not open: a draft, cancelled, reported or closed wish."""

    sentence = N_("这个心愿现在是“%(state)s”，不能认领。看看别的心愿吧。")


class AlreadyClaimed(Refusal):
    """One live claim per person and per unit."""

    sentence = N_("您已经认领过这个心愿了，在“我的”里可以看到。")


class UnitAlreadyClaimed(Refusal):
    """A unit changes the number on its claim instead of claiming twice."""

    sentence = N_("贵单位已经认领了这个心愿，请在“我们的认领”里改人数。")


class NameTwice(Refusal):
    """One person sits on one place of a wish."""

    sentence = N_("%(name)s 在这个心愿上已经有名额了，一个人只占一个。")


class BusyThen(Refusal):
    """No two places at once: the planned times overlap."""

    sentence = N_("%(name)s 在这个时间已经认领了别的心愿，时间重叠。请先退出那一个，或换一个时间。")


class TooLateToWithdraw(Refusal):
    """After the deadline a place is given back through the community."""

    sentence = N_("退出截止时间已过。如果来不了，请点“我来不了”，社区会马上知道。")


class ClaimNotFound(NotFound):
    """No such claim, or somebody else's."""

    sentence = N_("没有找到这次认领，可能已经退出了。")


class CannotVerifyOwn(NotYours):
    """Nobody verifies what they served, entered, corrected or reported."""

    sentence = N_("这次服务您参加过，或由您登记、提交，要请另一位工作人员核实。")


class ToolNotOnWish(Refusal):
    """A pledge for a tool that this wish does not ask for, or that nobody needs to bring."""

    sentence = N_("所选的工具不在这个心愿的清单里，请刷新页面再选。")
    field = "tools"


class BadPlaces(Refusal):
    """A claim takes at least one place."""

    sentence = N_("请填 1 以上的整数人数。")
    status = 422
    field = "places"


class NotAColleague(Refusal):
    """A unit names people of its own roster who have joined."""

    sentence = N_("%(name)s 还不在贵单位的名册里，请先用加入码加入。")


class TooManyNames(Refusal):
    """More names than places on the claim."""

    sentence = N_("这次认领只有 %(places)s 个名额，请减少名字，或先把人数改多。")
