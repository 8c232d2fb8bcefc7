"""Pictures of the work, handed in by who did it; the community chooses among them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation.access import signed_in
from foundation.forms import saying
from volunteers.views.blueprint import bp
from wishes.forms.photos import HandInForm
from wishes.queries.completion import get_own_wish
from wishes.queries.photos import list_handed_in
from wishes.services.photos import hand_in_photos, keep_photos


@bp.route("/wishes/<int:wish_id>/photos", methods=["GET", "POST"])
@signed_in
def hand_in_photo(wish_id: int) -> Response | tuple[str, int]:
    """Hand pictures in; they stay private until the community makes one public."""
    wish = get_own_wish(wish_id, current_user.id)
    form = HandInForm()
    if form.validate_on_submit():
        with saying(form), keep_photos(form.photos.data) as kept:
            hand_in_photos(wish_id, actor_id=current_user.id, photos=kept)
            flash(_("照片交上去了，谢谢。公开哪一张由社区来选。"), "success")
            return redirect(url_for("volunteers.hand_in_photo", wish_id=wish_id))
    handed = list_handed_in(wish_id, current_user.id)
    page = render_template("volunteers/hand_in_photo.html", form=form, wish=wish, photos=handed)
    return page, form.status
