"""A neighbourhood whose people write Latin letters: what is Chinese on its pages is ours."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from accounts.models import Membership
from accounts.rules import AreaKind, Role
from accounts.services.inviting import Offer, invite
from communities.services.register import take_in
from foundation.db import db, transaction
from tests.makers import (
    give_role,
    make_area,
    make_colleague,
    make_coordinator,
    make_grid,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.served import kept_photo, make_attendance, make_served_wish
from wishes.models import Ask
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import PhotoPurpose, Provision, Venue, WishKind
from wishes.rules.life import WishState
from wishes.rules.proof import Decision
from wishes.services.asking import submit_ask
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.completing import verify
from wishes.services.items import receive_item
from wishes.services.photos import attach_photos
from wishes.services.reporting import hand_in_report

HEADERS = ("姓名", "心愿内容", "人数", "时间")  # a register's own words, quoted as they stand
SHEET = ",".join(HEADERS) + "\nMrs Li,Fix a tap,2 people,some day\nMr Wu,Mend a chair,1,\n"
TOOLS = [("Ladder", Provision.BORROW), ("Gloves", Provision.BRING)]


class Latin:
    """Its people by the desk they work at, and its ids by the names that addresses use."""

    def __init__(self) -> None:
        self.street = make_area(name="Pear Street", kind=AreaKind.STREET)
        self.home = make_area(name="Pear Garden", parent=self.street)
        self.grid = make_grid(community=self.home, name="Grid one")
        self.unit = make_unit(name="Metro Works", home=self.home)
        self.worker = make_worker(community=self.home, name="Li Wen")
        self.second = make_worker(community=self.home, name="Zhou Min")
        self.coordinator = make_coordinator(unit=self.unit, name="Chen Hang")
        self.colleague = make_colleague(unit=self.unit, name="Wu Tao")
        self.volunteer = make_volunteer(name="Liu Xi", home=self.home)
        self.supervisor = make_volunteer(name="Zhao Mei")
        give_role(self.supervisor, Role.SUPERVISOR, area=self.street)
        self.operator = make_volunteer(name="An Li", is_operator=True)
        self.ids: dict[str, Any] = {
            "area_id": self.home.id, "unit_id": self.unit.id, "user_id": self.volunteer.id,
            "day": "2026-11-28", "size": 400, "token": "x",
        }  # fmt: skip
        self.wishes: dict[str, int] = {}
        self._post()
        self._serve()
        self._hand_in_and_invite()

    def _words(self, title: str, **words: Any) -> dict[str, Any]:
        return {
            "community": self.home, "created_by": self.worker, "title": title,
            "public_place": "Gate two", **words,
        }  # fmt: skip

    def _post(self) -> None:
        taken = make_wish(
            **self._words("Change a bulb", venue=Venue.HOME, grid_id=self.grid.id),
            headcount=5, tools=TOOLS,
        ).id  # fmt: skip
        self.ids["claim_id"] = claim_for_unit(
            taken, actor_id=self.coordinator.id, organisation_id=self.unit.id, places=2,
            named=[self.colleague.id],
        )  # fmt: skip
        claim_wish(taken, actor_id=self.volunteer.id)
        item = make_wish(**self._words("Winter coat", kind=WishKind.ITEM), headcount=2).id
        given = claim_wish(item, actor_id=self.volunteer.id)
        receive_item(given, actor_id=self.worker.id, pieces=1)
        draft = make_wish(**self._words("Mend a chair", state=WishState.DRAFT)).id
        centre = make_wish(**self._words("Read aloud")).id
        self.wishes = {"taken": taken, "item": item, "draft": draft, "free": centre}

    def _serve(self) -> None:
        for stage in ("served", "reported", "closed"):
            wish = make_served_wish(**self._words(f"Sweep, {stage}", venue=Venue.OUTDOORS))
            self.wishes[stage] = wish.id
            make_attendance(wish, self.volunteer)
            if stage != "served":
                hand_in_report(wish.id, actor_id=self.worker.id, text="All swept")
        with transaction():
            [self.ids["photo_id"]] = attach_photos(
                [kept_photo()], wish_id=self.wishes["served"], purpose=PhotoPurpose.AFTER,
                uploaded_by_id=self.worker.id,
            )  # fmt: skip
        verify(self.wishes["closed"], actor_id=self.second.id, decision=Decision.ACCEPTED)

    def _hand_in_and_invite(self) -> None:
        words = AskWords(title="Dark hall", text="No light", where="Hall", when="Sunday")
        private = PrivateWords(name="Mrs Zhang", phone="13800000142")
        self.ids["code"] = submit_ask(self.home.id, words=words, private=private)
        offer = Offer(role=Role.GRID_WORKER, name="Wang Fang", area_id=self.grid.id)
        self.ids["invitation_id"] = invite(offer, actor_id=self.worker.id)
        batch = take_in(
            self.home.id, actor_id=self.worker.id, data=SHEET.encode(), filename="wishes.csv"
        )
        self.ids["batch_id"] = batch.batch_id
        self.ids["ask_id"] = db.session.scalars(select(Ask.id)).one()
        mine = select(Membership.id).where(Membership.user_id == self.worker.id)
        self.ids["membership_id"] = db.session.scalars(mine).one()
