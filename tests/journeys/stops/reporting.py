"""双报到: nobody yet, reports that wait and stand, drafts and signed cards."""

from __future__ import annotations

from sqlalchemy import select

from accounts.services.reporting import report_home
from foundation import clock
from foundation.db import db
from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from tests.makers import make_colleague, make_volunteer, make_worker
from tests.wishes.reported import reported, reported_unit, served_then
from wishes.models import FeedbackCard
from wishes.services.feedback import run_feedback, sign_card

LONG = "阿依古丽·买买提艾力"
WORDS = "灯泡换得仔细，老人很感谢；下个季度还请常来，居民们都记着。"


def list_stops(town: Neighbourhood) -> list[Stop]:
    """The member's page, the unit's, the community's, and a card on paper."""
    cards = _report(town)
    at_desk: Ids = {"area_id": town.community.id}
    waiting = report_home(
        make_volunteer(name="王秀英").id, community_id=town.community.id, agrees=True
    )
    at_unit: Ids = {"unit_id": town.unit.id}
    return [
        Stop("worker", "communities.reporting", at_desk),
        Stop("worker", "communities.return_reporting", {**at_desk, "reporting_id": waiting}),
        Stop("worker", "communities.feedback_card", {**at_desk, "card_id": cards["draft"]}),
        Stop("worker", "communities.feedback_card", {**at_desk, "card_id": cards["unit"]}),
        Stop("supervisor", "communities.reporting", at_desk, 404),
        Stop("grid", "communities.reporting", at_desk, 404),
        Stop("coordinator", "partner_units.reporting", at_unit),
        Stop("coordinator", "partner_units.unit_card", {**at_unit, "card_id": cards["unit"]}),
        Stop("volunteer", "volunteers.reporting"),
        Stop("volunteer", "volunteers.my_card", {"card_id": cards["mine"]}),
        Stop("newcomer", "volunteers.reporting"),
    ]


def _report(town: Neighbourhood) -> dict[str, int]:
    home, unit = town.community, town.unit
    worker, boss = make_worker(community=home), town.people["coordinator"]
    named, mine = make_colleague(unit=unit, name=LONG), town.people["volunteer"]
    ours = reported_unit(unit, home, worker, boss)
    own = reported(mine, home, worker)
    reported(named, home, worker, unit)
    served_then(home, named, unit, minutes=150)
    served_then(home, mine)
    run_feedback(clock.now())
    rows = db.session.execute(select(FeedbackCard.report_id, FeedbackCard.id))
    found = {report: card for report, card in rows}  # noqa: C416 - rows are no pairs to mypy
    draft = next(card for report, card in found.items() if report not in (ours, own))
    for report in (ours, own):
        card = db.session.get_one(FeedbackCard, found[report])
        seen = f"{card.wishes}-{card.people}-{card.times}-{card.scanned}-0-0"
        sign_card(home.id, card.id, actor_id=worker.id, words=WORDS, seen=seen)
    return {"unit": found[ours], "mine": found[own], "draft": draft}
