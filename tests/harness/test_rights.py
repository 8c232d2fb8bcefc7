"""Every change in the address map, tried by people it is none of the business of."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask import Flask
from werkzeug.routing import Rule

from accounts.models import User
from foundation.access import who_may_enter
from tests.harness.world import SignIn, World, changed, make_world, picture_of_tables, put_item
from tests.makers import (
    make_community,
    make_coordinator,
    make_grid,
    make_grid_worker,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from wishes.services.claiming import claim_for_unit, claim_wish

# Whoever is signed in may do these: they are about oneself, or anybody's to take.
ANYBODYS = frozenset({
    "accounts.change_contact", "accounts.change_details", "accounts.change_password",
    "accounts.new_unit",  # every desk may write its units down
    "accounts.set_party_membership", "communities.follow_this", "communities.unfollow_this",
    "accounts.skills", "partner_units.join",
    "volunteers.check_in", "volunteers.claim", "volunteers.new_offer", "volunteers.read_notices",
    "volunteers.accompany", "volunteers.claim_series", "volunteers.reporting", "volunteers.scan",
    "volunteers.wait", "wishes.give",
})  # fmt: skip
# On one's own wish these name somebody who is none of its people yet: a unit or a person to be
# invited, somebody to be called back, who has no place there.
SAID_IN_A_SENTENCE = frozenset({
    "communities.call_back", "communities.invite_person", "communities.invite_unit",
})  # fmt: skip
OF_ANY_WISH = frozenset({"partner_units.claim", "partner_units.wait"})
NOT_THERE = frozenset({302, 303, 403, 404})
# Words that pass the shape of most forms, so that the errand itself must say no.
WORDS = {
    "title": "换灯泡", "text": "走廊", "why": "不来了", "reason": "不合适", "places": "1",
    "pieces": "1", "decision": "accepted", "mark": "here", "name": "赵六", "looked": "y",
    "role": "grid_worker", "purpose": "after", "squares": "1", "reply": "好", "number": "1",
    "phone": "13800000199", "code": "123456", "what": "answer", "version": "1",
}  # fmt: skip


def closed_changes(app: Flask) -> list[Rule]:
    """The POST rules that are somebody's own."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
        and rule.endpoint not in ANYBODYS
        and who_may_enter(app.view_functions[rule.endpoint]) == "signed_in"
    ]


