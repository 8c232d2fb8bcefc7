"""附议, ratings and second answers: one ask at each step."""

from __future__ import annotations

from sqlalchemy import select

from foundation.db import db, transaction
from tests.journeys.neighbourhood import Chosen, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from wishes.models import Ask, RatingCode, Wish
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import PhotoPurpose
from wishes.rules.rating import Grade, RatingWords
from wishes.services.asking import submit_ask
from wishes.services.following_up import answer_again
from wishes.services.photos import attach_photos, keep_photos
from wishes.services.rating import rate_by_code
from wishes.services.replying import answer_ask, pass_on_ask
from wishes.services.supporting import support_ask

SLIP = "ACDE3467"
TITLE = "小广场能不能加两把长椅，让买菜回来的老人歇歇脚，夏天再搭个遮阳的棚子"
STEPS = ("wanted", "answered", "passed", "reopened", "followed")


def list_stops(town: Neighbourhood) -> list[Stop]:
    """The public pages, the desk's steps and the street's list."""
    at_desk: Ids = {"area_id": town.community.id}
    asks = {step: _ask(town) for step in STEPS}
    _bring_about(town, asks)
    photo = _add_picture(asks["wanted"])
    with transaction() as session:
        wish = session.get_one(Wish, town.ids["verified"])
        session.add(RatingCode(wish_id=wish.id, code=SLIP, made_at=wish.created_at))
    codes = {step: _code(ask_id) for step, ask_id in asks.items()}
    return [
        Stop("visitor", "communities.wanted", at_desk),
        *(
            Stop("visitor", "communities.public_ask", {**at_desk, "ask_id": asks[step]})
            for step in STEPS
        ),
        Stop("newcomer", "communities.public_ask", {**at_desk, "ask_id": asks["wanted"]}),
        Stop("visitor", "communities.rate_ask", {"code": codes["answered"]}),
        Stop("visitor", "communities.rate_ask", {"code": codes["passed"]}),
        Stop("visitor", "communities.rate_ask", {"code": codes["followed"]}),
        *(Stop("visitor", "communities.follow", {"code": codes[step]}) for step in STEPS),
        Stop("visitor", "communities.find_rating_code"),
        Stop("visitor", "communities.rate_slip", {"code": SLIP}),
        Stop("visitor", "communities.rate_slip", {"code": "AAAAAAAA"}, 404),
        Stop("worker", "communities.asks", {**at_desk, "order": "wanted"}),
        Stop("worker", "communities.asks", {**at_desk, "tab": "unhappy"}),
        *_steps(at_desk, asks),
        Stop("worker", "communities.wish_rating", {**at_desk, "wish_id": town.ids["verified"]}),
        Stop(
            "worker", "communities.ask_photo",
            {**at_desk, "ask_id": asks["wanted"], "photo_id": photo},
        ),
        *(
            Stop("supervisor", "oversight.unhappy", {"area_id": town.street.id, "tab": tab})
            for tab in ("waiting", "answered", "closed")
        ),
    ]  # fmt: skip


def _steps(at_desk: Ids, asks: dict[str, int]) -> list[Stop]:
    pages = [
        ("ask_desk", "answered"), ("ask_desk", "followed"), ("finish_ask", "passed"),
        ("answer_again", "reopened"), ("confirm_ask", "followed"),
        ("enter_ask_rating_page", "answered"),
    ]  # fmt: skip
    return [
        Stop("worker", f"communities.{name}", {**at_desk, "ask_id": asks[step]})
        for name, step in pages
    ]


def _ask(town: Neighbourhood) -> int:
    words = AskWords(title=TITLE, text="已经问过好几户，都想要。", is_public=True)
    code = submit_ask(town.community.id, words=words, private=PrivateWords())
    return db.session.scalars(select(Ask.id).where(Ask.code == code)).one()


def _code(ask_id: int) -> str:
    return db.session.get_one(Ask, ask_id).code


def _bring_about(town: Neighbourhood, asks: dict[str, int]) -> None:
    worker = town.people["worker"].id
    volunteer = town.people["volunteer"].id
    support_ask(town.community.id, asks["wanted"], actor_id=volunteer)
    pass_on_ask(asks["passed"], actor_id=worker, to="街道市政办", reason="归市政管。")
    for step in ("answered", "reopened", "followed"):
        answer_ask(asks[step], actor_id=worker, reply="长椅下月装，已经量过位置。")
    for step in ("reopened", "followed"):
        bad = RatingWords(Grade.BAD, "过了两个月，一把也没见着。")
        rate_by_code(_code(asks[step]), words=bad)
    answer_again(asks["followed"], actor_id=worker, reply="昨天装好了两把，请来坐坐。")


def _add_picture(ask_id: int) -> int:
    with keep_photos([Chosen(70)]) as kept, transaction():
        return attach_photos(kept, purpose=PhotoPurpose.ASK, uploaded_by_id=None, ask_id=ask_id)[0]
