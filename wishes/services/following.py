"""关注: follow a community, stop, choose mail. Each may be pressed twice and means the same."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from accounts.queries.areas import get_area
from accounts.refusals import AreaNotFound
from accounts.rules import AreaKind
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import CommunityFollow


@errand
def follow_community(area_id: int, *, actor_id: int) -> int:
    """Follow a community, without mail. Returns its id. Raises AreaNotFound, also for a street."""
    if get_area(area_id).kind != AreaKind.COMMUNITY:
        raise AreaNotFound
    session = db.session()
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = make(CommunityFollow).values(
        user_id=actor_id, area_id=area_id, by_mail=False, since=clock.now()
    )
    session.execute(row.on_conflict_do_nothing())
    return area_id


@errand
def unfollow_community(area_id: int, *, actor_id: int) -> int:
    """Stop following. Returns the community's id."""
    db.session.execute(delete(CommunityFollow).where(*_mine(area_id, actor_id)))
    return area_id


@errand
def choose_mail(area_id: int, *, actor_id: int, by_mail: bool) -> int:
    """Announcements of a followed community by mail too, or not. Raises AreaNotFound."""
    chosen = update(CommunityFollow).where(*_mine(area_id, actor_id)).values(by_mail=by_mail)
    if not db.session.execute(chosen).rowcount:  # type: ignore[attr-defined]  # CursorResult
        raise AreaNotFound
    return area_id


def _mine(area_id: int, actor_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        CommunityFollow.user_id == actor_id,
        CommunityFollow.area_id == area_id,
    )
