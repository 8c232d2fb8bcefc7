"""Why a sheet of residents was not taken in."""

from foundation.refusal import N_, Refusal


class NoResidentHeader(Refusal):
    """No row names the columns."""

    sentence = N_("没认出表头。请在表里写一行表头，至少有“姓名”和“门牌”，再传一次。")
    status = 422
    field = "file"
