"""What people are told about invitations; who asked hears every answer."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.queries.people import get_unit, list_coordinator_ids, list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Dispatch, Wish


def list_readers(asked: Dispatch) -> list[int]:
    """Who answers: the unit's coordinators or the person."""
    if asked.organisation_id is not None:
        return list_coordinator_ids(asked.organisation_id)
    return [asked.user_id] if asked.user_id is not None else []


def _path(asked: Dispatch) -> str:
    if asked.organisation_id is not None:
        return f"/unit/{asked.organisation_id}/orders/{asked.id}"
    return f"/orders/{asked.id}"


def _name(asked: Dispatch) -> str:
    if asked.organisation_id is not None:
        return get_unit(asked.organisation_id).short_name
    return asked.user.name if asked.user else ""


def _senders(asked: Dispatch, wish: Wish) -> Iterable[int]:
    workers = list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER])
    return [asked.asked_by_id, *workers]


def _desk(wish: Wish) -> str:
    return f"/desk/{wish.community_id}/wishes/{wish.id}/invite"


def tell_asked(asked: Dispatch, wish: Wish) -> None:
    """The unit or the person is asked to take the wish."""
    tell(
        list_readers(asked),
        kind="asked",
        subject=N_("社区请您接单：%(title)s"),
        text=N_("%(community)s请您来办“%(title)s”，时间 %(when)s。请在 %(until)s 前回复接或不接。"),
        path=_path(asked),
        params={
            "title": wish.title,
            "community": wish.community.name,
            "when": wish.starts_at,
            "until": asked.lapses_at,
        },
    )


def tell_accepted(asked: Dispatch, wish: Wish) -> None:
    """The community knows that somebody comes."""
    tell(
        _senders(asked, wish),
        kind="accepted",
        subject=N_("已接单：%(title)s"),
        text=N_("%(who)s接了“%(title)s”，时间 %(when)s。"),
        path=f"/desk/{wish.community_id}/wishes/{wish.id}",
        params={"title": wish.title, "who": _name(asked), "when": wish.starts_at},
    )


def tell_declined(asked: Dispatch, wish: Wish) -> None:
    """The community knows why not, and looks for others."""
    tell(
        _senders(asked, wish),
        kind="declined",
        subject=N_("没有接单：%(title)s"),
        text=N_("%(who)s不能接“%(title)s”。原因：%(why)s。请另外邀请，或发布到心愿墙。"),
        path=_desk(wish),
        params={"title": wish.title, "who": _name(asked), "why": asked.reason or "—"},
    )


def tell_lapsed(asked: Dispatch, wish: Wish) -> None:
    """Nobody answered in time: both sides know that the invitation is over."""
    words = {"title": wish.title, "who": _name(asked)}
    tell(
        _senders(asked, wish),
        kind="lapsed",
        subject=N_("没有回复：%(title)s"),
        text=N_("%(who)s没有按时回复“%(title)s”，派单已过期。请另外邀请，或发布到心愿墙。"),
        path=_desk(wish),
        params=words,
    )
    tell(
        list_readers(asked),
        kind="lapsed",
        subject=N_("派单过期了：%(title)s"),
        text=N_("“%(title)s”的回复时间已过，这次不用您去了。下次收到请早些回复。"),
        path=_path(asked),
        params=words,
    )


def tell_closed(asked: Dispatch, wish: Wish) -> None:
    """Others were faster, or the wish is over: who waits is told that nobody waits for them."""
    tell(
        list_readers(asked),
        kind="not_needed",
        subject=N_("这次不用去了：%(title)s"),
        text=N_("“%(title)s”已经有人接了，或社区另有安排，这次不用您去了。谢谢您。"),
        path=_path(asked),
        params={"title": wish.title},
    )
