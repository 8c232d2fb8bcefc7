"""Everything late under the area, in working days; pressing it, signed by a leader."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from foundation import clock, labels
from foundation.access import signed_in
from foundation.forms import saying
from oversight.views.blueprint import bp
from oversight.views.street_page import my_area, render_street
from wishes.forms.presses import PressForm
from wishes.models import Press
from wishes.queries.overdue import Late, find_late, list_overdue
from wishes.queries.presses import list_presses_by
from wishes.refusals.referrals import NotOverdue
from wishes.rules.lateness import KIND_OF_LATE_LABELS, LATE_LIGHT_LABELS, Kind
from wishes.rules.life import Light
from wishes.services.pressing import PressWords, press
from wishes.views.referral_words import Line, late_words, press_line

FIRST_DAYS = 3  # proposed for a press; the leader may write another day
Page = str | Response | tuple[str, int]


@bp.get("/oversight/<int:area_id>/overdue")
@signed_in
def overdue(area_id: int) -> str:
    """What is late, the latest first; by light and by kind."""
    area = my_area(area_id)
    rows = list_overdue(area, at=clock.now())
    light, kind = request.args.get("light"), request.args.get("kind")
    chosen = [row for row in rows if light in (None, row.light) and kind in (None, row.kind)]
    return render_street(
        "overdue.html", area, all_late=rows, rows=[_line(area, row) for row in chosen],
        lights=_lights(area, rows, light), kinds=_kinds(area, rows, kind),
    )  # fmt: skip


def _line(area: Area, row: Late) -> Line:
    note = _(
        "%(kind)s · %(place)s · 在%(holder)s · %(when)s 起",
        kind=_(KIND_OF_LATE_LABELS[row.kind]), place=row.community_name, holder=row.holder,
        when=labels.when(row.since),
    )  # fmt: skip
    if row.press_id is not None:
        link, word = url_for("wishes.press_page", press_id=row.press_id), _("督办中")
    else:
        link, word = _press_url(area, row), _("督办")
    light = _(LATE_LIGHT_LABELS[row.light])
    return Line(
        row.title, note, _matter(row), row.light, light, late_words(row.days), link, word,
        quiet=row.press_id is not None,
    )  # fmt: skip


def _matter(row: Late) -> str:
    if row.kind is Kind.REFERRAL:
        return url_for("wishes.referral", referral_id=row.id)
    if row.kind is Kind.ASK:
        return url_for("communities.ask_desk", area_id=row.community_id, ask_id=row.id)
    return url_for("communities.wish_desk", area_id=row.community_id, wish_id=row.id)


def _press_url(area: Area, row: Late) -> str:
    return url_for("oversight.press_matter", area_id=area.id, kind=row.kind, matter_id=row.id)


def _lights(area: Area, rows: list[Late], chosen: str | None) -> list[tuple[str, str, bool]]:
    here = url_for("oversight.overdue", area_id=area.id)
    chips = [(here, _("全部 %(n)s", n=len(rows)), chosen is None)]
    for light in (Light.RED, Light.YELLOW, Light.BLUE):
        number = sum(row.light is light for row in rows)
        word = _("%(light)s %(n)s", light=_(LATE_LIGHT_LABELS[light]), n=number)
        chips.append((f"{here}?light={light}", word, chosen == light))
    return chips


def _kinds(area: Area, rows: list[Late], chosen: str | None) -> list[tuple[str, str, bool]]:
    here = url_for("oversight.overdue", area_id=area.id)
    return [
        (
            f"{here}?kind={kind}",
            _("%(kind)s %(n)s", kind=_(label), n=sum(row.kind is kind for row in rows)),
            chosen == kind,
        )
        for kind, label in KIND_OF_LATE_LABELS.items()
    ]


@bp.route(
    "/oversight/<int:area_id>/press/<kind>/<int:matter_id>",
    methods=["GET", "POST"],
    endpoint="press_matter",
)
@signed_in
def press_matter_page(area_id: int, kind: str, matter_id: int) -> Page:
    """督办: the words, who signs, until when."""
    area = my_area(area_id)
    if kind not in set(Kind):
        abort(404)
    form = PressForm(until=clock.local_day(clock.now()) + timedelta(days=FIRST_DAYS))
    if form.validate_on_submit():
        with saying(form):
            told = PressWords(
                form.words.data or "", form.leader_name.data or "", form.leader_post.data or "",
                form.until.data,
            )  # fmt: skip
            press_id = press(
                Kind(kind), matter_id, area_id=area_id, actor_id=current_user.id, told=told
            )
            flash(_("督办发出去了，对方要签收。"), "success")
            return redirect(url_for("wishes.press_page", press_id=press_id))
        area = my_area(area_id)
    late = find_late(Kind(kind), matter_id, area, at=clock.now())
    if late is None and form.status == 200:
        raise NotOverdue
    page = render_street("press.html", area, form=form, late=_line(area, late) if late else None)
    return page, form.status


@bp.get("/oversight/<int:area_id>/presses")
@signed_in
def presses(area_id: int) -> str:
    """Presses under way, the first due first."""
    area = my_area(area_id)
    rows: list[Press] = list_presses_by(area)
    return render_street("presses.html", area, lines=[press_line(each) for each in rows])
