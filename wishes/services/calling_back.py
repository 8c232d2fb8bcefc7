"""回访: the resident's own word, asked for by telephone after a service."""

from __future__ import annotations

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Attendance
from wishes.policies.verifying import CALL_BACK, ensure_works_on
from wishes.queries.completion import lock_wish
from wishes.refusals import CannotVerifyOwn, WishCannotMove, WishNotFound
from wishes.rules.life import STATE_LABELS, WishState
from wishes.services import marking

CALLS = frozenset({WishState.IN_SERVICE, WishState.REPORTED})


@errand
def note_call_back(attendance_id: int, *, actor_id: int) -> int:
    """The resident says that this person came. Returns the wish's id.

    Asking is part of verifying, so it does not bar the verifier. Raises WishNotFound,
    CannotVerifyOwn for one's own attendance, WishCannotMove once the wish is decided.
    """
    at = clock.now()
    attendance = db.session.get(Attendance, attendance_id)
    if attendance is None:
        raise WishNotFound
    wish = lock_wish(attendance.wish_id)
    ensure_works_on(actor_id, wish)
    if attendance.user_id == actor_id:
        raise CannotVerifyOwn
    if wish.state not in CALLS:
        raise WishCannotMove(state=STATE_LABELS[WishState(wish.state)])
    if attendance.resident_confirmed_at is None:
        attendance.resident_confirmed_at = at
        marking.note(attendance, CALL_BACK, None, None, actor_id=actor_id, at=at)
    return wish.id
