"""The paper twin: the sheet to print and sign, and the page to type it in afterwards."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from communities.forms.attendance import SheetForm
from communities.views.attendance import WISH, open_day
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.sheet_rows import make_row
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from wishes.queries.day_sheet import list_attendance, list_unnamed
from wishes.rules.roll_call import Times
from wishes.services.sheet import enter_sheet

BLANK_LINES = 3


@bp.route(f"{WISH}/sign-in-sheet")
@signed_in
def sign_in_sheet(area_id: int, wish_id: int) -> str:
    """The sheet to print: named people, and lines for names still to come."""
    area, wish = open_day(area_id, wish_id)
    unnamed = list_unnamed(wish.id)
    return render_template(
        "communities/sign_in_sheet.html",
        area=area,
        wish=wish,
        seats=list_attendance(wish.id),
        unnamed=unnamed,
        blank=BLANK_LINES,
    )


@bp.route(f"{WISH}/attendance/paper", methods=["GET", "POST"])
@signed_in
def paper_entry(area_id: int, wish_id: int) -> Any:
    """Times line by line: paper typed in, forgotten check-outs, corrections with a reason."""
    area, wish = open_day(area_id, wish_id)
    seats = list_attendance(wish.id)
    form = SheetForm()
    if not form.is_submitted():
        form.show(
            (seat.user_id, Times(seat.arrived_at, seat.left_at, seat.break_minutes or 0))
            for seat in seats
        )
    if form.validate_on_submit():
        with saying(form):
            done = enter_sheet(
                wish_id,
                actor_id=current_user.id,
                lines=form.read(wish),
                why=form.why.data or None,
            )
            flash(_("记了 %(n)s 人。", n=len(done)), "success")
            return redirect(url_for("communities.day_sheet", area_id=area_id, wish_id=wish_id))
        area, wish = open_day(area_id, wish_id)
    now = clock.now()
    rows = {seat.user_id: make_row(seat, wish, at=now) for seat in seats}
    page = render_desk("communities/paper_entry.html", area, wish=wish, form=form, rows=rows)
    return page, form.status
