"""反馈卡: drafts to sign, and cards to read."""

from __future__ import annotations

from accounts.queries.people import list_coordinator_ids, list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import FeedbackCard


def tell_drafts(community_id: int, *, count: int) -> None:
    """The quarter is over: the community's workers have cards to sign."""
    tell(
        list_staff_ids(community_id, [Role.COMMUNITY_WORKER]),
        kind="cards_drafted",
        subject=N_("双报到：反馈卡待签发"),
        text=N_("上个季度的反馈卡写好了 %(count)s 张，看过数字，加一句话就能签发。"),
        path=f"/desk/{community_id}/reporting",
        params={"count": count},
    )


def tell_signed(card: FeedbackCard, *, shared_unit_id: int | None) -> None:
    """A signed card: to the person, and to the unit that may see it, without a name."""
    report = card.report
    words = {"community": report.community.name}
    subject = N_("双报到：%(community)s的季度反馈卡")
    if report.user_id is not None:
        tell(
            [report.user_id],
            kind="card_signed",
            subject=subject,
            text=N_("社区签发了您上个季度的反馈卡，可以看，也可以打印。谢谢您。"),
            path="/mine/reporting",
            params=words,
        )
    if shared_unit_id is not None:
        tell(
            list_coordinator_ids(shared_unit_id),
            kind="card_signed",
            subject=subject,
            text=N_("社区签发了一张反馈卡，可以看，也可以打印。"),
            path=f"/unit/{shared_unit_id}/reporting",
            params=words,
        )
