"""Names for those who look over others' work: enough to tell two apart, not to know who."""

from __future__ import annotations

from foundation.phones import mask_phone

STARS = "**"


def mask_name(name: str) -> str:
    """The first sign of a name: '王**'."""
    return f"{name.strip()[:1]}{STARS}"


def mask_person(name: str | None, phone: str | None) -> str:
    """Somebody in a list of the street: '王** 138****1234'; empty when nobody is known."""
    parts = [mask_name(name)] if name and name.strip() else []
    return " ".join([*parts, mask_phone(phone)] if phone else parts)
