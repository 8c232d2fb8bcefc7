"""The refusals of signing up to come."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class GuestNotFound(NotFound):
    """No such sign-up, or not of this wish."""

    sentence = N_("没有找到这次报名，可能已经取消了。请核对报名码，8 位，不分大小写。")


class NoGuestSeats(Refusal):
    """The community takes no names for this one."""

    sentence = N_("这一场不用报名，到时候直接来就行。想问清楚请打社区电话。")


class GuestsClosed(Refusal):
    """It has begun, or is called off."""

    sentence = N_("已经开始或者结束了，不能再报名，也不能再改。想来请打社区电话问一下。")


class GuestsStopped(Refusal):
    """The community stopped taking names."""

    sentence = N_("社区已经停止报名了。想来请打社区电话问一下。")


class GuestSeatsFull(Refusal):
    """All seats are taken."""

    sentence = N_("座位已经报满了。想来请打社区电话问一下，或者过两天再看有没有人退。")


class TooFewSeats(Refusal):
    """Some seats are left, not so many."""

    sentence = N_("只剩 %(left)s 个座位了，请把人数改小。")
    field = "people"


class AlreadySignedUp(Refusal):
    """A person signs up once, with an account or by phone."""

    sentence = N_("这个手机号或账号已经报过名了，不用再报。要改人数，请先凭报名码取消，再报一次。")


class ServesHere(Refusal):
    """A volunteer of the same wish is no participant."""

    sentence = N_("您是这一场的志愿者，不用再报名。")


class TooManySignUps(Refusal):
    """One browser or address signs up one after another."""

    sentence = N_("这一小时里报名太多了。请过一小时再报，或直接打社区电话。")
    status = 429


class FewerThanSigned(Refusal):
    """There are more people than the seats would be."""

    sentence = N_("已经有 %(taken)s 位报了名，座位不能比这少。")
    status = 422
    field = "capacity"


class NoGuestsHere(Refusal):
    """An item, or somebody's home."""

    sentence = N_("上门的服务和物品心愿没有听众，不能开放报名。")


class NotBegunYet(Refusal):
    """Nobody can have come before the start."""

    sentence = N_("还没开始，开始以后再登记来了多少人。")


class CountIsFixed(Refusal):
    """The wish is verified or over: the number stands in the figures."""

    sentence = N_("这一场已经办结，人次不能再改。")
