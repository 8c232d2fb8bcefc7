"""即办: an urgent thing goes to one member of the team after the other until somebody sets out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from accounts.policies import get_desk
from accounts.queries.areas import get_community_of
from accounts.queries.people import get_person
from accounts.rules.skills import Skill
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from foundation.violations import broke
from wishes.models import QuickCall, QuickTurn, Wish
from wishes.notices.quick import tell_nobody, tell_not_arrived, tell_taken, tell_turn
from wishes.policies.wishes import ensure_may_write
from wishes.queries.completion import lock_wish
from wishes.queries.quick import get_turn, list_mates, list_not_arrived
from wishes.refusals.quick import CalledAlready, NobodyOnDuty, OnlyUrgentService, TurnIsOver
from wishes.rules.asking import PrivateWords
from wishes.rules.caring import Care
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.rules.publishing import WishWords, ensure_publishable
from wishes.rules.quick import CallMove, CallState, TurnAnswer, move_call, next_in_turn, plan_of
from wishes.services.caring import ensure_careful, keep_care
from wishes.services.dispatching import dispatch_draft
from wishes.services.drafting import start_draft
from wishes.services.placing import note_event
from wishes.services.private import keep_private
from wishes.services.writing import words_of


@errand
def call_out(
    area_id: int,
    *,
    actor_id: int,
    words: WishWords,
    private: PrivateWords | None = None,
    care: Care | None = None,
    skill: Skill | None = None,
) -> int:
    """A telephone call becomes an urgent wish, and the first on duty is asked. Returns the wish.

    Its times are set here. Raises AreaNotFound, NobodyOnDuty and what publishing raises, but no
    second person looks first: the minutes are counted, and nothing goes on the wall.
    """
    at = clock.now()
    community = get_community_of(get_desk(actor_id, area_id))
    wish = start_draft(community.id, words, actor_id=actor_id, at=at)
    keep_private(private or PrivateWords(), wish_id=wish.id)
    keep_care(wish, care or Care())
    _call(wish, skill, actor_id=actor_id, at=at)
    return wish.id


@errand
def call_out_draft(wish_id: int, *, actor_id: int, skill: Skill | None = None) -> int:
    """Call the team about a draft, as one that came from an ask. Returns the wish.

    Raises WishNotFound, NotYours, OnlyUrgentService, CalledAlready and what `call_out` raises.
    """
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    _call(wish, skill, actor_id=actor_id, at=clock.now())
    return wish.id


@errand
def accept_turn(turn_id: int, *, actor_id: int) -> int:
    """Set out: the wish is this member's, its clock starts. Returns the wish.

    Raises TurnNotFound, TurnIsOver, BusyThen, and for a wish with a gate what claiming raises.
    """
    at = clock.now()
    call, wish = _lock(get_turn(turn_id, actor_id).wish_id)
    _answer(turn_id, TurnAnswer.ACCEPTED, at=at)
    call.state = move_call(CallState(call.state), CallMove.TAKE)
    call.arrive_until = at + timedelta(minutes=setting("QUICK_ARRIVE_MINUTES"))
    _plan(wish, at)
    dispatch_draft(wish.id, claimed_by_id=actor_id, actor_id=actor_id, at=at)
    tell_taken(wish, call, name=get_person(actor_id).name)
    return wish.id


@errand
def decline_turn(turn_id: int, *, actor_id: int) -> int:
    """去不了: the next is asked at once. Returns the wish. Raises TurnNotFound, TurnIsOver."""
    at = clock.now()
    call, wish = _lock(get_turn(turn_id, actor_id).wish_id)
    _answer(turn_id, TurnAnswer.DECLINED, at=at)
    _ask_next(call, wish, at=at)
    return wish.id


@errand
def lapse_turn(turn_id: int) -> int:
    """The clock's step: who did not answer in time is passed over. Returns how many were."""
    at = clock.now()
    turn = db.session.get_one(QuickTurn, turn_id)
    call, wish = _lock(turn.wish_id)
    db.session.refresh(turn)
    if turn.answer is not None or turn.accept_until > at:
        return 0
    turn.answer, turn.answered_at = TurnAnswer.LAPSED, at
    db.session.flush()
    _ask_next(call, wish, at=at)
    return 1


@errand
def tell_late(wish_id: int) -> int:
    """The clock's step: nobody checked in by the promised time, the desk is told once."""
    at = clock.now()
    call, wish = _lock(wish_id)
    if wish_id not in list_not_arrived(at):
        return 0
    call.late_at = at
    tell_not_arrived(wish, call)
    return 1


def _call(wish: Wish, skill: Skill | None, *, actor_id: int, at: datetime) -> None:
    if wish.state != WishState.DRAFT or wish.kind != WishKind.SERVICE:
        raise OnlyUrgentService
    _plan(wish, at)
    ensure_publishable(words_of(wish), at=at)
    ensure_careful(wish)
    call = QuickCall(
        wish_id=wish.id, skill=skill, state=CallState.ASKING, asked_by_id=actor_id, asked_at=at
    )
    db.session.add(call)
    try:
        db.session.flush()
    except IntegrityError as error:
        if broke(error, "pk_quick_call", "quick_call.wish_id"):
            raise CalledAlready from error
        raise
    note_event(wish.id, "call_out", wish.state, wish.state, actor_id=actor_id, at=at)
    if not _ask_one(call, wish, at=at):
        raise NobodyOnDuty


def _plan(wish: Wish, at: datetime) -> None:
    """One person, from now on: an urgent wish has no other plan."""
    wish.headcount = 1
    wish.starts_at, wish.ends_at = plan_of(
        at, arrive=setting("QUICK_ARRIVE_MINUTES"), work=setting("QUICK_WORK_MINUTES")
    )
    wish.version += 1
    db.session.flush()


def _lock(wish_id: int) -> tuple[QuickCall, Wish]:
    """The wish first, as every errand on it does, then its call as it stands now."""
    wish = lock_wish(wish_id)
    query = select(QuickCall).where(QuickCall.wish_id == wish_id)
    call = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return call, wish


def _answer(turn_id: int, answer: TurnAnswer, *, at: datetime) -> None:
    """One guarded UPDATE: a turn is answered once, and in its minutes."""
    statement = (
        update(QuickTurn)
        .where(
            QuickTurn.id == turn_id, QuickTurn.answer.is_(None), QuickTurn.accept_until > at
        )
        .values(answer=answer, answered_at=at)
        .returning(QuickTurn.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if db.session.execute(statement).first() is None:
        raise TurnIsOver


def _ask_next(call: QuickCall, wish: Wish, *, at: datetime) -> None:
    if wish.state != WishState.DRAFT:  # published or discarded meanwhile
        call.state = move_call(CallState(call.state), CallMove.CALL_OFF)
    elif not _ask_one(call, wish, at=at):
        call.state = move_call(CallState(call.state), CallMove.RUN_OUT)
        tell_nobody(wish, call)
    db.session.flush()


def _ask_one(call: QuickCall, wish: Wish, *, at: datetime) -> bool:
    """Ask whose turn it is; false when nobody on duty is left."""
    skill = Skill(call.skill) if call.skill else None
    mates = list_mates(wish.id, wish.community_id, skill=skill)
    mate = next_in_turn(mates, local=clock.local(at))
    if mate is None:
        return False
    until = at + timedelta(minutes=setting("QUICK_ACCEPT_MINUTES"))
    turn = QuickTurn(wish_id=wish.id, user_id=mate.user_id, asked_at=at, accept_until=until)
    db.session.add(turn)
    db.session.flush()
    tell_turn(turn, wish)
    return True
