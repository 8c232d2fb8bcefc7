"""A campaign is proposed, let out or returned by the street, changed, given its 兜底单位."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert

from accounts.policies import get_desk
from accounts.queries.people import (
    find_by_number,
    get_unit,
    list_coordinator_ids,
    list_staff_ids,
    list_staff_ids_above,
)
from accounts.refusals import AreaNotFound
from accounts.rules import AreaKind, Role
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Campaign, CampaignBackup, CampaignEvent, CampaignKeeper
from wishes.notices.campaigns import (
    tell_approved,
    tell_named_backup,
    tell_proposed,
    tell_returned,
)
from wishes.policies.campaigns import ensure_may_change, ensure_may_decide, may_decide
from wishes.queries.campaigns import ground_of, list_backups, list_keepers, lock_campaign
from wishes.refusals.campaigns import CampaignCannotMove, NoSuchKeeper
from wishes.refusals.completion import ReasonMissing
from wishes.rules.campaigns import (
    CAMPAIGN_LABELS,
    CampaignMove,
    CampaignState,
    CampaignWords,
    ensure_days,
    ensure_not_over,
    move_campaign,
)
from wishes.services.letting_in import approve_waiting


@errand
def propose_campaign(area_id: int, *, actor_id: int, words: CampaignWords) -> int:
    """Write a campaign of a street or a community. Returns its id.

    The street's own is let out at once. Raises AreaNotFound, CampaignDays.
    """
    at = clock.now()
    area = get_desk(actor_id, area_id)
    if area.kind not in (AreaKind.STREET, AreaKind.COMMUNITY):
        raise AreaNotFound
    ensure_days(words, at=at)
    campaign = Campaign(
        area_id=area.id, state=CampaignState.PROPOSED, created_by_id=actor_id, created_at=at
    )
    _write(campaign, words)
    campaign.area = area
    db.session.add(campaign)
    db.session.flush()
    note(campaign, "propose", campaign.state, actor_id=actor_id, at=at)
    if may_decide(actor_id, campaign):
        _approve(campaign, actor_id=actor_id, at=at)
    else:
        street = ground_of(area)
        tell_proposed(campaign, street_staff(campaign), street_id=street.id)
    return campaign.id


@errand
def change_campaign(campaign_id: int, *, actor_id: int, words: CampaignWords) -> int:
    """Write its words anew and propose it again, until the street has let it out.

    Raises CampaignNotFound, CampaignCannotMove, CampaignDays.
    """
    at = clock.now()
    campaign = lock_campaign(campaign_id)
    ensure_may_change(actor_id, campaign)
    before = CampaignState(campaign.state)
    campaign.state = move_campaign(before, CampaignMove.PROPOSE_AGAIN)
    ensure_days(words, at=at)
    _write(campaign, words)
    campaign.return_reason = None
    note(campaign, CampaignMove.PROPOSE_AGAIN, before, actor_id=actor_id, at=at)
    street = ground_of(campaign.area)
    tell_proposed(campaign, street_staff(campaign), street_id=street.id)
    return campaign.id


@errand
def approve_campaign(campaign_id: int, *, actor_id: int) -> int:
    """The street lets a campaign out with the wishes that are in it. Returns its id.

    They go on the wall from the first day on. Raises CampaignNotFound, NotYours,
    CampaignCannotMove, CampaignOver.
    """
    campaign = lock_campaign(campaign_id)
    ensure_may_decide(actor_id, campaign)
    _approve(campaign, actor_id=actor_id, at=clock.now())
    return campaign.id


@errand
def return_campaign(campaign_id: int, *, actor_id: int, reason: str) -> int:
    """The street gives a proposal back with a reason. Returns its id.

    Raises CampaignNotFound, NotYours, CampaignCannotMove, ReasonMissing.
    """
    at = clock.now()
    campaign = lock_campaign(campaign_id)
    ensure_may_decide(actor_id, campaign)
    if not reason.strip():
        raise ReasonMissing
    before = CampaignState(campaign.state)
    campaign.state = move_campaign(before, CampaignMove.RETURN)
    campaign.return_reason = reason.strip()
    campaign.decided_by_id, campaign.decided_at = actor_id, at
    note(campaign, CampaignMove.RETURN, before, actor_id=actor_id, at=at, why=reason.strip())
    tell_returned(campaign, _owners(campaign), area_id=campaign.area_id, why=reason.strip())
    return campaign.id


@errand
def name_backups(campaign_id: int, *, actor_id: int, unit_ids: list[int]) -> int:
    """List the 兜底单位 of a campaign in this order; new ones are told. Returns its id.

    Raises CampaignNotFound, UnitNotFound.
    """
    campaign = lock_campaign(campaign_id)
    ensure_may_change(actor_id, campaign)
    before = {unit.id for unit in list_backups(campaign.id)}
    wanted = list(dict.fromkeys(get_unit(unit_id).id for unit_id in unit_ids))
    db.session.execute(delete(CampaignBackup).where(CampaignBackup.campaign_id == campaign.id))
    for unit_id in wanted:
        row = {"campaign_id": campaign.id, "organisation_id": unit_id}
        db.session.execute(insert(CampaignBackup).values(**row))
        if unit_id not in before and campaign.state == CampaignState.OPEN:
            tell_named_backup(campaign, list_coordinator_ids(unit_id))
    note(campaign, "backups", campaign.state, actor_id=actor_id, at=clock.now())
    return campaign.id


@errand
def add_keeper(campaign_id: int, *, actor_id: int, number: str) -> int:
    """Let a volunteer tick off what arrives, by volunteer number. Returns the campaign's id.

    Raises CampaignNotFound, NoSuchKeeper. The same person twice is one.
    """
    campaign = lock_campaign(campaign_id)
    ensure_may_change(actor_id, campaign)
    person = find_by_number(number)
    if person is None:
        raise NoSuchKeeper
    if person.id not in {keeper.user_id for keeper in list_keepers(campaign.id)}:
        db.session.add(
            CampaignKeeper(
                campaign_id=campaign.id, user_id=person.id, added_by_id=actor_id,
                added_at=clock.now(),
            )
        )  # fmt: skip
    return campaign.id


@errand
def remove_keeper(campaign_id: int, *, actor_id: int, user_id: int) -> int:
    """Take a volunteer off the list. Raises CampaignNotFound."""
    campaign = lock_campaign(campaign_id)
    ensure_may_change(actor_id, campaign)
    db.session.execute(
        delete(CampaignKeeper).where(
            CampaignKeeper.campaign_id == campaign.id, CampaignKeeper.user_id == user_id
        )
    )
    return campaign.id


def _approve(campaign: Campaign, *, actor_id: int, at: datetime) -> None:
    before = CampaignState(campaign.state)
    if before == CampaignState.OPEN:
        raise CampaignCannotMove(state=CAMPAIGN_LABELS[before])
    ensure_not_over(campaign.closes_at, at=at)
    campaign.state = move_campaign(before, CampaignMove.APPROVE)
    campaign.decided_by_id, campaign.decided_at = actor_id, at
    note(campaign, CampaignMove.APPROVE, before, actor_id=actor_id, at=at)
    approve_waiting(campaign.id, actor_id=actor_id, at=at)
    for unit in list_backups(campaign.id):
        tell_named_backup(campaign, list_coordinator_ids(unit.id))
    if campaign.created_by_id != actor_id:
        tell_approved(campaign, _owners(campaign), area_id=campaign.area_id)


def _write(campaign: Campaign, words: CampaignWords) -> None:
    campaign.title, campaign.text, campaign.place = words.title, words.text, words.place
    campaign.opens_at, campaign.closes_at = words.opens_at, words.closes_at
    campaign.price_cap = words.price_cap


def _owners(campaign: Campaign) -> list[int]:
    workers = list_staff_ids(campaign.area_id, [Role.COMMUNITY_WORKER, Role.SUPERVISOR])
    return [campaign.created_by_id, *workers]


def street_staff(campaign: Campaign) -> list[int]:
    """Who lets in: the street's people, or those above where it has none."""
    street = ground_of(campaign.area)
    here = list_staff_ids(street.id, [Role.SUPERVISOR])
    return here or list_staff_ids_above(street, [Role.SUPERVISOR])


def note(
    campaign: Campaign,
    what: str,
    before: CampaignState,
    *,
    actor_id: int | None,
    at: datetime,
    why: str | None = None,
) -> None:
    """Write one line of a campaign's history."""
    db.session.execute(
        insert(CampaignEvent).values(
            campaign_id=campaign.id, at=at, actor_id=actor_id, what=str(what),
            from_state=before, to_state=campaign.state, why=why,
        )
    )  # fmt: skip
