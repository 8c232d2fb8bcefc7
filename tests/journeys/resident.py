"""What a resident does: asks, keeps the code, follows."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.phone import Phone


def asks(phone: Phone, community_id: int, *, title: str, grid: str, photo: Path) -> str:
    """Ask without an account; returns the follow code."""
    phone.open(f"/communities/{community_id}/ask")
    phone.type("想请人做什么", title).type("具体情况", "卧室灯坏了三天，晚上起身不便。")
    phone.choose("所在网格", grid).hand("照片", [photo])
    phone.type("怎么称呼", "陈奶奶").type("电话", "１３９ ００００ ８８８８")
    phone.tick("我同意社区用这些信息联系我")
    phone.tap("提交", within="main", until="您的查询码")
    return phone.read(".follow-digits")


def follows(phone: Phone, code: str) -> Phone:
    """Key in the code on the public page."""
    phone.open("/asks").type("查询码", code)
    phone.page.locator("main form button").first.click()
    phone.page.wait_for_load_state("load")
    return phone.look()
