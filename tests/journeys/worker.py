"""What staff do: complete, accept, publish, print, report, verify."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from foundation import clock
from tests.journeys.phone import Phone

Tool = tuple[str, str]


def completes(phone: Phone, area_id: int, *, title: str, door: str) -> None:
    """The grid worker adds what is missing."""
    phone.open(f"/desk/{area_id}/asks").tap(title)
    phone.tap("补充情况").type("门牌", door).type("给上门的人的提醒", "按门铃要等一会儿。")
    phone.tap("补充好了")


def accepts(phone: Phone, area_id: int, *, title: str) -> None:
    """The community worker makes a wish of an ask; the form of the wish is open afterwards."""
    phone.open(f"/desk/{area_id}/asks").tap(title).tap("受理，写成心愿")


def publishes(
    phone: Phone, *, venue: str, place: str, starts: datetime, ends: datetime, people: int,
    tools: list[Tool],
) -> None:  # fmt: skip
    """Fill in the open form of a wish and publish it."""
    phone.tick(venue).type("公开的地点", place)
    local, until = clock.local(starts), clock.local(ends)
    phone.type("日期", f"{local:%Y-%m-%d}")
    phone.type("开始", f"{local:%H:%M}").type("结束", f"{until:%H:%M}")
    phone.type("要几个人", str(people))
    for row, (name, who) in enumerate(tools):
        if not phone.page.locator(f"[name='tools-{row}-name']").count():
            phone.tap("再加一行")
        phone.page.locator(f"[name='tools-{row}-name']").fill(name)
        phone.page.locator(f"[name='tools-{row}-quantity']").fill("1")
        phone.page.locator(f"[name='tools-{row}-provision']").select_option(label=who)
    if not tools:
        phone.tick("不需要工具")
    phone.tap("发布", within="main form .buttons", exact=True).sees("待认领")


def prints_slip(phone: Phone, area_id: int, wish_id: int) -> tuple[str, str]:
    """Print the resident's slip; returns its codes (到达, 离开)."""
    phone.open(f"/desk/{area_id}/wishes/{wish_id}").tap("打印居民单")
    codes = phone.page.locator(".paper-code b").all_inner_texts()
    return codes[0], codes[1]


def reports(
    phone: Phone, area_id: int, wish_id: int, *, text: str, after: Path, before: Path | None = None
) -> None:
    """Hand in what was done, with pictures."""
    phone.open(f"/desk/{area_id}/wishes/{wish_id}").tap("提交完成")
    phone.type("做了什么", text).hand("服务后的照片", [after])
    if before:
        phone.hand("服务前的照片", [before])
    phone.tap("提交，等核实", until="提交于")


def verifies(phone: Phone, area_id: int, wish_id: int) -> None:
    """Say yes to a report; minutes go into the book."""
    accepts_report(phone, area_id, wish_id).sees("记入存折")


def accepts_report(phone: Phone, area_id: int, wish_id: int) -> Phone:
    """Press yes on the page of a report."""
    return phone.open(f"/desk/{area_id}/wishes/{wish_id}/verify").tap("核实通过")


def shows_picture(phone: Phone, area_id: int, wish_id: int) -> None:
    """Make the first picture of a wish public."""
    phone.open(f"/desk/{area_id}/wishes/{wish_id}/photos").tap("公开、用途")
    phone.tick("看过了").tap("公开这张照片").sees("已公开")
