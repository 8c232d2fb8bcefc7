"""Why a wish is not published, changed or cancelled, and what to do instead."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class WishIncomplete(Refusal):
    """Something is missing; `missing` holds pairs of (form field, sentence)."""

    sentence = N_("还不能发布：有 %(count)s 处没填好，请补上后再发布。草稿可以先存着。")
    status = 422

    def __init__(self, missing: tuple[tuple[str, str], ...]) -> None:
        super().__init__(count=len(missing))
        self.missing = missing


class EndBeforeStart(Refusal):
    """The end is not after the start."""

    sentence = N_("结束时间要晚于开始时间，请改一下。")
    status = 422
    field = "ends"


class ServiceTooLong(Refusal):
    """One service lasts at most twelve hours."""

    sentence = N_("一次服务最长 12 小时，请改短，或分成几个心愿发布。")
    status = 422
    field = "ends"


class InThePast(Refusal):
    """A wish starts in the future."""

    sentence = N_("这个时间已经过去了，请选今天以后的时间。")
    status = 422
    field = "day"


class WordsPointAtADoor(Refusal):
    """A public text says who somebody is and in which building."""

    sentence = N_(
        "公开的文字里同时有“%(person)s”和“%(building)s”，别人能猜出是哪一家。"
        "门牌请写到“只给上门的人看”里，标题可以写成：%(better)s"
    )
    status = 422
    field = "title"


class DoorInPublicPlace(Refusal):
    """The public place of a home visit is the grid or a meeting point."""

    sentence = N_("公开的地点只写网格或集合点，门牌请写到“只给上门的人看”里。")
    status = 422
    field = "public_place"


class MedicineRefused(Refusal):
    """Medicines do not pass through the product."""

    sentence = N_("药品不能作为物品心愿发布。请联系社区医院或家属；可以改成“陪同取药”的服务。")
    status = 422
    field = "title"


class StaleForm(Refusal):
    """A second tab: somebody saved this wish after the form was opened."""

    sentence = N_(
        "您打开这一页之后，这个心愿又被改过一次。您填的都还在下面；"
        "请先看看最新的内容，确认后再按一次保存。"
    )


class ClaimedAlready(Refusal):
    """People decided by these words: they do not change under them."""

    sentence = N_(
        "已经有人认领，标题、内容、地点和工具不能再改。有变化请打电话告诉他们，或取消重发。"
    )


class TimeIsFixed(Refusal):
    """What people plan by is not changed silently after publishing."""

    sentence = N_(
        "发布以后，时间、方式和人数不在这里改：时间和人数请到心愿页点“改时间地点”“改人数”；"
        "要换方式，请取消后重新发布。"
    )


class NoLongerEditable(Refusal):
    """The service began, or the wish is over."""

    sentence = N_("这个心愿现在是“%(state)s”，内容不能再改。")


class SlipNotForThis(Refusal):
    """Only home visits that are still to come have a slip."""

    sentence = N_("只有已发布、还没做完的上门服务才打印居民单。")


class PrivateNotOpen(Refusal):
    """Door and phone open 24 hours before the start, for named and confirmed people."""

    sentence = N_("门牌和电话在开始前 24 小时打开，%(opens)s以后再来看。")
    status = 403


class PrivateClosed(Refusal):
    """Door and phone are hidden again some days after closing."""

    sentence = N_("这个心愿已经办结，门牌和电话收起来了。有事请打社区电话。")
    status = 403


class IdentityNotConfirmed(Refusal):
    """A worker confirms who somebody is before they see a door."""

    sentence = N_("您的身份还没有经社区确认，请带证件到社区办一次，以后就能看到门牌和电话。")
    status = 403
