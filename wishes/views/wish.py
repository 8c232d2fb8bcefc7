"""One wish: everything a person needs to decide, and the button at the thumb."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.policies import is_staff_of
from accounts.queries.people import list_units_of
from accounts.rules import Role
from foundation import clock
from foundation.access import public
from foundation.forms import say
from foundation.labels import when, when_span
from foundation.links import whole_link
from wishes.forms.claim import ClaimForm
from wishes.models import Campaign, SeriesDay, Wish
from wishes.queries.board import list_near
from wishes.queries.campaigns import find_membership
from wishes.queries.changes import list_messages
from wishes.queries.photos import list_public_photos
from wishes.queries.stand_ins import find_open_offer
from wishes.queries.wish_page import (
    Mine,
    PageTool,
    find_asked_at,
    find_clash,
    find_last_report,
    find_mine,
    get_extras,
    get_visible_wish,
    list_moves,
    list_page_tools,
    list_takers,
)
from wishes.rules.asking import PrivateWords
from wishes.rules.claiming import why_not_claimable
from wishes.rules.deadlines import may_withdraw, withdraw_until
from wishes.rules.kinds import PROVISION_LABELS, Provision, WishKind
from wishes.rules.life import CLAIMABLE, WishState
from wishes.rules.proof import LEAVE_AFTER, OPENS_BEFORE
from wishes.services.caring import care_in
from wishes.views import wish_words
from wishes.views.blueprint import bp
from wishes.views.cards import CardTool, make_card
from wishes.views.care_words import care_pairs, why_not_for
from wishes.views.line_words import line_of, question_of, terms_notes, why_not_yet
from wishes.views.photos import pictures
from wishes.views.series_words import series_note

Answer = tuple[str, int]
LETTERS = 3  # the latest words of the community to those who come


@bp.get("/wishes/<int:wish_id>")
@public
def wish_page(wish_id: int) -> Answer:
    """The page of a wish; drafts and strangers' cancelled wishes are not found."""
    return show_wish(wish_id, ClaimForm())


def show_wish(wish_id: int, form: ClaimForm, *, opened: PrivateWords | None = None) -> Answer:
    """Draw the page of a wish, with a claim form that may carry a refusal, or with its door."""
    at = clock.now()
    user_id = current_user.id if current_user.is_authenticated else None
    wish = get_visible_wish(wish_id, user_id)
    mine = find_mine(wish_id, user_id) if user_id else None
    tools = list_page_tools(wish_id)
    form.offer(_to_bring(tools, form.tools.data or []))
    hindrance = _hindrance(wish, mine, user_id, at=at)
    extras = get_extras(wish_id)
    page = {
        **_facts(wish, extras.day, user_id, at=at),
        **_so_far(wish),
        **_standing(wish, mine, user_id, at=at),
        **line_of(wish, mine, user_id, at=at),
        **question_of(wish, mine, user_id, at=at),
        "wish": wish,
        "tools": [_tool(tool) for tool in tools],
        "care_rows": care_pairs(care_in(extras.care)),
        "guest_seats": extras.seats,
        "form": form,
        "hindrance": hindrance,
        "opened": opened,
        "terms_notes": terms_notes(wish, extras.terms, at=at),
        "near": _near(wish, mine, hindrance, form, user_id, at=at),
    }
    return render_template("wishes/wish_page.html", **page), form.status


def _to_bring(tools: list[PageTool], ticked: list[int]) -> list[tuple[int, str]]:
    return [
        (tool.id, _("我带 %(tool)s", tool=tool.name))
        for tool in tools
        if tool.is_wanted or (tool.id in ticked and tool.provision != Provision.COMMUNITY)
    ]


def _tool(tool: PageTool) -> CardTool:
    label = _(PROVISION_LABELS[tool.provision])
    there = tool.pledges > 0 or tool.provision == Provision.COMMUNITY
    return CardTool(tool.name, tool.quantity, label, there)


def _hindrance(wish: Wish, mine: Mine | None, user_id: int | None, *, at: datetime) -> str | None:
    """Why the person cannot claim now, in words; None when they can, or already did."""
    if mine is not None:
        return None
    refusal = why_not_claimable(wish, 1, at=at)
    if refusal is not None:
        return _why_over(wish) or say(refusal)
    early = why_not_yet(wish, user_id, at=at)
    if early is not None:
        return early
    barred = why_not_for(wish, user_id, at=at)
    if barred is not None:
        return barred
    clash = find_clash(wish, user_id) if user_id and wish.kind == WishKind.SERVICE else None
    if clash is not None:
        return _("这个时间您已认领“%(title)s”，先退出那一个才能认领这个。", title=clash)
    return None


