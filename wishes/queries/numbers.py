"""The wish numbers of a community: 第 0001 号, one after another, none twice."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from foundation.db import db
from wishes.models import CommunityCounter


def take_number(community_id: int) -> int:
    """The community's next number; two errands at once wait for each other on the row."""
    session = db.session()
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    first = make(CommunityCounter).values(community_id=community_id, next_number=1)
    session.execute(first.on_conflict_do_nothing())
    statement = (
        update(CommunityCounter)
        .where(CommunityCounter.community_id == community_id)
        .values(next_number=CommunityCounter.next_number + 1)
        .returning(CommunityCounter.next_number)
        .execution_options(synchronize_session=False)
    )
    return int(session.execute(statement).scalar_one()) - 1
