"""The register's pages: upload, preview, correct, import, filter, export."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from accounts.models import Area, User
from tests.makers import make_community, make_grid, make_grid_worker, make_wish, make_worker
from tests.pages import PageClient
from wishes.rules.life import WishState

SignIn = Callable[[User], PageClient]
FILE = (
    "心愿内容,时间,地点,需要人数,所需工具\n"
    "换灯泡,长期,广场,若干,梯子\n"
    "陪诊,2026-12-01,,2,无\n"
    "合计,,,2,\n"
)


class Place:
    """A community's register open in a worker's browser."""

    def __init__(self, sign_in: SignIn) -> None:
        self.community: Area = make_community()
        self.worker = make_worker(community=self.community)
        self.url = f"/desk/{self.community.id}/register"
        self.client = sign_in(self.worker)

    def bring(self, data: bytes, name: str, *, status: int = 200) -> str:
        self.client.get(self.url)
        file = (io.BytesIO(data), name)
        return self.client.submit({"file": file}, status=status).text


@pytest.fixture
def place(app: Any, sign_in: SignIn) -> Place:
    return Place(sign_in)


def columns(*said: str) -> dict[str, str]:
    return {f"columns-{at}": column for at, column in enumerate(said)}


def excel(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_file_is_previewed_corrected_and_imported(place: Place) -> None:
    text = place.bring(FILE.encode(), "台账.csv")
    for words in ("换灯泡", "第 4 行是合计", "“长期”不是某一天", "人数（件数）先空着", "户外"):
        assert words in text
    text = place.client.submit(
        columns("content", "when", "", "people", "tools"), action="columns"
    ).text
    assert "按新的列重新读了一遍" in text
    assert "户外 ·" not in text
    text = place.client.submit({"lines": ["2", "3"]}).text
    assert "导入了 2 个心愿" in text
    assert text.count("已导入，第 000") == 2
    assert 'value="2" checked' not in text


def test_the_same_file_says_that_it_was_here(place: Place) -> None:
    place.bring(FILE.encode(), "台账.csv")
    assert "这份文件以前传过" in place.bring(FILE.encode(), "台账.csv")


def test_rows_imported_before_need_a_confirmation(place: Place) -> None:
    place.bring(FILE.encode(), "台账.csv")
    place.client.submit({"lines": ["2"]})
    text = place.client.submit({"lines": ["2"]}, status=409).text
    assert "第 2 行以前导入过" in text
    assert 'value="2" checked' in text
    assert "导入了 1 个" in place.client.submit({"lines": ["2"], "again": "y"}).text


@pytest.mark.parametrize("number", [str(10**30), str(2**62), "-1", "x"])
def test_a_page_far_behind_the_last_is_no_error(place: Place, number: str) -> None:
    place.bring(FILE.encode(), "台账.csv")
    assert place.client.response is not None
    batch = place.client.response.request.path
    place.client.get(batch, query_string={"page": number})


def test_nothing_ticked_is_said(place: Place) -> None:
    place.bring(FILE.encode(), "台账.csv")
    assert "请至少勾一行" in place.client.submit({"lines": []}, status=422).text


@pytest.mark.parametrize(
    ("data", "name", "words", "status"),
    [
        (b"hello", "a.xlsx", "不是能读的表格", 422),
        (b"PK\x03\x04 broken", "a.xlsx", "不是能读的表格", 422),
        (b"\xff\xd8\xff\xe0 photo", "a.csv", "不是能读的表格", 422),
        (b"\xd0\xcf\x11\xe0", "a.xls", "旧格式", 422),
        (b"\n\n", "a.csv", "没有内容", 422),
        ("心愿内容,人数\n" .encode() + b"a,1\n" * 5001, "a.csv", "超过 5000 行", 422),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_a_sentence(
    place: Place, data: bytes, name: str, words: str, status: int
) -> None:
    assert words in place.bring(data, name, status=status)


def test_an_empty_register_and_one_with_a_header_only(place: Place) -> None:
    assert "没有内容" in place.bring(excel([]), "空.xlsx", status=422)
    assert "没有可以导入的行" in place.bring(excel([["心愿内容", "人数"]]), "头.xlsx")


def test_columns_said_twice_are_refused_with_a_sentence(place: Place) -> None:
    place.bring(FILE.encode(), "台账.csv")
    twice = columns("content", "content", "", "", "")
    text = place.client.submit(twice, action="columns", status=422).text
    assert "选了两次" in text


def test_a_grid_worker_and_another_community_find_nothing(place: Place, sign_in: SignIn) -> None:
    grid_worker = make_grid_worker(grid=make_grid(community=place.community))
    for stranger in (grid_worker, make_worker(community=make_community())):
        for tail in ("", ".xlsx", "/1"):
            sign_in(stranger).get(place.url + tail, status=404)


def test_the_register_goes_out_as_a_sheet_with_the_original_words(place: Place) -> None:
    place.bring(FILE.encode(), "台账.csv")
    place.client.submit({"lines": ["2"]})
    make_wish(community=place.community, title="=1+1", state=WishState.OPEN)
    assert "换灯泡" in place.client.get(f"{place.url}?state=draft").text
    assert "换灯泡" not in place.client.get(f"{place.url}?state=open").text
    assert "换灯泡" not in place.client.get(f"{place.url}?month=2021-01").text
    body = place.client.get(f"{place.url}.xlsx?month=&state=").data
    rows = list(load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True))
    header = list(rows[0])
    titles = [row[header.index("心愿内容")] for row in rows[1:]]
    assert sorted(map(str, titles)) == ["=1+1", "换灯泡"]
    draft = rows[1 + titles.index("换灯泡")]
    assert draft[header.index("原台账：时间")] == "长期"
    assert draft[header.index("状态")] == "草稿"
