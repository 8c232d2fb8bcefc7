"""What people are told about a campaign: one message for many things, never one for each."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Campaign


def _desk(area_id: int, campaign_id: int) -> str:
    return f"/desk/{area_id}/campaigns/{campaign_id}"


def tell_proposed(campaign: Campaign, user_ids: Iterable[int], *, street_id: int) -> None:
    """The street knows that a campaign waits for its word."""
    tell(
        user_ids,
        kind="campaign_proposed",
        subject=N_("请看专场：%(title)s"),
        text=N_("社区提出了专场“%(title)s”，请同意，或写明原因退回。"),
        path=_desk(street_id, campaign.id),
        params={"title": campaign.title},
    )


def tell_wishes_wait(
    campaign: Campaign, user_ids: Iterable[int], *, street_id: int, community: str, count: int
) -> None:
    """The street knows that a community's wishes wait to be let in."""
    tell(
        user_ids,
        kind="campaign_wishes_wait",
        subject=N_("专场有新心愿：%(title)s"),
        text=N_("%(community)s给专场“%(title)s”报来 %(count)s 个心愿，同意后才会公开。"),
        path=_desk(street_id, campaign.id),
        params={"title": campaign.title, "community": community, "count": count},
    )


def tell_approved(campaign: Campaign, user_ids: Iterable[int], *, area_id: int) -> None:
    """The campaign, or a community's wishes in it, are let in."""
    tell(
        user_ids,
        kind="campaign_approved",
        subject=N_("街道同意了：%(title)s"),
        text=N_("专场“%(title)s”里报来的心愿街道同意了，从 %(opens)s 起公开认领。"),
        path=_desk(area_id, campaign.id),
        params={"title": campaign.title, "opens": campaign.opens_at},
    )


def tell_returned(campaign: Campaign, user_ids: Iterable[int], *, area_id: int, why: str) -> None:
    """The campaign, or a community's wishes, came back with a reason."""
    tell(
        user_ids,
        kind="campaign_returned",
        subject=N_("街道退回了：%(title)s"),
        text=N_("专场“%(title)s”街道退回了。原因：%(why)s"),
        path=_desk(area_id, campaign.id),
        params={"title": campaign.title, "why": why},
    )


def tell_given(campaign: Campaign, user_ids: Iterable[int], *, count: int) -> None:
    """The giver holds several wishes in one go."""
    tell(
        user_ids,
        kind="campaign_given",
        subject=N_("认领成功：%(title)s"),
        text=N_("在专场“%(title)s”里认领了 %(count)s 个心愿，请在 %(closes)s 前送到。"),
        path=f"/campaigns/{campaign.id}/mine",
        params={"title": campaign.title, "count": count, "closes": campaign.closes_at},
    )


def tell_named_backup(campaign: Campaign, user_ids: Iterable[int]) -> None:
    """A unit stands on the list of 兜底单位."""
    tell(
        user_ids,
        kind="campaign_backup_named",
        subject=N_("兜底单位：%(title)s"),
        text=N_("贵单位是专场“%(title)s”的兜底单位：临近截止还没人认领的，会均分给各兜底单位。"),
        path=f"/campaigns/{campaign.id}",
        params={"title": campaign.title},
    )


def tell_backed(campaign: Campaign, user_ids: Iterable[int], *, count: int) -> None:
    """A 兜底单位 was given what nobody took."""
    tell(
        user_ids,
        kind="campaign_backed",
        subject=N_("请兜底：%(title)s"),
        text=N_(
            "专场“%(title)s”快截止了，没人认领的心愿里有 %(count)s 个分给了贵单位，"
            "请在 %(closes)s 前送到。"
        ),
        path=f"/campaigns/{campaign.id}/mine",
        params={"title": campaign.title, "count": count, "closes": campaign.closes_at},
    )


def tell_arrived(campaign: Campaign, user_ids: Iterable[int], *, count: int) -> None:
    """The delivery point holds what somebody brought."""
    tell(
        user_ids,
        kind="campaign_arrived",
        subject=N_("已收到：%(title)s"),
        text=N_("您为专场“%(title)s”送来的 %(count)s 件已经收到，验收后送到居民手里。谢谢。"),
        path=f"/campaigns/{campaign.id}/mine",
        params={"title": campaign.title, "count": count},
    )


def tell_offer(
    user_ids: Iterable[int], *, title: str, offered: str, wish_id: int, community_id: int
) -> None:
    """The community asks the resident about another thing."""
    tell(
        user_ids,
        kind="substitute_offered",
        subject=N_("想换一样：%(title)s"),
        text=N_("“%(title)s”的认领人想换成“%(offered)s”。请问居民愿不愿意，记下答复。"),
        path=f"/desk/{community_id}/wishes/{wish_id}/items",
        params={"title": title, "offered": offered},
    )


def tell_offer_answered(
    user_ids: Iterable[int], *, title: str, offered: str, wish_id: int, agreed: bool
) -> None:
    """The giver knows what the resident said."""
    tell(
        user_ids,
        kind="substitute_answered",
        subject=N_("居民回话了：%(title)s"),
        text=N_("居民同意把“%(title)s”换成“%(offered)s”，请送来。")
        if agreed
        else N_("居民还是想要“%(title)s”，不换成“%(offered)s”。办不到的话请尽早退出认领。"),
        path=f"/wishes/{wish_id}",
        params={"title": title, "offered": offered},
    )