def _why_over(wish: Wish) -> str | None:
    """The states that a reader meets most, in words of their own."""
    if wish.state == WishState.FILLED:
        return _("已经有人认领了。") if wish.kind == WishKind.ITEM else _("名额已经满了。")
    if wish.state == WishState.REPORTED:
        return _("已经做完了，正等社区核实。")
    return _("已经办结，谢谢出力的人。") if wish.state == WishState.VERIFIED else None


def _facts(
    wish: Wish, row: SeriesDay | None, user_id: int | None, *, at: datetime
) -> dict[str, Any]:
    private, may_look = wish_words.private_note(wish, user_id, at=at)
    return {
        "time_notes": wish_words.time_notes(wish, at=at),
        "taker_note": wish_words.taker_note(list_takers(wish.id), wish.kind),
        "private_note": private,
        "may_look": may_look,
        "share_text": _share_text(wish),
        "campaign": _campaign_of(wish),
        "series_id": row.series_id if row else None,
        "series_words": series_note(row) if row else "",
    }


def _campaign_of(wish: Wish) -> Campaign | None:
    kept = find_membership(wish.id) if wish.kind == WishKind.ITEM else None
    return kept.campaign if kept is not None else None


def _so_far(wish: Wish) -> dict[str, Any]:
    moves = list_moves(wish.id)
    report = find_last_report(wish.id) if wish.state == WishState.VERIFIED else None
    return {
        "steps": wish_words.steps_of(wish, find_asked_at(wish.id), moves),
        "events": wish_words.events_of(moves),
        "report_text": report.text if report else None,
        "photos": pictures(list_public_photos(wish.id), wish.title),
    }


def _standing(
    wish: Wish, mine: Mine | None, user_id: int | None, *, at: datetime
) -> dict[str, Any]:
    """What the viewer holds and may do besides claiming."""
    until = withdraw_until(wish.starts_at) if wish.starts_at else at
    may_leave = bool(mine and mine.claim_id) and _may_leave(wish, mine, at=at)
    ahead = wish.starts_at is not None and at < wish.starts_at and wish.state in CLAIMABLE
    swap = find_open_offer(mine.place_id) if mine and mine.place_id and ahead else None
    units = list_units_of(user_id, Role.COORDINATOR) if user_id else []
    return {
        "mine": mine,
        "swap": swap,
        "letters": list_messages(wish.id)[:LETTERS] if mine else [],
        "may_swap": bool(mine and mine.place_id) and ahead and swap is None,
        "may_withdraw": may_leave,
        "withdraw_until": when(wish.starts_at if may_leave and at > until else until),
        "may_check_in": _takes_check_in(wish, at),
        "is_ahead": wish.ends_at is not None and at < wish.ends_at,
        "has_begun": wish.starts_at is not None and wish.starts_at <= at,
        "units": [
            (url_for("partner_units.claim", unit_id=unit.id, wish_id=wish.id), unit.short_name)
            for unit in units
        ],
        "is_staff": bool(user_id and is_staff_of(user_id, wish.community_id)),
        "unconfirmed": bool(user_id and current_user.confirmed_at is None),
    }


def _may_leave(wish: Wish, mine: Mine | None, *, at: datetime) -> bool:
    return wish.starts_at is not None and may_withdraw(
        at, starts_at=wish.starts_at, claimed_at=mine.claimed_at if mine else None,
        rescheduled_at=wish.rescheduled_at,
    )  # fmt: skip


def _takes_check_in(wish: Wish, at: datetime) -> bool:
    if wish.starts_at is None or wish.ends_at is None:
        return False
    return wish.starts_at - OPENS_BEFORE <= at <= wish.ends_at + LEAVE_AFTER


def _near(
    wish: Wish,
    mine: Mine | None,
    hindrance: str | None,
    form: ClaimForm,
    user_id: int | None,
    *,
    at: datetime,
) -> list[Any]:
    if mine is not None or not (hindrance or form.refused_with):
        return []
    return [make_card(row) for row in list_near(wish, at=at, user_id=user_id)]


def _share_text(wish: Wish) -> str:
    link = whole_link(url_for("wishes.wish_page", wish_id=wish.id))
    missing = max(0, (wish.headcount or 0) - wish.places_taken)
    is_item = wish.kind == WishKind.ITEM
    return _(
        "【微心愿】%(title)s｜%(when)s｜%(place)s｜%(need)s %(link)s",
        title=wish.title,
        when=when_span(wish.starts_at, wish.ends_at),
        place=wish.public_place,
        need=_("还差 %(n)s 件", n=missing) if is_item else _("还差 %(n)s 人", n=missing),
        link=link,
    )
