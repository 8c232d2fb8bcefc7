"""What changes after publishing: a moved meeting point, a word, a stand-in, appeals."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from accounts.models import User
from foundation import clock
from foundation.db import db
from wishes.models import NoShow, Place, Wish
from wishes.rules.changes import Plan
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import CLAIMABLE
from wishes.rules.no_shows import NoShowState
from wishes.services.appeals import answer_appeal, appeal, excuse
from wishes.services.rescheduling import reschedule
from wishes.services.resizing import change_headcount
from wishes.services.standing_in import ask_stand_in
from wishes.services.telling import write_to_people

if TYPE_CHECKING:
    from app.demo.month import Month
    from app.demo.neighbourhood import Community

HALL = "社区党群服务中心一楼大厅"


def tell_changes(month: Month) -> None:
    """Put the changes of yesterday on the timeline."""
    add, at = month.timeline.add, month.days.at
    for community in month.town.communities:
        add(at(-1, 11), partial(_move, community))
        add(at(-1, 12), partial(_ask_to_stand_in, community, month))
    add(at(-1, 15), partial(_appeal, month))
    add(at(-1, 16), partial(_answer, month))


def _coming(community: Community) -> list[Wish]:
    """Services with people on them, not at a home, from the day after tomorrow on."""
    query = db.select(Wish).where(
        Wish.community_id == community.id,
        Wish.kind == WishKind.SERVICE,
        Wish.venue != Venue.HOME,
        Wish.state.in_(list(CLAIMABLE)),
        Wish.places_taken > 0,
        Wish.starts_at > clock.now() + timedelta(hours=40),
    )
    return list(db.session.scalars(query.order_by(Wish.starts_at, Wish.id)))


def _move(community: Community) -> None:
    """Another meeting point, one more place, and a word about it."""
    worker = community.reporter()
    for wish in _coming(community)[:1]:
        wish_id, version, people = wish.id, wish.version, wish.headcount or 1
        plan = Plan(_sure(wish.starts_at), _sure(wish.ends_at), HALL)
        why = "二楼在刷墙，改到一楼。"
        reschedule(wish_id, actor_id=worker, version=version, plan=plan, why=why)
        write_to_people(wish_id, actor_id=worker, text="一楼大厅集合，茶水备好了。")
        change_headcount(wish_id, actor_id=worker, headcount=people + 1)


def _sure(moment: datetime | None) -> datetime:
    if moment is None:
        raise LookupError("a published wish without a time")
    return moment


def _ask_to_stand_in(community: Community, month: Month) -> None:
    """Somebody who cannot come asks another volunteer."""
    for wish in _coming(community)[-1:]:
        query = db.select(Place.user_id).where(Place.wish_id == wish.id, Place.live)
        on_it = list(db.session.scalars(query.order_by(Place.id)))
        others = [who for who in month.town.volunteer_ids if who not in on_it]
        if not (on_it and others):
            return
        number = db.session.get_one(User, others[0]).volunteer_number
        ask_stand_in(wish.id, actor_id=on_it[0], who=number or "")


def _no_shows() -> list[tuple[int, int, int]]:
    """Id, person and community of what counts, the oldest first."""
    query = db.select(NoShow.id, NoShow.user_id, Wish.community_id).join(Wish)
    query = query.where(NoShow.state == NoShowState.COUNTS).order_by(NoShow.id)
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def _appeal(_month: Month) -> None:
    """One was there, one had worked late; the others say nothing."""
    words = ("我到了，在二楼等，没有人点名。", "那天临时加班，忘了说一声。")
    for (number, person, _community), said in zip(_no_shows(), words, strict=False):
        appeal(number, actor_id=person, words=said)


def _answer(month: Month) -> None:
    """The first appeal is right, the second waits; one without an appeal is excused."""
    found = _no_shows()
    by_id = {community.id: community for community in month.town.communities}
    for number, _person, community in found[:1] if len(found) > 1 else []:
        judge = by_id[community].verifier()
        answer_appeal(number, actor_id=judge, accept=True, words="核对了照片，人在，不算。")
    for number, _person, community in found[2:3]:
        excuse(number, actor_id=by_id[community].reporter(), words="孩子住院，家属打过电话。")
