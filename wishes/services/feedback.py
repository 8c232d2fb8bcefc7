"""反馈卡: drafted by the clock when a quarter is over, signed by the community."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from accounts.models import PartyReport
from accounts.policies.reporting import ensure_may_answer
from accounts.refusals import NotOnYourself
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import FeedbackCard
from wishes.notices.feedback import tell_drafts, tell_signed
from wishes.queries.feedback import (
    count_figures,
    find_reader_unit,
    get_card_at,
    list_cardless,
    list_cardless_communities,
    lock_report,
    stands,
)
from wishes.refusals.feedback import CardNotFound, CardSigned, FiguresMoved, NothingServed
from wishes.rules.feedback import WORDS_LENGTH, CardState, Figures, Quarter, last_ended


def run_feedback(at: datetime) -> int:
    """Draft the cards of the quarter that is over at `at` (UTC). Returns how many are new.

    A service that is verified late, or a worker that slept, still gets its card the next minute.
    """
    quarter = last_ended(clock.local_day(at))
    communities = list_cardless_communities(quarter)
    db.session.rollback()
    return sum(draft_cards(each, quarter=quarter) for each in communities)


@errand
def draft_cards(community_id: int, *, quarter: Quarter) -> int:
    """Draft what a community has to sign for one quarter, and say so once. Returns how many."""
    reports = list_cardless(quarter, community_id=community_id)
    made = sum(_draft(report_id, quarter) for report_id in reports)
    if made:
        tell_drafts(community_id, count=made)
    return made


def _draft(report_id: int, quarter: Quarter) -> bool:
    report = lock_report(report_id)
    if report is None or not stands(report):
        return False
    figures = count_figures(report, quarter)
    make = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = {
        "report_id": report_id, "user_id": report.user_id, "quarter": quarter.first,
        "made_at": clock.now(), "words": "", "state": CardState.DRAFT, **_columns(figures),
    }  # fmt: skip
    drafted = make(FeedbackCard).values(row).on_conflict_do_nothing().returning(FeedbackCard.id)
    return db.session.execute(drafted).scalar_one_or_none() is not None


def _columns(figures: Figures) -> dict[str, int]:
    return {
        "wishes": figures.wishes, "people": figures.people, "times": figures.times,
        "scanned": figures.scanned, "marked": figures.marked, "late": figures.late,
    }  # fmt: skip


@errand
def sign_card(area_id: int, card_id: int, *, actor_id: int, words: str, seen: str) -> int:
    """Sign a card as it was seen: the figures are counted again and then stand.

    Raises CardNotFound, NotOnYourself, CardSigned, FiguresMoved, NothingServed.
    """
    _sign(area_id, card_id, actor_id=actor_id, words=words, seen=seen)
    return card_id


@errand
def sign_cards(area_id: int, *, actor_id: int, words: str, seen: list[tuple[int, str]]) -> int:
    """Sign many cards with the same words; what moved, or is one's own, waits for a look.

    Returns how many were signed. Raises CardNotFound.
    """
    signed = 0
    for card_id, figures in seen:
        try:
            _sign(area_id, card_id, actor_id=actor_id, words=words, seen=figures)
        except (CardSigned, FiguresMoved, NothingServed, NotOnYourself):
            continue
        signed += 1
    return signed


def _sign(area_id: int, card_id: int, *, actor_id: int, words: str, seen: str) -> None:
    card = get_card_at(area_id, card_id)
    ensure_may_answer(actor_id, card.report)
    report = lock_report(card.report_id)
    if report is None or not stands(report):
        raise CardNotFound
    if card.state == CardState.SIGNED:
        raise CardSigned
    figures = count_figures(report, Quarter(card.quarter))
    if figures.times == 0:
        raise NothingServed
    if figures.seen != seen:
        raise FiguresMoved
    _write_signature(card, report, figures, actor_id=actor_id, words=words)


def _write_signature(
    card: FeedbackCard, report: PartyReport, figures: Figures, *, actor_id: int, words: str
) -> None:
    signed = (
        update(FeedbackCard)
        .where(FeedbackCard.id == card.id, FeedbackCard.state == CardState.DRAFT)
        .values(
            state=CardState.SIGNED, signed_at=clock.now(), signed_by_id=actor_id,
            words=words.strip()[:WORDS_LENGTH], **_columns(figures),
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if db.session.execute(signed).rowcount != 1:  # type: ignore[attr-defined]  # CursorResult
        raise CardSigned
    tell_signed(card, shared_unit_id=find_reader_unit(report))
