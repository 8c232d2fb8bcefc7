"""What people are told of urgent things: the member whose turn it is, the desk that waits."""

from __future__ import annotations

from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import QuickCall, QuickTurn, TeamMember, Wish


def _desk(wish: Wish, call: QuickCall) -> list[int]:
    return [call.asked_by_id, *list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER])]


def _page(wish: Wish) -> str:
    return f"/desk/{wish.community_id}/quick"


def tell_turn(turn: QuickTurn, wish: Wish) -> None:
    """It is this member's turn, for some minutes."""
    tell(
        [turn.user_id],
        kind="quick_turn",
        subject=N_("急事，请接：%(title)s"),
        text=N_("“%(title)s”，在%(place)s。请在 %(until)s 前点“我去”或“去不了”，过时就问下一位。"),
        path=f"/quick/{turn.id}",
        params={"title": wish.title, "place": wish.public_place, "until": turn.accept_until},
    )


def tell_taken(wish: Wish, call: QuickCall, *, name: str) -> None:
    """The desk knows who goes, and by when they are there."""
    tell(
        _desk(wish, call),
        kind="quick_taken",
        subject=N_("有人去了：%(title)s"),
        text=N_("%(name)s接了“%(title)s”，%(until)s 前到。"),
        path=_page(wish),
        params={"title": wish.title, "name": name, "until": call.arrive_until},
    )


def tell_nobody(wish: Wish, call: QuickCall) -> None:
    """Everybody on duty was asked: a person at the desk goes on by telephone."""
    tell(
        _desk(wish, call),
        kind="quick_nobody",
        subject=N_("没人能去：%(title)s"),
        text=N_("值班的队员都问过了，“%(title)s”还没人去。请打电话找人，或改成普通心愿发布。"),
        path=_page(wish),
        params={"title": wish.title},
    )


def tell_not_arrived(wish: Wish, call: QuickCall) -> None:
    """Nobody checked in at the promised time."""
    tell(
        _desk(wish, call),
        kind="quick_late",
        subject=N_("还没到：%(title)s"),
        text=N_("“%(title)s”说好 %(until)s 前到，现在还没签到。请打电话问一声。"),
        path=_page(wish),
        params={"title": wish.title, "until": call.arrive_until},
    )


def tell_member(member: TeamMember, *, community: str) -> None:
    """Somebody is on the team now."""
    tell(
        [member.user_id],
        kind="team_member",
        subject=N_("您在便民服务队里了"),
        text=N_("%(community)s把您加进了便民服务队。值班的时候有急事，会先来问您。"),
        path="/mine",
        params={"community": community},
    )
