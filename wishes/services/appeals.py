"""没来: the person's side, another worker's answer, an excuse, a nod."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from wishes.models import NoShow
from wishes.notices import no_shows as notices
from wishes.policies.attendance import ensure_not_self
from wishes.policies.verifying import ensure_works_on, list_verifiers
from wishes.queries.attendance import find_attendance, lock_wish
from wishes.queries.no_shows import get_own_no_show, lock_no_show
from wishes.refusals.asks import ReasonMissing
from wishes.refusals.changes import AppealedAlready, NeedsAnother, NoShowSettled
from wishes.rules.no_shows import NoShowState, is_faded
from wishes.rules.proof import Absence
from wishes.services import marking


@errand
def appeal(no_show_id: int, *, actor_id: int, words: str) -> int:
    """Say why it was no no-show, once. Returns its id.

    Raises NoShowNotFound for somebody else's, ReasonMissing, AppealedAlready, NoShowSettled
    (excused, or faded).
    """
    at = clock.now()
    get_own_no_show(no_show_id, actor_id)
    row = lock_no_show(no_show_id)
    if not words.strip():
        raise ReasonMissing
    if row.appealed_at is not None:
        raise AppealedAlready
    if row.state != NoShowState.COUNTS or is_faded(
        row.happened_at, at=at, days=setting("NO_SHOW_DAYS")
    ):
        raise NoShowSettled
    row.appeal, row.appealed_at = words.strip()[:300], at
    workers = [who for who in list_verifiers(row.wish) if who != row.noted_by_id]
    notices.tell_appealed(row, row.wish, workers, name=row.user.name)
    return row.id


@errand
def answer_appeal(no_show_id: int, *, actor_id: int, accept: bool, words: str) -> int:
    """Another worker than the one who noted it decides. Returns its id.

    Raises NoShowNotFound, WishNotFound, CannotMarkSelf, NeedsAnother, NoShowSettled, ReasonMissing.
    """
    row = _open(no_show_id, actor_id)
    if row.noted_by_id == actor_id:
        raise NeedsAnother
    if row.appealed_at is None:
        raise NoShowSettled
    _settle(row, actor_id=actor_id, words=words, at=clock.now())
    if accept:
        _excuse(row, actor_id=actor_id)
    notices.tell_answered(row, row.wish, accepted=accept)
    return row.id


@errand
def excuse(no_show_id: int, *, actor_id: int, words: str) -> int:
    """There was a reason: it does not count. An appeal is answered by `answer_appeal` instead.

    Returns its id. Raises NoShowNotFound, WishNotFound, CannotMarkSelf, NeedsAnother (an appeal
    waits), NoShowSettled, ReasonMissing.
    """
    row = _open(no_show_id, actor_id)
    if row.appealed_at is not None:
        raise NeedsAnother
    _settle(row, actor_id=actor_id, words=words, at=clock.now())
    _excuse(row, actor_id=actor_id)
    notices.tell_answered(row, row.wish, accepted=True)
    return row.id


@errand
def let_go_on(no_show_id: int, *, actor_id: int) -> int:
    """The worker's nod: what counts now stays on record, but holds no claim back. Returns how many.

    Raises NoShowNotFound, WishNotFound, CannotMarkSelf.
    """
    row = lock_no_show(no_show_id)
    ensure_works_on(actor_id, row.wish)
    ensure_not_self(actor_id, {row.user_id})
    passed = db.session.scalars(
        update(NoShow)
        .where(NoShow.user_id == row.user_id, NoShow.state == NoShowState.COUNTS)
        .values(state=NoShowState.LET_PASS)
        .returning(NoShow.id)
        .execution_options(synchronize_session=False)
    ).all()
    if passed:
        notices.tell_let_go_on(row)
    return len(passed)


def _open(no_show_id: int, actor_id: int) -> NoShow:
    row = lock_no_show(no_show_id)
    ensure_works_on(actor_id, row.wish)
    ensure_not_self(actor_id, {row.user_id})
    if row.state in (NoShowState.EXCUSED, NoShowState.UNDONE) or row.answered_at is not None:
        raise NoShowSettled
    return row


def _settle(row: NoShow, *, actor_id: int, words: str, at: datetime) -> None:
    if not words.strip():
        raise ReasonMissing
    row.answer, row.answered_at, row.answered_by_id = words.strip()[:300], at, actor_id


def _excuse(row: NoShow, *, actor_id: int) -> None:
    """On the sheet too, unless the wish began a new round since."""
    row.state = NoShowState.EXCUSED
    wish = lock_wish(row.wish_id)
    kept = find_attendance(row.wish_id, row.user_id)
    if kept is None or kept.absence != Absence.NO_SHOW or wish.starts_at != row.happened_at:
        return
    before, kept.absence = kept.absence, Absence.EXCUSED
    marking.note(
        kept, "absent", before, kept.absence, actor_id=actor_id, at=clock.now(),
        why=(row.answer or "")[:200],
    )  # fmt: skip
