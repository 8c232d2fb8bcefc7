"""Who presses, signs for, ends and reads a press; who lets a clock stand still."""

from __future__ import annotations

from accounts.models import Area
from accounts.policies import is_staff_of, works_at
from accounts.queries.people import list_memberships
from accounts.rules import Role
from wishes.models import Press
from wishes.policies.referrals import stands_for
from wishes.queries.presses import receiver_of_press
from wishes.refusals.referrals import NotYourStep, PressNotFound
from wishes.rules.pressing import PressState


def may_read_press(user_id: int, press: Press) -> bool:
    """Both sides and the levels above; once it is over, all staff under the pressing area."""
    spot = receiver_of_press(press)
    if stands_for(user_id, spot) or works_at(user_id, press.by_area_id, [Role.SUPERVISOR]):
        return True
    if spot.area_id is not None and works_at(user_id, spot.area_id):
        return True
    return press.state == PressState.ENDED and works_under(user_id, press.by_area)


def works_under(user_id: int, area: Area) -> bool:
    """Whether the person works at, above or anywhere under an area."""
    if is_staff_of(user_id, area.id):
        return True
    homes = (each.area for each in list_memberships(user_id))
    return any(home is not None and home.path.startswith(area.path) for home in homes)


def ensure_may_read_press(user_id: int, press: Press) -> None:
    """Raises PressNotFound (404) for anybody else."""
    if not may_read_press(user_id, press):
        raise PressNotFound


def may_acknowledge(user_id: int, press: Press) -> bool:
    """Sign for it: who it was sent to."""
    return press.state == PressState.PRESSED and stands_for(user_id, receiver_of_press(press))


def may_end(user_id: int, press: Press) -> bool:
    """End it: a supervisor of the pressing area, or above."""
    above = works_at(user_id, press.by_area_id, [Role.SUPERVISOR])
    return press.state == PressState.ACKNOWLEDGED and above


def ensure_may_acknowledge(user_id: int, press: Press) -> None:
    """Raises PressNotFound for strangers, NotYourStep for other readers."""
    ensure_may_read_press(user_id, press)
    spot = receiver_of_press(press)
    if not stands_for(user_id, spot):
        raise NotYourStep(who=spot.name)


def ensure_may_end(user_id: int, press: Press) -> None:
    """Raises PressNotFound for strangers, NotYourStep for the receiver."""
    ensure_may_read_press(user_id, press)
    if not works_at(user_id, press.by_area_id, [Role.SUPERVISOR]):
        raise NotYourStep(who=press.by_area.name)
