"""The wishes of a desk as four lanes of light, drafts beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from accounts.queries.areas import list_grids
from accounts.rules import AreaKind
from communities.forms.fields import tidy
from communities.policies import may_publish_at
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_desk
from communities.views.slips import WishSlip, make_slip
from communities.views.wish_forms import WISHES
from foundation import clock
from foundation.access import signed_in
from wishes.queries.desk import (
    PAGE,
    After,
    DeskFilter,
    DeskRow,
    count_wishes,
    list_lane,
    list_over,
)
from wishes.rules.kinds import CATEGORY_LABELS, Category
from wishes.rules.life import LIGHT_WORDS, Light

FOUR = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN)
OVER = "over"


@dataclass(frozen=True)
class Lane:
    """What the lanes macro draws."""

    colour: str
    word: str
    count: int
    slips: list[WishSlip]
    more_url: str


@bp.get(WISHES)
@signed_in
def wishes(area_id: int) -> str:
    """All lanes, or one of them page by page."""
    desk = my_desk(area_id)
    chosen, at = read_filter(request.args), clock.now()
    shown = request.args.get("light", "")
    counts = count_wishes(desk, chosen)
    common: dict[str, Any] = {
        "chosen": chosen,
        "kept": _words_of(chosen),
        "tabs": _tabs(desk, shown, counts, chosen),
        "grids": list_grids(desk.id) if desk.kind == AreaKind.COMMUNITY else [],
        "kinds": [(str(code), _(label)) for code, label in CATEGORY_LABELS.items()],
        "may_publish": may_publish_at(current_user.id, desk),
    }
    if shown in (*set(Light), OVER):
        slips, next_url = _one_lane(desk, shown, chosen, at)
        common |= {
            "slips": slips,
            "next_url": next_url,
            "shown": shown,
            "lane_word": _lane_word(shown),
        }
        first_url = _first_url(desk, shown, chosen)
        return render_desk("communities/wish_lane.html", desk, first_url=first_url, **common)
    lanes = [_lane(desk, light, counts[light], chosen, at) for light in FOUR]
    return render_desk("communities/wishes.html", desk, lanes=lanes, **common)


def read_filter(args: Any) -> DeskFilter:
    """The filter of an address; what makes no sense is left out."""
    grid, kind = args.get("grid", ""), args.get("kind", "")
    return DeskFilter(
        grid_id=int(grid) if grid.isascii() and grid.isdigit() and len(grid) < 16 else None,
        category=Category(kind) if kind in set(Category) else None,
        items_only=kind == "items",
        words=" ".join(tidy(args.get("q", "")[:60]).split()),
    )


def _words_of(chosen: DeskFilter) -> dict[str, str]:
    kind = "items" if chosen.items_only else chosen.category
    words = {"grid": chosen.grid_id, "kind": kind, "q": chosen.words or None}
    return {name: str(word) for name, word in words.items() if word is not None}


def _url(desk: Area, chosen: DeskFilter, **more: Any) -> str:
    return url_for("communities.wishes", area_id=desk.id, **(_words_of(chosen) | more))


def _tabs(
    desk: Area, shown: str, counts: dict[Light, int], chosen: DeskFilter
) -> list[tuple[str, str, bool]]:
    drafts = _("草稿 %(n)s", n=counts[Light.GREY])
    return [
        (_url(desk, chosen), _("四盏灯"), shown not in (Light.GREY, OVER)),
        (_url(desk, chosen, light=str(Light.GREY)), drafts, shown == Light.GREY),
        (_url(desk, chosen, light=OVER), _("取消与过期"), shown == OVER),
    ]


def _lane(desk: Area, light: Light, count: int, chosen: DeskFilter, at: datetime) -> Lane:
    rows = list_lane(desk, light, chosen)
    return Lane(
        colour=str(light),
        word=_(LIGHT_WORDS[light]),
        count=count,
        slips=[make_slip(row, desk, at=at) for row in rows],
        more_url=_url(desk, chosen, light=str(light)),
    )


def _one_lane(
    desk: Area, shown: str, chosen: DeskFilter, at: datetime
) -> tuple[list[WishSlip], str | None]:
    after = _read_after(request.args.get("after", ""))
    if shown == OVER:
        rows = list_over(desk, before=after.id if after else None, limit=PAGE + 1)
    else:
        rows = list_lane(desk, Light(shown), chosen, after=after, limit=PAGE + 1)
    slips = [make_slip(row, desk, at=at) for row in rows[:PAGE]]
    if len(rows) <= PAGE:
        return slips, None
    return slips, _url(desk, chosen, light=shown, after=_write_after(rows[PAGE - 1]))


def _lane_word(shown: str) -> str:
    if shown == OVER:
        return _("取消与过期")
    return _("草稿") if shown == Light.GREY else _(LIGHT_WORDS[Light(shown)])


def _first_url(desk: Area, shown: str, chosen: DeskFilter) -> str | None:
    return _url(desk, chosen, light=shown) if request.args.get("after") else None


def _write_after(row: DeskRow) -> str:
    return f"{row.starts_at.isoformat() if row.starts_at else ''}_{row.id}"


def _read_after(text: str) -> After | None:
    moment, _line, number = text.rpartition("_")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    try:
        at = datetime.fromisoformat(moment) if moment else None
    except ValueError:
        return None
    if at is not None and at.tzinfo is None:
        return None
    return After(at, int(number))
