"""What people are told about an ask: the asker when there is an account, and the staff."""

from __future__ import annotations

from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Ask


def _path(ask: Ask) -> str:
    return f"/asks/{ask.code}"


def tell_new_ask(ask: Ask, *, but: int | None = None) -> None:
    """The community's workers, and the grid's, know that somebody asked; `but` is who wrote it."""
    desks = [(ask.community_id, Role.COMMUNITY_WORKER)]
    if ask.grid_id is not None:
        desks.append((ask.grid_id, Role.GRID_WORKER))
    for area_id, role in desks:
        tell(
            [person for person in list_staff_ids(area_id, [role]) if person != but],
            kind="new_ask",
            subject=N_("新诉求：%(title)s"),
            text=N_("有居民提出“%(title)s”，等着受理。"),
            path=f"/desk/{area_id}/asks/{ask.id}",
            params={"title": ask.title},
        )


def tell_completed_ask(ask: Ask, *, by: str) -> None:
    """The community's workers know that the grid worker has been there."""
    tell(
        list_staff_ids(ask.community_id, [Role.COMMUNITY_WORKER]),
        kind="ask_completed",
        subject=N_("诉求已补充：%(title)s"),
        text=N_("%(by)s补充了“%(title)s”的情况，可以受理了。"),
        path=f"/desk/{ask.community_id}/asks/{ask.id}",
        params={"title": ask.title, "by": by},
    )


def _tell_asker(ask: Ask, kind: str, subject: str, text: str, **params: object) -> None:
    if ask.asked_by_id is not None:
        tell(
            [ask.asked_by_id],
            kind=kind,
            subject=subject,
            text=text,
            path=_path(ask),
            params={"title": ask.title, **params},
        )


def tell_accepted(ask: Ask) -> None:
    """The asker knows that the community takes it on."""
    _tell_asker(
        ask,
        "ask_accepted",
        N_("社区受理了：%(title)s"),
        N_("社区受理了“%(title)s”，正在安排时间和人手。"),
    )


def tell_answered(ask: Ask) -> None:
    """The asker reads the community's answer."""
    _tell_asker(
        ask,
        "ask_answered",
        N_("社区答复了：%(title)s"),
        N_("关于“%(title)s”，社区答复：%(reply)s"),
        reply=ask.reply,
    )


def tell_returned(ask: Ask) -> None:
    """The asker knows what to add before sending it again."""
    _tell_asker(
        ask,
        "ask_returned",
        N_("请补充：%(title)s"),
        N_("“%(title)s”退回给您了，原因：%(reply)s。补充后可以再提交。"),
        reply=ask.reply,
    )


def tell_passed_on(ask: Ask) -> None:
    """The asker knows who looks after it now."""
    _tell_asker(
        ask,
        "ask_passed_on",
        N_("已转办：%(title)s"),
        N_("“%(title)s”已转给%(to)s办理。说明：%(reply)s"),
        to=ask.passed_to,
        reply=ask.reply,
    )


def tell_asker_published(ask: Ask) -> None:
    """The asker knows that people can take it now."""
    _tell_asker(
        ask,
        "ask_published",
        N_("已发布：%(title)s"),
        N_("您提的“%(title)s”已经发布，有人认领后您会看到是谁来。"),
    )


def tell_asker_done(ask: Ask) -> None:
    """The asker knows that it is done."""
    _tell_asker(
        ask,
        "ask_done",
        N_("办好了：%(title)s"),
        N_("您提的“%(title)s”已经办好并核实。"),
    )


def tell_asker_cancelled(ask: Ask, why: str) -> None:
    """The asker knows that nobody comes, and why."""
    _tell_asker(
        ask,
        "ask_wish_cancelled",
        N_("取消了：%(title)s"),
        N_("您提的“%(title)s”取消了，原因：%(why)s。有疑问请打社区电话。"),
        why=why,
    )
