"""A person tells what they can do and when they have time."""

from __future__ import annotations

from sqlalchemy import delete, insert

from accounts.models import PersonSkill, PersonSlot, User, Willingness
from accounts.refusals.skills import AwayBackwards, BirthYearWrong
from accounts.rules import tidy
from accounts.rules.skills import OLDEST_YEAR, OWN_WORDS_LENGTH, HelpWords, sort_slots
from foundation import clock
from foundation.db import db
from foundation.errands import errand


@errand
def write_help(user_id: int, *, words: HelpWords) -> None:
    """Put the person's skills, times and wishes in place of what stood there.

    Days away are local days, both included. Raises AwayBackwards, BirthYearWrong.
    """
    if words.away_from and words.away_until and words.away_until < words.away_from:
        raise AwayBackwards
    if words.birth_year is not None and not (
        OLDEST_YEAR <= words.birth_year <= clock.local_day(clock.now()).year
    ):
        raise BirthYearWrong
    person_id = db.session.get_one(User, user_id, with_for_update={"key_share": True}).id
    told = db.session.get(Willingness, person_id) or Willingness(user_id=person_id)
    told.own_words = tidy(words.own_words)[:OWN_WORDS_LENGTH]
    told.away_from, told.away_until = words.away_from, words.away_until
    told.asks_welcome, told.birth_year = words.asks_welcome, words.birth_year
    db.session.add(told)
    _write_rows(person_id, words)


def _write_rows(user_id: int, words: HelpWords) -> None:
    db.session.execute(delete(PersonSkill).where(PersonSkill.user_id == user_id))
    db.session.execute(delete(PersonSlot).where(PersonSlot.user_id == user_id))
    if words.skills:
        rows = [{"user_id": user_id, "code": code} for code in sorted(words.skills)]
        db.session.execute(insert(PersonSkill), rows)
    if words.slots:
        db.session.execute(
            insert(PersonSlot),
            [
                {"user_id": user_id, "weekday": weekday, "slot": slot}
                for weekday, slot in sort_slots(words.slots)
            ],
        )
