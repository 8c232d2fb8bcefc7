"""Asking: a resident hands something in, with or without an account; staff write it for others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from accounts.models import Area
from accounts.policies import get_desk
from accounts.queries.areas import get_area, get_community_of, list_grids
from accounts.queries.people import get_person
from accounts.refusals import AreaNotFound
from accounts.rules import AREA_ROLES, AreaKind
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Ask, AskEvent
from wishes.notices import asks as notices
from wishes.policies.asks import ensure_may_complete
from wishes.queries.asks import find_by_wish, get_by_code, lock_ask
from wishes.refusals.asks import GridNotHere
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.codes import new_ask_code
from wishes.rules.kinds import Channel, PhotoPurpose
from wishes.rules.life import AskMove, AskState, move_ask
from wishes.services.flood import Source, count_asks
from wishes.services.photos import KeptPhoto, attach_photos
from wishes.services.private import keep_private


@errand
def submit_ask(
    community_id: int,
    *,
    words: AskWords,
    private: PrivateWords,
    grid_id: int | None = None,
    photos: Sequence[KeptPhoto] = (),
    actor_id: int | None = None,
    sources: Sequence[Source] = (),
) -> str:
    """A resident asks, with an account or without. Returns the follow code.

    `sources` name a visitor without an account, to slow floods. Raises AreaNotFound,
    GridNotHere, TooManyAsks, NotAPhone.
    """
    at = clock.now()
    community = get_area(community_id)
    if community.kind != AreaKind.COMMUNITY:
        raise AreaNotFound
    count_asks(sources, at=at)
    ask = write_ask(
        community, words, channel=Channel.ONLINE, grid_id=grid_id, asked_by_id=actor_id, at=at
    )
    keep_told(ask, private, photos, actor_id)
    notices.tell_new_ask(ask)
    return ask.code


@errand
def enter_ask(
    area_id: int,
    *,
    actor_id: int,
    channel: Channel,
    words: AskWords,
    private: PrivateWords,
    grid_id: int | None = None,
    photos: Sequence[KeptPhoto] = (),
) -> int:
    """Staff write down what somebody told them. Returns the ask's id.

    A grid worker writes for the own grid. Raises AreaNotFound, GridNotHere, NotAPhone.
    """
    at = clock.now()
    desk = get_desk(actor_id, area_id, AREA_ROLES)
    in_grid = desk.id if desk.kind == AreaKind.GRID else grid_id
    ask = write_ask(
        get_community_of(desk), words, channel=channel, grid_id=in_grid, entered_by_id=actor_id,
        at=at,
    )  # fmt: skip
    keep_told(ask, private, photos, actor_id)
    notices.tell_new_ask(ask, but=actor_id)
    return ask.id


@errand
def complete_ask(
    ask_id: int,
    *,
    actor_id: int,
    words: AskWords,
    private: PrivateWords,
    grid_id: int | None = None,
    photos: Sequence[KeptPhoto] = (),
) -> int:
    """补充: staff add the door, the best time, pictures. Returns the ask's id.

    Only while it waits to be accepted. Raises AskNotFound, AskCannotMove, GridNotHere.
    """
    at = clock.now()
    ask = lock_ask(ask_id)
    ensure_may_complete(actor_id, ask)
    move_ask(ask.state, AskMove.ACCEPT)
    if grid_id is not None:
        _ensure_grid(ask.community_id, grid_id)
        ask.grid_id = grid_id
    _fill(ask, words)
    ask.completed_by_id = actor_id
    keep_told(ask, private, photos, actor_id)
    note_ask_event(ask, "complete", before=ask.state, actor_id=actor_id, at=at)
    notices.tell_completed_ask(ask, by=get_person(actor_id).name)
    return ask.id


@errand
def submit_again(
    code: str,
    *,
    words: AskWords,
    private: PrivateWords,
    photos: Sequence[KeptPhoto] = (),
    actor_id: int | None = None,
) -> str:
    """The asker adds what was missing and sends a returned ask again. Returns the code.

    Raises AskNotFound, AskCannotMove, NotAPhone.
    """
    at = clock.now()
    ask = lock_ask(get_by_code(code).id)
    before, ask.state = ask.state, move_ask(ask.state, AskMove.SUBMIT_AGAIN)
    _fill(ask, words)
    keep_told(ask, private, photos, actor_id)
    note_ask_event(ask, AskMove.SUBMIT_AGAIN, before=before, actor_id=actor_id, at=at)
    notices.tell_new_ask(ask)
    return ask.code


def finish_ask(wish_id: int, *, at: datetime) -> None:
    """The wish is verified, so its ask is done: a step of the errand that verifies."""
    ask = find_by_wish(wish_id)
    if ask is None or ask.state != AskState.ACCEPTED:
        return
    before, ask.state = ask.state, move_ask(ask.state, AskMove.FINISH)
    note_ask_event(ask, AskMove.FINISH, before=before, actor_id=None, at=at)
    notices.tell_asker_done(ask)


def say_wish_cancelled(wish_id: int, why: str, *, actor_id: int | None, at: datetime) -> None:
    """The asker reads that the wish was cancelled and why: a step of the errand that cancels."""
    ask = find_by_wish(wish_id)
    if ask is None:
        return
    note_ask_event(ask, "wish_cancelled", before=ask.state, actor_id=actor_id, at=at, why=why)
    notices.tell_asker_cancelled(ask, why)


def write_ask(
    community: Area,
    words: AskWords,
    *,
    channel: Channel,
    at: datetime,
    grid_id: int | None = None,
    asked_by_id: int | None = None,
    entered_by_id: int | None = None,
) -> Ask:
    """Put an ask into the errand that is open. Raises GridNotHere."""
    if grid_id is not None:
        _ensure_grid(community.id, grid_id)
    ask = Ask(
        code=new_ask_code(), community_id=community.id, grid_id=grid_id, channel=channel,
        state=AskState.SUBMITTED, asked_by_id=asked_by_id, entered_by_id=entered_by_id, asked_at=at,
    )  # fmt: skip
    _fill(ask, words)
    db.session.add(ask)
    db.session.flush()
    note_ask_event(ask, "submit", before=ask.state, actor_id=asked_by_id or entered_by_id, at=at)
    return ask


def _fill(ask: Ask, words: AskWords) -> None:
    ask.title = words.title
    ask.category = words.category
    ask.text = words.text
    ask.where_words = words.where or None
    ask.when_words = words.when or None
    ask.is_public = words.is_public


def keep_told(
    ask: Ask, private: PrivateWords, photos: Sequence[KeptPhoto], actor_id: int | None
) -> None:
    """Keep what only the community reads, and the pictures: a step of the errand that writes."""
    keep_private(private, ask_id=ask.id)
    attach_photos(photos, purpose=PhotoPurpose.ASK, uploaded_by_id=actor_id, ask_id=ask.id)


def _ensure_grid(community_id: int, grid_id: int) -> None:
    if grid_id not in {grid.id for grid in list_grids(community_id)}:
        raise GridNotHere


def note_ask_event(
    ask: Ask,
    what: str,
    *,
    before: AskState,
    actor_id: int | None,
    at: datetime,
    why: str | None = None,
) -> None:
    """Write one line of an ask's history; its state now is where it moved to."""
    db.session.execute(
        insert(AskEvent).values(
            ask_id=ask.id, at=at, actor_id=actor_id, what=str(what),
            from_state=str(before), to_state=str(ask.state), why=why,
        )
    )  # fmt: skip
