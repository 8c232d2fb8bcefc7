"""Who may come to a wish that asks for an age or a skill."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Willingness
from accounts.queries.people import get_person
from accounts.queries.skills import has_skill
from accounts.rules.skills import SKILL_LABELS, Skill
from foundation import clock
from foundation.db import db
from wishes.models import WishCare
from wishes.refusals.caring import AgeUnknown, SkillMissing, TooYoung
from wishes.rules.caring import is_old_enough


def ensure_passes_gate(wish_id: int, user_id: int, *, at: datetime) -> None:
    """Raises AgeUnknown, TooYoung, SkillMissing for whom a wish does not ask."""
    care = db.session.get(WishCare, wish_id)
    if care is None:
        return
    name = get_person(user_id).name
    if care.min_age is not None:
        told = db.session.get(Willingness, user_id)
        if told is None or told.birth_year is None:
            raise AgeUnknown(age=care.min_age, name=name)
        if not is_old_enough(told.birth_year, care.min_age, year=clock.local_day(at).year):
            raise TooYoung(age=care.min_age, name=name)
    if care.skill is not None and not has_skill(user_id, Skill(care.skill)):
        raise SkillMissing(skill=SKILL_LABELS[Skill(care.skill)], name=name)
