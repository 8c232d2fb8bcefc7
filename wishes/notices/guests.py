"""What participants with an account are told; the others are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Wish


def tell_signed_up(wish: Wish, user_id: int, *, code: str, shown: str) -> None:
    """The seat is kept; where the code is."""
    tell(
        [user_id],
        kind="guest_signed_up",
        subject=N_("报名成功：%(title)s"),
        text=N_(
            "“%(title)s”（%(when)s）给您留了座位，地点：%(place)s。来不了请凭报名码 %(code)s 取消。"
        ),
        path=f"/joined/{code}",
        params={
            "title": wish.title, "when": wish.starts_at, "place": wish.public_place, "code": shown,
        },
    )  # fmt: skip


def tell_guests_off(wish: Wish, user_ids: Iterable[int], *, why: str) -> None:
    """It does not take place."""
    tell(
        user_ids,
        kind="guest_off",
        subject=N_("这一场取消了：%(title)s"),
        text=N_("您报名的“%(title)s”（%(when)s）取消了，不用来了。原因：%(why)s"),
        path="/",
        params={"title": wish.title, "when": wish.starts_at, "why": why},
    )


def tell_guests_moved(wish: Wish, user_ids: Iterable[int], *, before: datetime, why: str) -> None:
    """Another time or place; the seat is kept."""
    tell(
        user_ids,
        kind="guest_moved",
        subject=N_("时间地点改了：%(title)s"),
        text=N_(
            "您报名的“%(title)s”原定 %(before)s，改为 %(when)s，地点：%(place)s。原因：%(why)s。"
            "座位给您留着，来不了请凭报名码取消。"
        ),
        path=f"/wishes/{wish.id}",
        params={
            "title": wish.title, "before": before, "when": wish.starts_at,
            "place": wish.public_place, "why": why,
        },
    )  # fmt: skip


def tell_guest_removed(wish: Wish, user_id: int) -> None:
    """The community took the name off the list."""
    tell(
        [user_id],
        kind="guest_removed",
        subject=N_("报名取消了：%(title)s"),
        text=N_("社区取消了您在“%(title)s”（%(when)s）的报名。想问清楚请打社区电话。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )
