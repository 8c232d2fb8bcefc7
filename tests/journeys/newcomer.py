"""What somebody does who comes in: registers, signs in and out, follows the link of a letter."""

from __future__ import annotations

import re

from tests.journeys.phone import Phone
from tests.journeys.post_office import PostOffice


def fills_in(phone: Phone, *, name: str, contact: str, password: str, home: str) -> Phone:
    """Fill in the open form of a new account; consent is another tick."""
    phone.type("姓名", name).type("手机号或邮箱", contact).type("设一个密码", password)
    return phone.choose("居住社区", home)


def agrees(phone: Phone) -> Phone:
    """Agree to the terms."""
    return phone.tick("我读过并同意用户约定和隐私说明")


def signs_in(phone: Phone, *, contact: str, password: str) -> Phone:
    """Fill in the sign-in page and press its button."""
    phone.open("/sign-in").type("手机号或邮箱", contact).type("密码", password)
    return phone.tap("登录", within="main", exact=True)


def adds_address(phone: Phone, *, email: str, password: str) -> Phone:
    """Leave a mail address with the account."""
    phone.open("/me/contact").type("邮箱", email).type("现在的密码", password)
    return phone.tap("保存")


def link_in_letter(office: PostOffice, address: str, path: str) -> str:
    """The path of the link in the newest letter to an address."""
    letter = next(letter for to, letter in reversed(office.letters) if to == address)
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(rf"https?://[^\s/]+({path}\S+)", body.get_content())
    assert found, body.get_content()
    return found[1]
