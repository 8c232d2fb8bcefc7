"""居民报名 at the desk: the seats, the list on the screen and on paper, the count of the day."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from communities.forms.guests import CountForm, EnterGuestForm, SeatsForm
from communities.views.blueprint import bp
from communities.views.desks import my_desk
from communities.views.residents import private_page
from communities.views.wish_forms import WISH
from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from foundation.phones import show_phone
from foundation.refusal import NotYours
from wishes.models import GuestSeats, Wish
from wishes.policies.guests import are_names_open, may_keep_guests
from wishes.queries.completion import get_wish_under
from wishes.queries.guests import find_seats, get_guest, list_guest_looks, list_guests
from wishes.rules.codes import show_ask_code
from wishes.rules.guests import is_countable, may_have_guests, why_no_seat
from wishes.rules.life import CLAIMABLE, WishState
from wishes.services.guest_seats import count_guests, note_guest_look, open_seats
from wishes.services.guests import enter_guest, remove_guest

GUESTS = f"{WISH}/guests"
BLANK_LINES = 10
Page = Any


@bp.app_template_global()
def guest_seats_of(wish: Wish) -> GuestSeats | None:
    """The seats of a wish, for pages of the desk."""
    return find_seats(wish.id) if may_have_guests(wish) else None


@bp.app_template_global()
def takes_guests(wish: Wish) -> bool:
    """Whether residents may come to this wish."""
    return may_have_guests(wish)


@bp.get(GUESTS)
@signed_in
def guests(area_id: int, wish_id: int) -> Page:
    """The seats, who signed up, how many came."""
    return _show(*_mine(area_id, wish_id))


@bp.post(f"{GUESTS}/seats")
@signed_in
def open_guest_seats(area_id: int, wish_id: int) -> Page:
    """Open the sign-up, change the number, stop it."""
    desk, _wish = _mine(area_id, wish_id)
    form = SeatsForm()
    if form.validate():
        with saying(form):
            open_seats(
                wish_id, actor_id=current_user.id, capacity=form.capacity.data or 0,
                note=form.note.data or "", is_open=form.is_open.data,
            )  # fmt: skip
            flash(_("座位存好了。"), "success")
            return _back(area_id, wish_id)
    return _show(desk, get_wish_under(desk, wish_id), seats_form=form)


@bp.post(f"{GUESTS}/enter")
@signed_in
def enter_guest_name(area_id: int, wish_id: int) -> Page:
    """Write down who called."""
    desk, _wish = _mine(area_id, wish_id)
    form = EnterGuestForm()
    if form.validate():
        with saying(form):
            code = enter_guest(wish_id, actor_id=current_user.id, words=form.words())
            flash(
                _("记上了。报名码 %(code)s，可以念给居民，凭它能取消。", code=show_ask_code(code)),
                "success",
            )
            return _back(area_id, wish_id)
    return _show(desk, get_wish_under(desk, wish_id), enter_form=form)


@bp.post(f"{GUESTS}/<int:guest_id>/remove")
@signed_in
def remove_guest_name(area_id: int, wish_id: int, guest_id: int) -> Page:
    """Take somebody off the list."""
    desk, wish = _mine(area_id, wish_id)
    get_guest(wish.id, guest_id)
    form = EnterGuestForm(formdata=None)
    if Form().validate():
        with saying(form):
            remove_guest(wish_id, guest_id, actor_id=current_user.id)
            flash(_("取消了这位的报名，座位让出来了。"), "success")
            return _back(area_id, wish_id)
    return _show(desk, get_wish_under(desk, wish_id), enter_form=form)


@bp.post(f"{GUESTS}/count")
@signed_in
def count_came(area_id: int, wish_id: int) -> Page:
    """受益人次: ticks and a number."""
    desk, wish = _mine(area_id, wish_id)
    form = CountForm()
    if form.validate():
        with saying(form):
            came = form.came.data if are_names_open(wish, at=clock.now()) else None
            attended = count_guests(
                wish_id, actor_id=current_user.id, others=form.others.data or 0, came=came
            )
            flash(_("记下了：受益 %(n)s 人次。", n=attended), "success")
            return _back(area_id, wish_id)
    return _show(desk, get_wish_under(desk, wish_id), count_form=form)


@bp.get(f"{GUESTS}/sheet")
@signed_in
def guest_sheet(area_id: int, wish_id: int) -> Page:
    """The list on paper, to be ticked by hand; printing is written down."""
    _desk, wish = _mine(area_id, wish_id)
    if not may_keep_guests(current_user.id, wish):
        raise NotYours
    note_guest_look(wish_id, actor_id=current_user.id, on_paper=True)
    wish = get_wish_under(my_desk(area_id), wish_id)
    names = list_guests(wish.id) if are_names_open(wish, at=clock.now()) else []
    page = render_template(
        "communities/guest_sheet.html", area=my_desk(area_id), wish=wish, guests=names,
        blank=BLANK_LINES, phone_of=_phone,
    )  # fmt: skip
    response: Response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _mine(area_id: int, wish_id: int) -> tuple[Area, Wish]:
    desk = my_desk(area_id)
    return desk, get_wish_under(desk, wish_id)


def _back(area_id: int, wish_id: int) -> Page:
    return redirect(url_for("communities.guests", area_id=area_id, wish_id=wish_id))


def _phone(phone: str | None) -> str:
    return show_phone(phone) if phone else ""


def _show(
    desk: Area,
    wish: Wish,
    *,
    seats_form: SeatsForm | None = None,
    enter_form: EnterGuestForm | None = None,
    count_form: CountForm | None = None,
) -> Page:
    keeps, at = may_keep_guests(current_user.id, wish), clock.now()
    names_open = are_names_open(wish, at=at)
    area_id, wish_id = desk.id, wish.id
    if keeps and names_open:
        note_guest_look(wish_id, actor_id=current_user.id)
        desk, wish = _mine(area_id, wish_id)
    seats = find_seats(wish_id)
    names = list_guests(wish_id) if keeps and names_open else []
    forms = {
        "seats_form": seats_form or _seats_form(seats),
        "enter_form": enter_form or EnterGuestForm(formdata=None),
        "count_form": count_form or _count_form(seats, [each.id for each in names if each.came]),
    }
    return private_page(
        "communities/guests.html", desk, wish=wish, seats=seats, guests=names, keeps=keeps,
        names_open=names_open, phone_of=_phone, looks=list_guest_looks(wish_id), **forms,
        status=max(form.status for form in forms.values()), **_may(wish, seats),
    )  # fmt: skip


def _may(wish: Wish, seats: GuestSeats | None) -> dict[str, bool]:
    at = clock.now()
    ahead = wish.starts_at is None or wish.starts_at > at
    return {
        "has_guests": may_have_guests(wish),
        "may_open": ahead and wish.state in (WishState.DRAFT, *CLAIMABLE),
        "may_enter": why_no_seat(wish, seats, 1, at=at) is None,
        "may_remove": ahead and wish.state in CLAIMABLE,
        "may_count": is_countable(wish, at=at),
        "is_off": wish.state == WishState.CANCELLED,
    }


def _seats_form(seats: GuestSeats | None) -> SeatsForm:
    if seats is None or seats.capacity is None:
        return SeatsForm(formdata=None)
    words = {"capacity": seats.capacity, "note": seats.note, "is_open": seats.is_open}
    return SeatsForm(formdata=None, data=words)


def _count_form(seats: GuestSeats | None, came: list[int]) -> CountForm:
    others = seats.others if seats is not None else None
    return CountForm(formdata=None, data={"others": others, "came": came})
