"""What every page is given: words for codes, the desks a person has, unread messages."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from flask import Flask, request, url_for
from flask_babel import gettext
from flask_login import current_user

from accounts.queries.people import list_memberships
from accounts.rules import ROLE_LABELS, Role
from foundation.outbox import count_unread
from wishes.rules import dispatch, kinds, life, offers, residents, reviewing, rounds, series_life

STAFF = (Role.COMMUNITY_WORKER, Role.GRID_WORKER)
# rules with tables of words for their codes
LABELLED = (kinds, life, dispatch, offers, residents, rounds, reviewing)


class Desk(NamedTuple):
    """A place the person works at: where its page is and what it is called."""

    url: str
    name: str
    role: str


def list_desks() -> list[Desk]:
    """The desks of the signed-in person, oldest membership first."""
    if not current_user.is_authenticated:
        return []
    desks = []
    for each in list_memberships(current_user.id):
        role = gettext(ROLE_LABELS[each.role])
        if each.area is not None and each.role in STAFF:
            url = url_for("communities.today", area_id=each.area_id)
            desks.append(Desk(url, each.area.name, role))
        elif each.area is not None:
            url = url_for("oversight.home", area_id=each.area_id)
            desks.append(Desk(url, each.area.name, role))
        elif each.organisation is not None and each.role == Role.COORDINATOR:
            url = url_for("partner_units.home", unit_id=each.organisation_id)
            desks.append(Desk(url, each.organisation.short_name, role))
    return desks


def word(table: str, code: Any) -> str:
    """The word for a code in one of the label tables, in the reader's language."""
    labels: dict[Any, str] = next(vars(each)[table] for each in LABELLED if table in vars(each))
    text: str = gettext(labels[code])
    return text


def about_me() -> dict[str, Any]:
    """The person's desks and unread messages, for the header."""
    if not current_user.is_authenticated:
        return {}
    desks = [(desk.url, f"{desk.name} · {desk.role}") for desk in list_desks()]
    links = [
        (url_for("accounts.profile"), gettext("我的资料")),
        (url_for("communities.mine"), gettext("我关注的社区")),
        (url_for("wishes.long_term"), gettext("长期陪伴")),
    ]
    if current_user.is_operator:
        links.append((url_for("accounts.areas"), gettext("社区与单位")))
    unread = count_unread(current_user.id)
    return {"my_desks": desks, "my_links": links, "unread_notices": unread}


@cache
def _static_url(prefix: str, filename: str) -> str:
    return url_for("static", filename=filename)


def link(endpoint: str, **values: Any) -> str:
    """`url_for` of the templates; the many addresses of static files are worked out once."""
    if endpoint == "static" and len(values) == 1:
        return _static_url(request.script_root, values["filename"])
    return url_for(endpoint, **values)


def init_pages(app: Flask) -> None:
    """Give the templates their globals."""
    app.jinja_env.globals["url_for"] = link
    app.context_processor(about_me)
    app.jinja_env.globals.update(
        word=word,
        light_of=life.light_of,
        ask_light=life.ask_light,
        light_word=lambda state: gettext(life.light_word(state)),
        series_kind=lambda kind: gettext(series_life.SERIES_KIND_LABELS[kind]),
        series_state=lambda state: gettext(series_life.SERIES_STATE_LABELS[state]),
    )
