"""The street's pages that look over others: numbers, their lists, the way down the tree."""

from __future__ import annotations

from datetime import timedelta

from foundation import clock
from foundation.db import transaction
from oversight.services.reporting import draft_report
from tests import makers
from tests.journeys.neighbourhood import LONG, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from tests.served import make_reported_wish
from wishes.models import Wish
from wishes.queries.spot_checks import list_lines, moments_of
from wishes.rules.proof import Decision
from wishes.rules.spot_checks import CallOutcome, month_before
from wishes.services.completing import verify
from wishes.services.spot_checking import draw_spot_check, record_call

LEFT_OUT: dict[str, str] = {
    "oversight.report_sheet": "a file",
    "oversight.report_document": "a file",
    "oversight.sample_template": "a file",
}


def list_stops(town: Neighbourhood) -> list[Stop]:
    """All of them."""
    at_street: Ids = {"area_id": town.street.id}
    _make_unclaimed(town)
    pages: list[tuple[str, str, Ids]] = [
        ("supervisor", "oversight.column", {**at_street, "column": "unclaimed"}),
        ("supervisor", "oversight.column", {**at_street, "column": "unvisited"}),
        ("supervisor", "oversight.tree", {**at_street, "below_id": town.street.id}),
        ("supervisor", "oversight.tree", {**at_street, "below_id": town.community.id}),
        ("supervisor", "oversight.tree", {**at_street, "below_id": town.grid.id}),
    ]
    check_id, line_id = _draw(town)
    here: Ids = {**at_street, "check_id": check_id}
    pages += [
        ("supervisor", "oversight.checks", at_street),
        ("supervisor", "oversight.spot_check", here),
        ("supervisor", "oversight.check_line", {**here, "line_id": line_id}),
        ("supervisor", "oversight.settle_check", {**here, "line_id": line_id + 1}),
        ("visitor", "oversight.public_checks", at_street),
    ]
    month = {**at_street, "report_id": _report(town)}
    pages += [
        ("supervisor", "oversight.reports", at_street),
        ("supervisor", "oversight.report", month),
        ("supervisor", "oversight.report_rows", {**month, "figure": "services"}),
        ("supervisor", "oversight.report_rows", {**month, "figure": "raised"}),
        ("supervisor", "oversight.report_template", at_street),
    ]
    return [Stop(who, name, ids) for who, name, ids in pages]


def _make_unclaimed(town: Neighbourhood) -> None:
    """A wish that has lain open for a fortnight, with the longest of titles."""
    worker = town.people["worker"]
    with clock.at(clock.now() - timedelta(days=14)):
        makers.make_wish(
            community=town.community, created_by=worker, title=LONG, grid_id=town.grid.id,
            starts_at=clock.now() + timedelta(days=20),
        )  # fmt: skip


def _report(town: Neighbourhood) -> int:
    """Last month's draft."""
    month = month_before(clock.local_day(clock.now()))
    return draft_report(town.street.id, actor_id=town.people["supervisor"].id, month=month)


def _draw(town: Neighbourhood) -> tuple[int, int]:
    """A draw of last month: one to call, one that contradicts."""
    month = month_before(clock.local_day(clock.now()))
    since, _until = moments_of(month)
    for title in (LONG, "擦窗"):
        with clock.at(since + timedelta(days=9)):
            wish = make_reported_wish(community=town.community, title=title)
            verify(wish.id, actor_id=town.people["verifier"].id, decision=Decision.ACCEPTED)
    boss, street = town.people["supervisor"].id, town.street.id
    with transaction() as session:
        session.get_one(Wish, wish.id).original = {"心愿": "擦窗"}
    check_id = draw_spot_check(street, actor_id=boss, month=month)
    first, second = [line.id for line in list_lines(check_id)]
    words = "居民说那天没有人来"
    record_call(second, area_id=street, actor_id=boss, outcome=CallOutcome.CONTRADICTS, words=words)
    return check_id, first
