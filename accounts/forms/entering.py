"""Forms at the door: register, sign in, a new password."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from accounts.forms.fields import AreaField, ensure_contact, line, password, tidied
from foundation.forms import Form


class RegisterForm(Form):
    """A new account."""

    name = line(_l("姓名"), _l("请填真实姓名，志愿服务证明上要用。"))
    contact = StringField(
        _l("手机号或邮箱"),
        [DataRequired(_l("请填手机号或邮箱，登录要用。")), ensure_contact],
        filters=[tidied],
    )
    password = password(_l("设一个密码"))
    home_area = AreaField(_l("居住社区"), none=_l("暂不选"))
    is_party_member = BooleanField(_l("我是中共党员，同意让居住社区和所在单位看到"))
    terms = BooleanField(_l("我读过并同意用户约定和隐私说明"))


class SignInForm(Form):
    """Who are you."""

    identifier = StringField(
        _l("手机号或邮箱"),
        [
            DataRequired(_l("请填手机号或邮箱。")),
            Length(max=254, message=_l("请填手机号或邮箱。")),
        ],
        filters=[tidied],
    )
    password = password(_l("密码"))
    remember = BooleanField(_l("30 天内不用再登录（只在自己的手机上勾）"))


class ForgotForm(Form):
    """Where to send the link."""

    identifier = StringField(
        _l("手机号或邮箱"),
        [DataRequired(_l("请填注册时用的手机号或邮箱。")), Length(max=254)],
        filters=[tidied],
    )


class ResetForm(Form):
    """A new password by link."""

    password = password(_l("新密码"))


class PasswordForm(Form):
    """A new password for who knows the present one."""

    current = password(_l("现在的密码"))
    password = password(_l("新密码"))


def register_words(form: Any) -> dict[str, Any]:
    """What a registration form says, as the service takes it."""
    return {
        "contact": form.contact.data,
        "password": form.password.data,
        "agreed": form.terms.data,
        "home_area_id": form.home_area.data,
        "is_party_member": form.is_party_member.data,
    }
