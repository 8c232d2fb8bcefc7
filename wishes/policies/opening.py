"""To whom a wish is open while it is kept for a first circle."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Area
from accounts.queries.areas import get_area
from accounts.queries.people import get_person, get_unit
from accounts.rules import is_under
from foundation.db import db
from foundation.labels import when
from wishes.models import Wish, WishTerms
from wishes.queries.places import ClaimFacts
from wishes.refusals.terms import OpensLater
from wishes.rules.terms import CIRCLE_LABELS, FirstCircle


def is_in_first_circle(
    circle: FirstCircle, *, user_id: int, organisation_id: int | None, community_id: int
) -> bool:
    """Whether a person, or a unit, belongs to those a wish opens to first.

    Party members are asked for by their home community only, which alone may know of them.
    """
    if circle == FirstCircle.UNITS:
        return organisation_id is not None
    if organisation_id is not None:
        unit = get_unit(organisation_id)
        return circle == FirstCircle.HOME and _lives_in(unit.home_area_id, community_id)
    person = get_person(user_id)
    at_home = _lives_in(person.home_area_id, community_id)
    return at_home and (circle == FirstCircle.HOME or person.is_party_member)


def _lives_in(area_id: int | None, community_id: int) -> bool:
    area = db.session.get(Area, area_id) if area_id else None
    return area is not None and is_under(area.path, get_area(community_id).path)


def ensure_open_to(
    wish: ClaimFacts | Wish, *, actor_id: int, organisation_id: int | None, at: datetime
) -> None:
    """Raises OpensLater for whoever is not in the first circle of a wish that has one now."""
    if wish.first_until is None or wish.first_until <= at:
        return
    terms = db.session.get(WishTerms, wish.id)
    if terms is None or terms.first_to is None:
        return
    circle = FirstCircle(terms.first_to)
    if not is_in_first_circle(
        circle,
        user_id=actor_id,
        organisation_id=organisation_id,
        community_id=wish.community_id,
    ):
        raise OpensLater(who=CIRCLE_LABELS[circle], opens=when(wish.first_until))
