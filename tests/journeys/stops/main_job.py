"""The pages of the main job: from the ask to the passbook."""

from __future__ import annotations

from foundation import clock
from foundation.db import db
from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from wishes.models import Wish
from wishes.rules.proof import rotating_code

FILE = "a file, no page"
LEFT_OUT = {
    "static": FILE,
    "accounts.export": FILE,
    "communities.register_sheet": FILE,
    "partner_units.record_sheet": FILE,
    "wishes.photo": "a picture; pages show it",
}


def list_stops(town: Neighbourhood) -> list[Stop]:
    """All of them."""
    at_desk: Ids = {"area_id": town.community.id}
    return [
        *_visitor(town, at_desk),
        *_newcomer(town),
        *_volunteer(town),
        *_coordinator(town),
        *_worker(town, at_desk),
        *_wish_desk(town, at_desk),
        *_others(town, at_desk),
    ]


def _visitor(town: Neighbourhood, at_desk: Ids) -> list[Stop]:
    pages: list[tuple[str, Ids]] = [
        ("wishes.board", {}),
        ("wishes.board", {"q": "灯泡"}),
        ("wishes.board", {"q": "没有这样的心愿"}),
        ("wishes.wish_page", {"wish_id": town.ids["open"]}),
        ("wishes.wish_page", {"wish_id": town.ids["verified"]}),
        ("wishes.wish_page", {"wish_id": town.ids["items"]}),
        ("communities.index", {}),
        ("communities.page", at_desk),
        ("communities.ask", at_desk),
        ("communities.find_ask", {}),
        ("communities.follow", {"code": town.words["ask"]}),
        ("communities.ask_again", {"code": town.words["returned"]}),
        ("accounts.sign_in", {}),
        ("accounts.register", {}),
        ("accounts.forgot", {}),
        ("accounts.forgot_done", {}),
        ("accounts.terms", {}),
        ("accounts.privacy", {}),
        ("accounts.reset", {"token": town.words["reset"]}),
        ("accounts.accept_invitation", {"token": town.words["invitation"]}),
    ]
    found = [Stop("visitor", name, ids) for name, ids in pages]
    missing: list[tuple[str, Ids]] = [
        ("wishes.wish_page", {"wish_id": town.ids["draft"]}),
        ("communities.follow", {"code": "AAAAAAAA"}),
        ("accounts.reset", {"token": "worn-out"}),
        ("accounts.accept_invitation", {"token": "worn-out"}),
    ]
    refused = {"accounts.reset": 410}
    return found + [Stop("visitor", name, ids, refused.get(name, 404)) for name, ids in missing]


def _newcomer(town: Neighbourhood) -> list[Stop]:
    pages: list[tuple[str, Ids]] = [
        ("accounts.profile", {}),
        ("accounts.change_contact", {}),
        ("accounts.change_details", {}),
        ("accounts.change_password", {}),
        ("accounts.accept_invitation", {"token": town.words["invitation"]}),
        ("partner_units.join", {}),
        ("volunteers.my_claims", {}),
        ("volunteers.passbook", {}),
        ("volunteers.notices", {}),
        ("volunteers.check_in", {}),
        ("wishes.wish_page", {"wish_id": town.ids["home"]}),
    ]
    return [Stop("newcomer", name, ids) for name, ids in pages]


def _volunteer(town: Neighbourhood) -> list[Stop]:
    wish = db.session.get_one(Wish, town.ids["today"])
    code = rotating_code(wish.gate_secret, clock.now())
    pages: list[tuple[str, Ids]] = [
        ("wishes.wish_page", {"wish_id": town.ids["open"]}),
        ("wishes.wish_page", {"wish_id": town.ids["home"]}),
        ("wishes.wish_page", {"wish_id": town.ids["shared"]}),
        ("volunteers.my_claims", {}),
        ("volunteers.claim_names", {"claim_id": town.ids["claim"]}),
        ("volunteers.check_in", {}),
        ("volunteers.scan", {"wish_id": wish.id, "code": code}),
        ("volunteers.hand_in_photo", {"wish_id": wish.id}),
        ("volunteers.passbook", {}),
        ("volunteers.notices", {}),
    ]
    desk = Stop("volunteer", "communities.today", {"area_id": town.community.id}, 404)
    return [desk, *(Stop("volunteer", name, ids) for name, ids in pages)]


