"""Pictures: kept around an errand, private first, never the same one twice in silence."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace as Upload

import pytest
from sqlalchemy import select

from foundation import media
from foundation.db import db
from foundation.media import NotAPhoto
from foundation.refusal import Refusal
from tests.makers import (
    make_community,
    make_street,
    make_supervisor,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pictures import jpeg
from tests.served import kept_photo, make_attendance, make_served_wish
from wishes.models import Photo, Wish
from wishes.policies.photos import may_see
from wishes.queries.photos import Known, list_album, list_resembling
from wishes.refusals import WishNotFound
from wishes.refusals.completion import PhotosNotYours, WishClosed
from wishes.rules.kinds import PhotoPurpose
from wishes.rules.life import WishState
from wishes.services.photos import (
    add_photos,
    choose_purpose,
    hand_in_photos,
    keep_photos,
    make_private,
    make_public,
)


def upload(*, turn: int = 0, name: str = "a.jpg") -> Upload:
    """A chosen file."""
    return Upload(filename=name, stream=jpeg(turn=turn))


def add_one(wish: Wish, *, purpose: PhotoPurpose = PhotoPurpose.AFTER) -> Photo:
    worker = make_worker(community=wish.community)
    ids = add_photos(wish.id, actor_id=worker.id, photos=[kept_photo()], purpose=purpose)
    return db.session.get_one(Photo, ids[0])


def is_stored(key: str) -> bool:
    try:
        media.open_photo(key, media.SMALL).close()
    except media.PhotoMissing:
        return False
    return True


@pytest.mark.usefixtures("app")
class TestKeeping:
    def test_a_kept_picture_stays_once_it_has_a_row(self) -> None:
        wish = make_served_wish()
        worker_id = make_worker(community=wish.community).id
        with keep_photos([upload()]) as kept:
            add_photos(wish.id, actor_id=worker_id, photos=kept, purpose=PhotoPurpose.AFTER)
        assert is_stored(kept[0].storage_key)
        assert (kept[0].width, kept[0].height) == (400, 300)

    def test_a_refused_errand_leaves_no_file(self) -> None:
        wish, stranger = make_served_wish(), make_worker(community=make_community())
        with pytest.raises(WishNotFound), keep_photos([upload()]) as kept:
            add_photos(wish.id, actor_id=stranger.id, photos=kept, purpose=PhotoPurpose.AFTER)
        assert not is_stored(kept[0].storage_key)

    def test_one_bad_file_stores_none(self) -> None:
        bad = Upload(filename="b.jpg", stream=BytesIO(b"only words"))
        with pytest.raises(NotAPhoto, match="照片"), keep_photos([upload(), bad]):
            pass
        assert db.session.scalars(select(Photo)).all() == []

    def test_the_archive_knows_a_picture_again(self) -> None:
        first, second = make_served_wish(), make_served_wish()
        for wish, name in ((first, "a.jpg"), (second, "b.jpg")):
            worker_id = make_worker(community=wish.community).id
            with keep_photos([upload(name=name)]) as kept:
                add_photos(wish.id, actor_id=worker_id, photos=kept, purpose=PhotoPurpose.AFTER)
        old, new = db.session.scalars(select(Photo).order_by(Photo.id)).all()
        assert (old.used_before_id, new.used_before_id) == (None, old.id)

    def test_another_picture_is_no_second_use(self) -> None:
        wish = make_served_wish()
        with keep_photos([upload()]) as kept:
            add_photos(
                wish.id, actor_id=make_worker(community=wish.community).id, photos=kept,
                purpose=PhotoPurpose.AFTER,
            )  # fmt: skip
        with keep_photos([upload(turn=90)]) as other:
            assert other[0].resembling == ()

    def test_a_retouched_picture_still_resembles(self) -> None:
        photo = add_one(make_served_wish())
        near = f"{int(photo.fingerprint, 16) ^ 0b111:032x}"
        assert [known.id for known in list_resembling("0" * 64, near)] == [photo.id]

    def test_within_one_wish_a_picture_may_stand_twice(self) -> None:
        wish = make_served_wish()
        first = add_one(wish)
        again = kept_photo(resembling=(Known(first.id, wish.id, None),))
        ids = add_photos(
            wish.id, actor_id=make_worker(community=wish.community).id, photos=[again],
            purpose=PhotoPurpose.BEFORE,
        )  # fmt: skip
        assert db.session.get_one(Photo, ids[0]).used_before_id is None


@pytest.mark.usefixtures("app")
class TestWhoMaySee:
    def test_a_private_picture_is_for_staff_and_for_who_brought_it(self) -> None:
        street = make_street()
        wish = make_served_wish(community=make_community(street=street))
        person = make_attendance(wish)
        ids = hand_in_photos(wish.id, actor_id=person.id, photos=[kept_photo()])
        photo = db.session.get_one(Photo, ids[0])
        may = [
            person.id,
            make_worker(community=wish.community).id,
            make_supervisor(street=street).id,
        ]
        may_not = [None, make_volunteer().id, make_worker(community=make_community()).id]
        assert [may_see(user_id, photo) for user_id in may] == [True] * 3
        assert [may_see(user_id, photo) for user_id in may_not] == [False] * 3

    def test_a_public_picture_is_for_everybody_and_stands_in_the_album(self) -> None:
        wish = make_served_wish()
        photo = add_one(wish)
        assert list_album(wish.community_id) == []
        make_public(photo.id, actor_id=make_worker(community=wish.community).id)
        assert may_see(None, photo)
        assert [picture.id for picture in list_album(wish.community_id)] == [photo.id]

    def test_a_picture_taken_back_is_private_again(self) -> None:
        wish = make_served_wish()
        photo, worker = add_one(wish), make_worker(community=wish.community)
        make_public(photo.id, actor_id=worker.id)
        make_private(photo.id, actor_id=worker.id)
        assert not may_see(None, photo)
        assert photo.made_public_at is None

    def test_a_public_picture_of_a_cancelled_wish_is_not_shown(self) -> None:
        wish = make_wish(state=WishState.CANCELLED)
        photo = Photo(wish_id=wish.id, is_public=True)
        assert not may_see(None, photo)


@pytest.mark.usefixtures("app")
class TestHandingIn:
    def test_only_who_has_a_place_hands_pictures_in(self) -> None:
        wish = make_served_wish()
        with pytest.raises(PhotosNotYours):
            hand_in_photos(wish.id, actor_id=make_volunteer().id, photos=[kept_photo()])

    def test_a_verified_wish_takes_no_more_evidence(self) -> None:
        wish = make_served_wish(state=WishState.VERIFIED)
        with pytest.raises(WishClosed):
            add_one(wish)

    def test_the_community_chooses_what_a_picture_shows(self) -> None:
        wish = make_served_wish()
        photo = add_one(wish, purpose=PhotoPurpose.HANDED_IN)
        choose_purpose(
            photo.id, actor_id=make_worker(community=wish.community).id, purpose=PhotoPurpose.BEFORE
        )
        assert photo.purpose == PhotoPurpose.BEFORE

    def test_a_stranger_makes_nothing_public(self) -> None:
        photo = add_one(make_served_wish())
        with pytest.raises(Refusal):
            make_public(photo.id, actor_id=make_worker(community=make_community()).id)
