"""A unit's roster: a sheet is shown before it is kept, and a colleague joins by the unit's code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_coordinator, make_unit, make_volunteer

PhoneOf = Callable[..., Phone]
SHEET = """姓名,手机号,工号
韩喆,13900001111,A-7
欧阳𠮷祥,１３９００００２２２２,
,13900003333,
周远,139,B-9
"""


@two_ways
@pytest.mark.journey
def test_a_sheet_becomes_the_roster_and_a_colleague_joins(
    phone_of: PhoneOf, tmp_path: Path
) -> None:
    unit = make_unit(name="梨园街道卫生院", home=make_community(name="梨园社区"))
    desk = phone_of("coordinator", make_coordinator(unit=unit))
    sheet = tmp_path / "名册.csv"
    sheet.write_text(SHEET, encoding="utf-8")

    # Given a sheet with two good lines and two that lack something: it is shown, nothing is kept
    desk.open(f"/unit/{unit.id}/roster").sees("名册还是空的")
    desk.hand("名册表格", [sheet]).tap("看预览", until="韩喆")
    desk.sees("欧阳𠮷祥").sees("周远")
    desk.open(f"/unit/{unit.id}/roster").sees("名册还是空的")

    # When the coordinator keeps it, the good lines stand on the roster
    desk.hand("名册表格", [sheet]).tap("看预览", until="韩喆")
    desk.tap("导入这 2 人", within="main").sees("还没加入").sees("韩喆").does_not_see("周远")

    # Then a colleague with that number joins by the code the unit gave out
    code = unit.join_code
    colleague = phone_of("colleague", make_volunteer(name="韩喆", phone="+8613900001111"))
    colleague.open("/join").type("加入码", code).tap("加入", within="main")
    desk.open(f"/unit/{unit.id}/roster").sees("已加入")
