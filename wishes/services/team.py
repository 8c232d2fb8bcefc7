"""便民服务队: who is on a community's standing team, and when."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from accounts.policies import get_desk
from accounts.queries.areas import get_community_of
from accounts.queries.staff import find_person_by
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.violations import broke
from wishes.models import TeamMember
from wishes.notices.quick import tell_member
from wishes.queries.quick import get_member
from wishes.refusals.quick import DutyBackwards, MemberNotConfirmed, MemberTwice, MemberUnknown
from wishes.rules.quick import DAY, Duty


@errand
def add_member(area_id: int, *, actor_id: int, person: str, duty: Duty) -> int:
    """Put somebody on the team; `person` is a volunteer number or a phone. Returns the member.

    Raises AreaNotFound, DutyBackwards, MemberUnknown, MemberNotConfirmed, MemberTwice.
    """
    community = get_community_of(get_desk(actor_id, area_id))
    if not duty.days or not 0 <= duty.starts < duty.ends <= DAY:
        raise DutyBackwards
    found = find_person_by(person)
    if found is None:
        raise MemberUnknown
    name = found.name
    if found.confirmed_at is None:
        raise MemberNotConfirmed(name=name)
    member = TeamMember(
        community_id=community.id, user_id=found.id, days=duty.mask, starts=duty.starts,
        ends=duty.ends, added_by_id=actor_id, added_at=clock.now(),
    )  # fmt: skip
    db.session.add(member)
    try:
        db.session.flush()
    except IntegrityError as error:
        if broke(error, "uq_team_member_live", "team_member.community_id", "team_member.user_id"):
            raise MemberTwice(name=name) from error
        raise
    tell_member(member, community=community.name)
    return member.id


@errand
def end_member(area_id: int, member_id: int, *, actor_id: int) -> int:
    """Take somebody off the team; what they do now they finish. Returns the member.

    Raises AreaNotFound, MemberNotFound.
    """
    community = get_community_of(get_desk(actor_id, area_id))
    member = get_member(member_id, community.id)
    member.ended_at = clock.now()
    return member.id
