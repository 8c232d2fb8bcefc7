"""Followers hear of an announcement: in the app, by mail those who asked for it."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.queries.following import Follower


def tell_announced(
    followers: Sequence[Follower],
    *,
    area_id: int,
    area_name: str,
    announcement_id: int,
    title: str,
    text: str,
) -> None:
    """One message each, leading to the announcement."""
    for by_mail in (True, False):
        tell(
            [each.user_id for each in followers if each.by_mail is by_mail],
            kind="announced",
            subject=N_("%(place)s公告：%(title)s"),
            text=N_("%(text)s"),
            path=f"/communities/{area_id}/announcements/{announcement_id}",
            params={"place": area_name, "title": title, "text": text},
            by_mail=by_mail,
        )
