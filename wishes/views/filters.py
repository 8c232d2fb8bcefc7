"""The filters of the wall: read from an address, shown as chips, written into addresses."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from wishes.rules.board import SHOW_LABELS, Filter, Show
from wishes.rules.kinds import CATEGORY_LABELS, Category

MOST_WORDS = 60
ITEMS = "items"
FOLLOWED = "followed"
FIRST_KINDS = (Category.ELDERLY, Category.REPAIR, Category.ENVIRONMENT)
Chip = tuple[str, str, bool]
Places = tuple[tuple[int, str], ...]


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
        followed=area == FOLLOWED,
    )


def words_of(chosen: Filter) -> dict[str, Any]:
    """The filter as words of an address, the usual ones left out."""
    kind = ITEMS if chosen.items_only else chosen.category
    words = {
        "show": chosen.show if chosen.show is not Show.WAITING else None,
        "kind": kind,
        "area": FOLLOWED if chosen.followed else chosen.area_id,
    }
    return {name: str(word) for name, word in words.items() if word is not None}


def url_of(chosen: Filter, **changed: Any) -> str:
    """The board with this filter, one thing changed or, by None, left out."""
    words = {**words_of(chosen), "q": chosen.words or None, **changed}
    asked = urlencode({name: word for name, word in words.items() if word is not None})
    return f"{request.script_root}/?{asked}" if asked else f"{request.script_root}/"


def _kind_chip(chosen: Filter, kind: str, label: str) -> Chip:
    picked = words_of(chosen).get("kind") == kind
    return url_of(chosen, kind=None if picked else kind), label, picked


def _show_chip(chosen: Filter, show: Show) -> Chip:
    label = _(SHOW_LABELS[show])
    return url_of(chosen, show=None if show is Show.WAITING else show), label, chosen.show is show


def _area_chips(chosen: Filter, places: Places, *, may_follow: bool) -> list[Chip]:
    """Each place, the followed ones, and, once one is chosen, the way back to all of them."""
    picked = words_of(chosen).get("area")
    offered = [(str(area_id), name) for area_id, name in places]
    if may_follow or chosen.followed:
        offered.append((FOLLOWED, _("我关注的")))
    chips = [
        (url_of(chosen, area=None if picked == key else key), name, picked == key)
        for key, name in offered
    ]
    return [*chips, (url_of(chosen, area=None), _("全部社区"), False)] if picked else chips


def _chips(chosen: Filter, places: Places, *, may_follow: bool) -> list[Chip]:
    shows = (Show.WAITING, Show.NOW, Show.TODAY, Show.WEEKEND)
    kinds = [(str(kind), _(CATEGORY_LABELS[kind])) for kind in FIRST_KINDS]
    return [
        *(_show_chip(chosen, show) for show in shows),
        *_area_chips(chosen, places, may_follow=may_follow),
        *(_kind_chip(chosen, kind, label) for kind, label in kinds),
        _kind_chip(chosen, ITEMS, _("物品")),
    ]


def _more_chips(chosen: Filter) -> list[Chip]:
    rest = [(str(kind), _(CATEGORY_LABELS[kind])) for kind in Category if kind not in FIRST_KINDS]
    return [
        *(_kind_chip(chosen, kind, label) for kind, label in rest),
        *(_show_chip(chosen, show) for show in (Show.RUNNING, Show.DONE)),
    ]


def draw_filters(chosen: Filter, places: Places, *, may_follow: bool) -> Markup:
    """Search box and chips; `places` are the reader's own and the one that was asked for."""
    return _draw(chosen, places, may_follow, str(get_locale()), request.script_root)


@lru_cache(maxsize=512)
def _draw(chosen: Filter, places: Places, may_follow: bool, _language: str, _root: str) -> Markup:
    drawn = render_template(
        "wishes/_filters.html",
        chosen=chosen,
        chips=_chips(chosen, places, may_follow=may_follow),
        more_chips=_more_chips(chosen),
        kept=words_of(chosen),
    )
    return Markup(drawn)  # noqa: S704 - drawn by our own template
