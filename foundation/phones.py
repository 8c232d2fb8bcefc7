"""Telephone numbers: one spelling in storage, a short one for people, a masked one for others."""

import re
import unicodedata

import phonenumbers

from foundation.refusal import N_, Refusal

HOME_REGION = "CN"
_OUR_MOBILE = re.compile(r"1[3-9]\d{9}")  # new ranges appear before any list knows them


class NotAPhone(Refusal):
    """The text is no telephone number that can be called."""

    sentence = N_("这个电话号码不对，请填 11 位手机号，或带区号的座机号。")
    status = 422


def find_phone(text: str) -> str | None:
    """The number as stored, '+8613800000142', or None when the text is no number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        number = phonenumbers.parse(plain, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    ours = number.country_code == 86 and _OUR_MOBILE.fullmatch(str(number.national_number))
    if number.extension or not (ours or phonenumbers.is_valid_number(number)):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_phone(text: str) -> bool:
    """May this text be taken as a telephone number?"""
    return find_phone(text) is not None


def normal_phone(text: str) -> str:
    """The number as stored, '+8613800000142'. Raises NotAPhone."""
    phone = find_phone(text)
    if phone is None:
        raise NotAPhone
    return phone


def _as_dialled(phone: str) -> str:
    number = phonenumbers.parse(phone, HOME_REGION)
    if number.country_code != 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if _OUR_MOBILE.fullmatch(str(number.national_number)):
        return str(number.national_number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def show_phone(phone: str) -> str:
    """A stored number as people dial it: '138 0000 0142', '0433 322 0000'."""
    dialled = _as_dialled(phone)
    if _OUR_MOBILE.fullmatch(dialled):
        return f"{dialled[:3]} {dialled[3:7]} {dialled[7:]}"
    return dialled


def mask_phone(phone: str) -> str:
    """A stored number for those who may not call it: '138****0142'."""
    digits = re.sub(r"\D", "", _as_dialled(phone))
    return f"{digits[:3]}****{digits[-4:]}"
