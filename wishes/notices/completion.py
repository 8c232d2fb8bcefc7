"""What people are told once a service is reported, and once it is verified."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.queries.places import ClaimFacts


def tell_reported(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """Whoever can verify knows that a report waits."""
    tell(
        user_ids,
        kind="reported",
        subject=N_("待核实：%(title)s"),
        text=N_("“%(title)s”已经完成，请看到场记录和凭据，核实后时长才会入账。"),
        path=f"/desk/{wish.community_id}/wishes/{wish.id}/verify",
        params={"title": wish.title},
    )


def tell_credited(wish: ClaimFacts, user_id: int, minutes: int) -> None:
    """The person's minutes are in the book."""
    tell(
        [user_id],
        kind="credited",
        subject=N_("记入存折：%(title)s"),
        text=N_("“%(title)s”核实通过，%(minutes)s 分钟记入您的爱心存折。谢谢您。"),
        path="/passbook",
        params={"title": wish.title, "minutes": minutes},
    )


def tell_not_credited(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """The service is verified, but nothing of it counts for this person."""
    tell(
        user_ids,
        kind="not_credited",
        subject=N_("没有记时长：%(title)s"),
        text=N_("“%(title)s”已核实，您这次没有可记的时长。如果忘了签退，请找社区补上。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title},
    )


def tell_verified(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """Coordinators, reporters and givers know that the wish is closed."""
    tell(
        user_ids,
        kind="verified",
        subject=N_("已办结：%(title)s"),
        text=N_("“%(title)s”已经核实办结，记录可以查看。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title},
    )


def tell_do_again(wish: ClaimFacts, user_ids: Iterable[int], why: str) -> None:
    """The report came back."""
    tell(
        user_ids,
        kind="do_again",
        subject=N_("请重新做：%(title)s"),
        text=N_("“%(title)s”的完成没有通过核实。原因：%(why)s"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "why": why},
    )


def tell_unfulfilled(wish: ClaimFacts, user_ids: Iterable[int], why: str) -> None:
    """The service counts as not done."""
    tell(
        user_ids,
        kind="unfulfilled",
        subject=N_("未兑现：%(title)s"),
        text=N_("“%(title)s”核实为未兑现，这次不记时长。原因：%(why)s"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "why": why},
    )


def tell_received(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """The community holds the things."""
    tell(
        user_ids,
        kind="item_received",
        subject=N_("社区已收到：%(title)s"),
        text=N_("您认领的“%(title)s”社区已经收到，验收后送到居民手里。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title},
    )


def tell_not_as_wished(wish: ClaimFacts, user_ids: Iterable[int], why: str) -> None:
    """The things go back to the giver."""
    tell(
        user_ids,
        kind="item_not_as_wished",
        subject=N_("请换一件：%(title)s"),
        text=N_("“%(title)s”没有通过验收，请联系社区取回或更换。原因：%(why)s"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "why": why},
    )
