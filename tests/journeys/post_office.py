"""A real SMTP server on loopback that keeps what arrives."""

from __future__ import annotations

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """Takes every letter; `letters_to` finds them by address."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep a letter."""
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters += [(address, letter) for address in envelope.rcpt_tos]
        return "250 taken"

    def subjects_to(self, address: str | None) -> list[str]:
        """Subjects of the letters to one address, oldest first."""
        return [str(letter["Subject"]) for to, letter in self.letters if to == address]
