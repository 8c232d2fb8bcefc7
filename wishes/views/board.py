"""The wall of wishes: public, the product's first page."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import public
from wishes.queries.board import MOST_COUNTED, PAGE, CardRow, list_cards, list_home_areas
from wishes.rules.board import SHOW_LABELS, Filter, Mark, Show, read_mark, write_mark
from wishes.rules.kinds import CATEGORY_LABELS, Category
from wishes.views.blueprint import bp
from wishes.views.cards import make_card

MOST_WORDS = 60
ITEMS = "items"
FIRST_KINDS = (Category.ELDERLY, Category.REPAIR, Category.ENVIRONMENT)
Chip = tuple[str, str, bool]


@bp.get("/")
@public
def board() -> str:
    """Wishes that need people, by default; a page of the wall at a time."""
    chosen = read_filter(request.args)
    after = read_mark(request.args.get("after", ""))
    rows = list_cards(chosen, at=clock.now(), after=after, limit=PAGE + 1)
    return render_template(
        "wishes/board.html",
        cards=[make_card(row) for row in rows[:PAGE]],
        next_url=_next_url(chosen, rows),
        first_url=_url(chosen) if after else None,
        waiting=_waiting(rows) if not after else None,
        chosen=chosen,
        chips=_chips(chosen),
        more_chips=_more_chips(chosen),
        kept=_words_of(chosen),
    )


def read_filter(args: Any) -> Filter:
    """The filter of an address; what makes no sense is left out."""
    kind = args.get("kind", "")
    area = args.get("area", "")
    return Filter(
        show=Show(args["show"]) if args.get("show") in set(Show) else Show.WAITING,
        category=Category(kind) if kind in set(Category) else None,
        items_only=kind == ITEMS,
        area_id=int(area) if area.isascii() and area.isdigit() and len(area) < 16 else None,
        words=" ".join(args.get("q", "")[:MOST_WORDS].split()),
    )


def _words_of(chosen: Filter) -> dict[str, Any]:
    """The filter as words of an address, the usual ones left out."""
    kind = ITEMS if chosen.items_only else chosen.category
    words = {
        "show": chosen.show if chosen.show is not Show.WAITING else None,
        "kind": kind,
        "area": chosen.area_id,
    }
    return {name: str(word) for name, word in words.items() if word is not None}


def _url(chosen: Filter, **changed: Any) -> str:
    words = {**_words_of(chosen), "q": chosen.words or None, **changed}
    return url_for("wishes.board", **words)


def _next_url(chosen: Filter, rows: list[CardRow]) -> str | None:
    if len(rows) <= PAGE:
        return None
    last = rows[PAGE - 1]
    return _url(chosen, after=write_mark(Mark(last.state, last.starts_at, last.id)))


def _waiting(rows: list[CardRow]) -> str:
    n = rows[0].waiting if rows else 0
    return _("%(n)s 个以上", n=MOST_COUNTED - 1) if n >= MOST_COUNTED else _("%(n)s 个", n=n)


def _kind_chip(chosen: Filter, kind: str, label: str) -> Chip:
    picked = _words_of(chosen).get("kind") == kind
    return _url(chosen, kind=None if picked else kind), label, picked


def _show_chip(chosen: Filter, show: Show) -> Chip:
    label = _(SHOW_LABELS[show])
    return _url(chosen, show=None if show is Show.WAITING else show), label, chosen.show is show


def _area_chips(chosen: Filter) -> list[Chip]:
    home = list_home_areas(current_user.id) if current_user.is_authenticated else []
    return [
        (_url(chosen, area=None if chosen.area_id == area_id else area_id), name,
         chosen.area_id == area_id)
        for area_id, name in home
    ]  # fmt: skip


def _chips(chosen: Filter) -> list[Chip]:
    shows = (Show.WAITING, Show.NOW, Show.TODAY, Show.WEEKEND)
    kinds = [(str(kind), _(CATEGORY_LABELS[kind])) for kind in FIRST_KINDS]
    return [
        *(_show_chip(chosen, show) for show in shows),
        *_area_chips(chosen),
        *(_kind_chip(chosen, kind, label) for kind, label in kinds),
        _kind_chip(chosen, ITEMS, _("物品")),
    ]


def _more_chips(chosen: Filter) -> list[Chip]:
    rest = [(str(kind), _(CATEGORY_LABELS[kind])) for kind in Category if kind not in FIRST_KINDS]
    return [
        *(_kind_chip(chosen, kind, label) for kind, label in rest),
        *(_show_chip(chosen, show) for show in (Show.RUNNING, Show.DONE)),
    ]
