"""Importing: every row a draft with its own words, once."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from accounts.models import Area, User
from accounts.refusals import AreaNotFound
from communities.models import ImportRow
from communities.queries.register import list_earlier
from communities.refusals.register import (
    BatchNotFound,
    ColumnTwice,
    ContentMissing,
    NothingTicked,
    RowsImportedBefore,
)
from communities.rules.columns import Column
from communities.services.register import TakenIn, import_rows, set_columns, take_in
from foundation.db import db
from tests.makers import make_community, make_volunteer, make_worker
from wishes.models import PrivateDetails, Wish
from wishes.rules.life import WishState

REAL = Path(__file__).parents[2] / "app" / "demo" / "real_wishes.csv"


class Desk:
    """A worker at a community, with a file in hand."""

    def __init__(self) -> None:
        community: Area = make_community()
        worker: User = make_worker(community=community)
        self.area_id, self.worker_id = community.id, worker.id

    def bring(self, words: str | bytes, name: str = "台账.csv") -> TakenIn:
        data = words.encode() if isinstance(words, str) else words
        return take_in(self.area_id, actor_id=self.worker_id, data=data, filename=name)

    def commit(self, batch_id: int, lines: list[int], *, again: bool = False) -> list[int]:
        return import_rows(
            batch_id, actor_id=self.worker_id, area_id=self.area_id, lines=lines, again=again
        )


@pytest.fixture
def desk(app: Any) -> Desk:
    return Desk()


def wishes() -> int:
    return db.session.execute(select(func.count()).select_from(Wish)).scalar_one()


def test_all_71_real_rows_become_drafts_with_every_cell_kept(desk: Desk) -> None:
    batch_id, seen = desk.bring(REAL.read_bytes())
    made = desk.commit(batch_id, list(range(2, 73)))
    assert (len(made), seen) == (71, False)
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = db.session.execute(
        select(Wish.original, Wish.state).where(Wish.id.in_(made)).order_by(Wish.id)
    ).all()
    assert [original for original, _ in kept] == rows
    assert [list(original) for original, _ in kept] == [list(row) for row in rows]
    assert {state for _, state in kept} == {WishState.DRAFT}


def test_gb18030_is_read_like_utf_8(desk: Desk) -> None:
    words = "心愿内容,需要人数\n给𠮷田老师、喆喆换灯泡,２\n"
    (made,) = desk.commit(desk.bring(words.encode("gb18030")).batch_id, [2])
    wish = db.session.get_one(Wish, made)
    assert (wish.title, wish.headcount) == ("给𠮷田老师、喆喆换灯泡", 2)


def test_the_same_file_twice_is_the_same_batch(desk: Desk) -> None:
    first = desk.bring("心愿内容,人数\n陪诊,1\n")
    assert desk.bring("心愿内容,人数\n陪诊,1\n", "又一份.csv") == (first.batch_id, True)


def test_a_row_is_imported_once_unless_confirmed(desk: Desk) -> None:
    batch_id, _ = desk.bring("心愿内容,人数\n陪诊,1\n")
    other, _ = desk.bring("心愿内容,人数\n陪诊,1\n买菜,1\n")
    desk.commit(batch_id, [2])
    for same in (batch_id, other):
        with pytest.raises(RowsImportedBefore, match="第 2 行"):
            desk.commit(same, [2])
    assert wishes() == 1
    desk.commit(other, [2], again=True)
    assert wishes() == 2
    mark = (
        db.session.scalars(select(ImportRow.fingerprint).where(ImportRow.line == 2)).first() or ""
    )
    assert list_earlier(desk.area_id, [mark])[mark].number == 2


def test_a_row_without_a_wish_is_passed_over(desk: Desk) -> None:
    batch_id, _ = desk.bring("心愿内容,人数,地点\n,1,院里\n陪诊,1,院里\n")
    assert len(desk.commit(batch_id, [2, 3])) == 1


def test_refusals_say_what_to_do(desk: Desk) -> None:
    batch_id, _ = desk.bring("编号,备注\n1,陪诊\n2,买菜\n")
    with pytest.raises(NothingTicked):
        desk.commit(batch_id, [99])
    with pytest.raises(ContentMissing):
        desk.commit(batch_id, [2])
    with pytest.raises(ColumnTwice):
        set_columns(
            batch_id, actor_id=desk.worker_id, area_id=desk.area_id,
            columns=[Column.CONTENT, Column.CONTENT],
        )  # fmt: skip
    set_columns(
        batch_id, actor_id=desk.worker_id, area_id=desk.area_id,
        columns=[Column.KEPT, Column.CONTENT],
    )  # fmt: skip
    assert len(desk.commit(batch_id, [2, 3])) == 2


def test_another_community_neither_reads_nor_imports(desk: Desk) -> None:
    batch_id, _ = desk.bring("心愿内容,人数\n陪诊,1\n")
    elsewhere = Desk()
    with pytest.raises(BatchNotFound):
        elsewhere.commit(batch_id, [2])
    stranger = make_volunteer().id
    with pytest.raises(AreaNotFound):
        take_in(desk.area_id, actor_id=stranger, data=b"a,b\n", filename="a.csv")


def test_names_phones_and_doors_are_sealed_and_not_in_the_original_words(desk: Desk) -> None:
    words = io.StringIO()
    csv.writer(words).writerows(
        [("心愿内容", "姓名", "联系电话", "住址"), ("换灯泡", "张三", "13800000142", "3号楼502")]
    )
    (made,) = desk.commit(desk.bring(words.getvalue()).batch_id, [2])
    details = db.session.scalars(select(PrivateDetails)).one()
    assert (details.name, details.phone, details.door) == ("张三", "+8613800000142", "3号楼502")
    assert db.session.get_one(Wish, made).original == {"心愿内容": "换灯泡"}


def test_the_rows_lie_sealed_in_the_database(desk: Desk) -> None:
    desk.bring("心愿内容,姓名\n换灯泡,张三\n")
    raw = db.session.connection().exec_driver_sql("SELECT cells FROM import_row").scalar_one()
    assert "张三".encode() not in bytes(raw)
