"""What the community's workers are told when too few have come forward."""

from __future__ import annotations

from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Wish
from wishes.rules.terms import Outcome

TEXTS = {
    Outcome.ASK: N_(
        "“%(title)s”（%(when)s）最少要 %(least)s 人，现在 %(people)s 人。请决定照常办，还是取消。"
    ),
    Outcome.GO: N_(
        "“%(title)s”（%(when)s）最少要 %(least)s 人，现在 %(people)s 人，人少也照常办。"
    ),
    Outcome.CANCEL: N_(
        "“%(title)s”（%(when)s）最少要 %(least)s 人，只有 %(people)s 人，已按约定取消并通知大家。"
    ),
}


def tell_thin(wish: Wish, *, outcome: Outcome, people: int, least: int) -> None:
    """Too few people, and what happens now."""
    tell(
        list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER]),
        kind="below_least",
        subject=N_("人数不够：%(title)s"),
        text=TEXTS[outcome],
        path=f"/desk/{wish.community_id}/wishes/{wish.id}",
        params={
            "title": wish.title, "when": wish.starts_at or "—", "people": people, "least": least,
        },
    )  # fmt: skip
