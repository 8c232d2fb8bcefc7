"""What people in line are told: a place is held for them, it lapsed, the line is closed."""

from __future__ import annotations

from datetime import datetime

from accounts.queries.people import list_coordinator_ids
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Waiting
from wishes.queries.places import ClaimFacts


def _readers(turn: Waiting) -> list[int]:
    if turn.organisation_id is None:
        return [turn.user_id]
    return list_coordinator_ids(turn.organisation_id)


def _path(turn: Waiting) -> str:
    if turn.organisation_id is None:
        return f"/wishes/{turn.wish_id}"
    return f"/unit/{turn.organisation_id}/wishes/{turn.wish_id}/claim"


def tell_offered(wish: ClaimFacts, turn: Waiting, *, until: datetime) -> None:
    """Places are held; until when to answer."""
    tell(
        _readers(turn),
        kind="place_offered",
        subject=N_("有名额了：%(title)s"),
        text=N_(
            "您候补的“%(title)s”（%(when)s）有名额了，给您留 %(places)s 个，"
            "请在 %(until)s 前点“接受”。不点就给下一位。"
        ),
        path=_path(turn),
        params={
            "title": wish.title, "when": wish.starts_at, "places": turn.places, "until": until,
        },
    )  # fmt: skip


def tell_first_come(wish: ClaimFacts, turn: Waiting) -> None:
    """Too late to hold a place: whoever is first has it."""
    tell(
        _readers(turn),
        kind="place_free",
        subject=N_("空出了名额：%(title)s"),
        text=N_("您候补的“%(title)s”（%(when)s）空出了名额。快开始了，不再保留，先到先得。"),
        path=_path(turn),
        params={"title": wish.title, "when": wish.starts_at},
    )


def tell_lapsed(wish: ClaimFacts, turn: Waiting) -> None:
    """No answer in time: the place went on."""
    tell(
        _readers(turn),
        kind="offer_lapsed",
        subject=N_("名额没有保留：%(title)s"),
        text=N_("“%(title)s”（%(when)s）给您留的名额到时间没有答复，已经让给别人。"),
        path=_path(turn),
        params={"title": wish.title, "when": wish.starts_at},
    )


def tell_line_closed(wish: ClaimFacts, turn: Waiting) -> None:
    """No place came free before the start, or the wish is over."""
    tell(
        _readers(turn),
        kind="line_closed",
        subject=N_("这次没有补上：%(title)s"),
        text=N_("“%(title)s”（%(when)s）没有再空出名额，候补结束了。谢谢您愿意来。"),
        path="/",
        params={"title": wish.title, "when": wish.starts_at},
    )
