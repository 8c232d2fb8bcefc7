"""Forms of the monthly report: the street's words, its own template."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from foundation.forms import Form


class WordsForm(Form):
    """What the street says about the month."""

    words = TextAreaField(
        _l("说明"),
        [Optional(), Length(max=5000, message=_l("太长了，最多 %(max)d 个字，请写短一些。"))],
    )


class TemplateForm(Form):
    """The street's own Word template."""

    file = FileField(_l("Word 模板"), [FileRequired(_l("请先选一个 .docx 文件。"))])
