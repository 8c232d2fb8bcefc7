"""What became of a no-show, in words, for the person's page and the desk's."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from foundation import clock
from foundation.settings import setting
from wishes.rules.no_shows import NO_SHOW_LABELS, NoShowState, is_faded
from wishes.views.blueprint import bp


@bp.app_template_global()
def no_show_word(state: str, happened_at: datetime) -> str:
    """What became of a no-show, in the reader's language; an old one has faded."""
    faded = is_faded(happened_at, at=clock.now(), days=setting("NO_SHOW_DAYS"))
    if faded and state == NoShowState.COUNTS:
        return _("时间久了，已不计")
    return _(NO_SHOW_LABELS[NoShowState(state)])
