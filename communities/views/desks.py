"""What the pages of a desk share: the desk of this person, or 404."""

from __future__ import annotations

from flask_login import current_user

from accounts.models import Area
from communities.policies import get_staff_desk, get_worker_desk


def my_desk(area_id: int) -> Area:
    """The community or grid where the signed-in person works. Raises AreaNotFound."""
    return get_staff_desk(current_user.id, area_id)


def my_worker_desk(area_id: int) -> Area:
    """The community where the signed-in person publishes. Raises AreaNotFound."""
    return get_worker_desk(current_user.id, area_id)
