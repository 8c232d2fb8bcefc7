"""Wrong turns in a browser: twice, too late, with a dead post, with files that are no pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from foundation.db import db, transaction
from foundation.mail import init_mail
from foundation.outbox import Message
from tests.foundation.media.pictures import drawn, encoded, vast_png
from tests.journeys.conftest import MovableClock, carry_mail
from tests.journeys.phone import Phone
from tests.journeys.post_office import PostOffice
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from tests.pictures import jpeg
from wishes.models import Ask, Claim, Photo, Wish
from wishes.rules.life import WishState
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_wish

PhoneOf = Callable[..., Phone]
CLAIM = "我来，占 1 个名额"
SAID = {
    "full": "名额刚刚满了",
    "cancelled": "已取消",
    "past": "已经开始",
    "over": "已办结",
}
on_a_phone = pytest.mark.parametrize("width", ["phone"], indirect=True)
one_database = pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)


def count(model: type) -> int:
    """How many rows are stored."""
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()


@on_a_phone
@pytest.mark.journey
def test_a_double_tap_and_a_second_tab_take_one_place(phone_of: PhoneOf) -> None:
    wish_id = make_wish(headcount=3).id
    phone = phone_of("volunteer", make_volunteer()).open(f"/wishes/{wish_id}")
    tab = phone.page.context.new_page()
    tab.goto(phone.page.url)
    phone.page.get_by_role("button", name=CLAIM).dblclick()
    phone.sees("您占了 1 个名额")
    tab.get_by_role("button", name=CLAIM).click()
    tab.get_by_text("您已经认领过这个心愿了").wait_for()
    assert count(Claim) == 1
    assert db.session.get_one(Wish, wish_id).places_taken == 1


@on_a_phone
@pytest.mark.journey
@pytest.mark.parametrize("turn", list(SAID))
def test_a_page_that_was_open_too_long_says_what_happened(
    phone_of: PhoneOf, moved: MovableClock, turn: str
) -> None:
    community = make_community()
    worker = make_worker(community=community)
    wish = make_wish(community=community, created_by=worker)
    near = make_wish(community=community, created_by=worker, title="陪老人聊天").title
    wish_id, starts = wish.id, wish.starts_at
    assert starts is not None
    phone = phone_of("volunteer", make_volunteer()).open(f"/wishes/{wish_id}")
    if turn == "full":
        claim_wish(wish_id, actor_id=make_volunteer().id)
    elif turn == "cancelled":
        cancel_wish(wish_id, actor_id=worker.id, why="老人搬走了。")
    elif turn == "past":
        moved.move_to(starts + timedelta(minutes=5))
    else:
        with transaction() as session:
            session.get_one(Wish, wish_id).state = WishState.VERIFIED
    before = count(Claim)
    phone.tap(CLAIM)
    phone.sees(SAID[turn])
    if turn == "full":
        phone.sees(near)
    assert count(Claim) == before


@on_a_phone
@pytest.mark.journey
def test_a_dead_post_holds_nobody_up(
    app: Flask, phone_of: PhoneOf, moved: MovableClock, post_office: PostOffice
) -> None:
    volunteer = make_volunteer(email="wang@example.test")
    wish_id = make_wish(title="换卧室灯泡").id
    alive = app.config["MAIL_PORT"]
    app.config["MAIL_PORT"] = 1  # nobody answers there
    init_mail(app)

    # Given a mail server that is dead, the errand succeeds and the letter waits
    phone = phone_of("volunteer", volunteer).open(f"/wishes/{wish_id}").tap(CLAIM)
    phone.sees("认领好了")
    phone.open("/notices").sees("换卧室灯泡")
    carry_mail(app)
    assert post_office.letters == []
    db.session.rollback()
    waiting = select(Message.attempts).where(Message.user_id == volunteer.id)
    assert db.session.execute(waiting).scalars().all() == [1]

    # When it comes back, the letter goes out, once
    app.config["MAIL_PORT"] = alive
    init_mail(app)
    moved.move_to(moved.now() + timedelta(hours=2))
    carry_mail(app)
    carry_mail(app)
    assert len(post_office.subjects_to("wang@example.test")) == 1


def hostile_files(folder: Path) -> dict[str, tuple[list[Path], str]]:
    """Files that are no pictures for us, each with what the page says."""
    heic = encoded(drawn(1200, 900), "HEIF")
    bodies = {
        "文字.jpg": "我是一份文档".encode() * 50,
        "半张.heic": heic[: len(heic) // 2],
        "很大.png": vast_png(20_000, 10_000),
        "太重.jpg": jpeg().read() + b"\0" * (60 * 1024**2),
    }
    for name, body in bodies.items():
        (folder / name).write_bytes(body)
    many = [folder / f"{number}.jpg" for number in range(30)]
    for turn, path in enumerate(many):
        path.write_bytes(jpeg(turn=turn).read())
    said = ("不是照片", "重新选一张", "太大", "太大", "一次最多传 9 张照片，这次选了 30 张")
    files = [[folder / name] for name in bodies] + [many]
    return dict(zip([*bodies, "三十张"], zip(files, said, strict=True), strict=True))


@one_database
@on_a_phone
@pytest.mark.journey
def test_what_is_no_picture_is_told_and_nothing_typed_is_lost(
    phone_of: PhoneOf, tmp_path: Path
) -> None:
    community = make_community()
    phone = phone_of("resident").open(f"/communities/{community.id}/ask")
    phone.type("想请人做什么", "换灯泡").type("具体情况", "卧室灯坏了三天。").tick("我同意社区")
    for files, sentence in hostile_files(tmp_path).values():
        phone.hand("照片", files).tap("提交", within="main", until=sentence)
        assert phone.field("想请人做什么").input_value() == "换灯泡"
        assert phone.field("具体情况").input_value() == "卧室灯坏了三天。"
        assert count(Ask) == count(Photo) == 0
    heavy = [tmp_path / "太重.jpg", tmp_path / "也太重.jpg"]
    heavy[1].write_bytes(heavy[0].read_bytes())
    phone.hand("照片", heavy).tap("提交", within="main").sees("加起来超过 90 MB")
    assert phone.field("想请人做什么").input_value() == "换灯泡"
    good = tmp_path / "灯.jpg"
    good.write_bytes(jpeg().read())
    phone.hand("照片", [good]).tap("提交", within="main", until="您的查询码")
    assert count(Ask) == count(Photo) == 1
