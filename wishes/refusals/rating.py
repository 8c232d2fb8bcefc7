"""The refusals of ratings and of what follows a bad one."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, NotYours, Refusal


class TooEarlyToRate(Refusal):
    """Only what is answered or done is rated."""

    sentence = N_("现在是“%(state)s”，还不能评价。办完或答复之后再来评。")


class WishNotVerified(Refusal):
    """A wish is rated once a second person has confirmed it."""

    sentence = N_("这次服务还没核实，核实之后再来评价。")


class AlreadyRated(Refusal):
    """One rating per ask and per wish; it is never changed."""

    sentence = N_("已经评价过了，一件事只评一次。还有话要说，请打社区电话。")


class RateAtTheDesk(NotYours):
    """Staff and those who served do not rate as if they were the resident."""

    sentence = N_("评价要由居民来做。居民在电话里或纸上说的，请到工作台代录。")


class RatingCodeNotFound(NotFound):
    """No slip with this rating code."""

    sentence = N_("没有找到这个评价码。请核对居民单上的 8 位码，不分大小写。")


class TooManyGuesses(Refusal):
    """Codes are guessed from this browser or address."""

    sentence = N_("查错的次数太多了。请过一小时再试，或打社区电话。")
    status = 429
