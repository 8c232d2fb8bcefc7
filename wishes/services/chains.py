"""接龙: who signed up in a chat group gets a place here, all of them or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from foundation import clock
from foundation.errands import errand
from wishes.notices.chains import tell_entered
from wishes.policies.wishes import get_chain_wish
from wishes.queries.chains import MatchedLine, match_chain
from wishes.queries.places import ClaimFacts, get_claim_facts
from wishes.refusals import AlreadyClaimed, NameTwice
from wishes.refusals.chains import (
    ChainMeets,
    ChainNamesNobody,
    ChainNamesTwice,
    ChainTooLong,
    ChainTooMany,
    NotInThisStreet,
)
from wishes.rules.chains import MOST_LINES, is_too_long
from wishes.rules.life import WishState
from wishes.services import placing
from wishes.services.claiming import add_claim


class ChosenLine(NamedTuple):
    """Whom a line was found to mean, and how many places it asks for."""

    name: str
    places: int


@errand
def enter_chain(wish_id: int, *, actor_id: int, text: str, chosen: Mapping[int, int]) -> int:
    """Claim for the chosen accounts what the lines of a 接龙 say. Returns how many people.

    `chosen`: line → account, one of those the line may mean. Each gets a claim of their own, is
    told, and may withdraw. Raises WishNotFound, NotYours, ChainTooLong, ChainNamesNobody,
    ChainNamesTwice, NotInThisStreet, ChainTooMany, ChainMeets, BusyThen, and what `claim_wish`
    raises; then nobody is entered.
    """
    at = clock.now()
    wish = get_chain_wish(wish_id, actor_id=actor_id)
    if is_too_long(text):
        raise ChainTooLong(most=MOST_LINES)
    people = _read_chosen(match_chain(wish, text), chosen)
    facts = get_claim_facts(wish_id)
    _ensure_room(facts, sum(seat.places for seat in people.values()))
    for user_id in sorted(people):
        _enter(facts, user_id, people[user_id], actor_id=actor_id, at=at)
    placing.note_event(wish_id, "chain", facts.state, facts.state, actor_id=actor_id, at=at)
    tell_entered(facts, people)
    return len(people)


def _ensure_room(facts: ClaimFacts, wanted: int) -> None:
    left = (facts.headcount or 0) - facts.places_taken
    if facts.state == WishState.OPEN and left < wanted:
        raise ChainTooMany(left=left, wanted=wanted)


def _enter(
    facts: ClaimFacts, user_id: int, seat: ChosenLine, *, actor_id: int, at: datetime
) -> None:
    try:
        claim_id = add_claim(
            facts, actor_id=user_id, organisation_id=None, places=seat.places, at=at
        )
        placing.seat(facts, claim_id, user_id, named_by_id=actor_id, at=at)
    except (AlreadyClaimed, NameTwice) as refusal:
        raise ChainMeets(name=seat.name) from refusal


def _read_chosen(
    matched: Sequence[MatchedLine], chosen: Mapping[int, int]
) -> dict[int, ChosenLine]:
    """Account → what its line asks for, each chosen once and among those the line may mean."""
    people: dict[int, ChosenLine] = {}
    for each in matched:
        user_id = chosen.get(each.line.line)
        if user_id is None:
            continue
        found = {candidate.user_id: candidate.name for candidate in each.candidates}
        if user_id not in found:
            raise NotInThisStreet
        if user_id in people:
            raise ChainNamesTwice(name=found[user_id])
        people[user_id] = ChosenLine(found[user_id], each.line.places)
    if not people:
        raise ChainNamesNobody
    return people
