"""What a street is told about its reports."""

from __future__ import annotations

from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from oversight.models import MonthlyReport


def tell_drafted(report: MonthlyReport) -> None:
    """The draft of the month stands ready."""
    tell(
        list_staff_ids(report.area_id, [Role.SUPERVISOR]), kind="report_drafted",
        subject=N_("%(month)s月报草稿好了"),
        text=N_("%(month)s的月报草稿已经统计好，看过、写上说明就可以定稿。"),
        path=f"/oversight/{report.area_id}/reports/{report.id}",
        params={"month": f"{report.month:%Y-%m}"},
    )  # fmt: skip
