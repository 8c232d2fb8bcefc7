"""A place offered to somebody else: its states, and until when."""

from __future__ import annotations

import enum

MOST_A_DAY = 5  # whom one person may ask a day: a number is not tried out


class StandInState(enum.StrEnum):
    """Where the offer of a place stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
