"""Reads of 反馈卡: figures from the book, what is due, who may see which card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from accounts.models import PartyReport, RosterEntry, User
from accounts.rules.reporting import EndReason, ReportState
from foundation import clock
from foundation.db import db
from love_bank.models import Entry
from love_bank.queries import StandingCredit, list_standing_credits
from wishes.models import FeedbackCard, Wish
from wishes.refusals.feedback import CardNotFound
from wishes.rules.feedback import CardState, Figures, Quarter, add_up

CARDS_SHOWN = 100


def moments_of(quarter: Quarter) -> tuple[datetime, datetime]:
    """From its first local midnight to the first one after it, UTC."""
    return (
        clock.from_local(quarter.first, time()),
        clock.from_local(quarter.next.first, time()),
    )


def count_figures(report: PartyReport, quarter: Quarter) -> Figures:
    """What the person, or the unit's people in its name, served in this community."""
    since, until = moments_of(quarter)
    served: list[StandingCredit] = []
    if report.user is not None:
        served = list_standing_credits(holder=report.user.book_id, since=since, until=until)
    elif report.organisation_id is not None:
        served = list_standing_credits(
            organisation_id=report.organisation_id, since=since, until=until
        )
    return add_up(_served_at(report.community_id, served))


def _served_at(community_id: int, served: Sequence[StandingCredit]) -> list[StandingCredit]:
    wishes = {each.wish_id for each in served}
    query = select(Wish.id).where(Wish.id.in_(wishes), Wish.community_id == community_id)
    here = set(db.session.scalars(query))
    return [each for each in served if each.wish_id in here]


def _cardless(quarter: Quarter) -> tuple[ColumnElement[bool], ...]:
    """Reports that stood in the quarter, served in it, and have no card for it yet."""
    since, until = moments_of(quarter)
    carded = select(FeedbackCard.id).where(
        FeedbackCard.report_id == PartyReport.id, FeedbackCard.quarter == quarter.first
    )
    by_unit = _has_served(Entry.organisation_id == PartyReport.organisation_id, since, until)
    return (
        PartyReport.state == ReportState.CONFIRMED,
        PartyReport.answered_at < until,
        ~carded.exists(),
        or_(
            _has_served(Entry.holder == User.book_id, since, until),
            and_(PartyReport.user_id.is_(None), by_unit),
        ),
    )


def list_cardless(quarter: Quarter, *, community_id: int) -> list[int]:
    """The reports at a community that still want a card for the quarter."""
    query = select(PartyReport.id).outerjoin(User, User.id == PartyReport.user_id)
    query = query.where(*_cardless(quarter), PartyReport.community_id == community_id)
    return list(db.session.scalars(query.order_by(PartyReport.id)))


def list_cardless_communities(quarter: Quarter) -> list[int]:
    """The communities where a card for the quarter is still to be drafted."""
    query = select(PartyReport.community_id).outerjoin(User, User.id == PartyReport.user_id)
    query = query.where(*_cardless(quarter)).distinct()
    return list(db.session.scalars(query.order_by(PartyReport.community_id)))


def _has_served(whose: ColumnElement[bool], since: datetime, until: datetime) -> Any:
    struck = aliased(Entry)
    served = select(Entry.id).join(Wish, Wish.id == Entry.wish_id)
    return served.where(
        whose,
        Wish.community_id == PartyReport.community_id,
        Entry.starts_at >= since,
        Entry.starts_at < until,
        Entry.reversal_of.is_(None),
        ~select(struck.id).where(struck.reversal_of == Entry.id).exists(),
    ).exists()


