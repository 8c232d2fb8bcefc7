"""Forms about oneself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import Optional

from accounts.forms.fields import AreaField, ensure_email, ensure_our_phone, line, password, tidied
from foundation.forms import Form


class DetailsForm(Form):
    """Name and home."""

    name = line(_l("姓名"), _l("请填真实姓名，志愿服务证明上要用。"))
    home_area = AreaField(_l("居住社区"), none=_l("暂不选"))


class ContactForm(Form):
    """What one signs in with."""

    phone = StringField(_l("手机号"), [Optional(), ensure_our_phone], filters=[tidied])
    email = StringField(_l("邮箱"), [Optional(), ensure_email], filters=[tidied])
    current = password(_l("现在的密码"))


class PartyForm(Form):
    """党员身份: told or taken back."""

    is_member = BooleanField(_l("我是中共党员，同意让居住社区和所在单位看到"))
