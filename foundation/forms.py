"""Forms check shape, keep what was typed, and carry a refusal's sentence to the person."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any

from flask import g
from flask_babel import get_locale, gettext
from flask_wtf import FlaskForm
from wtforms import Form as PlainForm

from foundation import labels
from foundation.refusal import MessageId, NotFound, Refusal

LAST_ROW = 2**63 - 1  # the largest id a table can hold


def row_id(text: object) -> int:
    """Coerce a field's value to an id. Raises ValueError for what no table can hold."""
    number = int(str(text))
    if not 0 < number <= LAST_ROW:
        raise ValueError(number)
    return number


def say(refusal: Refusal) -> str:
    """Give the refusal's sentence in the person's language."""
    return fill_in(refusal.sentence, refusal.params)


def fill_in(sentence: str, params: Mapping[str, object]) -> str:
    """Translate a message id; its parameters too, where they are message ids or lists."""
    text: str = gettext(sentence)
    return text % {name: _in_words(value) for name, value in params.items()} if params else text


def _in_words(value: object) -> object:
    if isinstance(value, MessageId):
        return gettext(value)
    return labels.listed(value) if isinstance(value, (tuple, list)) else value


class PageLanguage:
    """WTForms' own messages follow the page's language."""

    @property
    def locales(self) -> list[str]:
        """WTForms names simplified Chinese plain `zh`."""
        language = str(get_locale() or "zh")
        return ["zh"] if language.startswith("zh") else [language]


class LineForm(PlainForm):
    """Base of a form within a form: one line of a list, without token and key of its own."""

    class Meta(PageLanguage):
        """The language of the page around it."""


class Form(FlaskForm):
    """Base of every form: messages in the person's language, refusals beside shape errors."""

    class Meta(PageLanguage, FlaskForm.Meta):
        """The language of the page, the token of the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: list[str] = []
        self.refused_with: int | None = None

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal's sentence on its field, or on top of the form."""
        self.refused_with = refusal.status
        field = self._fields.get(refusal.field) if refusal.field else None
        if field is not None:
            field.errors = [*field.errors, say(refusal)]
        else:
            self.refusals.append(say(refusal))

    @property
    def status(self) -> int:
        """HTTP status of the page that shows this form: 200, 422 for shape, else the refusal's."""
        if self.refused_with:
            return self.refused_with
        return 422 if self.errors else 200


class saying:  # noqa: N801 - reads as a word: `with saying(form):`
    """Run a service; a refusal lands on the form instead of leaving. NotFound passes through."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Put a refusal on the form; anything else goes on its way."""
        if not isinstance(error, Refusal) or isinstance(error, NotFound):
            return False
        g.refusal = type(error).__name__
        self.form.refuse(error)
        return True
