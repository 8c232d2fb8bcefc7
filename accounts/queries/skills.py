"""What people told about how they can help."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import PersonSkill, PersonSlot, Willingness
from accounts.rules.skills import HelpWords, Skill, Slot
from foundation.db import db


def get_help(user_id: int) -> HelpWords:
    """One person's skills and times; the defaults when they told nothing."""
    skills = db.session.scalars(select(PersonSkill.code).where(PersonSkill.user_id == user_id))
    slots = db.session.execute(
        select(PersonSlot.weekday, PersonSlot.slot).where(PersonSlot.user_id == user_id)
    )
    told = db.session.get(Willingness, user_id)
    return HelpWords(
        skills=frozenset(Skill(code) for code in skills),
        own_words=told.own_words if told else "",
        slots=frozenset((weekday, Slot(slot)) for weekday, slot in slots),
        away_from=told.away_from if told else None,
        away_until=told.away_until if told else None,
        asks_welcome=told.asks_welcome if told else True,
        birth_year=told.birth_year if told else None,
    )


def has_skill(user_id: int, skill: Skill) -> bool:
    """Whether the person told that they can do this."""
    query = select(PersonSkill.id).where(PersonSkill.user_id == user_id, PersonSkill.code == skill)
    return db.session.execute(query.limit(1)).first() is not None