def path_of(app: Flask, rule: Rule, ids: Mapping[str, object]) -> str:
    """The rule's path; a name without a sample fails here, so that a new one is given one."""
    values = {name: ids[name] for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def ids_for(rule: Rule, world: World, item: dict[str, int]) -> dict[str, object]:
    """The world's ids, with the item's wish where the path is about an item."""
    about_item = "/items/" in rule.rule
    return {**world.ids, **(item if about_item else {"delivery_id": item["delivery_id"]})}


def strangers(world: World) -> dict[str, User]:
    """People with an office elsewhere, or none."""
    other = make_community()
    return {
        "a volunteer": make_volunteer(),
        "staff of another community": make_worker(community=other),
        "a coordinator of another unit": make_coordinator(unit=make_unit(home=world.home)),
        "a grid worker of another community": make_grid_worker(grid=make_grid(community=other)),
    }


def tried(client: PageClient, app: Flask, world: World, item: dict[str, int]) -> list[str]:
    """What answered otherwise than "not there", with and without words in the form."""
    paths = {
        path_of(app, rule, ids_for(rule, world, item)): rule.endpoint
        for rule in closed_changes(app)
    }
    return [wrong for path, name in paths.items() for wrong in knock(client, path, name)]


def knock(client: PageClient, path: str, name: str) -> list[str]:
    """One address, with an empty form and with words; what let the person in."""
    wrong = []
    for words in ({}, WORDS):
        answer = client.post(path, dict(words))
        inside = answer.status_code in (302, 303) and "/sign-in" not in answer.location
        if answer.status_code not in NOT_THERE or inside:
            wrong.append(f"{path} ({name}): {answer.status_code}")
    return wrong


@pytest.mark.parametrize(
    "who",
    [
        "a volunteer",
        "staff of another community",
        "a coordinator of another unit",
        "a grid worker of another community",
    ],
)
def test_a_strangers_change_finds_nothing_and_changes_nothing(
    app: Flask, sign_in: SignIn, who: str
) -> None:
    world = make_world()
    item, client = put_item(world), sign_in(strangers(world)[who])
    client.get("/mine")
    before = picture_of_tables()
    assert tried(client, app, world, item) == []
    assert changed(before) == set()


def mixed(app: Flask, own: Mapping[str, object], foreign: Mapping[str, object]) -> dict[str, str]:
    """Paths that begin with one's own id and go on with a foreign one, by path."""
    paths = {}
    for rule in closed_changes(app):
        if rule.arguments & set(own) and rule.arguments - set(own) - {"day"}:
            if rule.endpoint.startswith("accounts.") and "user_id" in rule.arguments:
                continue  # a desk looks at any neighbour's card
            paths[path_of(app, rule, {**foreign, **own})] = rule.endpoint
    return paths


def test_under_the_own_desk_what_is_foreign_is_not_there(app: Flask, sign_in: SignIn) -> None:
    world, other = make_world(), make_community()
    item, client = put_item(world), sign_in(make_worker(community=other))
    client.get("/mine")
    before = picture_of_tables()
    for foreign in (world.ids | item, world.ids | {"delivery_id": item["delivery_id"]}):
        paths = mixed(app, {"area_id": other.id}, foreign)
        assert len(paths) > 20
        assert [wrong for p, name in paths.items() for wrong in knock(client, p, name)] == []
    assert changed(before) == set()


def test_under_the_own_grid_the_next_grids_things_are_not_there(
    app: Flask, sign_in: SignIn
) -> None:
    world = make_world()
    item = put_item(world)
    next_grid = make_grid(community=world.home)
    client = sign_in(make_grid_worker(grid=next_grid))
    client.get("/mine")
    before = picture_of_tables()
    for ids in (world.ids | item, world.ids | {"delivery_id": item["delivery_id"]}):
        for area_id in (next_grid.id, world.home.id):
            paths = mixed(app, {"area_id": area_id}, ids)
            # an ask that is in no grid yet belongs to every grid worker of the community
            paths = {path: name for path, name in paths.items() if "/asks/" not in path}
            assert [wrong for p, name in paths.items() for wrong in knock(client, p, name)] == []
    assert changed(before) == set()


def test_under_the_own_unit_what_is_foreign_is_not_there(app: Flask, sign_in: SignIn) -> None:
    world, unit = make_world(), make_unit()
    client = sign_in(make_coordinator(unit=unit))
    client.get("/mine")
    before = picture_of_tables()
    paths = mixed(app, {"unit_id": unit.id}, world.ids)
    paths = {path: name for path, name in paths.items() if name not in OF_ANY_WISH}
    assert len(paths) > 5
    assert [wrong for path, name in paths.items() for wrong in knock(client, path, name)] == []
    assert changed(before) == set()


def test_under_the_own_wish_what_is_another_wishs_is_not_there(app: Flask, sign_in: SignIn) -> None:
    """The worker may touch both; a path that names one and changes the other is a mistake."""
    world = make_world()
    item, client = put_item(world), sign_in(world.worker)
    empty = make_wish(community=world.home, created_by=world.worker, headcount=3)
    own = {"area_id": world.home.id, "wish_id": empty.id}
    client.get("/mine")
    before = picture_of_tables()
    foreign = world.ids | {name: item[name] for name in ("claim_id", "delivery_id")}
    paths = {
        path: name
        for path, name in mixed(app, own, foreign).items()
        if name.startswith("communities.") and "wish_id" in rule_of(app, name).arguments
        if name not in SAID_IN_A_SENTENCE
    }
    assert len(paths) > 6
    wrong = [wrong for path, name in paths.items() for wrong in knock(client, path, name)]
    assert wrong == []
    assert changed(before) == set()


def test_under_the_own_claim_another_claims_name_is_not_there(app: Flask, sign_in: SignIn) -> None:
    world = make_world()
    boss, unit_id, place = sign_in(world.boss), world.unit.id, world.ids["place_id"]
    wish = make_wish(community=world.home, created_by=world.worker, headcount=3)
    claim_id = claim_for_unit(wish.id, actor_id=world.boss.id, organisation_id=unit_id, places=1)
    boss.get("/mine")
    before = picture_of_tables()
    assert knock(boss, f"/unit/{unit_id}/claims/{claim_id}/places/{place}/unname", "unname") == []
    mine = claim_wish(wish.id, actor_id=world.boss.id)
    before = picture_of_tables()
    assert knock(boss, f"/claims/{mine}/names/{place}/remove", "remove_name") == []
    assert changed(before) == set()


def rule_of(app: Flask, endpoint: str) -> Rule:
    """The one rule of an endpoint."""
    return next(app.url_map.iter_rules(endpoint))


def test_nobody_at_all_changes_nothing(app: Flask, client: PageClient) -> None:
    world = make_world()
    item = put_item(world)
    client.get("/sign-in")
    before = picture_of_tables()
    assert tried(client, app, world, item) == []
    assert changed(before) == set()
