"""完成: the community says what was done; somebody else verifies it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Report, Wish
from wishes.notices.completion import tell_reported
from wishes.policies.verifying import ensure_works_on, list_verifiers, list_verifiers_above
from wishes.queries.completion import (
    count_unresolved,
    list_evidence_photos,
    list_presences,
    lock_wish,
)
from wishes.queries.places import get_claim_facts, set_state
from wishes.refusals.completion import EvidenceMissing, NobodyCame, NotAnItem
from wishes.rules.kinds import PhotoPurpose, WishKind
from wishes.rules.life import WishMove, move
from wishes.rules.weighing import is_evidenced
from wishes.services.photos import KeptPhoto, attach_photos
from wishes.services.placing import note_event


@errand
def hand_in_report(
    wish_id: int,
    *,
    actor_id: int,
    text: str,
    before: Sequence[KeptPhoto] = (),
    after: Sequence[KeptPhoto] = (),
    overrun_reason: str = "",
) -> int:
    """Report a service as done. Returns the report's id.

    Raises WishNotFound, WishCannotMove, NobodyCame (nobody arrived and somebody's absence is
    not noted), EvidenceMissing. A missing check-out does not stop a report: it counts 0 minutes.
    """
    wish = lock_wish(wish_id)
    ensure_works_on(actor_id, wish)
    if wish.kind != WishKind.SERVICE:
        raise NotAnItem
    move(wish.state, WishMove.REPORT)
    for purpose, photos in ((PhotoPurpose.BEFORE, before), (PhotoPurpose.AFTER, after)):
        attach_photos(photos, wish_id=wish_id, purpose=purpose, uploaded_by_id=actor_id)
    _ensure_reportable(wish_id)
    return file_report(wish, actor_id=actor_id, text=text, overrun_reason=overrun_reason)


def _ensure_reportable(wish_id: int) -> None:
    presences = list_presences(wish_id)
    came = [presence for presence in presences if presence.arrived_at is not None]
    if not came and (not presences or count_unresolved(wish_id)):
        raise NobodyCame
    if came and not is_evidenced(presences, photos=len(list_evidence_photos(wish_id))):
        raise EvidenceMissing


def file_report(
    wish: Wish, *, actor_id: int, text: str, overrun_reason: str = "", at: datetime | None = None
) -> int:
    """Write the report, move the wish, tell who can verify; inside the errand that is open.

    `wish` is locked. Raises WishCannotMove.
    """
    at = at or clock.now()
    before = wish.state
    after = move(before, WishMove.REPORT)
    set_state(wish.id, before=before, after=after)
    report = Report(
        wish_id=wish.id,
        reported_by_id=actor_id,
        at=at,
        text=text.strip(),
        overrun_reason=overrun_reason.strip() or None,
    )
    db.session.add(report)
    db.session.flush()
    note_event(wish.id, WishMove.REPORT, before, after, actor_id=actor_id, at=at)
    tell_reported(get_claim_facts(wish.id), list_verifiers(wish) or list_verifiers_above(wish))
    return report.id