def _coordinator(town: Neighbourhood) -> list[Stop]:
    at_unit: Ids = {"unit_id": town.unit.id}
    pages: list[tuple[str, Ids]] = [
        ("partner_units.home", at_unit),
        ("partner_units.claim", {**at_unit, "wish_id": town.ids["open"]}),
        ("partner_units.claim_page", {**at_unit, "claim_id": town.ids["unit_claim"]}),
        ("partner_units.claim_page", {**at_unit, "claim_id": town.ids["item_claim"]}),
        ("partner_units.roster", at_unit),
        ("partner_units.coordinators", at_unit),
        ("partner_units.record", {**at_unit, "period": "all"}),
    ]
    return [Stop("coordinator", name, ids) for name, ids in pages]


def _worker(town: Neighbourhood, at_desk: Ids) -> list[Stop]:
    pages: list[tuple[str, Ids]] = [
        ("communities.today", {}),
        ("communities.wishes", {}),
        ("communities.wishes", {"light": "red"}),
        ("communities.new_wish", {}),
        ("communities.new_wish", {"kind": "item"}),
        ("communities.asks", {}),
        ("communities.enter_ask", {}),
        ("communities.ask_desk", {"ask_id": town.ids["ask"]}),
        ("communities.complete_ask", {"ask_id": town.ids["ask"]}),
        ("communities.edit_page", {}),
        ("communities.day", {"day": clock.local_day(clock.now()).isoformat()}),
        ("communities.register", {}),
        ("communities.register_batch", {"batch_id": town.ids["batch"]}),
        ("communities.verification", {}),
        ("accounts.people", {}),
        ("accounts.people", {"q": "没有这个人"}),
        ("accounts.invite", {}),
        ("accounts.invitation_page", {"invitation_id": town.ids["invitation"]}),
        ("accounts.end_membership", {"membership_id": town.ids["membership"]}),
    ]
    unit = Stop("worker", "accounts.new_unit", {"area": at_desk["area_id"]})
    return [unit, *(Stop("worker", name, {**at_desk, **ids}) for name, ids in pages)]


def _wish_desk(town: Neighbourhood, at_desk: Ids) -> list[Stop]:
    pages = [
        ("wish_desk", "draft"), ("wish_desk", "open"), ("wish_desk", "home"),
        ("wish_desk", "today"), ("wish_desk", "reported"), ("wish_desk", "verified"),
        ("wish_desk", "items"), ("edit_wish", "draft"), ("edit_wish", "open"),
        ("slip", "home"), ("gate", "today"), ("gate_phone", "home"), ("day_sheet", "today"),
        ("day_sheet", "verified"), ("paper_entry", "today"), ("sign_in_sheet", "today"),
        ("report", "today"), ("verify", "reported"), ("verify", "verified"),
        ("photos", "verified"), ("photos", "open"), ("items", "items"),
    ]  # fmt: skip
    found = [
        Stop("staff", f"communities.{name}", {**at_desk, "wish_id": town.ids[wish]})
        for name, wish in pages
    ]
    picture: Ids = {**at_desk, "wish_id": town.ids["verified"], "photo_id": town.ids["photo"]}
    return [
        *found, Stop("staff", "communities.photo", picture),
        Stop("staff", "communities.blur", picture),
    ]  # fmt: skip


def _others(town: Neighbourhood, at_desk: Ids) -> list[Stop]:
    at_street: Ids = {"area_id": town.street.id}
    return [
        Stop("supervisor", "oversight.home", at_street),
        Stop("supervisor", "oversight.verification", at_street),
        Stop("supervisor", "oversight.wishes", {**at_street, "light": "red"}),
        Stop("supervisor", "communities.today", at_desk),
        Stop("grid", "communities.today", {"area_id": town.grid.id}),
        Stop("grid", "communities.asks", {"area_id": town.grid.id}),
        Stop("operator", "accounts.areas"),
        Stop("operator", "accounts.new_area"),
        Stop("operator", "accounts.new_area", {"parent": town.street.id}),
        Stop("operator", "accounts.change_area", at_desk),
        Stop("operator", "accounts.people", at_desk),
    ]
