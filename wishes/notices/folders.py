"""What is told about an inspection folder to whoever asked for it."""

from __future__ import annotations

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import InspectionFolder


def tell_ready(folder: InspectionFolder) -> None:
    """The folder can be fetched."""
    _tell(
        folder, kind="folder_ready", subject=N_("迎检包做好了：%(area)s"),
        text=N_("%(first)s 到 %(last)s 的迎检包做好了，请在过期前下载。"),
    )  # fmt: skip


def tell_failed(folder: InspectionFolder) -> None:
    """The folder could not be made."""
    _tell(
        folder, kind="folder_failed", subject=N_("迎检包没做成：%(area)s"),
        text=N_("%(first)s 到 %(last)s 的迎检包没做成，请再做一次；还不行就分成几段做。"),
    )  # fmt: skip


def _tell(folder: InspectionFolder, *, kind: str, subject: str, text: str) -> None:
    params = {
        "area": folder.area.name,
        "first": folder.first_day.isoformat(),
        "last": folder.last_day.isoformat(),
    }
    path = f"/desk/{folder.area_id}/folders"
    tell([folder.asked_by_id], kind=kind, subject=subject, text=text, path=path, params=params)
