"""Pictures that a volunteer hands in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms.validators import InputRequired

from foundation.forms import Form


class HandInForm(Form):
    """One or several pictures of the work."""

    photos = MultipleFileField(_l("照片"), [InputRequired(_l("请先选照片。"))])
