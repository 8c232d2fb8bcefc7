"""Why an announcement was not taken."""

from foundation.refusal import N_, NotFound, Refusal


class AnnouncementNotFound(NotFound):
    """Not there, not yet there, taken down, or another community's."""

    sentence = N_("没有找到这条公告。它可能已经撤下。")


class DaysBackwards(Refusal):
    """It would end before it begins."""

    sentence = N_("结束日期在开始日期前面，请改一下。")
    status = 422
    field = "last"


class AlreadyOver(Refusal):
    """It would be over before anybody reads it."""

    sentence = N_("结束日期已经过了，请选今天或以后。")
    status = 422
    field = "last"


class BeginsInThePast(Refusal):
    """Nobody is told something yesterday."""

    sentence = N_("开始日期已经过了，请选今天或以后。")
    status = 422
    field = "first"


class ShownTooLong(Refusal):
    """What hangs for ever is read by nobody."""

    sentence = N_("公告最多挂 %(days)s 天，请选近一点的结束日期，到期可以再发。")
    status = 422
    field = "last"


class TakenDown(Refusal):
    """It was taken down meanwhile."""

    sentence = N_("这条公告已经撤下，不能再改。需要的话请重新发一条。")
