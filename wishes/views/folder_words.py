"""Inspection folders as a desk lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from foundation import labels
from wishes.models import InspectionFolder
from wishes.rules.folders import FOLDER_STATE_LABELS, IN_THE_MAKING, FolderState
from wishes.rules.life import Light

LIGHTS = {
    FolderState.WAITING: Light.GREY,
    FolderState.RUNNING: Light.YELLOW,
    FolderState.READY: Light.GREEN,
    FolderState.FAILED: Light.RED,
    FolderState.EXPIRED: Light.GREY,
}


class FolderLine(NamedTuple):
    """One folder: `url` when it can be fetched."""

    title: str
    note: str
    light: Light
    state: str
    words: str
    url: str | None
    url_label: str


def folder_lines(folders: Iterable[InspectionFolder], *, named: bool = False) -> list[FolderLine]:
    """The lines of a list; `named` says whose folder each is."""
    return [_line(folder, named=named) for folder in folders]


def _line(folder: InspectionFolder, *, named: bool) -> FolderLine:
    days = _("%(first)s 至 %(last)s", first=folder.first_day, last=folder.last_day)
    title = _("%(area)s · %(days)s", area=folder.area.name, days=days) if named else days
    names = _("隐去姓名和电话") if folder.masked else _("完整姓名")
    who, at = folder.asked_by.name, labels.when(folder.asked_at)
    url, label = None, ""
    if folder.state == FolderState.READY:
        url = url_for("communities.folder_file", area_id=folder.area_id, folder_id=folder.id)
        label = _("下载（%(size)s）", size=labels.file_size(folder.size or 0))
    return FolderLine(
        title, _("%(names)s · %(who)s，%(at)s", names=names, who=who, at=at),
        LIGHTS[folder.state], _(FOLDER_STATE_LABELS[folder.state]), _words(folder), url, label,
    )  # fmt: skip


def _words(folder: InspectionFolder) -> str:
    if folder.state == FolderState.WAITING:
        return str(_("一分钟左右开始做，%(n)s 个心愿。", n=folder.total))
    if folder.state == FolderState.RUNNING:
        return str(_("做到第 %(done)s 个，共 %(n)s 个心愿。", done=folder.done, n=folder.total))
    if folder.state == FolderState.READY:
        until = labels.when(folder.expires_at)
        return str(_("%(n)s 个心愿，%(until)s 前可以下载。", n=folder.total, until=until))
    return str(_("需要的话，请再做一份。"))


def is_in_the_making(folders: Iterable[InspectionFolder]) -> bool:
    """Whether looking again makes sense."""
    return any(folder.state in IN_THE_MAKING for folder in folders)
