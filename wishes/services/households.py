"""一户一愿: one wish of a household in a campaign, whoever brings it; nobody can read whose."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from foundation.db import db
from foundation.phones import find_phone
from foundation.sealed import names_a_place, normal_address, word_marks
from foundation.violations import broke
from wishes.models import CampaignHousehold, PrivateDetails, Wish
from wishes.queries.campaigns import find_membership
from wishes.queries.private import find_details
from wishes.refusals.campaigns import HouseholdHasOne
from wishes.rules.life import WishState

GONE = (WishState.CANCELLED, WishState.EXPIRED)


def keys_of(details: PrivateDetails | None, community_id: int) -> list[str]:
    """What a household is known by: its door, and name with phone; empty when neither is told.

    A door that names its road or compound is the same door everywhere; a bare '3-2-501' is one
    of its community.
    """
    if details is None:
        return []
    found = []
    if details.door and normal_address(details.door):
        where = "" if names_a_place(details.door) else str(community_id)
        found.append(f"door {where} {normal_address(details.door)}")
    if details.name and details.phone:
        name = "".join(details.name.split()).casefold()
        found.append(f"person {name} {find_phone(details.phone) or details.phone}")
    return found


def mark_household(campaign_id: int, wish: Wish) -> None:
    """Write the marks of a wish's household. Raises HouseholdHasOne; the table is the judge."""
    marks = [word_marks(key) for key in keys_of(find_details(wish_id=wish.id), wish.community_id)]
    if not marks:
        return
    _free_the_gone(campaign_id, [mark for each in marks for mark in each])
    known = select(CampaignHousehold.id).where(
        CampaignHousehold.campaign_id == campaign_id,
        CampaignHousehold.wish_id != wish.id,
        CampaignHousehold.mark.in_([mark for each in marks for mark in each]),
    )
    if db.session.execute(known).first() is not None:
        raise HouseholdHasOne
    forget_household(wish.id)
    rows = [{"campaign_id": campaign_id, "wish_id": wish.id, "mark": each[0]} for each in marks]
    try:
        db.session.execute(insert(CampaignHousehold), rows)
    except IntegrityError as error:
        if broke(
            error, "uq_campaign_household_campaign_id_mark",
            "campaign_household.campaign_id", "campaign_household.mark",
        ):  # fmt: skip
            raise HouseholdHasOne from error
        raise


def forget_household(wish_id: int) -> None:
    """Let the household go: the wish leaves the campaign, or its door is written anew."""
    gone = delete(CampaignHousehold).where(CampaignHousehold.wish_id == wish_id)
    db.session.execute(gone)


def renew_household(wish: Wish) -> None:
    """After somebody changed a wish's private details. Raises HouseholdHasOne."""
    kept = find_membership(wish.id)
    if kept is not None:
        mark_household(kept.campaign_id, wish)


def _free_the_gone(campaign_id: int, marks: list[bytes]) -> None:
    """A household whose wish was cancelled may wish again."""
    over = select(Wish.id).where(Wish.state.in_(GONE))
    db.session.execute(
        delete(CampaignHousehold).where(
            CampaignHousehold.campaign_id == campaign_id,
            CampaignHousehold.mark.in_(marks),
            CampaignHousehold.wish_id.in_(over),
        )
    )
