"""What people are told when a published wish changes, or when somebody writes to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.queries.places import ClaimFacts


def tell_rescheduled(
    wish: ClaimFacts, user_ids: Iterable[int], *, before: datetime, place: str, why: str
) -> None:
    """Whoever has a place plans anew, or gives it back."""
    tell(
        user_ids,
        kind="rescheduled",
        subject=N_("时间地点改了：%(title)s"),
        text=N_(
            "“%(title)s”原定 %(before)s，改为 %(when)s，地点：%(place)s。原因：%(why)s。"
            "新的时间来不了，开始前都可以退出。"
        ),
        path=f"/wishes/{wish.id}",
        params={
            "title": wish.title, "before": before, "when": wish.starts_at, "place": place,
            "why": why,
        },
    )  # fmt: skip


def tell_lost_place(wish: ClaimFacts, user_ids: Iterable[int], *, before: datetime) -> None:
    """The new time overlaps another commitment of the person: the place is free again."""
    tell(
        user_ids,
        kind="lost_place",
        subject=N_("改了时间，您的名额让出来了：%(title)s"),
        text=N_(
            "“%(title)s”原定 %(before)s，改为 %(when)s，和您已认领的另一件时间重叠，"
            "名额先让出来了。想来这一件，请先退出那一件再认领，或给社区打电话。"
        ),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "before": before, "when": wish.starts_at},
    )


def tell_unit_lost_name(wish: ClaimFacts, user_ids: Iterable[int], *, name: str) -> None:
    """The unit's coordinators (or the friend who claimed) name somebody else."""
    tell(
        user_ids,
        kind="lost_name",
        subject=N_("请换人：%(title)s"),
        text=N_("“%(title)s”改到 %(when)s，%(name)s 那时另有安排，名额还在，请换一个人。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at, "name": name},
    )


def tell_written(wish: ClaimFacts, user_ids: Iterable[int], *, text: str) -> None:
    """A worker's words to the people of one wish."""
    tell(
        user_ids,
        kind="wish_message",
        subject=N_("社区通知：%(title)s"),
        text=N_("关于“%(title)s”（%(when)s）：%(text)s"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at, "text": text},
    )


def tell_asked_to_stand_in(wish: ClaimFacts, user_id: int, *, stand_in_id: int, name: str) -> None:
    """Somebody offers their place."""
    tell(
        [user_id],
        kind="stand_in",
        subject=N_("%(name)s 请您顶替：%(title)s"),
        text=N_("%(name)s 来不了“%(title)s”（%(when)s），想请您去。点开看看，再决定接不接。"),
        path=f"/stand-ins/{stand_in_id}",
        params={"title": wish.title, "when": wish.starts_at, "name": name},
    )


def tell_stood_in(wish: ClaimFacts, user_id: int, *, name: str) -> None:
    """The place is somebody else's now."""
    tell(
        [user_id],
        kind="stood_in",
        subject=N_("有人顶替了：%(title)s"),
        text=N_("%(name)s 答应替您去“%(title)s”（%(when)s），您不用去了。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at, "name": name},
    )


def tell_stand_in_declined(wish: ClaimFacts, user_id: int) -> None:
    """The place stays where it was."""
    tell(
        [user_id],
        kind="stand_in_declined",
        subject=N_("对方去不了：%(title)s"),
        text=N_("您请的人去不了“%(title)s”（%(when)s），名额还是您的。可以再请别人，或者退出。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )


def tell_staff_stood_in(
    wish: ClaimFacts, more: Iterable[int], *, name: str, instead_of: str
) -> None:
    """The community's workers (and the unit's coordinators) know who comes."""
    staff = list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER])
    tell_who_stood_in(wish, [*staff, *more], name=name, instead_of=instead_of)


def tell_who_stood_in(
    wish: ClaimFacts, user_ids: Iterable[int], *, name: str, instead_of: str
) -> None:
    """The unit's coordinators know who of theirs comes."""
    tell(
        user_ids,
        kind="stand_in_done",
        subject=N_("换了人：%(title)s"),
        text=N_("“%(title)s”（%(when)s）由 %(name)s 替 %(other)s 去。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at, "name": name, "other": instead_of},
    )


def tell_offered_again(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """Whoever held a place hears that the wish is open anew."""
    tell(
        user_ids,
        kind="offered_again",
        subject=N_("重新开放认领：%(title)s"),
        text=N_("“%(title)s”上次没有做成，改在 %(when)s 重新开放认领，愿意来请再认领一次。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )
