"""Who may do what where: asked by services, and by templates for the same button."""

from accounts.policies.desks import (
    DESK_ROLES,
    coordinates,
    ensure_coordinates,
    ensure_operator,
    ensure_works_at,
    get_desk,
    get_people_desk,
    has_post_at,
    is_operator,
    is_staff_of,
    works_at,
)
from accounts.policies.giving import (
    ensure_may_give,
    list_posts,
    may_confirm,
    may_give,
    may_hand_reset,
    may_take_back,
)

__all__ = [
    "DESK_ROLES",
    "coordinates",
    "ensure_coordinates",
    "ensure_may_give",
    "ensure_operator",
    "ensure_works_at",
    "get_desk",
    "get_people_desk",
    "has_post_at",
    "is_operator",
    "is_staff_of",
    "list_posts",
    "may_confirm",
    "may_give",
    "may_hand_reset",
    "may_take_back",
    "works_at",
]
