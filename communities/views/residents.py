"""重点居民: the list by door, looking for somebody, a new card, a card put right."""

from __future__ import annotations

from flask import flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.queries.areas import get_community_of, list_grids
from accounts.rules import AreaKind
from communities.forms.residents import NewResidentForm, ResidentForm, SearchForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from foundation import clock
from foundation.access import signed_in
from foundation.forms import row_id, saying
from wishes.models import Resident
from wishes.policies.residents import get_care_desk, get_counting_desk, looks_after, plans_at
from wishes.queries.residents import get_at_desk, known_tags, list_cards
from wishes.queries.rounds import count_by_grid, count_unvisited
from wishes.rules.residents import split_tags
from wishes.services.resident_looks import note_list, note_look
from wishes.services.residents import add_resident, change_resident

RESIDENTS = "/desk/<int:area_id>/residents"
RESIDENT = f"{RESIDENTS}/<int:resident_id>"
PAGE, LAST_PAGE = 30, 1000
Page = Response | tuple[str, int] | str


def private_page(template: str, desk: Area, *, status: int = 200, **context: object) -> Response:
    """A page with somebody's door on it: no browser keeps it."""
    response = make_response(render_desk(template, desk, **context), status)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route(RESIDENTS, methods=["GET", "POST"])
@signed_in
def residents(area_id: int) -> Page:
    """The cards of a desk by door; a supervisor reads counts."""
    desk = get_counting_desk(current_user.id, area_id)
    if not looks_after(current_user.id, desk.id):
        return _counts(desk)
    form = SearchForm(tags=known_tags())
    words, tag = "", request.args.get("tag", "")
    if form.validate_on_submit():
        words, tag = form.words.data or "", form.tag.data or ""
    cards = list_cards(desk, words=words, tag=tag)
    page = min(request.args.get("page", 1, type=row_id), LAST_PAGE)
    shown = cards[(page - 1) * PAGE : page * PAGE]
    note_list(desk.id, [card.id for card in shown], actor_id=current_user.id)
    more = _page_url(area_id, tag, page + 1) if len(cards) > page * PAGE and not words else None
    return private_page(
        "communities/residents.html", get_care_desk(current_user.id, area_id), form=form,
        cards=shown, total=len(cards), words=words, tag=tag, next_url=more, status=form.status,
        first_url=_page_url(area_id, tag, 1) if page > 1 else None, sheet=_sheet_url(area_id),
        plans=plans_at(current_user.id, get_community_of(desk).id),
    )  # fmt: skip


def _page_url(area_id: int, tag: str, page: int) -> str:
    return url_for("communities.residents", area_id=area_id, tag=tag or None,
                   page=page if page > 1 else None)  # fmt: skip


def _sheet_url(area_id: int) -> str:
    return url_for("communities.residents_sheet", area_id=area_id)


def _counts(desk: Area) -> Page:
    today = clock.local_day(clock.now())
    community = get_community_of(desk)
    (whole,) = count_unvisited(community, today=today)
    return render_desk(
        "communities/resident_counts.html", desk, whole=whole,
        grids=count_by_grid(community, today=today),
    )  # fmt: skip


@bp.route(f"{RESIDENTS}/new", methods=["GET", "POST"])
@signed_in
def new_resident(area_id: int) -> Page:
    """A new card, once somebody asked the person."""
    desk = get_care_desk(current_user.id, area_id)
    today = {"consent_on": clock.local_day(clock.now())}
    form = NewResidentForm(grids=_grids(desk), tags=known_tags(), data=today)
    if form.validate_on_submit():
        with saying(form):
            resident_id = add_resident(
                area_id, actor_id=current_user.id, words=form.words(_own_grid(desk)),
                consent_on=form.asked_on,
            )  # fmt: skip
            flash(_("居民卡建好了。"), "success")
            return redirect(card_url(area_id, resident_id))
        desk = get_care_desk(current_user.id, area_id)
    return private_page("communities/resident_form.html", desk, form=form, resident=None,
                        status=form.status)  # fmt: skip


@bp.route(f"{RESIDENT}/edit", methods=["GET", "POST"])
@signed_in
def edit_resident(area_id: int, resident_id: int) -> Page:
    """Put a card right; opening it is a look."""
    desk = get_care_desk(current_user.id, area_id)
    resident = get_at_desk(desk, resident_id)
    tags = list(dict.fromkeys([*known_tags(), *split_tags(resident.tags)]))
    form = ResidentForm(grids=_grids(desk), tags=tags, data=_words_on(resident))
    if form.validate_on_submit():
        with saying(form):
            change_resident(
                resident_id, actor_id=current_user.id, words=form.words(_own_grid(desk))
            )
            flash(_("存好了。"), "success")
            return redirect(card_url(area_id, resident_id))
    elif not form.is_submitted():
        note_look(resident_id, actor_id=current_user.id)
    desk = get_care_desk(current_user.id, area_id)
    return private_page(
        "communities/resident_form.html", desk, form=form, status=form.status,
        resident=get_at_desk(desk, resident_id),
    )  # fmt: skip


def card_url(area_id: int, resident_id: int) -> str:
    """The page of one card."""
    return url_for("communities.resident", area_id=area_id, resident_id=resident_id)


def _grids(desk: Area) -> list[Area]:
    return [] if desk.kind == AreaKind.GRID else list_grids(desk.id)


def _own_grid(desk: Area) -> int | None:
    return desk.id if desk.kind == AreaKind.GRID else None


def _words_on(resident: Resident) -> dict[str, object]:
    return {
        "name": resident.name, "phone": resident.phone, "door": resident.door,
        "grid": str(resident.grid_id or ""), "tags": list(split_tags(resident.tags)),
        "best_time": resident.best_time, "note": resident.note,
    }  # fmt: skip
