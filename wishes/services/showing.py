"""What neighbours see of an ask: its pictures one by one, and the ask itself taken back."""

from __future__ import annotations

from foundation import clock
from foundation.errands import errand
from wishes.models import Photo
from wishes.policies.asks import ensure_may_decide
from wishes.queries.asks import lock_ask
from wishes.queries.photos import get_photo
from wishes.refusals.asks import AskIsPrivate
from wishes.refusals.completion import PhotoNotFound
from wishes.services.asking import note_ask_event


@errand
def hide_ask(ask_id: int, *, actor_id: int) -> int:
    """Only the community reads the ask from now on. Returns its id. Raises AskNotFound, NotYourAsk.

    For words that name a person or a door; 附议 are kept.
    """
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    if ask.is_public:
        ask.is_public = False
        note_ask_event(ask, "hide", before=ask.state, actor_id=actor_id, at=clock.now())
    return ask.id


@errand
def show_ask_photo(ask_id: int, photo_id: int, *, actor_id: int) -> int:
    """A picture of a public ask goes on its page, after somebody looked for faces and doors.

    Returns the picture's id. Raises AskNotFound, NotYourAsk, PhotoNotFound, AskIsPrivate.
    """
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    photo = _get(ask_id, photo_id)
    if not ask.is_public:
        raise AskIsPrivate
    photo.is_public, photo.made_public_by_id = True, actor_id
    photo.made_public_at = clock.now()
    return photo.id


@errand
def take_ask_photo_back(ask_id: int, photo_id: int, *, actor_id: int) -> int:
    """The picture is for the community only again. Returns its id."""
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    photo = _get(ask_id, photo_id)
    photo.is_public, photo.made_public_by_id, photo.made_public_at = False, None, None
    return photo.id


def _get(ask_id: int, photo_id: int) -> Photo:
    photo = get_photo(photo_id)
    if photo.ask_id != ask_id:
        raise PhotoNotFound
    return photo
