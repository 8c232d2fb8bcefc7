"""Refusals of care before publishing: the second look, the least age, the skill."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class ReviewIsOver(Refusal):
    """A second look is taken once."""

    sentence = N_("这次审核现在是“%(state)s”，不能再改。请刷新页面看最新情况。")


class WaitsForReview(Refusal):
    """It was handed in already."""

    sentence = N_("这个心愿已经交给同事审核，请等结果；要改就点“补全草稿”，改完再提交。")


class OwnReview(Refusal):
    """The second pair of eyes is somebody else's."""

    sentence = N_("自己写的或提交的心愿要请另一位同事来看，请把这一页转给同事。")
    status = 403


class ReasonMissing(Refusal):
    """Who wrote it learns from the reason what to change."""

    sentence = N_("请写一句退回的理由，写的人好改。")
    status = 422
    field = "reason"


class PublishFirst(Refusal):
    """Where a second look is asked for, a draft goes to nobody before it."""

    sentence = N_("这里发布前要另一位同事看一遍：请先点“发布”提交审核，发布以后再邀请。")


class AgeUnknown(Refusal):
    """A wish asks for a least age, and the person did not tell a year."""

    sentence = N_(
        "这个心愿要年满 %(age)s 岁的人来，%(name)s还没有填出生年份。"
        "请本人到“我的资料”里的“我会的”填好再来。"
    )


class TooYoung(Refusal):
    """By the year told, the person may still be too young."""

    sentence = N_("这个心愿要年满 %(age)s 岁的人来，按出生年份%(name)s还不到。请看看别的心愿。")


class SkillMissing(Refusal):
    """A wish asks for a skill that the person did not tell."""

    sentence = N_(
        "这个心愿要“%(skill)s”的人来。%(name)s要是会，请本人到“我的资料”里的“我会的”勾上再来。"
    )
