"""Refusals of the service menu and of invitations."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class OfferNotFound(NotFound):
    """No such offer, or one that is not this person's to see."""

    sentence = N_("没有找到这项服务。它可能已经撤下，回服务菜单看看别的吧。")


class OfferPaused(Refusal):
    """Only an active offer can be ordered."""

    sentence = N_("这项服务现在没有开放，请在服务菜单里另选一项，或打电话问问对方。")


class OfferIsFull(Refusal):
    """As many orders as the owner takes in a month."""

    sentence = N_("这项服务 %(month)s 已经约满（每月 %(most)s 次），请改到别的月份，或另选一项。")
    field = "day"


class OfferTooSmall(Refusal):
    """More people than the offer brings."""

    sentence = N_("这项服务一次最多来 %(most)s 人，请把人数改小，或分成几个心愿。")
    status = 422
    field = "headcount"


class OfferIncomplete(Refusal):
    """Something is missing; `missing` holds pairs of (form field, sentence)."""

    sentence = N_("还不能放上菜单：有 %(count)s 处没填好。可以先存成草稿。")
    status = 422

    def __init__(self, missing: tuple[tuple[str, str], ...]) -> None:
        super().__init__(count=len(missing))
        self.missing = missing


class DispatchNotFound(NotFound):
    """No such invitation, or somebody else's."""

    sentence = N_("没有找到这张派单。它可能已经收回，看看别的心愿吧。")


class DispatchOver(Refusal):
    """An invitation is answered once."""

    sentence = N_("这张派单现在是“%(state)s”，不能再改。有变化请打电话给社区。")


class DispatchLapsed(Refusal):
    """The time to answer is over."""

    sentence = N_("回复时间已过（%(until)s），这张派单不作数了。还想去的话请打电话给社区。")


class WishNotAskable(Refusal):
    """Only a draft or an open wish looks for people."""

    sentence = N_("这个心愿现在是“%(state)s”，不用再邀请人了。")


class AskedAlready(Refusal):
    """One waiting invitation per wish and invitee."""

    sentence = N_("已经邀请过%(name)s，正等回复。")


class HoldsPlacesAlready(Refusal):
    """Who is on the wish need not be invited."""

    sentence = N_("%(name)s已经在这个心愿上了，不用再邀请。")


class NotAskable(Refusal):
    """Somebody who does not want to be asked, or lives in another street."""

    sentence = N_("现在不能邀请这位志愿者，请从推荐里另选一位。")


class OrderChanged(Refusal):
    """The wish was changed after the page was opened."""

    sentence = N_("社区刚改过这张派单的内容。请看看下面最新的时间、地点和人数，再决定接不接。")


class OrderNotReady(Refusal):
    """The draft became incomplete while the invitation waited."""

    sentence = N_("社区还在改这张派单，请过一会儿再来，或打电话给社区。")


class DeclineReasonMissing(Refusal):
    """The community learns from the reason what to ask next time."""

    sentence = N_("请写一句原因，社区好另作安排。")
    status = 422
    field = "reason"
