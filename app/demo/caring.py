"""What demo wishes say of their risk."""

from __future__ import annotations

from wishes.rules.caring import Care
from wishes.rules.publishing import WishWords
from wishes.services.caring import risks_of


def care_for(words: WishWords) -> Care:
    """The two notes where the words ask for them."""
    if not risks_of(words):
        return Care()
    return Care(
        risk_note="先断电、有人扶，两个人一起做；天气不好改天。",
        insurance_note="社区已给志愿者投意外险。",
    )
