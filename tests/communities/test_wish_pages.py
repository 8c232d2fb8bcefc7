"""Writing a wish at the desk: hostile input, drafts, publishing, a second tab."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation import clock
from foundation.db import db
from tests.communities.writing import Desk, desk, in_days, the_wish, words
from tests.stored import count
from wishes.models import PrivateDetails, ToolLine, Wish
from wishes.rules.life import WishState

__all__ = ["desk"]


class TestPublish:
    def test_a_phone_call_is_a_published_wish(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        answer = page.submit(words())
        assert "已发布" in answer.text
        wish = the_wish()
        assert (wish.state, wish.headcount, wish.number) == (WishState.OPEN, 2, 1)
        assert [tool.name for tool in wish.tools] == ["梯子", "螺丝刀"]
        assert db.session.scalars(select(PrivateDetails)).one().door == "3号楼2单元501"

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"headcount": "0"}, "至少填 1"),
            ({"headcount": "-1"}, "至少填 1"),
            ({"headcount": "−1"}, "至少填 1"),
            ({"headcount": "1.5"}, "请填整数"),
            ({"headcount": "若干"}, "请填整数"),
            ({"headcount": "10000"}, "最多 2000"),
            ({"headcount": "10,000"}, "最多 2000"),
            ({"title": "灯" * 5000}, "最多 60 个字"),
            ({"ends": "08:00"}, "结束时间要晚于开始时间"),
            ({"starts": "06:00", "ends": "22:00"}, "最长 12 小时"),
            ({"day": in_days(-1)}, "已经过去了"),
            ({"day": "下周六"}, "日期看不懂"),
            ({"phone": "123"}, "电话号码不对"),
            ({"title": "给3号楼独居老人换灯泡"}, "标题可以写成：给老人换灯泡"),
            ({"public_place": "3号楼2单元501"}, "公开的地点只写网格或集合点"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_nothing_is_lost(
        self, desk: Desk, wrong: dict[str, str], sentence: str
    ) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        answer = page.submit(words(text="够不着", **wrong), status=422)
        assert sentence in answer.text
        assert "够不着" in answer.text
        assert next(iter(wrong.values())) in answer.text
        assert count(Wish) == 0

    def test_everything_missing_is_listed_with_links(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        answer = page.submit({"publish": "1"}, status=422)
        for field in ("title", "day", "ends", "public_place", "headcount", "no_tools"):
            assert f'href="#{field}"' in answer.text

    def test_no_tools_is_an_answer(self, desk: Desk) -> None:
        page, path = desk
        blank = {"tools-0-name": "", "tools-1-name": "", "no_tools": "y"}
        page.get(f"{path}/wishes/new")
        page.submit(words(**blank))
        assert (the_wish().state, count(ToolLine)) == (WishState.OPEN, 0)

    def test_full_width_and_chinese_dates_are_read(self, desk: Desk) -> None:
        page, path = desk
        day = clock.local_day(clock.now()) + timedelta(days=3)
        page.get(f"{path}/wishes/new")
        page.submit(words(day=f"{day.year}年{day.month}月{day.day}日", starts="９：３０"))
        starts_at = the_wish().starts_at
        assert starts_at is not None
        assert f"{clock.local(starts_at):%H:%M}" == "09:30"

    def test_one_more_row_stores_nothing_and_keeps_the_words(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        more = words(add_tool="1", title="换灯泡")
        del more["publish"]
        answer = page.submit(more)
        assert 'name="tools-2-name"' in answer.text
        assert 'value="换灯泡"' in answer.text
        assert count(Wish) == 0

    def test_five_presses_of_one_form_are_one_wish(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        form = page.page
        for _press in range(5):
            page.submit(words(once="one-key"), follow=False, status=302)
            page.page = form
        assert count(Wish) == 1


class TestOneHousehold:
    def test_a_second_visit_that_day_is_shown_first_and_ticked(self, desk: Desk) -> None:
        page, path = desk
        page.get(f"{path}/wishes/new")
        page.submit(words(title="打扫屋子"))
        page.get(f"{path}/wishes/new")
        answer = page.submit(words(), status=409)
        assert "同一天已有同类的上门心愿" in answer.text
        assert "打扫屋子" in answer.text
        assert count(Wish) == 1
        assert "已发布" in page.submit({"door_seen": "y", "publish": "1"}).text
        assert count(Wish) == 2
