"""Who may have which inspection folder."""

from __future__ import annotations

from accounts.policies.desks import has_post_at
from wishes.models import InspectionFolder
from wishes.refusals.folders import FolderNotFound, FullNotYours


def may_have_full(user_id: int, community_id: int) -> bool:
    """Whether the person may have names in full: a post at this very community."""
    return has_post_at(user_id, community_id)


def ensure_may_ask(user_id: int, community_id: int, *, masked: bool) -> None:
    """Raises FullNotYours."""
    if not masked and not may_have_full(user_id, community_id):
        raise FullNotYours


def ensure_may_have(user_id: int, folder: InspectionFolder) -> None:
    """Raises FolderNotFound for a folder in full that is not the person's own community's."""
    if not folder.masked and not may_have_full(user_id, folder.area_id):
        raise FolderNotFound
