"""What demo wishes say of their risk."""

from __future__ import annotations

from wishes.rules.caring import Care, find_risks
from wishes.rules.publishing import WishWords


def care_for(words: WishWords) -> Care:
    """The two notes where the words ask for them."""
    if not find_risks(words):
        return Care()
    return Care(
        risk_note="先断电、有人扶，两个人一起做；天气不好改天。",
        insurance_note="社区已给志愿者投意外险。",
    )
