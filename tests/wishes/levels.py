"""The ground of the referral tests: city, street, communities, departments and their people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import Area, Organisation, User
from accounts.rules import AreaKind
from foundation.db import db, transaction
from tests.makers import (
    make_area,
    make_community,
    make_coordinator,
    make_supervisor,
    make_unit,
    make_worker,
)
from wishes.models import Ask
from wishes.rules.asking import AskWords, PrivateWords
from wishes.services.asking import submit_ask


@dataclass
class Levels:
    """Three levels and two departments; ids stay readable after a commit."""

    city: Area
    street: Area
    community: Area
    other: Area
    department: Organisation
    second: Organisation
    mayor: User
    boss: User
    worker: User
    neighbour: User
    officer: User
    colleague: User


def make_levels(names: str = "街道") -> Levels:
    """City, street, two communities, two departments, one person each."""
    city = make_area(name="云河市", kind=AreaKind.CITY)
    street = make_area(name="梨园街道", kind=AreaKind.STREET, parent=city)
    community = make_community(name="梨园社区", street=street)
    other = make_community(name="双桥社区", street=street)
    department = make_unit(name=f"{names}城管办", home=community)
    second = make_unit(name=f"{names}司法所", home=other)
    with transaction():
        for unit in (department, second):
            db.session.get_one(Organisation, unit.id).is_department = True
    return Levels(
        city, street, community, other, department, second,
        mayor=make_supervisor(street=city, name="市里的人"),
        boss=make_supervisor(street=street, name="街道的人"),
        worker=make_worker(community=community, name="周敏"),
        neighbour=make_worker(community=other, name="双桥的人"),
        officer=make_coordinator(unit=department, name="城管办的人"),
        colleague=make_coordinator(unit=second, name="司法所的人"),
    )  # fmt: skip


def make_ask(community: Area, *, title: str = "楼前路灯不亮", public: bool = True) -> int:
    """An ask that waits to be accepted. Returns its id."""
    words = AskWords(title=title, text="晚上看不见路", is_public=public)
    code = submit_ask(community.id, words=words, private=PrivateWords())
    return db.session.scalars(select(Ask.id).where(Ask.code == code)).one()
