"""How a journey is gone: as a phone on one database, as a desktop on the other.

The first journey of all (`test_at_home.py`) is gone at both widths on both: what a width changes
is drawn by the browser, what a database changes is tested without one, so the others need two.
"""

from __future__ import annotations

import pytest

from tests.databases import DATABASES

two_ways = pytest.mark.parametrize(
    ("migrated_app", "width"),
    [(DATABASES[0], "phone"), (DATABASES[-1], "desktop")],
    indirect=True,
)
