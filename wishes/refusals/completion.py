"""The refusals of pictures, reports, verification and items on their way."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, NotYours, Refusal


class NobodyCame(Refusal):
    """A report needs somebody who came, or a word on everybody who did not."""

    sentence = N_("还没有人到场，也没写明谁没来。请先在到场记录里登记，再提交完成。")


class EvidenceMissing(Refusal):
    """A picture, a scanned sign-in or the resident's word: one of them."""

    sentence = N_("还没有凭据：请传一张服务照片，或先回访居民并记下来。")
    field = "after"


class ReasonMissing(Refusal):
    """Doing again and rejecting tell the others why."""

    sentence = N_("请写一句原因，让对方知道下一步怎么做。")
    status = 422
    field = "reason"


class CallBackFirst(Refusal):
    """An own tap, or a talk without a picture, counts once the resident has been asked."""

    sentence = N_("%(name)s 的到场还没有居民证实。请先打电话回访并记下来，或者选“重新做”。")


class ReportChanged(Refusal):
    """What the verifier saw is not what stands there now."""

    sentence = N_("刚刚改过到场记录或完成情况。请看一眼新的，再决定。")


class ServedElsewhere(Refusal):
    """An hour is served once, however many services it lay in."""

    sentence = N_("%(name)s 同一时间在“%(title)s”已经记过时长。请先改正到场时间，再核实。")


class OpenItFirst(Refusal):
    """Of the random fifth, not small, or with something to look at: verified by itself."""

    sentence = N_("“%(title)s”要打开来单独核实，不能批量通过。")


class PhotosNotYours(NotYours):
    """Pictures are handed in by who had a place."""

    sentence = N_("只有参加这个心愿的人可以交照片。照片请交给社区工作人员。")


class WishClosed(Refusal):
    """Evidence stands once the service is verified."""

    sentence = N_("这个心愿已经办结，凭据不再改动。有疑问请联系社区。")


class PhotoNotFound(NotFound):
    """No such picture, or not one this person may see."""

    sentence = N_("没有找到这张照片，它可能已经收回。")


class PhotoChanged(Refusal):
    """Two people blur the same picture."""

    sentence = N_("刚刚有人改过这张照片，请看一眼新的再涂。")


class DeliveryNotFound(NotFound):
    """No such item on its way."""

    sentence = N_("没有找到这件物品的记录，请刷新页面。")


class DeliveryStep(Refusal):
    """Received, checked, handed over: one after the other, each once."""

    sentence = N_("这件物品已经走到别的一步了，请刷新页面看最新情况。")


class BadPieces(Refusal):
    """As many pieces as came, no more than pledged."""

    sentence = N_("请填 1 到 %(most)s 之间的整数件数。")
    status = 422
    field = "pieces"


class NotAnItem(Refusal):
    """Receipt and hand-over belong to item wishes, reports to services."""

    sentence = N_("这一步和心愿的类别不符：物品走收、验、送，服务走到场和完成。")


class ReceiptMissing(Refusal):
    """Handed over means a picture of the receipt."""

    sentence = N_("请拍一张签收的照片（签收单或物品，不拍脸）。")
    status = 422
    field = "receipt"
