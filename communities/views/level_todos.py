"""今天要办的: presses to sign for, and what came down or came back through the levels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wishes.models import Press
from wishes.queries.presses import list_presses_to
from wishes.queries.referrals import Place
from wishes.rules.pressing import PressState
from wishes.views.referral_words import Line, groups_of, press_line


def list_presses_for(area_id: int) -> list[Press]:
    """Presses that nobody has signed for yet."""
    return list_presses_to(Place(area_id=area_id), [PressState.PRESSED])


def as_todos(area_id: int, make: Callable[..., Any], *, few: int) -> tuple[list[Any], list[Any]]:
    """(to sign for, to take on or confirm) as the things of the morning page."""
    pressed = [press_line(press) for press in list_presses_for(area_id)]
    moving = [line for group in groups_of(Place(area_id=area_id)) for line in group.lines]
    hot = [line for line in moving if not line.quiet]
    return [_todo(line, make) for line in pressed], [_todo(line, make) for line in hot[:few]]


def _todo(line: Line, make: Callable[..., Any]) -> Any:
    return make(
        title=line.title, note=f"{line.light_word} · {line.note}", url=line.url, late=line.late,
        link_url=line.url,
        link_label=line.link_label,
    )  # fmt: skip
