"""双报到: why a report cannot be made, answered or ended."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class ReportNotFound(NotFound):
    """No such report, or it is none of this person's business."""

    sentence = N_("没有找到这份报到。可能已经结束，请回到列表看看。")


class AlreadyReported(Refusal):
    """One report at a time, on whatever device."""

    sentence = N_("已经报到过了。要换社区，请先结束现在的报到。")


class ReportAnswered(Refusal):
    """Confirmed, returned or ended in the meantime."""

    sentence = N_("这份报到已经办过了，请刷新页面看看结果。")


class PartyConsentMissing(Refusal):
    """Party membership is told with its own consent, or not at all."""

    sentence = N_("请先勾选同意，居住社区才能看到您的报到。")
    status = 422
    field = "agrees"


class NotYourUnit(Refusal):
    """The unit's roster does not have this person."""

    sentence = N_("您不在这个单位的名册上，请换一个，或先用加入码加入。")
    status = 422
    field = "unit"


class BranchMissing(Refusal):
    """A unit's report names its party organisation."""

    sentence = N_("请填写党组织名称，例如“第一党支部”。")
    status = 422
    field = "branch"


class ReturnReasonMissing(Refusal):
    """A report is not returned without a reason."""

    sentence = N_("请写一句退回的原因，对方好知道怎么办。")
    status = 422
    field = "reason"


class UnitClosed(Refusal):
    """A closed unit reports nowhere."""

    sentence = N_("这个单位已经停用，不能再报到。请找社区核对。")
