"""Doors, phones, names and party membership: every page of the house, read by everybody."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.models import User
from foundation.db import db, transaction
from tests.harness.test_rights import ids_for, path_of, strangers
from tests.harness.world import SignIn, World, make_world, put_item
from tests.makers import make_coordinator
from tests.pages import PageClient
from wishes.models import Ask, PrivateLook
from wishes.rules.asking import PrivateWords
from wishes.services.private import keep_private

DOOR = PrivateWords(
    name="欧阳翠花", phone="+8613912345678", door="77号楼9单元1203", note="钥匙在花盆下"
)
SECRETS = ("欧阳翠花", "13912345678", "139 1234 5678", "77号楼", "1203", "花盆")
# A form's token and key are chance: four digits of a door stand in them now and then.
KEYS = re.compile(r'name="(?:csrf_token|once)"[^>]*>')
LOOKED_AFTER = (
    "南宫奶奶",
    "99号楼",
    "诸葛婆婆",
    "88号楼",
    "13755550001",
    "137 5555 0001",
    "邻居家",
    "上官大娘",
    "13766660003",
    "137 6666 0003",
)
FRIENDS_PHONE = "+8613987650000"
PARTY = ("党员", "party_member")
NO_PAGES = frozenset({"static", "accounts.privacy", "accounts.terms", "accounts.register"})


def make_secret_world() -> World:
    """The world, with somebody's door behind its wish and its ask, and a party member on it."""
    world = make_world()
    friend_id, wish_id, ask_id = world.friend.id, world.ids["wish_id"], world.ids["ask_id"]
    with transaction() as session:
        keep_private(DOOR, wish_id=wish_id)
        keep_private(DOOR, ask_id=ask_id)
        friend = session.get_one(User, friend_id)
        friend.name, friend.phone, friend.is_party_member = "司马青云", FRIENDS_PHONE, True
        session.get_one(Ask, ask_id).is_public = True
    return world


def read(app: Flask, client: PageClient, world: World) -> Iterator[tuple[str, str]]:
    """Every page that opens for this person, as (address, text); sheets are unpacked."""
    item = put_item(world) if "item" not in world.ids else world.ids["item"]
    world.ids["item"] = item
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint in NO_PAGES:
            continue
        path = path_of(app, rule, {"filename": "x", **ids_for(rule, world, item)})
        answer = client.open(path)
        if answer.status_code == 200:
            yield path, text_of(answer.data)


def text_of(data: bytes) -> str:
    """Text of a page; of an Excel file all its parts."""
    if data[:2] != b"PK":
        return KEYS.sub("", data.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


def leaks(pages: Iterator[tuple[str, str]], words: tuple[str, ...]) -> list[str]:
    """Which page says which of these words; a person to whom too few pages open saw nothing."""
    read_through = list(pages)
    assert len(read_through) > 5
    return [f"{path}: {word}" for path, text in read_through for word in words if word in text]


def test_no_stranger_reads_a_door_a_phone_or_a_neighbours_name(
    app: Flask, sign_in: SignIn, client: PageClient
) -> None:
    world = make_secret_world()
    private = (*SECRETS, *LOOKED_AFTER, "端木同志", "司马青云", "13987650000", "139 8765 0000")
    clients = [client, *(sign_in(person) for person in strangers(world).values())]
    assert [leak for each in clients for leak in leaks(read(app, each, world), private)] == []


def test_a_claimant_reads_no_door_without_asking_for_it(app: Flask, sign_in: SignIn) -> None:
    world = make_secret_world()
    for person in (world.friend, world.boss):
        assert leaks(read(app, sign_in(person), world), SECRETS) == []


def test_staff_read_no_door_without_leaving_a_trace(app: Flask, sign_in: SignIn) -> None:
    world = make_secret_world()
    client, looks = sign_in(world.worker), 0
    for path, text in read(app, client, world):
        now = db.session.execute(select(func.count()).select_from(PrivateLook)).scalar_one()
        assert now > looks or not [word for word in SECRETS if word in text], path
        looks = now


@pytest.mark.parametrize("who", ["the unit's coordinator", "another unit's coordinator", "nobody"])
def test_party_membership_is_on_no_board_and_in_no_export(
    app: Flask, sign_in: SignIn, client: PageClient, who: str
) -> None:
    world = make_secret_world()
    people = {
        "the unit's coordinator": world.boss,
        "another unit's coordinator": make_coordinator(unit=world.unit),
    }
    reader = sign_in(people[who]) if who in people else client
    own = ("/me", "/mine")
    pages = [(path, text) for path, text in read(app, reader, world) if not path.startswith(own)]
    assert leaks(iter(pages), PARTY) == []
