"""接龙: words for the chat group, and the group's list taken back as claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from communities.forms.chains import NOBODY, ChainForm, ChosenForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.wish_forms import WISH
from foundation import labels
from foundation.access import signed_in
from foundation.forms import saying
from foundation.links import draw_qr, whole_link
from wishes.models import Wish
from wishes.policies.wishes import get_chain_wish
from wishes.queries.chains import MatchedLine, match_chain
from wishes.queries.completion import get_wish_under
from wishes.refusals.chains import ChainTooLong
from wishes.rules.chains import MOST_LINES, is_too_long, list_doubles
from wishes.services.chains import enter_chain

CHAIN = f"{WISH}/chain"
Page = Response | tuple[str, int]


@bp.route(CHAIN, methods=["GET", "POST"])
@signed_in
def chain(area_id: int, wish_id: int) -> Page:
    """Words, link and code to send to the group; a pasted list is shown line by line."""
    desk, wish = _my_wish(area_id, wish_id)
    form = ChainForm()
    if form.validate_on_submit():
        with saying(form):
            if is_too_long(form.text.data):
                raise ChainTooLong(most=MOST_LINES)
            return _preview(desk, wish, form.text.data)
    link = whole_link(url_for("wishes.wish_page", wish_id=wish.id))
    page = render_desk(
        "communities/chain.html", desk, wish=wish, form=form, link=link, qr=draw_qr(link),
        words=_words(wish, link),
    )  # fmt: skip
    return page, form.status


@bp.post(f"{CHAIN}/enter")
@signed_in
def enter(area_id: int, wish_id: int) -> Page:
    """Claim for the people who were chosen, all or nobody."""
    desk, wish = _my_wish(area_id, wish_id)
    form = ChosenForm()
    matched = match_chain(wish, form.text.data or "")
    form.offer(matched)
    if form.validate():
        with saying(form):
            count = enter_chain(
                wish_id, actor_id=current_user.id, text=form.text.data,
                chosen=form.chosen(matched),
            )  # fmt: skip
            flash(_("登记了 %(n)s 人，都通知到了。", n=count), "success")
            return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))
    return _show(desk, wish, form, matched)


def _my_wish(area_id: int, wish_id: int) -> tuple[Area, Wish]:
    desk = my_worker_desk(area_id)
    get_wish_under(desk, wish_id)
    return desk, get_chain_wish(wish_id, actor_id=current_user.id)


def _preview(desk: Area, wish: Wish, text: str) -> Page:
    matched = match_chain(wish, text)
    form = ChosenForm(formdata=None, data={"text": text, "people": _propose(wish, matched)})
    form.offer(matched)
    return _show(desk, wish, form, matched)


def _propose(wish: Wish, matched: Sequence[MatchedLine]) -> list[int]:
    """The only account a line may mean, as long as places last; two of one name are asked about."""
    doubles = list_doubles(each.line for each in matched)
    left = (wish.headcount or 0) - wish.places_taken
    proposed = []
    for each in matched:
        free = [found for found in each.candidates if not found.has_claimed]
        is_sure = len(each.candidates) == 1 and (each.line.phone or each.line.name not in doubles)
        fits = each.line.places <= left
        picked = free[0].user_id if free and is_sure and fits else NOBODY
        left -= each.line.places if picked else 0
        proposed.append(picked)
    return proposed


def _show(desk: Area, wish: Wish, form: ChosenForm, matched: Sequence[MatchedLine]) -> Page:
    doubles = list_doubles(each.line for each in matched)
    remarks = [_remark(each, entry.data, doubles) for each, entry in zip(
        matched, form.people, strict=False
    )]  # fmt: skip
    page = render_desk(
        "communities/chain_preview.html", desk, wish=wish, form=form,
        rows=list(zip(matched, form.people, remarks, strict=False)),
        left=(wish.headcount or 0) - wish.places_taken,
        invitation=whole_link(url_for("accounts.register")),
    )  # fmt: skip
    return page, form.status


def _remark(each: MatchedLine, picked: Any, doubles: set[str]) -> str:
    if not each.line.name:
        return _("这一行没看懂，请对着原话看看。")
    if not each.candidates:
        return _("本街道没有叫这个名字的志愿者，请他先注册，或由他自己点链接认领。")
    if picked:
        return ""
    if all(found.has_claimed for found in each.candidates):
        return _("已经认领过了。")
    if len(each.candidates) > 1 or each.line.name in doubles:
        return _("有重名，请看电话尾号选一位。")
    return _("名额不够了，没有替他选。")


def _words(wish: Wish, link: str) -> str:
    """What is sent to the group: public words only."""
    left = (wish.headcount or 0) - wish.places_taken
    lines = [_("#接龙 微心愿：%(title)s", title=wish.title)]
    if wish.starts_at and wish.ends_at:
        lines.append(_("时间：%(when)s", when=labels.when_span(wish.starts_at, wish.ends_at)))
    if wish.public_place:
        lines.append(_("地点：%(place)s", place=wish.public_place))
    lines += [_("还差 %(n)s 人。点链接自己认领，或者接着写名字和手机号：", n=left), link, "1. "]
    return "\n".join(lines)
