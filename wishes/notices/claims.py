"""What people are told about claims: rows in the outbox, written in the errand that is open."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.queries.places import ClaimFacts


def tell_claimed(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """The claimant holds places."""
    tell(
        user_ids,
        kind="claimed",
        subject=N_("认领成功：%(title)s"),
        text=N_("您认领了“%(title)s”，时间 %(when)s。来不了请尽早退出，把名额让给别人。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )


def tell_filled(wish: ClaimFacts) -> None:
    """The community's workers know that nobody is missing any more."""
    tell(
        list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER]),
        kind="filled",
        subject=N_("人齐了：%(title)s"),
        text=N_("“%(title)s”的名额已满，时间 %(when)s。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )


def tell_withdrawn(wish: ClaimFacts, why: str | None) -> None:
    """The community's workers know that places are free again."""
    tell(
        list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER]),
        kind="withdrawn",
        subject=N_("有人退出：%(title)s"),
        text=N_("“%(title)s”空出了名额，时间 %(when)s。原因：%(why)s"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at, "why": why or "—"},
    )


def tell_named(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """Somebody put the person's name on a place."""
    tell(
        user_ids,
        kind="named",
        subject=N_("您被排上了：%(title)s"),
        text=N_("您被排上了“%(title)s”，时间 %(when)s。来不了请点“我来不了”。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )


def tell_unnamed(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """The person's name was taken off a place."""
    tell(
        user_ids,
        kind="unnamed",
        subject=N_("名字撤下了：%(title)s"),
        text=N_("“%(title)s”（%(when)s）不用您去了，名额由单位另行安排。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )
