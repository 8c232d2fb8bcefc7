"""The wall of wishes: public, the product's first page."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import public
from wishes.queries.board import MOST_COUNTED, PAGE, CardRow, list_cards
from wishes.queries.nearby import list_places
from wishes.rules.board import Filter, Mark, Show, read_mark, write_mark
from wishes.views.blueprint import bp
from wishes.views.cards import draw_cards
from wishes.views.filters import draw_filters, read_filter, url_of, words_of
from wishes.views.kept_pages import answer_visitor, is_visitor


@bp.get("/")
@public
def board() -> Response:
    """Wishes that need people, by default; a page of the wall at a time."""
    return answer_visitor(_draw) if is_visitor() else make_response(_draw())


def _draw() -> str:
    chosen = read_filter(request.args)
    after = read_mark(request.args.get("after", ""))
    reader = current_user.id if current_user.is_authenticated else None
    places = tuple(list_places(reader, chosen.area_id))
    rows = list_cards(chosen, at=clock.now(), after=after, limit=PAGE + 1, reader_id=reader)
    return render_template(
        "wishes/board.html",
        cards=draw_cards(rows[:PAGE]),
        filters=draw_filters(chosen, places, may_follow=reader is not None),
        next_url=_next_url(chosen, rows),
        first_url=url_of(chosen) if after else None,
        waiting=_waiting(chosen, rows) if not after else None,
        is_narrow=bool(words_of(chosen) or chosen.words),
        is_followed=chosen.followed,
    )


def _next_url(chosen: Filter, rows: list[CardRow]) -> str | None:
    if len(rows) <= PAGE:
        return None
    last = rows[PAGE - 1]
    return url_of(chosen, after=write_mark(Mark(last.state, last.starts_at, last.id)))


def _waiting(chosen: Filter, rows: list[CardRow]) -> str:
    n = rows[0].waiting if rows else 0
    number = f"{MOST_COUNTED - 1}+" if n >= MOST_COUNTED else str(n)
    if chosen.show in (Show.RUNNING, Show.DONE):
        return _("%(n)s 个", n=number)
    return _("%(n)s 个在等人", n=number)
