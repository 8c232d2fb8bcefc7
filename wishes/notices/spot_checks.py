"""What a street is told about its spot checks."""

from __future__ import annotations

from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import SpotCheck, SpotCheckLine


def tell_drawn(check: SpotCheck, drawn: int) -> None:
    """The month's sample stands ready to be called."""
    tell(
        list_staff_ids(check.area_id, [Role.SUPERVISOR]), kind="spot_check_drawn",
        subject=N_("%(month)s抽查名单出来了"),
        text=N_("%(month)s核实的 %(pool)s 件里抽了 %(drawn)s 件，请逐件回访。"),
        path=f"/oversight/{check.area_id}/checks/{check.id}",
        params={"month": f"{check.month:%Y-%m}", "pool": check.pool, "drawn": drawn},
    )  # fmt: skip


def tell_contradicts(line: SpotCheckLine, *, but: int) -> None:
    """A resident said otherwise: the street has a thing to do."""
    people = list_staff_ids(line.check.area_id, [Role.SUPERVISOR])
    tell(
        [person for person in people if person != but], kind="spot_check_contradicts",
        subject=N_("抽查与记录不符：%(title)s"),
        text=N_("居民说的和“%(title)s”的记录不一样，请核对。时长不会自动改。"),
        path=f"/oversight/{line.check.area_id}/checks/{line.check_id}/{line.id}",
        params={"title": line.wish.title},
    )  # fmt: skip
