"""What people are told about wishes and asks: rows in the outbox, one module a topic."""

from wishes.notices.claims import (
    tell_claimed,
    tell_filled,
    tell_named,
    tell_unnamed,
    tell_withdrawn,
)

__all__ = ["tell_claimed", "tell_filled", "tell_named", "tell_unnamed", "tell_withdrawn"]
