"""走访: a visit in one tap, and what comes of it: an ask, or a draft of a wish."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from accounts.policies import get_desk
from accounts.queries.areas import get_area
from foundation import clock
from foundation.db import db, table_of
from foundation.errands import errand
from wishes.models import Resident, ResidentMatter, Visit
from wishes.notices.asks import tell_new_ask
from wishes.policies.residents import ensure_looks_after, ensure_may_visit
from wishes.queries.residents import lock_resident
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import Category, Channel, Venue, WishKind
from wishes.rules.publishing import WishWords
from wishes.rules.rounds import Outcome
from wishes.services.asking import keep_told, write_ask
from wishes.services.drafting import start_draft
from wishes.services.private import keep_private


@errand
def record_visit(resident_id: int, *, actor_id: int, outcome: Outcome, words: str = "") -> None:
    """Somebody was there: met them or not. Said again on the same day, it is put right.

    Raises ResidentNotFound.
    """
    resident = lock_resident(resident_id)
    ensure_may_visit(actor_id, resident)
    _write_visit(resident, actor_id, outcome, words, clock.now())


def _write_visit(
    resident: Resident, actor_id: int, outcome: Outcome, words: str, at: datetime
) -> None:
    """One row a day and visitor, also when the button is pressed twice at once."""
    make = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said: dict[str, object] = {"outcome": str(outcome), "at": at}
    if words:
        said["words"] = words
    new = make(table_of(Visit)).values(
        resident_id=resident.id, visitor_id=actor_id, on_day=clock.local_day(at), **said
    )
    keys = ["resident_id", "visitor_id", "on_day"]
    db.session.execute(new.on_conflict_do_update(index_elements=keys, set_=said))


@errand
def raise_ask(
    resident_id: int, *, actor_id: int, title: str, category: Category, text: str, when: str
) -> int:
    """A visit raises an ask: private, with the card's door and phone. The visit counts as met.

    A volunteer on the rounds may do it too. Returns the ask's id. Raises ResidentNotFound.
    """
    at = clock.now()
    resident = lock_resident(resident_id)
    ensure_may_visit(actor_id, resident)
    words = AskWords(title=title, category=category, text=text, when=when)
    ask = write_ask(
        get_area(resident.community_id), words, channel=Channel.VISIT, grid_id=resident.grid_id,
        entered_by_id=actor_id, at=at,
    )  # fmt: skip
    keep_told(ask, told_of(resident), (), actor_id)
    db.session.add(ResidentMatter(resident_id=resident.id, ask_id=ask.id))
    _write_visit(resident, actor_id, Outcome.MET, "", at)
    tell_new_ask(ask, but=actor_id)
    return ask.id


@errand
def draft_for_resident(resident_id: int, *, actor_id: int) -> int:
    """A draft of a wish for this person, their details sealed behind it. Returns the wish's id.

    Nothing of the card goes into the public words, its tags least of all. Raises
    ResidentNotFound, and AreaNotFound for a grid worker, who asks instead.
    """
    at = clock.now()
    resident = lock_resident(resident_id)
    ensure_looks_after(actor_id, resident)
    community = get_desk(actor_id, resident.community_id)
    words = WishWords(
        kind=WishKind.SERVICE, category=Category.OTHER, title="", text="", venue=Venue.HOME,
        grid_id=resident.grid_id, public_place=resident.grid.name if resident.grid else "",
        contact_id=actor_id,
    )  # fmt: skip
    wish = start_draft(community.id, words, actor_id=actor_id, at=at)
    keep_private(told_of(resident), wish_id=wish.id)
    db.session.add(ResidentMatter(resident_id=resident.id, wish_id=wish.id))
    return wish.id


def told_of(resident: Resident) -> PrivateWords:
    """What whoever comes needs to know of a resident."""
    return PrivateWords(
        name=resident.name or "", phone=resident.phone or "", door=resident.door or "",
        note=resident.note or "",
    )  # fmt: skip
