"""Pictures of a wish at the desk: add, say what they show, make public, take back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.policies import get_desk
from accounts.rules import AREA_ROLES
from communities.forms.reports import BlurForm, PhotosForm, PublicForm, PurposeForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.reports import WISH
from foundation.access import signed_in
from foundation.forms import saying
from foundation.media.blurring import GRID
from wishes.queries.completion import get_wish_under
from wishes.queries.photos import get_photo_of, list_photos
from wishes.rules.kinds import PhotoPurpose
from wishes.services.photos import (
    add_photos,
    blur_photo,
    choose_purpose,
    keep_photos,
    make_private,
    make_public,
)


@bp.route(f"{WISH}/photos", methods=["GET", "POST"])
@signed_in
def photos(area_id: int, wish_id: int) -> Response | tuple[str, int]:
    """All pictures of a wish, and more of them."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    wish = get_wish_under(area, wish_id)
    form = PhotosForm()
    if form.validate_on_submit():
        with saying(form), keep_photos(form.photos.data) as kept:
            purpose = PhotoPurpose(form.purpose.data)
            add_photos(wish_id, actor_id=current_user.id, photos=kept, purpose=purpose)
            flash(_("照片已存好，现在只有工作人员看得到。"), "success")
            return redirect(url_for("communities.photos", area_id=area_id, wish_id=wish_id))
    page = render_desk(
        "communities/photos.html", area, form=form, wish=wish, photos=list_photos(wish_id)
    )
    return page, form.status


@bp.route(f"{WISH}/photos/<int:photo_id>", methods=["GET", "POST"])
@signed_in
def photo(area_id: int, wish_id: int, photo_id: int) -> Response | tuple[str, int]:
    """One picture in full: look for faces and door numbers, then make it public."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    wish = get_wish_under(area, wish_id)
    picture = get_photo_of(wish_id, photo_id)
    form = PublicForm()
    if form.validate_on_submit():
        with saying(form):
            make_public(photo_id, actor_id=current_user.id)
            flash(_("照片公开了，在心愿页和社区相册里看得到。"), "success")
            return redirect(url_for("communities.photos", area_id=area_id, wish_id=wish_id))
    page = render_desk(
        "communities/photo.html",
        area,
        form=form,
        purpose_form=PurposeForm(formdata=None, purpose=str(picture.purpose)),
        wish=wish,
        photo=picture,
    )
    return page, form.status


@bp.route(f"{WISH}/photos/<int:photo_id>/blur", methods=["GET", "POST"])
@signed_in
def blur(area_id: int, wish_id: int, photo_id: int) -> Response | tuple[str, int]:
    """Tap on faces and door numbers; what is tapped is blurred for good."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    wish = get_wish_under(area, wish_id)
    get_photo_of(wish_id, photo_id)
    form = BlurForm()
    if form.validate_on_submit():
        with saying(form):
            blur_photo(photo_id, actor_id=current_user.id, squares=form.squares.data)
            flash(_("遮住了，原图不再保留。请再看一遍。"), "success")
            return redirect(
                url_for("communities.photo", area_id=area_id, wish_id=wish_id, photo_id=photo_id)
            )
    picture = get_photo_of(wish_id, photo_id)
    page = render_desk(
        "communities/blur.html", area, form=form, wish=wish, photo=picture, grid=GRID
    )
    return page, form.status


@bp.post(f"{WISH}/photos/<int:photo_id>/purpose")
@signed_in
def photo_purpose(area_id: int, wish_id: int, photo_id: int) -> Response:
    """Say what a picture shows."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    get_photo_of(get_wish_under(area, wish_id).id, photo_id)
    form = PurposeForm()
    if form.validate_on_submit():
        choose_purpose(photo_id, actor_id=current_user.id, purpose=PhotoPurpose(form.purpose.data))
        flash(_("改好了。"), "success")
    return redirect(url_for("communities.photos", area_id=area_id, wish_id=wish_id))


@bp.post(f"{WISH}/photos/<int:photo_id>/take-back")
@signed_in
def take_photo_back(area_id: int, wish_id: int, photo_id: int) -> Response:
    """Take a picture off the public pages."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    get_photo_of(get_wish_under(area, wish_id).id, photo_id)
    make_private(photo_id, actor_id=current_user.id)
    flash(_("照片收回了，只有工作人员看得到。"), "success")
    return redirect(url_for("communities.photos", area_id=area_id, wish_id=wish_id))
