"""Pictures: one view serves them all, and asks the policy each time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation import media
from foundation.access import public
from wishes.policies.photos import ensure_may_see, is_open_to_all
from wishes.queries.photos import get_photo
from wishes.refusals.completion import PhotoNotFound
from wishes.rules.kinds import PHOTO_LABELS, PhotoPurpose
from wishes.views.blueprint import bp

FIVE_MINUTES = 300  # a picture taken back or blurred is gone from caches soon


@bp.get("/photos/<int:photo_id>/<int:size>")
@public
def photo(photo_id: int, size: int) -> Response:
    """One size of a picture, for whoever may see it; others get the page for what is not there."""
    found = get_photo(photo_id)
    ensure_may_see(current_user.id if current_user.is_authenticated else None, found)
    if size not in media.SIZES:
        raise PhotoNotFound
    with media.open_photo(found.storage_key, size) as stored:
        answer = Response(stored.read(), mimetype="image/jpeg")
    answer.set_etag(f"{found.storage_key}-{size}")
    if is_open_to_all(found):
        answer.cache_control.public = True
        answer.cache_control.max_age = FIVE_MINUTES
    else:
        answer.cache_control.private = True
        answer.cache_control.no_cache = True
    return answer.make_conditional(request)


class Picture(NamedTuple):
    """What the picture macros draw; width and height are those of the small size, pixels."""

    id: int
    url: str
    thumb_url: str
    alt: str
    width: int
    height: int
    caption: str | None
    note: str | None


@bp.app_template_global()
def picture(found: Any, title: str, note: str | None = None) -> Picture:
    """A picture for `thumb` and `album`; `title` is the wish's."""
    label = _(PHOTO_LABELS[PhotoPurpose(found.purpose)])
    share = min(1.0, media.SMALL / max(found.width, found.height))
    return Picture(
        id=found.id,
        url=url_for("wishes.photo", photo_id=found.id, size=media.LARGE),
        thumb_url=url_for("wishes.photo", photo_id=found.id, size=media.SMALL),
        alt=_("%(title)s：%(label)s的照片", title=title, label=label),
        width=round(found.width * share),
        height=round(found.height * share),
        caption=label,
        note=note,
    )


@bp.app_template_global()
def pictures(photos: Iterable[Any], title: str) -> list[Picture]:
    """Pictures of one wish, for `album`."""
    return [picture(each, title) for each in photos]
