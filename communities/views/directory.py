"""The directory of communities: by street, found by name."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from communities.queries.directory import by_street, count_waiting, list_communities_of
from communities.views.blueprint import bp
from foundation import clock
from foundation.access import public
from foundation.forms import row_id
from wishes.queries.following import list_followed

MOST_AT_ONCE = 60  # above it the streets come first
MOST_WORDS = 60
Chip = tuple[str, str, bool]


@bp.get("/communities")
@public
def index() -> str:
    """Every community under its street; in a large city the streets, until one is chosen."""
    words = " ".join(request.args.get("q", "")[:MOST_WORDS].split())
    chosen = request.args.get("street", type=row_id)
    everything = list_communities_of()
    listed = list_communities_of(street_id=chosen, query=words) if chosen or words else everything
    is_folded = not (chosen or words) and len(listed) > MOST_AT_ONCE
    signed = current_user.is_authenticated
    return render_template(
        "communities/index.html",
        neighbourhoods=by_street(listed),
        is_folded=is_folded,
        waiting={} if is_folded else count_waiting([each.id for each in listed], at=clock.now()),
        chips=_chips(chosen, words, [(s.id, s.name) for s in by_street(everything) if s.id]),
        words=words,
        chosen=chosen,
        followed={each.area_id for each in list_followed(current_user.id)} if signed else set(),
    )


def _chips(chosen: int | None, words: str, streets: list[tuple[int | None, str]]) -> list[Chip]:
    if len(streets) < 2:
        return []
    return [
        (url_for("communities.index", q=words or None), _("全部街道"), chosen is None),
        *(
            (url_for("communities.index", street=street, q=words or None), name, chosen == street)
            for street, name in streets
        ),
    ]
