"""Why a campaign is not proposed, joined, given to or received, and what to do instead."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class CampaignNotFound(NotFound):
    """No such campaign, or not one this person may know of."""

    sentence = N_("没有找到这个专场。它可能还没开始，去心愿墙看看吧。")


class CampaignCannotMove(Refusal):
    """The move is not in the table of moves."""

    sentence = N_("这个专场现在是“%(state)s”，这一步做不了。请刷新页面看最新情况。")


class CampaignDays(Refusal):
    """It ends after it begins, in the future, within a year."""

    sentence = N_("截止日要在开始日之后，也要在今天之后，最长一年。请改一下日子。")
    status = 422
    field = "until"


class CampaignOver(Refusal):
    """The last day has passed."""

    sentence = N_("这个专场已经截止，不能再加心愿。可以作为普通心愿发布。")


class CampaignNotRunning(Refusal):
    """Not begun, or over."""

    sentence = N_("这个专场现在不能认领：还没开始，或已经截止。请看专场页上的日子。")


class WaitsForCampaign(Refusal):
    """A wish of a campaign goes on the wall with it."""

    sentence = N_("这个心愿在专场“%(title)s”里，街道同意并到开始日以后一起发布，不用单独发布。")


class HouseholdHasOne(Refusal):
    """一户一愿, across communities; it never says whose or where."""

    sentence = N_("这一户在本专场已有心愿，一户一愿。请换一户；有疑问请问街道。")
    field = "door"


class OverPriceCap(Refusal):
    """The words name a price above the cap."""

    sentence = N_("写了 %(price)s 元，超过本专场每件 %(cap)s 元的上限。请换一样便宜些的。")
    status = 422
    field = "title"


class NotForThisCampaign(Refusal):
    """Only drafts of things, of a community on the campaign's ground, that are in no campaign."""

    sentence = N_("只有本街道社区还没发布、还没进专场的物品草稿才能加进来。")


class WishInCampaign(Refusal):
    """A wish is in one campaign."""

    sentence = N_("这个心愿已经在一个专场里了。")


class NothingChosen(Refusal):
    """No tick, no number."""

    sentence = N_("请先勾选，或填一个数。")
    status = 422


class SomeTaken(Refusal):
    """All or nothing: one of the chosen was taken meanwhile."""

    sentence = N_(
        "刚刚有别人认领了：%(titles)s。您选的都还没有认领，"
        "剩下的 %(left)s 个还勾着，再按一次就认领这些。"
    )


class TooFewLeft(Refusal):
    """Fewer are left than the number asked for."""

    sentence = N_("只剩 %(left)s 个没人认领，一个都没有替您认领。请把数改小再提交。")
    field = "number"


class ReceivedMeanwhile(Refusal):
    """A row of the list was ticked by somebody else, or its giver withdrew."""

    sentence = N_("有的已经收过或退出了，一件也没有记。请刷新清单再勾。")


class OfferOpen(Refusal):
    """The resident has not answered yet."""

    sentence = N_("认领人想换成别的东西，居民还没回话。请先问居民，记下答复，再收东西。")


class OfferNotOpen(Refusal):
    """No offer waits for an answer."""

    sentence = N_("没有在等答复的换物提议，可能已经有人记过了。请刷新页面。")


class OfferTwice(Refusal):
    """One offer at a time."""

    sentence = N_("已经提过一次，社区正在问居民，请等答复。")


class NoOfferNow(Refusal):
    """The things are already there."""

    sentence = N_("东西社区已经收到，不能再换。有事请打社区电话。")


class NoSuchKeeper(Refusal):
    """The number belongs to nobody."""

    sentence = N_("没有找到这个志愿者编号，请核对后再填。")
    status = 422
    field = "number"
