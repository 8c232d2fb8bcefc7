"""What is said about a missed service: to the person first."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.outbox import tell
from foundation.refusal import N_
from foundation.settings import setting
from wishes.models import NoShow, Wish


def tell_no_show(row: NoShow, wish: Wish) -> None:
    """The person sees it at once, and what it means."""
    tell(
        [row.user_id],
        kind="no_show",
        subject=N_("记了一次没来：%(title)s"),
        text=N_(
            "“%(title)s”（%(when)s）您没有到场，记了一次。%(days)s 天后自动不计。"
            "有原因或者记错了，点开可以申诉，由另一位工作人员答复。"
        ),
        path=f"/mine/no-shows/{row.id}",
        params={"title": wish.title, "when": row.happened_at, "days": setting("NO_SHOW_DAYS")},
    )


def tell_appealed(row: NoShow, wish: Wish, user_ids: Iterable[int], *, name: str) -> None:
    """Whoever may answer."""
    tell(
        user_ids,
        kind="no_show_appeal",
        subject=N_("%(name)s 对“没来”有不同意见：%(title)s"),
        text=N_("“%(title)s”（%(when)s）：%(words)s"),
        path=f"/desk/{wish.community_id}/no-shows/{row.id}",
        params={
            "title": wish.title, "when": row.happened_at, "name": name, "words": row.appeal or "",
        },
    )  # fmt: skip


def tell_answered(row: NoShow, wish: Wish, *, accepted: bool) -> None:
    """Yes or no, and why."""
    subject = N_("不算没来了：%(title)s") if accepted else N_("申诉没有改动：%(title)s")
    tell(
        [row.user_id],
        kind="no_show_answer",
        subject=subject,
        text=N_("“%(title)s”（%(when)s）社区答复：%(words)s"),
        path=f"/mine/no-shows/{row.id}",
        params={"title": wish.title, "when": row.happened_at, "words": row.answer or "—"},
    )


def tell_let_go_on(row: NoShow) -> None:
    """The nod."""
    tell(
        [row.user_id],
        kind="no_show_nod",
        subject=N_("可以继续认领了"),
        text=N_("社区工作人员点了同意，您可以继续认领心愿。来不了请提前说一声。"),
        path="/mine/no-shows",
    )
