"""What lies in an inspection folder: opened with the readers that an office's programs use."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.models import Area, User
from communities.jobs import folders as job
from communities.jobs.folders import make_folders
from foundation import clock, media
from foundation.db import db, transaction
from tests.makers import make_community, make_unit, make_volunteer, make_wish, make_worker
from tests.pictures import jpeg
from tests.served import make_attendance, make_served_wish, yesterday
from wishes.models import InspectionFolder, Photo, Wish
from wishes.rules.folders import FolderState
from wishes.rules.kinds import PhotoPurpose, WishKind
from wishes.rules.proof import Decision, Proof
from wishes.services.completing import verify
from wishes.services.folders import ask_folder
from wishes.services.photos import add_photos, keep_photos, make_public
from wishes.services.reporting import hand_in_report

SAID = "王小明换好了灯泡，家属电话 13812345678，3号楼2单元501室"


@dataclass
class Town:
    """A community with a verified service, an item and an unfinished service of yesterday."""

    community: Area
    worker: User
    wish_id: int


@pytest.fixture
def town(app: Flask) -> Town:
    community = make_community(name="天图社区")
    worker = make_worker(community=community, name="周敏")
    wish = make_served_wish(
        community=community, title='给老人换"灯泡"/和开关', created_by=worker, headcount=3
    )
    wish_id = wish.id
    make_attendance(wish, make_volunteer(name="王小明"))
    unit = make_unit(name="供电公司")
    roll = (Proof.ROLL_CALL, Proof.ROLL_CALL)
    make_attendance(wish, make_volunteer(name="李芳"), unit=unit, minutes=30, proofs=roll)
    _photos(wish_id, worker.id)
    hand_in_report(wish_id, actor_id=worker.id, text=SAID)
    second = make_worker(community=community, name="赵立")
    verify(wish_id, actor_id=second.id, decision=Decision.ACCEPTED)
    make_wish(
        community=community, kind=WishKind.ITEM, title="羽绒服", starts_at=yesterday(18),
        headcount=2, created_by=worker,
    )  # fmt: skip
    make_served_wish(community=community, title="陪聊", original={"备注": "找王小明"})
    return Town(community, worker, wish_id)


def _photos(wish_id: int, worker_id: int) -> None:
    uploads = [FileStorage(jpeg(turn=turn), filename="a.jpg") for turn in (0, 40)]
    with keep_photos(uploads) as kept:
        ids = add_photos(
            wish_id, actor_id=worker_id, photos=kept, purpose=PhotoPurpose.AFTER
        )  # fmt: skip
    make_public(ids[0], actor_id=worker_id)


def ask(town: Town, *, masked: bool = True, language: str = "zh_Hans_CN") -> int:
    on = clock.local_day(yesterday())
    return ask_folder(
        town.community.id, actor_id=town.worker.id, first=on, last=on, masked=masked,
        language=language,
    )  # fmt: skip


def fetch(folder_id: int) -> zipfile.ZipFile:
    """The folder that the worker made."""
    assert make_folders(clock.now()) == 1
    db.session.expire_all()
    folder = db.session.get_one(InspectionFolder, folder_id)
    assert folder.state == FolderState.READY
    assert (folder.done, folder.total) == (3, 3)
    with media.open_file(folder.storage_key) as file:
        data = file.read()
    assert folder.size == len(data)
    return zipfile.ZipFile(io.BytesIO(data))


def words(archive: zipfile.ZipFile, name: str) -> str:
    """All text of a document, paragraphs and tables."""
    path = next(each for each in archive.namelist() if name in each)
    paper = Document(io.BytesIO(archive.read(path)))
    cells = (cell.text for t in paper.tables for row in t.rows for cell in row.cells)
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


def pictures(archive: zipfile.ZipFile, name: str) -> int:
    path = next(each for each in archive.namelist() if name in each)
    return len(Document(io.BytesIO(archive.read(path))).inline_shapes)


def sheet(archive: zipfile.ZipFile) -> list[tuple[object, ...]]:
    path = next(each for each in archive.namelist() if each.endswith(".xlsx"))
    book = load_workbook(io.BytesIO(archive.read(path)))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_a_masked_folder_holds_every_wish_and_hides_who_they_were(town: Town) -> None:
    archive = fetch(ask(town))
    on = clock.local_day(yesterday()).isoformat()
    root = f"天图社区迎检包 {on} 至 {on}"
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        f"{root}/0 目录.docx", f"{root}/1 工作简报.docx", f"{root}/2 台账.xlsx",
        f"{root}/3 心愿/0001 给老人换 灯泡 和开关.docx", f"{root}/3 心愿/0002 羽绒服.docx",
        f"{root}/3 心愿/0003 陪聊.docx",
    ]  # fmt: skip
    text = words(archive, "0001")
    for told in ("第 0001 号", "已办结", "一网格", "供电公司", "王**", "李**", "周**", on,
                 "共记入 1:30", "扫码 1:00", "点名 0:30", "核实通过", "提交完成情况"):  # fmt: skip
        assert told in text, told
    everything = text + words(archive, "目录") + words(archive, "简报") + str(sheet(archive))
    for hidden in ("王小明", "李芳", "周敏", "赵立", "13812345678", "501", "找王小明"):
        assert hidden not in everything, hidden
    assert pictures(archive, "0001") == 1
    assert "羽绒服" in words(archive, "目录")


def test_a_full_folder_tells_names_evidence_and_original_words(town: Town) -> None:
    archive = fetch(ask(town, masked=False))
    text = words(archive, "0001")
    for told in ("王小明", "李芳", "赵立", SAID):
        assert told in text
    assert pictures(archive, "0001") == 2
    assert "请勿外传" in words(archive, "目录")
    header, *rows = sheet(archive)
    assert "找王小明" in {row[header.index("原台账：备注")] for row in rows}


def test_the_bulletin_and_the_register_say_the_same_sums(town: Town) -> None:
    archive = fetch(ask(town))
    text = words(archive, "简报")
    assert "发布微心愿 3 个，办结 1 个，2 人次到场服务，记入服务时长 1 小时 30 分" in text
    assert "供电公司" in text
    header, *rows = sheet(archive)
    assert len(rows) == 3
    came = [row[header.index("到场人数")] for row in rows]
    assert sum(int(str(number)) for number in came if number) == 2


def test_a_folder_is_in_the_language_of_whoever_asked(town: Town) -> None:
    archive = fetch(ask(town, language="en"))
    assert any("Index" in name for name in archive.namelist())
    assert "Verified" in words(archive, "0001")


def test_a_picture_that_is_gone_is_said_and_control_signs_do_no_harm(town: Town) -> None:
    with transaction() as session:
        wish = session.get_one(Wish, town.wish_id)
        wish.text = "坏\x0b字\ufffe符"
        shown = select(Photo.storage_key).where(Photo.wish_id == town.wish_id, Photo.is_public)
        media.delete(session.scalars(shown).one())
    text = words(fetch(ask(town)), "0001")
    assert "已经撤下" in text
    assert "坏" in text


def test_a_folder_that_breaks_is_tried_again_and_leaves_no_half(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_id = ask(town)

    def broken(*_args: object) -> bytes:
        raise RuntimeError("torn")

    with monkeypatch.context() as patch:
        patch.setattr(job, "write_bulletin", broken)
        with pytest.raises(RuntimeError, match="torn"):
            make_folders(clock.now())
    key = db.session.get_one(InspectionFolder, folder_id).storage_key
    with pytest.raises(media.FileMissing):
        media.open_file(key)
    assert fetch(folder_id).testzip() is None
