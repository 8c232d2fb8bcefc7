"""What people are told about series, duty and long-term plans."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Series


def _workers(series: Series) -> list[int]:
    return list_staff_ids(series.community_id, [Role.COMMUNITY_WORKER])


def tell_on_duty(
    user_ids: Iterable[int], series: Series, *, first: datetime, count: int, path: str
) -> None:
    """Somebody is on duty, once or several times."""
    tell(
        user_ids,
        kind="on_duty",
        subject=N_("轮到您了：%(title)s"),
        text=N_("“%(title)s”轮到您 %(n)s 次，第一次是 %(when)s。来不了请尽早退出，社区好另找人。"),
        path=path,
        params={"title": series.words["title"], "n": count, "when": first},
    )


def tell_off_duty(user_ids: Iterable[int], series: Series, *, when: datetime, path: str) -> None:
    """Somebody else comes instead."""
    tell(
        user_ids,
        kind="off_duty",
        subject=N_("换人了：%(title)s"),
        text=N_("“%(title)s”（%(when)s）换了别人，那天不用您来。"),
        path=path,
        params={"title": series.words["title"], "when": when},
    )


def tell_duty_uncovered(series: Series, *, name: str, when: datetime, path: str) -> None:
    """The workers look for somebody: who should be on duty is busy then."""
    tell(
        _workers(series),
        kind="duty_uncovered",
        subject=N_("这天要找人：%(title)s"),
        text=N_("“%(title)s”%(when)s 该 %(name)s 来，但那个时间已有别的安排，请另找人。"),
        path=path,
        params={"title": series.words["title"], "name": name, "when": when},
    )


def tell_series_ended(
    user_ids: Iterable[int], series: Series, *, count: int, first: datetime, why: str
) -> None:
    """Everybody who planned to come stays at home, told once."""
    tell(
        user_ids,
        kind="series_ended",
        subject=N_("以后不用来了：%(title)s"),
        text=N_("“%(title)s”从 %(when)s 起的 %(n)s 次取消了，不用来了。原因：%(why)s"),
        path=f"/series/{series.id}",
        params={"title": series.words["title"], "n": count, "when": first, "why": why},
    )


def tell_series_claimed(user_id: int, series: Series, *, first: datetime, count: int) -> None:
    """One message for all the days somebody took."""
    tell(
        [user_id],
        kind="series_claimed",
        subject=N_("认领成功：%(title)s"),
        text=N_("您认领了“%(title)s”%(n)s 次，第一次是 %(when)s。哪次来不了，请尽早退出那一次。"),
        path=f"/series/{series.id}",
        params={"title": series.words["title"], "n": count, "when": first},
    )


def tell_companion_found(series: Series, *, name: str) -> None:
    """The workers call the volunteer and agree on a plan."""
    tell(
        _workers(series),
        kind="companion_found",
        subject=N_("有人愿意长期陪伴：%(title)s"),
        text=N_("%(name)s 认领了“%(title)s”。请打电话约好多久来一次、哪天来，再把计划填上。"),
        path=f"/desk/{series.community_id}/series/{series.id}",
        params={"title": series.words["title"], "name": name},
    )


def tell_plan_proposed(series: Series) -> None:
    """The volunteer says yes, or asks for another time."""
    tell(
        [series.claimant_id] if series.claimant_id else [],
        kind="plan_proposed",
        subject=N_("请看看这个计划：%(title)s"),
        text=N_("社区给“%(title)s”排了时间，您点头以后就按这个来。时间不合适可以说。"),
        path=f"/series/{series.id}",
        params={"title": series.words["title"]},
    )


def tell_plan_answered(series: Series, *, name: str, words: str, agreed: bool) -> None:
    """The workers hear the answer."""
    tell(
        _workers(series),
        kind="plan_answered",
        subject=N_("计划定了：%(title)s") if agreed else N_("计划要再商量：%(title)s"),
        text=N_("%(name)s 同意了“%(title)s”的计划，每次都已排好。")
        if agreed
        else N_("%(name)s 对“%(title)s”的计划说：%(words)s"),
        path=f"/desk/{series.community_id}/series/{series.id}",
        params={"title": series.words["title"], "name": name, "words": words or "—"},
    )
