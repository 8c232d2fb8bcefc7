"""重点居民: cards written, changed, brought from a sheet, erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from accounts.models import Area
from accounts.queries.areas import get_community_of, list_grids
from accounts.rules import AreaKind
from foundation import clock
from foundation.db import db, table_of
from foundation.errands import errand
from foundation.phones import normal_phone
from foundation.sealed import door_mark, door_marks
from foundation.violations import broke
from wishes.models import Ask, PrivateDetails, Resident, ResidentMatter, Visit, Wish
from wishes.policies.residents import ensure_looks_after, get_care_desk
from wishes.queries.residents import is_known, list_known_marks, lock_resident
from wishes.refusals.asks import GridNotHere
from wishes.refusals.residents import ConsentTooEarly, NobodyToImport, ResidentTwice
from wishes.rules.life import LIVE, AskState, WishState
from wishes.rules.residents import ResidentWords, join_tags, name_at_door
from wishes.rules.rounds import times_wanted
from wishes.services.round_plan import free_door, rules_of


@errand
def add_resident(area_id: int, *, actor_id: int, words: ResidentWords, consent_on: date) -> int:
    """Write a card, once the person said yes; `consent_on` is the local day they were asked.

    Returns its id. Raises AreaNotFound, GridNotHere, ResidentTwice, ConsentTooEarly, NotAPhone.
    """
    at = clock.now()
    desk = get_care_desk(actor_id, area_id)
    _ensure_asked(consent_on, at)
    resident = Resident(
        community_id=get_community_of(desk).id, consent_by_id=actor_id, consent_on=consent_on,
        added_at=at,
    )  # fmt: skip
    resident.grid_id = _grid_of(desk, words)
    _write(resident, words)
    db.session.add(resident)
    _flush()
    return resident.id


@errand
def change_resident(resident_id: int, *, actor_id: int, words: ResidentWords) -> int:
    """Put a card right. Returns its id.

    Raises ResidentNotFound, GridNotHere, ResidentTwice, NotAPhone.
    """
    resident = lock_resident(resident_id)
    ensure_looks_after(actor_id, resident)
    if words.grid_id != resident.grid_id:
        _ensure_grid(resident.community_id, words.grid_id)
        resident.grid_id = words.grid_id
        ensure_looks_after(actor_id, resident)  # nobody pushes a card out of the own sight
    _write(resident, words)
    _flush()
    return resident.id


@errand
def add_residents(
    area_id: int, *, actor_id: int, lines: Sequence[ResidentWords], consent_on: date
) -> list[int]:
    """Write the cards of a sheet; who has one already is passed over. Returns [new, passed over].

    Raises AreaNotFound, GridNotHere, ConsentTooEarly, NobodyToImport, NotAPhone.
    """
    at = clock.now()
    desk = get_care_desk(actor_id, area_id)
    _ensure_asked(consent_on, at)
    if not lines:
        raise NobodyToImport
    community_id = get_community_of(desk).id
    known, rules = list_known_marks(community_id), rules_of(community_id)
    fresh = [each for each in lines if not known & set(_marks(each.name, each.door))]
    rows = [
        {
            **_columns(each, rules), "community_id": community_id,
            "grid_id": _grid_of(desk, each), "consent_by_id": actor_id, "consent_on": consent_on,
            "added_at": at,
        }
        for each in fresh
    ]  # fmt: skip
    before = len(known)
    _insert_new(rows)
    added = len(list_known_marks(community_id)) - before
    return [added, len(lines) - added]


def _insert_new(rows: list[dict[str, object]]) -> None:
    """Two sheets at once bring nobody twice: the mark decides."""
    make = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    if rows:
        db.session.execute(make(table_of(Resident)).on_conflict_do_nothing(), rows)


@errand
def erase_resident(resident_id: int, *, actor_id: int) -> int:
    """The person asked to be forgotten: card, words of visits, copies in what is over.

    What is still in hand keeps its copy until it is over, so that nobody stands before the wrong
    door. Returns how many of those there are. Raises ResidentNotFound.
    """
    resident = lock_resident(resident_id)
    ensure_looks_after(actor_id, resident)
    free_door(resident)
    for column in ("name", "phone", "door", "tags", "best_time", "note", "door_mark"):
        setattr(resident, column, None)
    resident.person_mark, resident.visits_wanted = None, 0
    resident.erased_at, resident.erased_by_id = clock.now(), actor_id
    said = update(Visit).where(Visit.resident_id == resident.id)
    db.session.execute(said.values(words=None))
    return _forget_copies(resident.id)


def _forget_copies(resident_id: int) -> int:
    """Erase the details behind what is over; how many are still in hand."""
    mine = (
        (ResidentMatter.ask_id == PrivateDetails.ask_id)
        | (ResidentMatter.wish_id == PrivateDetails.wish_id)
    )  # fmt: skip
    query = (
        select(PrivateDetails)
        .join(ResidentMatter, mine)
        .where(ResidentMatter.resident_id == resident_id)
    )
    in_hand = 0
    for details in db.session.scalars(query).all():
        if _is_in_hand(details):
            in_hand += 1
        else:
            details.name = details.phone = details.door = details.note = None
            details.door_mark = None
    return in_hand


def _is_in_hand(details: PrivateDetails) -> bool:
    """Whether somebody may still come because of these details."""
    if details.wish_id is not None:
        wish = db.session.get_one(Wish, details.wish_id)
        return wish.state in (*LIVE, WishState.DRAFT)
    ask = db.session.get_one(Ask, details.ask_id)
    return ask.state == AskState.SUBMITTED


def _ensure_asked(consent_on: date, at: datetime) -> None:
    if consent_on > clock.local_day(at):
        raise ConsentTooEarly


def _grid_of(desk: Area, words: ResidentWords) -> int | None:
    if desk.kind == AreaKind.GRID:
        return desk.id
    _ensure_grid(desk.id, words.grid_id)
    return words.grid_id


def _ensure_grid(community_id: int, grid_id: int | None) -> None:
    if grid_id is not None and grid_id not in {grid.id for grid in list_grids(community_id)}:
        raise GridNotHere


def _columns(words: ResidentWords, rules: dict[str, int]) -> dict[str, object]:
    return {
        "name": words.name,
        "door": words.door,
        "phone": normal_phone(words.phone) if words.phone else None,
        "tags": join_tags(words.tags) or None,
        "best_time": str(words.best_time),
        "note": words.note or None,
        "door_mark": door_mark(words.door),
        "person_mark": _marks(words.name, words.door)[0],
        "visits_wanted": times_wanted(words.tags, rules),
    }


def _marks(name: str, door: str) -> list[bytes]:
    """One person behind one door, under every key: the current one first."""
    return door_marks(name_at_door(name, door))


def _write(resident: Resident, words: ResidentWords) -> None:
    """Put the words on a card. Raises ResidentTwice."""
    community_id = resident.community_id
    if is_known(community_id, _marks(words.name, words.door), but=resident.id):
        raise ResidentTwice
    for column, value in _columns(words, rules_of(community_id)).items():
        setattr(resident, column, value)


def _flush() -> None:
    """Raises ResidentTwice when somebody else wrote the same person in this moment."""
    try:
        db.session.flush()
    except IntegrityError as error:
        mark = "uq_resident_community_id_person_mark"
        if broke(error, mark, "resident.community_id", "resident.person_mark"):
            raise ResidentTwice from error
        raise
