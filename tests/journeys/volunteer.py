"""What a volunteer does: takes a place, checks in and out, reads the passbook."""

from __future__ import annotations

from tests.journeys.phone import Phone


def claims(phone: Phone, wish_id: int) -> None:
    """Take one place from the page of a wish."""
    phone.open(f"/wishes/{wish_id}").tap("我来，占 1 个名额").sees("您占了 1 个名额")


def keys_in(phone: Phone, digits: str, side: str) -> Phone:
    """Type the site's digits and press 到达 or 离开."""
    phone.open("/check-in").type("六位数字", digits)
    return phone.tap(side, within="main", exact=True)


def scans(phone: Phone, address: str, side: str) -> Phone:
    """Open what the QR says, as a phone's camera does, and press the button."""
    return phone.open(address).tap(side, within="main", exact=True)
