"""The refusals of the volunteer's desk."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class FriendNotFound(Refusal):
    """No volunteer has this number."""

    sentence = N_("没有这个志愿者编号，请让朋友打开“存折”，照着封面上的 12 位数字抄。")
    field = "number"
    status = 422
