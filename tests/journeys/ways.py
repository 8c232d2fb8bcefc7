"""How a journey is gone: as a phone on one database, as a desktop on the other."""

from __future__ import annotations

import pytest

from tests.databases import DATABASES

two_ways = pytest.mark.parametrize(
    ("migrated_app", "width"),
    [(DATABASES[0], "phone"), (DATABASES[-1], "desktop")],
    indirect=True,
)
