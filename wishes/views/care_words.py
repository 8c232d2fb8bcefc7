"""The sentences of a wish's care: its risk, its insurance, whom it asks for."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from accounts.rules.skills import SKILL_LABELS
from foundation.forms import say
from foundation.refusal import Refusal
from wishes.models import Wish
from wishes.policies.gate import ensure_passes_gate
from wishes.rules.caring import Care


def care_pairs(care: Care) -> list[tuple[str, str]]:
    """The rows of a wish's facts that tell of its care; none for an ordinary wish."""
    asks = [_("年满 %(n)s 岁", n=care.min_age)] if care.min_age is not None else []
    if care.skill is not None:
        asks.append(_(SKILL_LABELS[care.skill]))
    rows = (
        (_("风险"), care.risk_note),
        (_("保险"), care.insurance_note),
        (_("要求"), " · ".join(asks)),
    )
    return [(name, words) for name, words in rows if words]


def why_not_for(wish: Wish, user_id: int | None, *, at: datetime) -> str | None:
    """Why a wish does not ask for this person, in words; None when it does."""
    if user_id is None or not wish.gated:
        return None
    try:
        ensure_passes_gate(wish.id, user_id, at=at)
    except Refusal as refusal:
        return say(refusal)
    return None
