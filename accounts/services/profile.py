"""What a person changes about themself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from accounts.models import Consent, User
from accounts.notices import tell_contact_changed
from accounts.queries.areas import get_area
from accounts.refusals import AreaNotFound, EmailTakenHere, LastContact, PhoneTakenHere
from accounts.rules import NAME_LENGTH, AreaKind, ConsentKind, tidy
from accounts.rules.reporting import EndReason
from accounts.services.passwords import ensure_password
from accounts.services.registering import note_consent
from accounts.services.reporting import end_reports_of
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.violations import broke


@errand
def change_details(user_id: int, *, name: str, home_area_id: int | None) -> None:
    """Change the name and the home community. Raises AreaNotFound.

    Another name needs another look at the identity card: the confirmation falls. Another home
    ends the report (双报到) to the old one.
    """
    person = db.session.get_one(User, user_id)
    if home_area_id is not None and get_area(home_area_id).kind != AreaKind.COMMUNITY:
        raise AreaNotFound
    tidied = tidy(name)[:NAME_LENGTH]
    if tidied != person.name:
        person.confirmed_at = person.confirmed_by_id = None
    if home_area_id != person.home_area_id:
        end_reports_of(user_id, why=EndReason.MOVED, at=clock.now())
    person.name, person.home_area_id = tidied, home_area_id


@dataclass(frozen=True)
class Reachable:
    """Phone and mail address as stored; at least one."""

    phone: str | None
    email: str | None


def change_contact(user_id: int, *, to: Reachable, current: str) -> None:
    """Change what the person signs in with; needs the present password.

    Raises PasswordWrong, SignInPaused, LastContact, PhoneTakenHere, EmailTakenHere.
    """
    ensure_password(user_id, current=current)
    if to.phone is None and to.email is None:
        raise LastContact
    _write_contact(user_id, to=to)


@errand
def _write_contact(user_id: int, *, to: Reachable) -> None:
    person = db.session.get_one(User, user_id)
    if (person.phone, person.email) == (to.phone, to.email):
        return
    gone = person.email if person.email != to.email else None
    language = person.language
    own = update(User).where(User.id == user_id)
    try:
        with db.session.begin_nested():
            db.session.execute(own.values(phone=to.phone, email=to.email))
    except IntegrityError as error:
        if broke(error, "uq_user_account_phone", "user_account.phone"):
            raise PhoneTakenHere from error
        if broke(error, "uq_user_account_email", "user_account.email"):
            raise EmailTakenHere from error
        raise
    tell_contact_changed(user_id, old_address=gone, language=language)


@errand
def set_party_membership(user_id: int, *, is_member: bool) -> None:
    """Give or withdraw the consent about party membership (党员身份), which goes with it.

    Withdrawing it ends the person's report (双报到) and hides it with its cards.
    """
    person = db.session.get_one(User, user_id)
    if person.is_party_member == is_member:
        return
    at = clock.now()
    person.is_party_member = is_member
    if is_member:
        note_consent(user_id, ConsentKind.PARTY_MEMBERSHIP, at=at)
        return
    end_reports_of(user_id, why=EndReason.WITHDRAWN, at=at)
    db.session.execute(
        update(Consent)
        .where(
            Consent.user_id == user_id,
            Consent.kind == ConsentKind.PARTY_MEMBERSHIP,
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
    )


@errand
def set_language(user_id: int, *, language: str) -> None:
    """Remember the language this person reads, mails included."""
    db.session.get_one(User, user_id).language = language


@errand
def set_reading(user_id: int, *, elder_mode: bool) -> None:
    """Remember whether this person reads in 长辈模式."""
    db.session.get_one(User, user_id).elder_mode = elder_mode
