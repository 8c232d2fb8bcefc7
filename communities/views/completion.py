"""What the desk page of a wish says about its completion."""

from __future__ import annotations

from typing import NamedTuple

from communities.views.blueprint import bp
from foundation import clock
from wishes.models import Report, Verification, Wish
from wishes.queries.completion import find_report, find_verification
from wishes.queries.photos import list_photos
from wishes.rules.kinds import WishKind
from wishes.rules.life import WISH_MOVES, WishMove, WishState


class Completion(NamedTuple):
    """Report, decision and pictures of one wish."""

    report: Report | None
    decision: Verification | None
    photos: int
    may_report: bool


@bp.app_template_global()
def completion_of(wish: Wish) -> Completion:
    """The completion of a wish, for `communities/_completion.html`."""
    begun = wish.starts_at is not None and wish.starts_at <= clock.now()
    reportable = (WishState(wish.state), WishMove.REPORT) in WISH_MOVES
    may_report = wish.kind == WishKind.SERVICE and begun and reportable
    return Completion(
        find_report(wish.id), find_verification(wish.id), len(list_photos(wish.id)), may_report
    )
