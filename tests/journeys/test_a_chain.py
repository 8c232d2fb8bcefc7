"""接龙: a wish goes to the chat group, the group's list comes back as claims."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_street, make_volunteer, make_wish, make_worker

PhoneOf = Callable[..., Phone]
LIST = """#接龙 微心愿：清扫楼道
周六上午，自带扫把

1. 韩喆
2、李想 +1
３．王芳 👍
4 这个周六我来不了大家去吧
5. 周不在
"""


@two_ways
@pytest.mark.journey
def test_a_list_from_the_chat_group_becomes_claims(phone_of: PhoneOf) -> None:
    community = make_community(name="梨园社区", street=make_street(name="梨园街道"))
    worker = make_worker(community=community)
    wish = make_wish(community=community, headcount=6, title="清扫楼道", created_by=worker)
    han = make_volunteer(name="韩喆", home=community)
    make_volunteer(name="李想", home=community)
    make_volunteer(name="王芳", home=community, phone="+8613900001111")
    make_volunteer(name="王芳", home=community, phone="+8613900002222")
    desk = phone_of("worker", worker)

    # Given one tap from the wish: words, link and code for the group
    desk.open(f"/desk/{community.id}/wishes/{wish.id}").tap("发到群里接龙")
    words = desk.page.locator("#chain-words").input_value()
    assert "清扫楼道" in words
    assert f"/wishes/{wish.id}" in words

    # When the group's list is pasted, each line is shown with whom it means
    desk.type("把群里的接龙粘贴到这里", LIST).tap("看预览")
    desk.sees("没看懂").sees("有重名").sees("没有叫这个名字的志愿者").sees("带 1 人")

    # And the worker says which 王芳; the others were found
    choice = desk.page.locator("select:visible").nth(2)
    choice.select_option(index=2)
    desk.tap("登记选好的人").sees("登记了 3 人").sees("韩喆").sees("李想").sees("王芳")

    # Then those people have their places, are told, and may withdraw
    phone = phone_of("volunteer", han).open("/notices").sees("接龙登记好了")
    phone.open("/mine").sees("清扫楼道")
