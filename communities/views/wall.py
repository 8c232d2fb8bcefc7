"""大屏 and poster: what a community shows on a screen in its hall, and on paper at its door.

Nothing personal: wishes as on the wall, public pictures, announcements, sums of the month.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from accounts.models import Area
from communities.policies import get_public_community
from communities.queries.announcements import list_shown
from communities.queries.page import get_figures
from communities.rules.slides import SECONDS, deal, turn_to
from communities.views.blueprint import bp
from communities.views.public import month_of
from foundation import clock
from foundation.access import public
from foundation.forms import row_id
from foundation.links import draw_qr, whole_link
from wishes.queries.board import list_cards
from wishes.queries.photos import list_album
from wishes.rules.board import Filter
from wishes.views.cards import Card, make_card

WISHES, EACH = 9, 3
PICTURES = 4
ANNOUNCEMENTS = 5
ON_POSTER = 5


class Slide(NamedTuple):
    """One picture of the rotation; `things` are what its kind shows."""

    kind: str  # wishes, announcement, album or figures
    title: str
    things: Any


@bp.get("/communities/<int:area_id>/wall")
@public
def wall(area_id: int) -> Response:
    """One slide; the browser goes to the next by itself, without a script, until it is held."""
    area = get_public_community(area_id)
    slides = _slides(area)
    at = turn_to(request.args.get("slide", 1, type=row_id), len(slides))
    is_held = request.args.get("hold") == "1"

    def to(number: int, *, hold: bool) -> str:
        slide = turn_to(number, len(slides))
        return url_for("communities.wall", area_id=area.id, slide=slide, hold=1 if hold else None)

    link = whole_link(url_for("communities.page", area_id=area.id))
    page = render_template(
        "communities/wall.html", community=area, slide=slides[at - 1], at=at, count=len(slides),
        is_held=is_held, code=draw_qr(link), qr_of=_code_of_wish, back_url=to(at - 1, hold=True),
        next_url=to(at + 1, hold=is_held), toggle_url=to(at, hold=not is_held),
    )  # fmt: skip
    answer = make_response(page)
    if not is_held:
        answer.headers["Refresh"] = f"{SECONDS}; url={to(at + 1, hold=False)}"
    return answer


def _slides(area: Area) -> list[Slide]:
    """What there is to show today; the month's figures always, so there is one at least."""
    today = clock.local_day(clock.now())
    since, until = month_of(today)
    dealt = deal(_cards(area, WISHES), EACH)
    slides = [Slide("wishes", _("正缺人的心愿"), cards) for cards in dealt]
    told = list_shown(area.id, today=today, limit=ANNOUNCEMENTS)
    slides += [Slide("announcement", row.title, row) for row in told]
    album = list_album(area.id, limit=PICTURES)
    if album:
        slides.append(Slide("album", _("相册"), album))
    figures = get_figures(area, since=since, until=until)
    return [*slides, Slide("figures", _("这个月"), figures)]


def _cards(area: Area, most: int) -> list[Card]:
    rows = list_cards(Filter(area_id=area.id), at=clock.now(), limit=most)
    return [make_card(row) for row in rows]


def _code_of_wish(wish_id: int) -> Any:
    return draw_qr(whole_link(url_for("wishes.wish_page", wish_id=wish_id)))


@bp.get("/communities/<int:area_id>/poster")
@public
def poster(area_id: int) -> str:
    """A4 to hang up: a few wishes of today, and a code that opens the community's page."""
    area = get_public_community(area_id)
    link = whole_link(url_for("communities.page", area_id=area.id))
    return render_template(
        "communities/poster.html", community=area, cards=_cards(area, ON_POSTER), link=link,
        code=draw_qr(link),
    )  # fmt: skip
