"""Pictures on pages: who is served one, how it becomes public, how a volunteer hands one in."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from accounts.models import User
from foundation import media
from foundation.db import db
from tests.makers import make_community, make_volunteer, make_worker
from tests.pages import PageClient
from tests.pictures import jpeg
from tests.served import make_attendance, make_served_wish
from wishes.models import Photo, Wish
from wishes.rules.kinds import PhotoPurpose
from wishes.services.photos import add_photos, keep_photos, make_public

SignIn = Callable[[User], PageClient]


class Chosen:
    """A file as a form hands it over."""

    def __init__(self, name: str) -> None:
        self.filename: str | None = name
        self.stream: IO[bytes] = jpeg()


def put(wish: Wish) -> int:
    worker_id = make_worker(community=wish.community).id
    with keep_photos([Chosen("灯.jpg")]) as kept:
        ids = add_photos(wish.id, actor_id=worker_id, photos=kept, purpose=PhotoPurpose.AFTER)
    return ids[0]


def page_of(wish: Wish) -> str:
    return f"/desk/{wish.community_id}/wishes/{wish.id}/photos"


class TestServing:
    def test_a_private_picture_is_not_there_for_strangers(
        self, app: Flask, sign_in: SignIn
    ) -> None:
        wish = make_served_wish()
        photo_id = put(wish)
        PageClient(app).get(f"/photos/{photo_id}/320", status=404)
        sign_in(make_volunteer()).get(f"/photos/{photo_id}/320", status=404)
        answer = sign_in(make_worker(community=wish.community)).get(f"/photos/{photo_id}/320")
        assert answer.mimetype == "image/jpeg"
        assert answer.cache_control.private
        assert answer.cache_control.no_cache

    def test_a_public_picture_is_cached_for_minutes(self, client: PageClient) -> None:
        wish = make_served_wish()
        photo_id = put(wish)
        make_public(photo_id, actor_id=make_worker(community=wish.community).id)
        answer = client.get(f"/photos/{photo_id}/1600")
        assert answer.cache_control.max_age == 300
        again = client.open(
            f"/photos/{photo_id}/1600", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304

    @pytest.mark.parametrize("size", [0, 640, 99999])
    def test_only_two_sizes_are_served(self, client: PageClient, size: int) -> None:
        wish = make_served_wish()
        photo_id = put(wish)
        make_public(photo_id, actor_id=make_worker(community=wish.community).id)
        client.get(f"/photos/{photo_id}/{size}", status=404)


class TestDesk:
    def test_a_worker_adds_looks_and_makes_public(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        client = sign_in(make_worker(community=wish.community))
        client.get(page_of(wish))
        client.submit({"photos": (jpeg(), "灯.jpg"), "purpose": "before"})
        photo = db.session.scalars(select(Photo)).one()
        assert photo.purpose == PhotoPurpose.BEFORE
        client.get(f"{page_of(wish)}/{photo.id}")
        here = f"{page_of(wish)}/{photo.id}"
        assert "请先看一遍" in client.post(here, {}).text
        assert not db.session.get_one(Photo, photo.id).is_public
        client.post(here, {"looked": "y"})
        assert db.session.get_one(Photo, photo.id).is_public
        client.get(page_of(wish))
        client.submit(action="take-back")
        assert not db.session.get_one(Photo, photo.id).is_public

    def test_the_purpose_can_be_changed(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        photo_id = put(wish)
        client = sign_in(make_worker(community=wish.community))
        client.get(f"{page_of(wish)}/{photo_id}")
        client.submit({"purpose": "before"}, action="purpose")
        assert db.session.get_one(Photo, photo_id).purpose == PhotoPurpose.BEFORE

    def test_no_file_says_choose_one(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        client = sign_in(make_worker(community=wish.community))
        client.get(page_of(wish))
        assert "请先选照片" in client.submit(status=422).text

    def test_another_wishs_picture_is_not_found_here(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        other = make_served_wish(community=wish.community)
        client = sign_in(make_worker(community=wish.community))
        client.get(f"{page_of(other)}/{put(wish)}", status=404)
        sign_in(make_worker(community=make_community())).get(page_of(wish), status=404)


class TestBlurring:
    def test_a_face_is_covered_for_good(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        photo_id = put(wish)
        before = db.session.get_one(Photo, photo_id).storage_key
        client = sign_in(make_worker(community=wish.community))
        client.get(f"{page_of(wish)}/{photo_id}/blur")
        client.submit({"squares": [str(n) for n in range(72)]})
        after = db.session.get_one(Photo, photo_id)
        assert after.storage_key != before
        with pytest.raises(media.PhotoMissing):
            media.open_photo(before, media.LARGE)
        with media.open_photo(after.storage_key, media.LARGE) as stored:
            upper = Image.open(stored).convert("RGB").crop((0, 0, 33, 25))
        colours = upper.getcolors(maxcolors=2000) or []
        assert len(colours) < 40, "a square keeps some four colours, and what JPEG adds"

    def test_nothing_tapped_says_so(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        photo_id = put(wish)
        client = sign_in(make_worker(community=wish.community))
        client.get(f"{page_of(wish)}/{photo_id}/blur")
        assert "请先点要遮住的格子" in client.submit(status=422).text


class TestHandingIn:
    def test_a_volunteer_hands_a_picture_in(self, sign_in: SignIn) -> None:
        wish = make_served_wish()
        person = make_attendance(wish)
        client = sign_in(person)
        client.get(f"/wishes/{wish.id}")
        assert client.page is not None
        assert f"/wishes/{wish.id}/photos" in client.page.links
        client.get(f"/wishes/{wish.id}/photos")
        assert "交上去了" in client.submit({"photos": (jpeg(), "灯.jpg")}).text
        photo = db.session.scalars(select(Photo)).one()
        assert (photo.purpose, photo.is_public) == (PhotoPurpose.HANDED_IN, False)

    def test_without_a_place_there_is_no_such_page(self, sign_in: SignIn) -> None:
        sign_in(make_volunteer()).get(f"/wishes/{make_served_wish().id}/photos", status=404)
