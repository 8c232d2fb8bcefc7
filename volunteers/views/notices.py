"""通知: what the product told me, newest first. Reading changes nothing; a button does."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation.access import signed_in
from foundation.labels import ago_days, when
from foundation.outbox import Message, fill, list_messages, mark_read
from volunteers.views.blueprint import bp

SHOWN = 100


class Notice(NamedTuple):
    """One message in the reader's language."""

    title: str
    text: str
    when_label: str
    url: str
    unread: bool


def _notice(message: Message) -> Notice:
    subject, text = fill(message, _, when)
    return Notice(
        subject, text, ago_days(message.created_at), message.path, message.read_at is None
    )


@bp.get("/notices")
@signed_in
def notices() -> str:
    """The latest messages, the unread ones marked."""
    found = [_notice(each) for each in list_messages(current_user.id, limit=SHOWN)]
    unread = sum(each.unread for each in found)
    return render_template("volunteers/notices.html", notices=found, unread=unread)


@bp.post("/notices/read")
@signed_in
def read_notices() -> Any:
    """Take the marks off all of them."""
    mark_read(current_user.id)
    flash(_("都标为已读了。"), "success")
    return redirect(url_for("volunteers.notices"))
