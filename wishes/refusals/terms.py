"""Refusals of a wish's terms: the least number, the first circle, the quota, the second yes."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class LeastTooLarge(Refusal):
    """The least number is more than there are places."""

    sentence = N_("最少人数不能比要的人数多，请填 2 到 %(most)s。")
    status = 422
    field = "least"


class OpensLater(Refusal):
    """A wish opens to some first; to whom, and when to everybody."""

    sentence = N_("这个心愿先开放给%(who)s，%(opens)s起人人都能认领，到时候再来。")


class QuotaReached(Refusal):
    """So many live claims a day (or week) and no more, so that others get one too."""

    sentence = N_(
        "这一类心愿每人每天最多认领 %(most)s 个，您今天的已经用完了。请明天再来，或先退出一个。"
    )


class WeekQuotaReached(QuotaReached):
    """The same for a week."""

    sentence = N_(
        "这一类心愿每人每周最多认领 %(most)s 个，您这周的已经用完了。请下周再来，或先退出一个。"
    )


class NothingAsked(NotFound):
    """No question stands open for this place."""

    sentence = N_("这里没有要您确认的事。去“我的”看看您认领的心愿。")


class AnsweredTooLate(Refusal):
    """The limit has passed."""

    sentence = N_("确认时间已经过了，名额让给了别人。还想来的话，看看有没有空位或候补。")


class NothingToDecide(Refusal):
    """No wish waits for this decision: taken already, or there are enough by now."""

    sentence = N_("这件事已经定了，请刷新页面看最新情况。")
