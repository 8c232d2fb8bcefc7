"""P6: what the levels refer to this unit, to be answered within the clock."""

from __future__ import annotations

from flask_login import current_user

from foundation.access import signed_in
from partner_units.policies import get_unit_desk
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from wishes.queries.presses import list_presses_to
from wishes.queries.referrals import Place
from wishes.rules.pressing import PressState
from wishes.views.referral_words import groups_of, press_line

LIVE = (PressState.PRESSED, PressState.ACKNOWLEDGED)


@bp.get("/unit/<int:unit_id>/referrals")
@signed_in
def referrals(unit_id: int) -> str:
    """What to take on, what is in hand, what is over; presses first."""
    unit = get_unit_desk(current_user.id, unit_id)
    place = Place(unit_id=unit.id)
    pressed = [press_line(each) for each in list_presses_to(place, LIVE)]
    return desk_page("referrals.html", unit, groups=groups_of(place), pressed=pressed)
