"""Tables of who is who."""

from accounts.models.people import (
    Agreement,
    Area,
    Consent,
    Invitation,
    Membership,
    Organisation,
    PersonSkill,
    PersonSlot,
    RosterEntry,
    SignInGuard,
    User,
    Willingness,
)
from accounts.models.reporting import PartyReport

__all__ = [
    "Agreement",
    "Area",
    "Consent",
    "Invitation",
    "Membership",
    "Organisation",
    "PartyReport",
    "PersonSkill",
    "PersonSlot",
    "RosterEntry",
    "SignInGuard",
    "User",
    "Willingness",
]
