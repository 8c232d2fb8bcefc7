"""迎检包: the worker makes one at a time, away from every request."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_babel import force_locale
from flask_babel import gettext as _

from communities.jobs.bulletin import write_bulletin
from communities.jobs.folder_words import moment, period
from communities.jobs.wish_paper import PaperOf
from communities.queries.register_lines import RegisterChoice, RegisterLine, list_lines
from communities.views.register_sheet import columns_of, row_of
from foundation import clock, media
from foundation.db import db
from foundation.documents import Paper
from foundation.sheets import Cell, write_sheet
from wishes.models import InspectionFolder, Wish
from wishes.queries.folders import list_names
from wishes.rules.folders import Mask, safe_name
from wishes.rules.life import STATE_LABELS
from wishes.services.folders import (
    finish_folder,
    forget_old_folders,
    give_back,
    note_progress,
    take_folder,
)

log = logging.getLogger(__name__)
REPORT_EVERY = 10  # wishes


class NotOurs(Exception):
    """Another worker took the folder over meanwhile: stop, and touch nothing."""


def make_folders(at: datetime) -> int:
    """Forget the old files, then make the next folder that waits; returns how many were made."""
    forget_old_folders(at)
    taken = take_folder(at=at)
    if not taken:
        return 0
    folder_id, attempt = taken
    try:
        return int(_make(folder_id, attempt))
    except NotOurs:
        log.warning("folder %s: another worker has it", folder_id)
        return 0
    except Exception:
        give_back(folder_id, attempt=attempt)
        raise


def _make(folder_id: int, attempt: int) -> bool:
    folder = db.session.get_one(InspectionFolder, folder_id)
    key = folder.storage_key
    with force_locale(folder.language), TemporaryDirectory(prefix="folder-") as place:
        path = Path(place) / "folder.zip"
        with zipfile.ZipFile(path, "w") as archive:  # documents and sheets are packed already
            _fill(archive, folder_id, attempt)
        media.save_file(path, key)
        return finish_folder(folder_id, attempt=attempt, size=path.stat().st_size)


def _fill(archive: zipfile.ZipFile, folder_id: int, attempt: int) -> None:
    folder = db.session.get_one(InspectionFolder, folder_id)
    root, masked = folder_name(folder), folder.masked
    lines = list_lines(
        folder.area_id, RegisterChoice(days=(folder.first_day, folder.last_day))
    )[::-1]  # fmt: skip
    names = list_names([line.wish_id for line in lines])
    everybody = Mask({name for some in names.values() for name in some}, on=masked)
    index, bulletin, register = _("0 目录"), _("1 工作简报"), _("2 台账")
    archive.writestr(f"{root}/{index}.docx", _write_index(folder, lines))
    archive.writestr(f"{root}/{bulletin}.docx", write_bulletin(folder, lines))
    archive.writestr(f"{root}/{register}.xlsx", _write_register(folder, lines, everybody))
    author = folder.area.name
    for done, line in enumerate(lines, start=1):
        wish = db.session.get_one(Wish, line.wish_id)
        mask = Mask(names.get(line.wish_id, ()), on=masked)
        path = f"{root}/{wish_folder()}/{wish_file(line)}"
        archive.writestr(path, PaperOf(wish, mask, author).write())
        if done % REPORT_EVERY == 0 or done == len(lines):
            _report(folder_id, attempt, done, len(lines))


def _report(folder_id: int, attempt: int, done: int, total: int) -> None:
    if not note_progress(folder_id, attempt=attempt, done=done, total=total):
        raise NotOurs


def folder_name(folder: InspectionFolder) -> str:
    """What the folder and its .zip are called."""
    days = period(folder.first_day, folder.last_day)
    return safe_name(_("%(area)s迎检包 %(days)s", area=folder.area.name, days=days), longest=80)


def wish_folder() -> str:
    """The folder of the wishes' documents."""
    return str(_("3 心愿"))


def wish_file(line: RegisterLine) -> str:
    """The name of one wish's document: its number keeps it apart from every other."""
    return f"{safe_name(f'{line.number:04d} {line.title}')}.docx"


def _write_index(folder: InspectionFolder, lines: Sequence[RegisterLine]) -> bytes:
    area = folder.area.name
    paper = Paper(_("%(area)s微心愿迎检包目录", area=area), author=area)
    hidden = _("姓名和电话已隐去，单位写全名；只放公开的照片")
    paper.facts([
        (_("社区"), area),
        (_("起止日期"), period(folder.first_day, folder.last_day)),
        (_("制作"), moment(clock.now())),
        (_("个人信息"), hidden if folder.masked else _("完整姓名，仅限本社区内部使用，请勿外传")),
        (_("心愿数"), str(len(lines))),
    ])  # fmt: skip
    paper.head(_("文件"))
    rows = [
        [f"{line.number:04d}", line.title, _(STATE_LABELS[line.state]), wish_file(line)]
        for line in lines
    ]
    paper.table([_("编号"), _("心愿内容"), _("状态"), _("文件")], rows)
    return paper.data()


def _write_register(
    folder: InspectionFolder, lines: Sequence[RegisterLine], mask: Mask
) -> bytes:  # fmt: skip
    """The sheet that the register page gives; original words only with full names."""
    own: list[str] = []
    if not folder.masked:
        own = list(dict.fromkeys(header for line in lines for header in line.original or {}))
    columns = [*columns_of(), *(_("原台账：%(header)s", header=header) for header in own)]
    rows: list[list[Cell]] = []
    for line in lines:
        takers = tuple((mask.maker(name), places) for name, places in line.claimed_by)
        words = row_of(replace(line, claimed_by=takers))
        rows.append([*words, *((line.original or {}).get(each) for each in own)])
    return write_sheet(columns, rows, _("%(area)s微心愿台账", area=folder.area.name))
