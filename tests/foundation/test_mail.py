"""Real SMTP conversations over loopback."""

import socket
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from foundation import mail


class Letterbox:
    """Keeps what arrives; one address is unknown, one is over quota for now."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("unknown"):
            return "550 no such user"
        if address.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        if "垃圾" in letter["Subject"]:
            return "554 refused as spam"
        self.letters.append(letter)
        return "250 taken"


def app_for(port: int) -> Flask:
    app = Flask(__name__)
    app.config.update(
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=port,
        MAIL_DEFAULT_SENDER="wish@example.org",
        MAIL_SUPPRESS_SEND=False,
    )
    mail.init_mail(app)
    return app


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box, port = Letterbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port, server_hostname="localhost")
    server.start()
    try:
        with app_for(port).app_context():
            yield box
    finally:
        server.stop()


def test_a_letter_arrives_as_written(letterbox: Letterbox) -> None:
    text = "您认领的心愿“换灯泡”明天 9:00 开始。\n谢谢，𠮷野！"
    mail.send("volunteer@example.org", "明天 9:00：换灯泡", text)
    (letter,) = letterbox.letters
    assert letter["To"] == "volunteer@example.org"
    assert letter["From"] == "wish@example.org"
    assert letter["Subject"] == "明天 9:00：换灯泡"
    assert letter.get_content().strip().replace("\r\n", "\n") == text


def test_an_unknown_address_is_final(letterbox: Letterbox) -> None:
    with pytest.raises(mail.AddressRefused, match="no such user"):
        mail.send("unknown@example.org", "提醒", "明天见")


def test_a_full_mailbox_is_tried_again(letterbox: Letterbox) -> None:
    with pytest.raises(mail.MailServerDown, match="452"):
        mail.send("full@example.org", "提醒", "明天见")


def test_a_refused_letter_is_final(letterbox: Letterbox) -> None:
    with pytest.raises(mail.AddressRefused, match="spam"):
        mail.send("volunteer@example.org", "垃圾", "明天见")


def test_a_subject_cannot_smuggle_headers(letterbox: Letterbox) -> None:
    with pytest.raises(mail.AddressRefused, match="BadHeader"):
        mail.send("volunteer@example.org", "提醒\r\nBcc: other@example.org", "明天见")
    assert not letterbox.letters


def test_a_dead_server_raises_at_once() -> None:
    with app_for(free_port()).app_context(), pytest.raises(mail.MailServerDown, match="refused"):
        mail.send("volunteer@example.org", "提醒", "明天见")


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        app = app_for(silent.getsockname()[1])
        with app.app_context(), pytest.raises(mail.MailServerDown, match=r"[Tt]ime"):
            mail.send("volunteer@example.org", "提醒", "明天见")
    assert time.monotonic() - started < 5


def test_a_server_that_hangs_up_in_the_middle_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet_and_leave() -> None:
            connection, _ = listener.accept()
            connection.sendall(b"220 hello\r\n")
            connection.close()

        rude = Thread(target=greet_and_leave)
        rude.start()
        app = app_for(listener.getsockname()[1])
        with app.app_context(), pytest.raises(mail.MailServerDown):
            mail.send("volunteer@example.org", "提醒", "明天见")
        rude.join()
