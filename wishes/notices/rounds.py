"""What a volunteer on the rounds is told: never a name or a door."""

from __future__ import annotations

from foundation.outbox import tell
from foundation.refusal import N_


def tell_helper(user_id: int, *, community: str, places: int) -> None:
    """The volunteer knows that a community counts on them."""
    tell(
        [user_id],
        kind="round_helper",
        subject=N_("%(community)s请您走访邻居"),
        text=N_("%(community)s请您定期看望邻居，最多 %(places)s 户。要去看谁，在“我的走访”里。"),
        path="/mine/rounds",
        params={"community": community, "places": places},
    )
