"""The plan of the rounds: rules by tag, volunteers with so many doors, who goes to whom."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from accounts.models import User
from accounts.queries.people import get_person
from accounts.queries.staff import find_person_by
from foundation import clock
from foundation.db import db, table_of
from foundation.errands import errand
from wishes.models import Resident, RoundHelper, VisitRule
from wishes.notices.rounds import tell_helper
from wishes.policies.residents import ensure_looks_after, get_planning_desk
from wishes.queries.residents import get_helper, known_tags, list_rules, lock_resident
from wishes.refusals.residents import (
    FewerThanTaken,
    HelperFull,
    HelperNotConfirmed,
    NobodyFound,
    TagUnknown,
)
from wishes.rules.residents import split_tags
from wishes.rules.rounds import times_wanted


@errand
def set_rule(area_id: int, *, actor_id: int, tag: str, times: int) -> None:
    """每月几趟 for a tag; 0 ends the rule. The community's cards follow at once.

    Raises AreaNotFound, TagUnknown.
    """
    community = get_planning_desk(actor_id, area_id)
    if times and tag not in known_tags():
        raise TagUnknown(tag=tag)
    if times:
        _write_rule(community.id, tag, times)
    else:
        where = (VisitRule.community_id == community.id, VisitRule.tag == tag)
        db.session.execute(delete(VisitRule).where(*where))
    _follow_rules(community.id)


def _write_rule(community_id: int, tag: str, times: int) -> None:
    """One rule a tag, also when two people set it at once."""
    make = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    new = make(table_of(VisitRule)).values(community_id=community_id, tag=tag, times=times)
    db.session.execute(
        new.on_conflict_do_update(index_elements=["community_id", "tag"], set_={"times": times})
    )


def _follow_rules(community_id: int) -> None:
    """Write anew how often each resident wants to be visited."""
    here = (Resident.community_id == community_id, Resident.erased_at.is_(None))
    query = select(Resident.id, Resident.tags, Resident.visits_wanted).where(*here)
    changes: dict[int, list[int]] = defaultdict(list)
    rules = rules_of(community_id)
    for resident_id, tags, before in db.session.execute(query.with_for_update(of=Resident)):
        wanted = times_wanted(split_tags(tags), rules)
        if wanted != before:
            changes[wanted].append(resident_id)
    for wanted, ids in changes.items():
        rows = [{"id": resident_id, "visits_wanted": wanted} for resident_id in ids]
        db.session.execute(update(Resident), rows)


def rules_of(community_id: int) -> dict[str, int]:
    """Times a month by tag."""
    return {rule.tag: rule.times for rule in list_rules(community_id)}


@errand
def add_helper(area_id: int, *, actor_id: int, person: str, places: int) -> int:
    """Ask a volunteer to look in at up to `places` doors; again changes the number.

    `person` is a volunteer number or a phone. Returns the helper's id. Raises AreaNotFound,
    NobodyFound, HelperNotConfirmed, FewerThanTaken.
    """
    community = get_planning_desk(actor_id, area_id)
    found = find_person_by(person)
    if found is None:
        raise NobodyFound
    if found.confirmed_at is None:
        raise HelperNotConfirmed(name=found.name)
    known = _lock_helper(community.id, found.id)
    if known is None:
        known = RoundHelper(
            community_id=community.id, user_id=found.id, places=places, taken=0,
            added_by_id=actor_id, added_at=clock.now(),
        )  # fmt: skip
        db.session.add(known)
        db.session.flush()
    _set_places(known, found, places)
    tell_helper(found.id, community=community.name, places=places)
    return known.id


def _lock_helper(community_id: int, user_id: int) -> RoundHelper | None:
    query = select(RoundHelper).where(
        RoundHelper.community_id == community_id, RoundHelper.user_id == user_id
    )
    return db.session.scalars(query.with_for_update()).one_or_none()


def _set_places(helper: RoundHelper, person: User, places: int) -> None:
    if places < helper.taken:
        raise FewerThanTaken(name=person.name, taken=helper.taken)
    helper.places, helper.ended_at = places, None


@errand
def end_helper(area_id: int, *, actor_id: int, helper_id: int) -> int:
    """A volunteer leaves the rounds; their doors go back to the grid worker. Returns how many.

    Raises AreaNotFound, HelperNotFound.
    """
    community = get_planning_desk(actor_id, area_id)
    helper = get_helper(community.id, helper_id)
    theirs = update(Resident).where(Resident.helper_id == helper.id)
    freed = db.session.execute(theirs.values(helper_id=None))
    helper.taken, helper.ended_at = 0, clock.now()
    return int(freed.rowcount)  # type: ignore[attr-defined]  # CursorResult


@errand
def assign_resident(resident_id: int, *, actor_id: int, helper_id: int | None) -> None:
    """Ask a volunteer to call on a resident; None gives the door back to the grid worker.

    Raises ResidentNotFound, HelperNotFound, HelperFull.
    """
    resident = lock_resident(resident_id)
    ensure_looks_after(actor_id, resident)
    if resident.helper_id == helper_id:
        return
    free_door(resident)
    if helper_id is not None:
        _take_door(resident, helper_id)


def _take_door(resident: Resident, helper_id: int) -> None:
    helper = get_helper(resident.community_id, helper_id)
    free = (
        RoundHelper.id == helper.id,
        RoundHelper.taken < RoundHelper.places,
        RoundHelper.ended_at.is_(None),
    )
    taken = db.session.execute(update(RoundHelper).where(*free).values(taken=RoundHelper.taken + 1))
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # CursorResult
        raise HelperFull(name=get_person(helper.user_id).name, places=helper.places)
    resident.helper_id = helper.id


def free_door(resident: Resident) -> None:
    """Take a resident from the volunteer who calls on them: a step of other errands."""
    if resident.helper_id is not None:
        theirs = update(RoundHelper).where(RoundHelper.id == resident.helper_id)
        db.session.execute(theirs.values(taken=RoundHelper.taken - 1))
    resident.helper_id = None
    db.session.flush()
