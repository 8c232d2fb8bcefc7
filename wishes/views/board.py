"""The wall of wishes: public, the product's first page."""

from __future__ import annotations

from hashlib import blake2b

from flask import Response, make_response, render_template, request, session
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import public
from wishes.queries.board import MOST_COUNTED, PAGE, CardRow, list_cards, list_home_areas
from wishes.rules.board import Filter, Mark, Show, read_mark, write_mark
from wishes.views.blueprint import bp
from wishes.views.cards import draw_cards
from wishes.views.filters import draw_filters, read_filter, url_of, words_of


@bp.get("/")
@public
def board() -> Response:
    """Wishes that need people, by default; a page of the wall at a time."""
    chosen = read_filter(request.args)
    after = read_mark(request.args.get("after", ""))
    rows = list_cards(chosen, at=clock.now(), after=after, limit=PAGE + 1)
    mark = _mark(rows)
    if mark is not None and request.if_none_match.contains(mark):
        return _kept(Response(status=304), mark)
    page = render_template(
        "wishes/board.html",
        cards=draw_cards(rows[:PAGE]),
        filters=draw_filters(chosen, _home()),
        next_url=_next_url(chosen, rows),
        first_url=url_of(chosen) if after else None,
        waiting=_waiting(chosen, rows) if not after else None,
        is_narrow=bool(words_of(chosen) or chosen.words),
    )
    return _kept(make_response(page), mark or _mark(rows))


def _home() -> tuple[tuple[int, str], ...]:
    return tuple(list_home_areas(current_user.id)) if current_user.is_authenticated else ()


def _mark(rows: list[CardRow]) -> str | None:
    """What a visitor's page depends on: the rows, how they read, and their form token.

    None for signed-in people and while a message waits: their pages hold more than the wall.
    """
    token = session.get("csrf_token")
    if token is None or "_user_id" in session or "_flashes" in session:
        return None
    day = clock.local_day(clock.now())
    reading = (str(get_locale()), session.get("elder"), day)
    seen = repr((request.full_path, [tuple(row) for row in rows], reading, token))
    return blake2b(seen.encode(), digest_size=16).hexdigest()


def _kept(answer: Response, mark: str | None) -> Response:
    """Let a visitor's browser keep the page, and ask each time whether it still holds."""
    if mark is not None:
        answer.set_etag(mark)
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer


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
