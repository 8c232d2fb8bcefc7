"""反馈卡: why a card cannot be read or signed."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class CardNotFound(NotFound):
    """No such card, or it is none of this person's business."""

    sentence = N_("没有找到这张反馈卡。可能报到已经结束，请回到列表看看。")


class CardSigned(Refusal):
    """Somebody else signed it in the meantime."""

    sentence = N_("这张反馈卡已经签发，不能再改。请刷新页面看看。")


class FiguresMoved(Refusal):
    """A service was verified or corrected after the page was opened."""

    sentence = N_("数字刚刚变了：有服务新核实或更正。请看过新的数字再签发。")


class NothingServed(Refusal):
    """What was served has been reversed: there is nothing to sign."""

    sentence = N_("这个季度没有站得住的服务记录了，这张卡不用签发。")