def lock_report(report_id: int) -> PartyReport | None:
    """The report, locked until the errand ends, so that a withdrawal waits or is seen."""
    query = select(PartyReport).where(PartyReport.id == report_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _cards() -> Select[FeedbackCard]:
    """Cards with their report; never one whose consent was withdrawn."""
    return (
        select(FeedbackCard)
        .join(PartyReport, PartyReport.id == FeedbackCard.report_id)
        .outerjoin(User, User.id == PartyReport.user_id)
        .where(
            or_(PartyReport.user_id.is_(None), User.is_party_member),
            or_(
                PartyReport.end_reason.is_(None),
                PartyReport.end_reason != EndReason.WITHDRAWN,
            ),
        )
        .options(
            contains_eager(FeedbackCard.report).options(
                joinedload(PartyReport.user),
                joinedload(PartyReport.organisation),
                joinedload(PartyReport.community),
            )
        )
        .order_by(FeedbackCard.quarter.desc(), FeedbackCard.id.desc())
    )


def _at_community(community_id: int) -> tuple[ColumnElement[bool], ...]:
    at_home = or_(PartyReport.user_id.is_(None), User.home_area_id == PartyReport.community_id)
    return (
        PartyReport.community_id == community_id,
        PartyReport.state == ReportState.CONFIRMED,
        at_home,
    )


def get_card_at(community_id: int, card_id: int) -> FeedbackCard:
    """A card of a report that stands at this community. Raises CardNotFound."""
    query = _cards().where(*_at_community(community_id), FeedbackCard.id == card_id)
    card = db.session.scalars(query).one_or_none()
    if card is None:
        raise CardNotFound
    return card


def list_cards_at(community_id: int, state: CardState) -> list[FeedbackCard]:
    """A community's cards of one state, the latest quarter first."""
    query = _cards().where(*_at_community(community_id), FeedbackCard.state == state)
    return list(db.session.scalars(query.limit(CARDS_SHOWN)))


def count_drafts_at(community_id: int) -> int:
    """How many cards wait for the community to sign them."""
    drafts = _cards().where(*_at_community(community_id), FeedbackCard.state == CardState.DRAFT)
    ids = drafts.with_only_columns(FeedbackCard.id).order_by(None)
    return db.session.execute(select(func.count()).select_from(ids.subquery())).scalar_one()


def list_cards_of_person(user_id: int) -> list[FeedbackCard]:
    """A member's own signed cards, the latest first."""
    signed = FeedbackCard.state == CardState.SIGNED
    query = _cards().where(PartyReport.user_id == user_id, signed)
    return list(db.session.scalars(query.limit(CARDS_SHOWN)))


class UnitCard(NamedTuple):
    """A signed card that a unit reads: its own, or a colleague's under the roster's name."""

    card: FeedbackCard
    name: str


def list_cards_of_unit(organisation_id: int) -> list[UnitCard]:
    """The unit's own signed cards, then those of colleagues who let it see."""
    signed = FeedbackCard.state == CardState.SIGNED
    own = _cards().where(
        PartyReport.organisation_id == organisation_id, PartyReport.user_id.is_(None), signed
    )
    theirs = (
        _cards()
        .join(RosterEntry, RosterEntry.user_id == PartyReport.user_id)
        .where(
            PartyReport.organisation_id == organisation_id,
            RosterEntry.organisation_id == organisation_id,
            RosterEntry.removed_at.is_(None),
            signed,
        )
        .add_columns(RosterEntry.name)
    )
    cards = [UnitCard(card, "") for card in db.session.scalars(own.limit(CARDS_SHOWN))]
    rows = db.session.execute(theirs.limit(CARDS_SHOWN))
    return cards + [UnitCard(card, name) for card, name in rows]


def get_card_of_unit(organisation_id: int, card_id: int) -> UnitCard:
    """One of the cards a unit reads. Raises CardNotFound."""
    for each in list_cards_of_unit(organisation_id):
        if each.card.id == card_id:
            return each
    raise CardNotFound


def get_card_of_person(user_id: int, card_id: int) -> FeedbackCard:
    """One's own signed card. Raises CardNotFound."""
    for each in list_cards_of_person(user_id):
        if each.id == card_id:
            return each
    raise CardNotFound


def stands(report: PartyReport) -> bool:
    """Whether the report is confirmed, and its person still lives there and consents."""
    member = report.user
    still = member is None or (
        member.is_party_member and member.home_area_id == report.community_id
    )
    return report.state == ReportState.CONFIRMED and still


def find_reader_unit(report: PartyReport) -> int | None:
    """The unit that reads the report's cards: itself, or the one that has the person's consent."""
    if report.user_id is None or report.organisation_id is None:
        return report.organisation_id
    query = select(RosterEntry.id).where(
        RosterEntry.organisation_id == report.organisation_id,
        RosterEntry.user_id == report.user_id,
        RosterEntry.removed_at.is_(None),
    )
    return report.organisation_id if db.session.execute(query).first() else None
