"""核实: a second person confirms the service; only this writes minutes into the book."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from accounts.queries.people import list_coordinator_ids
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from wishes.models import Claim, Report, Verification, Wish
from wishes.notices import completion as notices
from wishes.policies.verifying import ensure_may_verify
from wishes.queries.completion import (
    count_changed_since_report,
    find_report,
    list_evidence_photos,
    list_presences,
    lock_wish,
)
from wishes.queries.places import ClaimFacts, get_claim_facts, set_state
from wishes.refusals import WishCannotMove
from wishes.refusals.completion import (
    CallBackFirst,
    OpenItFirst,
    ReasonMissing,
    ReportChanged,
)
from wishes.rules.batching import is_small, why_open
from wishes.rules.kinds import WishKind
from wishes.rules.life import STATE_LABELS, WishMove, WishState, move
from wishes.rules.proof import Decision
from wishes.rules.weighing import Presence, needs_call_back, seen_mark
from wishes.services.asking import finish_ask
from wishes.services.crediting import credit_presences
from wishes.services.placing import note_event
from wishes.services.sending_back import take_deliveries_back

MOVES = {
    Decision.ACCEPTED: WishMove.VERIFY,
    Decision.AGAIN: WishMove.ASK_AGAIN,
    Decision.REJECTED: WishMove.REJECT,
}


@errand
def verify(
    wish_id: int,
    *,
    actor_id: int,
    decision: Decision,
    reason: str = "",
    overrun_allowed: bool = False,
    in_batch: bool = False,
    seen: str | None = None,
) -> int:
    """Decide on a wish's report; accepting credits each attendance once. Returns minutes credited.

    `seen` is the `seen_mark` of the page that was read. Raises WishNotFound for strangers,
    CannotVerifyOwn, WishCannotMove (somebody was quicker), ReportChanged, ReasonMissing,
    CallBackFirst, ServedElsewhere, OpenItFirst (in a batch). 谁组织谁记录: the community issues.
    """
    at = clock.now()
    wish = lock_wish(wish_id)
    ensure_may_verify(actor_id, wish)
    report = _get_open_report(wish)
    presences = list_presences(wish_id)
    verdict = Verification(
        wish_id=wish_id, report_id=report.id, verified_by_id=actor_id, at=at, decision=decision,
        reason=reason.strip() or None, in_batch=in_batch,
        overrun_allowed=overrun_allowed and bool(report.overrun_reason),
    )  # fmt: skip
    _ensure_may_stand(verdict, wish, report, presences, seen=seen)
    _step(wish, MOVES[decision], actor_id=actor_id, at=at, why=verdict.reason)
    db.session.add(verdict)
    if decision == Decision.ACCEPTED:
        return _accept(wish, presences, overrun_allowed=verdict.overrun_allowed, at=at)
    _turn_down(wish, report, presences, decision, verdict.reason or "")
    return 0


def _get_open_report(wish: Wish) -> Report:
    report = find_report(wish.id)
    if wish.state != WishState.REPORTED or report is None:
        raise WishCannotMove(state=STATE_LABELS[WishState(wish.state)])
    return report


def _ensure_may_stand(
    verdict: Verification,
    wish: Wish,
    report: Report,
    presences: list[Presence],
    *,
    seen: str | None,
) -> None:
    if verdict.decision != Decision.ACCEPTED and verdict.reason is None:
        raise ReasonMissing
    if seen is not None and seen != seen_mark(report.id, presences):
        raise ReportChanged
    if verdict.in_batch:
        _ensure_batchable(wish, report, presences)


def _ensure_batchable(wish: Wish, report: Report, presences: list[Presence]) -> None:
    used_before = any(photo.used_before_id for photo in list_evidence_photos(wish.id))
    changed = bool(count_changed_since_report([wish.id]))
    opening = why_open(
        presences,
        is_item=wish.kind == WishKind.ITEM,
        is_small=is_small(
            presences, people=setting("SMALL_PEOPLE"), minutes=setting("SMALL_MINUTES")
        ),
        has_finding=used_before or changed,
        secret=wish.gate_secret,
        report_id=report.id,
    )
    if opening is not None:
        raise OpenItFirst(title=wish.title)


def _step(wish: Wish, what: WishMove, *, actor_id: int, at: datetime, why: str | None) -> None:
    before = WishState(wish.state)
    after = move(before, what)
    if not set_state(wish.id, before=before, after=after):
        raise WishCannotMove(state=STATE_LABELS[before])
    note_event(wish.id, what, before, after, actor_id=actor_id, at=at, why=why)


def _accept(wish: Wish, presences: list[Presence], *, overrun_allowed: bool, at: datetime) -> int:
    for presence in presences:
        if needs_call_back(presence):
            raise CallBackFirst(name=presence.name)
    credited: dict[int, int] = {}
    if wish.kind == WishKind.SERVICE:
        credited = credit_presences(wish, presences, overrun_allowed=overrun_allowed, at=at)
    wish.closed_at = at
    db.session.flush()
    finish_ask(wish.id, at=at)
    _tell_accepted(get_claim_facts(wish.id), presences, credited)
    return sum(credited.values())


def _tell_accepted(wish: ClaimFacts, presences: list[Presence], credited: dict[int, int]) -> None:
    for user_id, minutes in credited.items():
        notices.tell_credited(wish, user_id, minutes)
    came = [each.user_id for each in presences if each.arrived_at is not None]
    notices.tell_not_credited(wish, [user_id for user_id in came if user_id not in credited])
    others = [user_id for user_id in _list_concerned(wish.id) if user_id not in came]
    notices.tell_verified(wish, others)


def _list_concerned(wish_id: int) -> list[int]:
    """Units' coordinators, who claimed, who reported; who asked hears it from the ask."""
    claims = select(Claim.organisation_id, Claim.claimed_by_id).where(
        Claim.wish_id == wish_id, Claim.live
    )
    people: list[int] = []
    for organisation_id, claimed_by_id in db.session.execute(claims):
        people += [claimed_by_id]
        people += list_coordinator_ids(organisation_id) if organisation_id else []
    report = find_report(wish_id)
    return list(dict.fromkeys([*people, *([report.reported_by_id] if report else [])]))


def _turn_down(
    wish: Wish, report: Report, presences: list[Presence], decision: Decision, reason: str
) -> None:
    facts = get_claim_facts(wish.id)
    if decision == Decision.AGAIN:
        take_deliveries_back(wish.id)
        notices.tell_do_again(facts, [report.reported_by_id], reason)
        return
    people = [each.user_id for each in presences]
    notices.tell_unfulfilled(facts, [*people, *_list_concerned(wish.id)], reason)
