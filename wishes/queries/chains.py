"""Whose accounts the lines of a pasted 接龙 may mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, or_, select

from accounts.models import Area, User
from foundation.db import db
from wishes.models import Claim, Place, Wish
from wishes.rules.chains import ChainLine, read_chain


class Candidate(NamedTuple):
    """An account that a line may mean; the phone is stored as it is called."""

    user_id: int
    name: str
    phone: str | None
    volunteer_number: str
    community: str | None
    is_known_here: bool
    has_claimed: bool


@dataclass(frozen=True)
class MatchedLine:
    """A line and the accounts it may mean."""

    line: ChainLine
    candidates: tuple[Candidate, ...]


def match_chain(wish: Wish, text: str) -> list[MatchedLine]:
    """Each line of a pasted 接龙 with the accounts it may mean, by number first, then by name.

    By name: volunteers whom the street knows, who live in it or have claimed here before.
    """
    lines = read_chain(text)
    known = _list_candidates(
        wish,
        {line.name for line in lines if line.name},
        {line.phone for line in lines if line.phone},
    )
    by_phone = {each.phone: each for each in known if each.phone}
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    for each in known:
        if each.is_known_here:
            by_name[each.name].append(each)
    return [MatchedLine(line, _candidates_of(line, by_phone, by_name)) for line in lines]


def _candidates_of(
    line: ChainLine, by_phone: dict[str, Candidate], by_name: dict[str, list[Candidate]]
) -> tuple[Candidate, ...]:
    if line.phone in by_phone:
        return (by_phone[line.phone],)
    return tuple(by_name[line.name]) if line.name in by_name else ()


def _list_candidates(wish: Wish, names: set[str], phones: set[str]) -> list[Candidate]:
    street = wish.community.parent or wish.community
    before = select(Claim.claimed_by_id).join(Wish, Wish.id == Claim.wish_id)
    is_known_here = or_(
        func.coalesce(Area.path, "").startswith(street.path, autoescape=True),
        User.id.in_(before.where(Wish.community_id == wish.community_id)),
    )
    has_claimed = select(Place.id).where(
        Place.wish_id == wish.id, Place.user_id == User.id, Place.live
    )
    rows = db.session.execute(
        select(
            User.id, User.name, User.phone, User.volunteer_number, Area.name,
            is_known_here, has_claimed.exists(),
        )
        .outerjoin(Area, Area.id == User.home_area_id)
        .where(or_(User.phone.in_(phones), User.name.in_(names)))
        .order_by(User.name, User.id)
    )  # fmt: skip
    return [Candidate(*row) for row in rows]
