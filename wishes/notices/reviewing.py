"""What people are told of the second look before publishing."""

from __future__ import annotations

from accounts.models import Area
from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Wish, WishReview


def _reviewers(wish: Wish, review: WishReview) -> list[int]:
    """Colleagues of the community; of the street where there is nobody else."""
    own = {wish.created_by_id, review.asked_by_id}
    area: Area | None = wish.community
    while area is not None:
        staff = set(list_staff_ids(area.id, [Role.COMMUNITY_WORKER, Role.SUPERVISOR])) - own
        if staff:
            return sorted(staff)
        area = area.parent
    return []


def _path(wish: Wish) -> str:
    return f"/desk/{wish.community_id}/wishes/{wish.id}"


def tell_to_review(wish: Wish, review: WishReview) -> None:
    """Somebody else looks at the draft before it is published."""
    tell(
        _reviewers(wish, review),
        kind="to_review",
        subject=N_("请看一遍再发布：%(title)s"),
        text=N_("%(who)s提交了“%(title)s”。请看内容、风险和保险，发布或退回。"),
        path=_path(wish),
        params={"title": wish.title, "who": review.asked_by.name},
    )


def tell_returned(wish: Wish, review: WishReview) -> None:
    """Who handed it in reads why it came back."""
    tell(
        [review.asked_by_id],
        kind="review_returned",
        subject=N_("退回修改：%(title)s"),
        text=N_("“%(title)s”没有发布。理由：%(why)s。请改好再提交。"),
        path=_path(wish),
        params={"title": wish.title, "why": review.reason or "—"},
    )


def tell_passed(wish: Wish, review: WishReview) -> None:
    """Who handed it in knows that it is on the wall."""
    tell(
        [review.asked_by_id],
        kind="review_passed",
        subject=N_("审核通过，已发布：%(title)s"),
        text=N_("“%(title)s”已经发布，大家能看到并认领了。"),
        path=_path(wish),
        params={"title": wish.title},
    )
