"""Fields that several forms of this room share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from accounts.models import Area
from accounts.rules import NAME_LENGTH, PASSWORD_LONGEST, find_contact, find_email, tidy
from foundation.phones import find_phone


def tidied(text: str | None) -> str | None:
    """Filter: one line without control characters."""
    return tidy(text) if text else text


def line(label: Any, required: Any, length: int = NAME_LENGTH) -> StringField:
    """One line that must be filled in; `required` says what to write."""
    long = _l("最多 %(length)s 个字，请写短一些。", length=length)
    checks = [DataRequired(required), Length(max=length, message=long)]
    return StringField(label, checks, filters=[tidied])


def optional_line(label: Any, length: int) -> StringField:
    """One line that may stay empty."""
    long = _l("最多 %(length)s 个字，请写短一些。", length=length)
    return StringField(label, [Optional(), Length(max=length, message=long)], filters=[tidied])


def password(label: Any) -> PasswordField:
    """A password that must be filled in."""
    long = _l("密码太长了，最多 %(length)s 个字符。", length=PASSWORD_LONGEST)
    return PasswordField(
        label, [InputRequired(_l("请填密码。")), Length(max=PASSWORD_LONGEST, message=long)]
    )


def ensure_contact(_form: object, field: Any) -> None:
    """Raises ValidationError for what is no phone number and no mail address."""
    if find_contact(field.data or "") is None:
        raise ValidationError(_l("请填 11 位手机号，或完整的邮箱地址。"))


def ensure_email(_form: object, field: Any) -> None:
    """Raises ValidationError for no mail address; the field then holds it as stored."""
    email = find_email(field.data or "")
    if email is None:
        raise ValidationError(_l("这个邮箱地址不完整，请核对，例如 name@example.com。"))
    field.data = email


def ensure_our_phone(_form: object, field: Any) -> None:
    """Raises ValidationError for what cannot be called."""
    if find_phone(field.data or "") is None:
        raise ValidationError(_l("请填 11 位手机号，或带区号的座机号。"))


def _number(value: Any) -> int | None:
    return int(value) if value else None


class AreaField(SelectField):
    """One area of a list, or none; the value is its id."""

    def __init__(self, label: Any, none: Any = None, **kwargs: Any) -> None:
        super().__init__(label, coerce=_number, **kwargs)
        self.none = none

    def offer(self, areas: Sequence[Area]) -> None:
        """Offer these areas, each with the one it lies in."""
        first = [("", self.none)] if self.none is not None else []
        self.choices = [*first, *((area.id, path_label(area)) for area in areas)]

    def pre_validate(self, form: object) -> None:
        """Only an offered area is one."""
        offered = [_number(value) for value, _label in self.choices or []]
        if self.data not in offered:
            raise ValidationError(_l("请从列表里选一个。"))


def path_label(area: Area) -> str:
    """An area with the one above it: '梨园街道 · 天图社区'."""
    return f"{area.parent.name} · {area.name}" if area.parent is not None else area.name
