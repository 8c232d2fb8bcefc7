"""Giving and ending roles."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, NotYours, Refusal


class InvitationNotFound(NotFound):
    """No such invitation."""

    sentence = N_("没有找到这份邀请。链接可能不完整，请向邀请您的人要一个新的。")


class InvitationOver(Refusal):
    """Used, withdrawn, older than seven days, or its sender may not invite any more."""

    sentence = N_("这份邀请已经用过、撤回或过期了。请向邀请您的人要一个新的。")
    status = 410


class MayNotInvite(NotYours):
    """The role is not this person's to give."""

    sentence = N_("这个角色不归您邀请，请找上级街道或运维人员。")


class RoleNotHere(Refusal):
    """A role belongs to certain levels of the area tree."""

    sentence = N_("这一级没有这个角色，请换一个社区或街道。")
    status = 422
    field = "role"


class NotOnYourself(NotYours):
    """Nobody confirms, or dismisses, themself."""

    sentence = N_("自己的事不能由自己办，请同事来办。")


class MembershipEnded(Refusal):
    """The membership was ended before."""

    sentence = N_("这个岗位已经结束了，请刷新页面看看。")
