"""Letters by SMTP. Only the worker that drains the outbox sends; an errand writes a row instead."""

import smtplib
import socket
import ssl
from typing import Any

from flask import Flask, current_app
from flask_mail import BadHeaderError, Connection, Mail, Message

SECONDS = 10

mail = Mail()


class MailNotSent(Exception):
    """The letter did not leave; the outbox keeps it and tries again later."""


class MailServerDown(MailNotSent):
    """No answer, a broken conversation, or a server that is not ready now: try again."""


class AddressRefused(MailNotSent):
    """The server will never take this letter (5xx, or an impossible address): do not try again."""


class PatientConnection(Connection):
    """Flask-Mail's connection with a time limit, verified TLS and a quiet goodbye."""

    def configure_host(self) -> smtplib.SMTP:
        """Connect within SECONDS; Flask-Mail itself would wait for ever."""
        settings = self.mail
        host: smtplib.SMTP
        if settings.use_ssl:
            trust = ssl.create_default_context()
            host = smtplib.SMTP_SSL(settings.server, settings.port, timeout=SECONDS, context=trust)
        else:
            host = smtplib.SMTP(settings.server, settings.port, timeout=SECONDS)
        if settings.use_tls:
            host.starttls(context=ssl.create_default_context())
        if settings.username and settings.password:
            host.login(settings.username, settings.password)
        return host

    def __exit__(self, *trouble: object) -> None:
        """A letter that was taken stays sent, even if the server hangs up without a goodbye."""
        if self.host is None:
            return
        try:
            self.host.quit()
        except (smtplib.SMTPException, OSError):
            self.host.close()


def init_mail(app: Flask) -> None:
    """Read the MAIL_* settings of Flask-Mail."""
    mail.init_app(app)


def send(to: str, subject: str, text: str) -> None:
    """Send one plain letter; takes up to some 10 s. Raises MailServerDown or AddressRefused.

    The sender is the setting MAIL_DEFAULT_SENDER.
    """
    state: Any = current_app.extensions["mail"]
    try:
        with PatientConnection(state) as connection:
            connection.send(Message(subject=subject, recipients=[to], body=text))
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _trouble(code, f"{code} {answer!r}") from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _trouble(error.smtp_code, str(error)) from error
    except (BadHeaderError, UnicodeError) as error:
        raise AddressRefused(f"{type(error).__name__}: {error}") from error
    except (smtplib.SMTPException, socket.gaierror, OSError) as error:
        raise MailServerDown(f"{type(error).__name__}: {error}") from error


def _trouble(code: int, words: str) -> MailNotSent:
    return AddressRefused(words) if code >= 500 else MailServerDown(words)
