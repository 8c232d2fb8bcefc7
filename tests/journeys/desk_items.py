"""What a worker does with a thing: wish for it, receive, check and hand it over."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from foundation import clock
from tests.journeys.phone import Phone


def publishes(phone: Phone, area_id: int, *, title: str, place: str, day: datetime) -> Phone:
    """Write an item wish for one piece and publish it."""
    phone.open(f"/desk/{area_id}/wishes/new").tap("要一样东西")
    phone.type("心愿标题", title).type("送到哪里", place).type("要几件", "1")
    phone.type("最晚哪天要", f"{clock.local(day):%Y-%m-%d}")
    return phone.tap("发布", within="main form .buttons", exact=True).sees("待认领")


def receives(phone: Phone, area_id: int, wish_id: int, *, pieces: int) -> Phone:
    """It came to the centre, and it is as wished."""
    phone.open(f"/desk/{area_id}/wishes/{wish_id}").tap("收、验、送")
    phone.type("收到几件", str(pieces)).tap("收到了").sees("请验收")
    return phone.tap(f"合格，{pieces} 件").sees("可以送了")


def hands_over(phone: Phone, *, receipt: Path) -> Phone:
    """The resident has it and signed; the page of the items is open."""
    phone.hand("签收照片", [receipt])
    return phone.tap("已送到居民手里", until="送达已记下")
