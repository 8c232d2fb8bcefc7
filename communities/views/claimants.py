"""Who comes to a wish, as its own staff see it: names and phones, unnamed places counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from foundation import labels
from foundation.phones import show_phone
from wishes.models import Claim, Wish
from wishes.rules.kinds import VENUE_LABELS, Venue, WishKind
from wishes.rules.reconfirming import Answer


class PersonLine(NamedTuple):
    """One person, or the unnamed places of a claim."""

    name: str
    note: str
    phone: str | None = None
    phone_label: str | None = None


def people_of(claim: Claim, answers: Mapping[int, Answer | None]) -> list[PersonLine]:
    """The named people of a claim, then what is still without a name.

    `answers`: place → what came of the question of the day before.
    """
    unit = claim.organisation.short_name if claim.organisation else None
    if claim.wish.kind == WishKind.ITEM:  # pieces, no names
        who, pieces = claim.claimed_by, _("%(n)s 件", n=claim.places)
        note = _("%(unit)s · %(pieces)s", unit=unit, pieces=pieces) if unit else pieces
        return [_line(who.name, note, who.phone)]
    lines = []
    for place in claim.named:
        note = unit or _("自己报名")
        if place.cannot_come_at is not None:
            note = _("%(note)s · 说来不了", note=note)
        elif place.id in answers:
            said = _("已确认会来") if answers[place.id] == Answer.COMING else _("还没确认")
            note = _("%(note)s · %(said)s", note=note, said=said)
        lines.append(_line(place.user.name, note, place.user.phone))
    unnamed = claim.places - len(claim.named)
    if unnamed:
        who = _("%(who)s 还有 %(n)s 人没写名字", who=unit or claim.claimed_by.name, n=unnamed)
        note = _("联络人 %(name)s", name=claim.claimed_by.name)
        lines.append(_line(who, note, claim.claimed_by.phone))
    return lines


def _line(name: str, note: str, phone: str | None) -> PersonLine:
    return PersonLine(name, note, phone, show_phone(phone) if phone else None)


def facts_of(wish: Wish) -> list[tuple[str, str]]:
    """When, where, who is in charge."""
    if wish.kind == WishKind.ITEM:
        by = labels.day(wish.ends_at) if wish.ends_at else _("时间待定")
        pairs = [(_("送到"), wish.public_place or _("待定")), (_("最晚"), by)]
    else:
        venue = _(VENUE_LABELS[Venue(wish.venue)])
        place = wish.public_place or _("待定")
        pairs = [
            (_("时间"), labels.when_span(wish.starts_at, wish.ends_at)),
            (_("地点"), _("%(place)s · %(venue)s", place=place, venue=venue)),
        ]
    if wish.grid is not None:
        pairs.append((_("网格"), wish.grid.name))
    if wish.contact is not None:
        pairs.append((_("联系"), wish.contact.name))
    return pairs
