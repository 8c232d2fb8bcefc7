"""Why an inspection folder is not made, or not handed out."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class FolderNotFound(NotFound):
    """No such folder here, or one in full for somebody who may only have it masked."""


class PeriodBackwards(Refusal):
    """The last day lies before the first."""

    sentence = N_("结束日期在开始日期前面，请对调一下。")
    status = 422
    field = "last"


class PeriodInFuture(Refusal):
    """The last day has not come."""

    sentence = N_("结束日期还没到，请选到今天为止。")
    status = 422
    field = "last"


class PeriodTooLong(Refusal):
    """More than a year."""

    sentence = N_("一次最多做一年的，请分几次做。")
    status = 422
    field = "last"


class NothingThen(Refusal):
    """No published wish in the period."""

    sentence = N_("这段时间里没有发布过的心愿，请换一段时间。")
    status = 422
    field = "first"


class FullNotYours(Refusal):
    """Names in full are for the community's own staff."""

    sentence = N_("完整姓名只给本社区自己的工作人员，请选“隐去姓名和电话”。")
    status = 403
    field = "names"


class FolderNotReady(Refusal):
    """The worker has not finished it."""

    sentence = N_("迎检包还没做好，请过一会儿再来下载。")


class FolderGone(Refusal):
    """Past its days, or it could not be made."""

    sentence = N_("这个迎检包已经不在了，请重新做一份。")
    status = 410
