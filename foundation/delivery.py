"""Carrying messages to the mail server: after the errand, by the worker, again if it was dead."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import current_app
from flask_babel import force_locale, gettext

from foundation import labels
from foundation.mail import MailNotSent, send
from foundation.outbox import (
    MailState,
    Message,
    fill,
    get_message,
    lease_due,
    note_failed,
    note_sent,
)

log = logging.getLogger(__name__)


class Reader(NamedTuple):
    """Where a person reads, and in which language."""

    address: str
    language: str


Resolver = Callable[[Message], Reader | None]


def _when(moment: datetime) -> str:
    return labels.when(moment)


def write_letter(message: Message, language: str) -> tuple[str, str]:
    """Subject and text of a message in one language, its link at the end."""
    with force_locale(language):
        subject, text = fill(message, gettext, _when)
        link = current_app.config["PUBLIC_URL"].rstrip("/") + message.path
        return f"{gettext('微心愿')} · {subject}", f"{text}\n\n{link}\n"


def deliver_due(resolve: Resolver, *, limit: int = 50) -> int:
    """Send the mails that are due; returns how many left. A dead server makes them wait."""
    sent = 0
    for message_id in lease_due(limit=limit):
        message = get_message(message_id)
        reader = resolve(message)
        if reader is None:
            note_sent(message_id, state=MailState.NO_ADDRESS)
            continue
        subject, text = write_letter(message, reader.language)
        try:
            send(reader.address, subject, text)
        except MailNotSent as error:
            log.warning("mail %s waits: %s", message_id, error)
            note_failed(message_id, error=str(error))
            continue
        note_sent(message_id)
        sent += 1
    return sent
