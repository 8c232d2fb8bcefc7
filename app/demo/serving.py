"""The life of one service, from the draft to the passbook, as its people would live it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from app.demo.attending import attend
from app.demo.caring import care_for
from app.demo.neighbourhood import Community, Unit
from app.demo.pictures import Drawing, draw
from app.demo.wishes import Completion
from foundation import clock
from foundation.db import db
from wishes.models import Photo, ToolLine, Wish
from wishes.queries.completion import list_presences
from wishes.rules.asking import PrivateWords
from wishes.rules.kinds import Category, PhotoPurpose, Provision, Venue
from wishes.rules.proof import Decision
from wishes.rules.roll_call import Mark
from wishes.rules.weighing import is_evidenced, needs_call_back
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw
from wishes.services.completing import verify
from wishes.services.drafting import draft_wish, edit_wish
from wishes.services.photos import KeptPhoto, keep_photos, make_public
from wishes.services.private import look_at_details
from wishes.services.reporting import hand_in_report
from wishes.services.roll_call import call_roll
from wishes.services.slips import print_slip

if TYPE_CHECKING:
    from app.demo.month import Month

OVERRUN = "活儿比想的多，征得同意做完了才走。"
SERVED = frozenset({"verified", "waiting", "late", "unreported", "unfulfilled", "again", "today"})
DONE = SERVED - {"unreported", "today"}
EMPTY = frozenset({"open", "expired"})


def invent_resident(rng: Random) -> PrivateWords:
    """Somebody behind a door: invented, with a phone nobody has."""
    house, stair, flat = rng.randint(1, 28), rng.randint(1, 4), rng.randint(1, 6) * 100 + 1
    name = rng.choice("王李张刘陈赵孙周") + rng.choice(("大爷", "奶奶", "阿姨", "叔叔"))
    phone = f"138{rng.randint(9000, 9999):08d}"
    return PrivateWords(name, phone, f"{house}号楼{stair}单元{flat}", "上午在家，请先打电话。")


@dataclass
class Story:
    """One service and what becomes of it; `outcome` says how far it gets."""

    month: Month
    community: Community
    completion: Completion
    starts_at: datetime
    outcome: str
    wish_id: int = 0
    category: Category = Category.OTHER
    published_at: datetime | None = None
    unit: tuple[Unit, list[int]] | None = None
    singles: list[int] = field(default_factory=list)
    quirk: str = ""  # forgot, corrected, no_show, tap, overrun, used_before

    @property
    def ends_at(self) -> datetime:
        """The planned end."""
        return self.starts_at + timedelta(minutes=self.completion.minutes)

    @property
    def people(self) -> list[int]:
        """Everybody with a named place."""
        return [*self.singles, *(self.unit[1] if self.unit else [])]

    def tell(self) -> None:
        """Put the steps on the timeline."""
        add, rng = self.month.timeline.add, self.month.rng
        publish = self.published_at or self.starts_at - timedelta(hours=rng.randint(75, 190))
        add(publish, self.publish)
        if self.outcome == "cancelled":
            add(publish + timedelta(hours=30), self.cancel)
        self._gather(publish)
        if self.outcome in SERVED:
            attend(self)
        if self.outcome in DONE:
            report = self.ends_at + timedelta(minutes=rng.randint(40, 900))
            add(report, self.report)
            self._close(report + timedelta(minutes=rng.randint(200, 2000)))

    def _gather(self, publish: datetime) -> None:
        """Find people who have time, and let them claim one after the other."""
        if self.outcome in EMPTY:
            return
        diary, rng, town = self.month.diary, self.month.rng, self.month.town
        wanted = self.completion.count
        if self.outcome == "partial":
            wanted = max(1, wanted // 2)
        span = self.starts_at, self.ends_at
        if wanted > 1 or rng.random() < 0.3:
            self.unit = diary.find_unit(town.units, span, max(1, round(wanted * 0.6)))
        taken = len(self.unit[1]) if self.unit else 0
        self.singles = diary.find(town.volunteer_ids, span, wanted - taken)
        latest = min(self.starts_at - timedelta(hours=13), self.month.timeline.until)
        if self.outcome == "cancelled":
            latest = publish + timedelta(hours=29)
        room = max((latest - publish).total_seconds() - 7200, 600)
        add = self.month.timeline.add
        if self.unit:
            add(
                publish + timedelta(seconds=600 + room * rng.uniform(0.1, 0.6)), self.claim_for_unit
            )
        for person in self.singles:
            moment = publish + timedelta(seconds=900 + room * rng.uniform(0.1, 0.95))
            add(moment, partial(self.claim, person))
        if self.people and self.completion.venue is Venue.HOME:
            add(self.starts_at - timedelta(hours=20), self.print_slip)
            add(self.starts_at - timedelta(hours=3), self.look)

    def _close(self, moment: datetime) -> None:
        add = self.month.timeline.add
        if self.outcome in ("verified", "again", "unfulfilled"):
            add(moment, self.call_back)
        if self.outcome == "verified":
            add(moment + timedelta(minutes=5), self.verify)
            add(moment + timedelta(minutes=50), self.show)
        elif self.outcome == "unfulfilled":
            add(moment + timedelta(minutes=5), self.reject)
        elif self.outcome == "again":
            add(moment + timedelta(minutes=5), self.send_back)
            add(moment + timedelta(hours=20), self.report)
            add(moment + timedelta(hours=28), self.verify)

    def publish(self) -> None:
        """Complete the draft, or write a new wish, and put it on the wall."""
        rng, worker = self.month.rng, self.community.reporter()
        words = self.completion.as_words(
            starts_at=self.starts_at, category=self.category, contact_id=worker,
            grid_id=self.community.grids[0 if "一" in self.completion.place else 1][0],
        )  # fmt: skip
        private = None
        if self.completion.venue is Venue.HOME:
            private = invent_resident(rng)
        if self.wish_id:
            version = db.session.get_one(Wish, self.wish_id).version
            edit_wish(
                self.wish_id, actor_id=worker, version=version, words=words, private=private,
                care=care_for(words), publish=True,
            )  # fmt: skip
        else:
            self.wish_id = draft_wish(
                self.community.id, actor_id=worker, words=words, private=private,
                care=care_for(words), publish=True,
            )  # fmt: skip

    def cancel(self) -> None:
        """The community calls it off."""
        cancel_wish(
            self.wish_id, actor_id=self.community.reporter(), why="居民临时有事，改天再约。"
        )

    def _tools(self) -> list[int]:
        query = db.select(ToolLine.id).where(
            ToolLine.wish_id == self.wish_id, ToolLine.provision != Provision.COMMUNITY
        )
        return list(db.session.scalars(query))

    def claim(self, person: int) -> None:
        """A volunteer takes a place; one in twelve thinks again and somebody else comes."""
        early = clock.now() < self.starts_at - timedelta(hours=30)
        if self.month.rng.random() < 0.08 and early:
            other = self.month.rng.choice(self.month.town.newcomer_ids[1:])
            claim_id = claim_wish(self.wish_id, actor_id=other)
            withdraw(claim_id, actor_id=other, why="家里临时有事")
        brings = self._tools() if person in self.singles[:1] and not self.unit else []
        claim_wish(self.wish_id, actor_id=person, tools=brings)

    def claim_for_unit(self) -> None:
        """A coordinator takes a block and names colleagues."""
        if self.unit is None:
            return
        unit, people = self.unit
        claim_for_unit(
            self.wish_id, actor_id=unit.coordinator_id, organisation_id=unit.id,
            places=len(people), named=people, tools=self._tools(),
        )  # fmt: skip

    def print_slip(self) -> None:
        """The worker prints the resident's slip."""
        print_slip(self.wish_id, actor_id=self.community.reporter())

    def look(self) -> None:
        """Who will come looks at the door and the phone."""
        for person in self.people[:2]:
            look_at_details(self.wish_id, actor_id=person)

    def report(self) -> None:
        """The worker says what was done, mostly with a picture before and one after."""
        with ExitStack() as stack:
            before, after = self._keep(stack)
            hand_in_report(
                self.wish_id, actor_id=self.community.reporter(), text=self.completion.words,
                before=before, after=after,
                overrun_reason=OVERRUN if self.quirk == "overrun" else "",
            )  # fmt: skip

    def _keep(self, stack: ExitStack) -> tuple[Sequence[KeptPhoto], Sequence[KeptPhoto]]:
        rng, month = self.month.rng, self.month
        shy = self.completion.motif == "talk" or not month.has_pictures
        if shy or (rng.random() < 0.2 and not self.quirk):
            presences = list_presences(self.wish_id)
            if not is_evidenced(presences, photos=0) and shy:
                self._confirm([each.user_id for each in presences if each.arrived_at])
                return (), ()
            if is_evidenced(presences, photos=0):
                return (), ()
        pair = [stack.enter_context(keep_photos([self._picture(done)])) for done in (False, True)]
        month.used_picture = month.used_picture or month.last_picture
        return pair[0], pair[1]

    def _picture(self, done: bool) -> Drawing:
        month = self.month
        if self.quirk == "used_before" and done and month.used_picture is not None:
            return month.used_picture.again()
        month.last_picture = draw(self.completion.motif, done=done, rng=month.rng)
        return month.last_picture

    def call_back(self) -> None:
        """Somebody asks the resident where only the volunteer's own tap shows it."""
        waiting = [each.user_id for each in list_presences(self.wish_id) if needs_call_back(each)]
        if waiting:
            self._confirm(waiting)

    def _confirm(self, user_ids: list[int]) -> None:
        call_roll(
            self.wish_id, actor_id=self.community.verifier(), mark=Mark.CONFIRMED, user_ids=user_ids
        )

    def verify(self) -> None:
        """Another worker, or the street, confirms the service: minutes go into the book."""
        verify(
            self.wish_id, actor_id=self.community.verifier(), decision=Decision.ACCEPTED,
            overrun_allowed=self.quirk == "overrun",
        )  # fmt: skip

    def send_back(self) -> None:
        """The verifier wants it done properly."""
        verify(
            self.wish_id, actor_id=self.community.verifier(), decision=Decision.AGAIN,
            reason="照片看不清做完的样子，请补一张再报。",
        )  # fmt: skip

    def reject(self) -> None:
        """The resident says that nobody did it."""
        verify(
            self.wish_id, actor_id=self.community.verifier(), decision=Decision.REJECTED,
            reason="回访时居民说没有修好，重新安排。",
        )  # fmt: skip

    def show(self) -> None:
        """A picture of the finished work goes into the album."""
        query = db.select(Photo.id).where(
            Photo.wish_id == self.wish_id, Photo.purpose == PhotoPurpose.AFTER
        )
        photo_id = db.session.scalars(query.limit(1)).one_or_none()
        if photo_id is not None and self.month.rng.random() < 0.75:
            make_public(photo_id, actor_id=self.community.reporter())
