"""Who makes and changes a series; whose plan it is."""

from __future__ import annotations

from accounts.policies import works_at
from wishes.models import Series
from wishes.refusals.series import NotYourPlan, SeriesNotFound


def may_arrange(user_id: int, series: Series) -> bool:
    """A worker of the community, or of a level above."""
    return works_at(user_id, series.community_id)


def ensure_may_arrange(user_id: int, series: Series) -> None:
    """Raises SeriesNotFound for everybody else."""
    if not may_arrange(user_id, series):
        raise SeriesNotFound


def ensure_companion(user_id: int, series: Series) -> None:
    """Raises NotYourPlan unless the person claimed this long-term wish."""
    if series.claimant_id != user_id:
        raise NotYourPlan


def ensure_may_end(user_id: int, series: Series) -> None:
    """A worker, or the companion of a long-term wish. Raises SeriesNotFound."""
    if series.claimant_id != user_id:
        ensure_may_arrange(user_id, series)
