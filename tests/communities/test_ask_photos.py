"""Pictures with an ask: kept, refused in a sentence, none left behind; the album of the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import select

from accounts.models import User
from foundation.db import db, transaction
from tests.makers import make_community, make_wish, make_worker
from tests.pages import PageClient
from tests.stored import count
from wishes.models import Ask, Photo
from wishes.rules.life import WishState

SignIn = Callable[[User], PageClient]
WORDS = {"title": "换卧室灯泡", "text": "够不着", "consent": "y"}


def jpeg(colour: str = "tan") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(stream, "JPEG")
    return stream.getvalue()


def upload(*files: tuple[bytes, str]) -> dict[str, Any]:
    return {**WORDS, "photos": [(io.BytesIO(data), name) for data, name in files]}


def stored(app: Any) -> int:
    return len(list((Path(app.instance_path) / "media").rglob("*.jpg")))


def test_pictures_come_with_an_ask(app: Any, client: PageClient, sign_in: SignIn) -> None:
    community = make_community()
    client.get(f"/communities/{community.id}/ask")
    client.submit(upload((jpeg(), "灯.jpg"), (jpeg("navy"), "灯座.jpg")))
    assert (count(Ask), count(Photo)) == (1, 2)
    ask_id = db.session.scalars(select(Ask.id)).one()
    page = sign_in(make_worker(community=community)).get(f"/desk/{community.id}/asks/{ask_id}")
    assert page.text.count("/photos/") >= 2


def test_a_text_file_named_jpg_is_told_and_nothing_stays(app: Any, client: PageClient) -> None:
    community = make_community()
    before = stored(app)
    client.get(f"/communities/{community.id}/ask")
    answer = client.submit(upload((jpeg(), "灯.jpg"), (b"not a picture", "假.jpg")), status=422)
    assert "假.jpg" in answer.text
    assert "够不着" in answer.text
    assert (count(Ask), count(Photo), stored(app)) == (0, 0, before)


def test_thirty_pictures_are_too_many(app: Any, client: PageClient) -> None:
    community = make_community()
    client.get(f"/communities/{community.id}/ask")
    files = [(jpeg(), f"{number}.jpg") for number in range(30)]
    answer = client.submit(upload(*files), status=422)
    assert "一次最多传 9 张" in answer.text
    assert count(Ask) == 0


def test_the_page_shows_public_pictures_only(app: Any, client: PageClient) -> None:
    community = make_community()
    wish = make_wish(community=community, state=WishState.VERIFIED, title="修好的灯")
    usual = {"purpose": "after", "sha256": "0" * 64, "fingerprint": "0" * 32, "width": 64,
             "height": 48, "uploaded_at": wish.created_at, "wish_id": wish.id}  # fmt: skip
    with transaction() as session:
        session.add(Photo(storage_key="a" * 32, is_public=True, **usual))
        session.add(Photo(storage_key="b" * 32, is_public=False, **usual))
    answer = client.get(f"/communities/{community.id}")
    assert answer.text.count('<img src="/photos/') == 1
