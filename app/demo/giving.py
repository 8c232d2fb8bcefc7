"""The life of one thing that was wished for: claimed, received, checked, handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.demo.neighbourhood import Community
from app.demo.pictures import draw
from app.demo.wishes import Completion
from foundation.db import db
from wishes.models import Wish
from wishes.rules.kinds import Category
from wishes.rules.proof import Decision
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.completing import verify
from wishes.services.drafting import edit_wish
from wishes.services.items import check_item, hand_over, receive_item
from wishes.services.photos import keep_photos

if TYPE_CHECKING:
    from app.demo.month import Month

# How far a thing gets; each outcome takes the steps up to its own.
STEPS = ("open", "claimed", "received", "checked", "waiting", "verified")


@dataclass
class Gift:
    """One thing and its way; times are UTC."""

    month: Month
    community: Community
    completion: Completion
    needed_by: datetime
    outcome: str
    published_at: datetime
    wish_id: int
    category: Category
    claim_id: int = 0
    delivery_id: int = 0

    def tell(self) -> None:
        """Put the steps on the timeline."""
        add, rng = self.month.timeline.add, self.month.rng
        moment = self.published_at
        add(moment, self.publish)
        far = STEPS.index("received" if self.outcome == "refused" else self.outcome)
        for step in (self.claim, self.receive, self.check, self.hand_over, self.verify)[:far]:
            moment += timedelta(hours=rng.randint(9, 30))
            add(moment, step)
        if self.outcome == "refused":
            add(moment + timedelta(hours=3), self.refuse)

    def publish(self) -> None:
        """Complete the draft and put it on the wall."""
        worker = self.community.reporter()
        words = self.completion.as_words(
            starts_at=self.needed_by, category=self.category, grid_id=None, contact_id=worker
        )
        version = db.session.get_one(Wish, self.wish_id).version
        edit_wish(self.wish_id, actor_id=worker, version=version, words=words, publish=True)

    def claim(self) -> None:
        """A unit or a neighbour promises the thing."""
        rng, town = self.month.rng, self.month.town
        if rng.random() < 0.6:
            unit = rng.choice(town.units)
            self.claim_id = claim_for_unit(
                self.wish_id, actor_id=unit.coordinator_id, organisation_id=unit.id,
                places=self.completion.count,
            )  # fmt: skip
        else:
            person = rng.choice(town.volunteer_ids)
            self.claim_id = claim_wish(self.wish_id, actor_id=person, places=self.completion.count)

    def receive(self) -> None:
        """The community holds it."""
        self.delivery_id = receive_item(
            self.claim_id, actor_id=self.community.reporter(), pieces=self.completion.count
        )

    def check(self) -> None:
        """It is as wished."""
        check_item(self.delivery_id, actor_id=self.community.reporter(), is_good=True)

    def refuse(self) -> None:
        """It is not: back to the giver, the wish is open again."""
        check_item(
            self.delivery_id, actor_id=self.community.reporter(), is_good=False,
            reason="尺码不对，请换一件大一号的。",
        )  # fmt: skip

    def hand_over(self) -> None:
        """The resident has it, with a picture of the receipt."""
        picture = draw(self.completion.motif, done=True, rng=self.month.rng)
        with keep_photos([picture]) as receipt:
            hand_over(
                self.delivery_id, actor_id=self.community.reporter(), receipt=receipt,
                text="送到了，老人签了收。",
            )  # fmt: skip

    def verify(self) -> None:
        """Somebody who had no hand in it confirms."""
        verify(self.wish_id, actor_id=self.community.verifier(), decision=Decision.ACCEPTED)
