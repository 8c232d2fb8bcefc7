"""What the desks of units and of volunteers share about offers: the form, keeping it, the month."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.forms import saying
from wishes.forms.dispatch import NothingForm
from wishes.forms.offers import OfferForm
from wishes.models import Offer
from wishes.queries.offers import list_coverable, words_of_offer
from wishes.rules.kinds import Category
from wishes.rules.offers import OfferState, OfferWords, month_of
from wishes.services.offers import add_offer, change_offer, set_offer_state


def this_month() -> str:
    """The month of today, as orders count in it."""
    return month_of(clock.local_day(clock.now()))


def read_offer(offer: Offer | None) -> OfferForm:
    """The form of an offer, new or written before."""
    words = words_of_offer(offer) if offer else OfferWords(Category.OTHER, "")
    return OfferForm(words, list_coverable())


def keep_offer(form: OfferForm, offer: Offer | None, *, unit_id: int | None) -> bool:
    """Store what was sent; whether it was. The button says whether it goes on the menu."""
    if not form.validate_on_submit():
        return False
    active, me = "active" in request.form, current_user.id
    with saying(form):
        if offer is None:
            add_offer(actor_id=me, organisation_id=unit_id, words=form.words(), active=active)
        else:
            change_offer(offer.id, actor_id=me, words=form.words(), active=active)
        flash(_("放上服务菜单了，社区可以点单。") if active else _("存好了。"), "success")
        return True
    return False


def turn_offer(offer: Offer) -> None:
    """Pause an active offer, open any other; what is missing is said on the next page."""
    form, active = NothingForm(), offer.state == OfferState.ACTIVE
    with saying(form):
        set_offer_state(
            offer.id,
            actor_id=current_user.id,
            state=OfferState.PAUSED if active else OfferState.ACTIVE,
        )
        flash(
            _("暂停了，社区暂时点不了。") if active else _("放上服务菜单了，社区可以点单。"),
            "success",
        )
    for sentence in form.refusals:
        flash(sentence, "error")
