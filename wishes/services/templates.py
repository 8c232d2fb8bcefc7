"""常用心愿: a wish kept to be written again in a few taps."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from accounts.policies import get_desk
from accounts.queries.areas import get_community_of
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.violations import broke
from wishes.models import Wish, WishTemplate
from wishes.policies.wishes import ensure_may_write
from wishes.queries.series import get_template
from wishes.refusals import WishNotFound
from wishes.refusals.series import TemplateNameTaken
from wishes.rules.kept_words import pack
from wishes.services.writing import words_of


@errand
def save_template(wish_id: int, *, actor_id: int, name: str) -> int:
    """Keep the words and tools of a wish; nobody's name, door or date. Returns its id.

    Raises WishNotFound, NotYours, TemplateNameTaken.
    """
    wish = db.session.get(Wish, wish_id)
    if wish is None:
        raise WishNotFound
    ensure_may_write(actor_id, wish)
    starts = clock.local(wish.starts_at) if wish.starts_at else None
    ends = clock.local(wish.ends_at) if wish.ends_at and wish.ends_at != wish.starts_at else None
    title = name.strip() or wish.title[:40]
    template = WishTemplate(
        community_id=wish.community_id, name=title, words=pack(words_of(wish)),
        begins=starts.time().replace(tzinfo=None) if starts and ends else None,
        ends=ends.time().replace(tzinfo=None) if ends else None,
        created_by_id=actor_id, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(template)
    try:
        db.session.flush()
    except IntegrityError as error:
        if broke(
            error, "uq_wish_template_live", "wish_template.community_id", "wish_template.name"
        ):
            raise TemplateNameTaken(name=title) from error
        raise
    return template.id


@errand
def remove_template(template_id: int, *, area_id: int, actor_id: int) -> int:
    """Take a template off the list; wishes made of it stay. Raises TemplateNotFound."""
    community = get_community_of(get_desk(actor_id, area_id))
    template = get_template(community.id, template_id)
    template.live = False
    return template.id
