"""What a desk shows of the second look at a draft."""

from __future__ import annotations

from typing import Any

from flask_login import current_user

from communities.forms.care import ReturnForm
from wishes.models import Wish
from wishes.policies.reviewing import asks_for_review, may_review
from wishes.queries.reviewing import find_last_review
from wishes.rules.life import WishState
from wishes.rules.reviewing import ReviewState


def review_facts(wish: Wish, form: ReturnForm | None = None) -> dict[str, Any]:
    """The latest second look while the wish is a draft, and whether the viewer may take it."""
    draft = wish.state == WishState.DRAFT
    review = find_last_review(wish.id) if draft else None
    waits = review is not None and review.state == ReviewState.WAITING
    return {
        "review": review,
        "asks_review": draft and asks_for_review(wish.community_id),
        "may_review": bool(waits and review and may_review(current_user.id, wish, review)),
        "return_form": form or ReturnForm(formdata=None),
    }
