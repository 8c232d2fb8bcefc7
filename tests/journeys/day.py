"""What a worker does on the day: the screen at the door, the roll call, the forgotten check-out."""

from __future__ import annotations

import re
from typing import NamedTuple

from foundation.links import draw_qr
from tests.journeys.phone import Phone

READ_GATE = """() => [
  document.querySelector('.gate-digits b').innerText,
  document.querySelector('.gate-qr svg').outerHTML,
]"""


class Code(NamedTuple):
    """What the screen shows at one moment."""

    digits: str
    address: str


def shows_code(screen: Phone, area_id: int, wish_id: int) -> Code:
    """Put the rotating code on the community's screen; the QR says the same as the digits."""
    screen.open(f"/desk/{area_id}/wishes/{wish_id}/gate")
    shown, drawing = screen.page.evaluate(READ_GATE)
    digits = re.sub(r"\D", "", shown)
    address = f"/c/{wish_id}/{digits}"
    dark = re.findall(r'<path[^>]* d="([^"]+)"', draw_qr(screen.base + address))[-1]
    assert dark in drawing, "the QR is not the address of the digits"
    return Code(digits, address)


def marks(phone: Phone, area_id: int, wish_id: int, *, names: list[str], what: str) -> Phone:
    """Tick people on the day sheet and press one button (点名)."""
    phone.open(f"/desk/{area_id}/wishes/{wish_id}/attendance")
    for name in names:
        phone.tick(name)
    return phone.tap(what, within="body", exact=True)


def enters_leaving(phone: Phone, area_id: int, wish_id: int, *, name: str, clock: str) -> Phone:
    """Write down when somebody left who forgot to check out."""
    phone.open(f"/desk/{area_id}/wishes/{wish_id}/attendance/paper")
    phone.type(f"{name}：离开", clock)
    return phone.tap("记下来")
