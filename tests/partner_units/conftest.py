"""A unit, its coordinator, their desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import Organisation, User
from tests.makers import make_coordinator, make_unit
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]


@pytest.fixture
def unit(app: object) -> Organisation:
    """A partner unit."""
    return make_unit()


@pytest.fixture
def boss(unit: Organisation) -> User:
    """Its coordinator."""
    return make_coordinator(unit=unit)


@pytest.fixture
def desk(boss: User, sign_in: SignIn) -> PageClient:
    """The coordinator's browser."""
    return sign_in(boss)
