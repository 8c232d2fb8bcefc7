"""Who may do what with an ask."""

from __future__ import annotations

from accounts.policies import works_at
from accounts.queries.areas import list_grids
from accounts.rules import AREA_ROLES
from wishes.models import Ask
from wishes.refusals.asks import AskNotFound, NotYourAsk


def may_decide(user_id: int, ask: Ask) -> bool:
    """Accept, answer, return and pass on: a worker of the community, or of a level above."""
    return works_at(user_id, ask.community_id)


def may_complete(user_id: int, ask: Ask) -> bool:
    """Add what is missing: those who decide, and the grid worker of the ask's own grid.

    An ask that is in no grid yet belongs to every grid worker of the community.
    """
    if works_at(user_id, ask.grid_id or ask.community_id, AREA_ROLES):
        return True
    if ask.grid_id is not None:
        return False
    return any(works_at(user_id, grid.id, AREA_ROLES) for grid in list_grids(ask.community_id))


def ensure_may_decide(user_id: int, ask: Ask) -> None:
    """Raises AskNotFound for strangers, NotYourAsk for a grid worker."""
    if not may_decide(user_id, ask):
        raise NotYourAsk if may_complete(user_id, ask) else AskNotFound


def ensure_may_complete(user_id: int, ask: Ask) -> None:
    """Raises AskNotFound for anybody who is not this ask's staff."""
    if not may_complete(user_id, ask):
        raise AskNotFound
