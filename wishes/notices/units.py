"""What a unit's coordinators are told about its claims."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.queries.places import ClaimFacts
from wishes.rules.kinds import WishKind


def tell_unit_claimed(
    wish: ClaimFacts, user_ids: Iterable[int], *, organisation_id: int, claim_id: int, places: int
) -> None:
    """The unit holds places (or pieces): names may follow, things have to be brought."""
    if wish.kind == WishKind.ITEM:
        text = N_("单位认领了“%(title)s” %(places)s 件，请在 %(when)s 前送到社区。")
    else:
        text = N_(
            "单位认领了“%(title)s” %(places)s 个名额，时间 %(when)s。"
            "没排名字的名额开始前会自动放出，请早些排好谁去。"
        )
    tell(
        user_ids,
        kind="claimed",
        subject=N_("单位认领成功：%(title)s"),
        text=text,
        path=f"/unit/{organisation_id}/claims/{claim_id}",
        params={"title": wish.title, "when": wish.starts_at, "places": places},
    )
