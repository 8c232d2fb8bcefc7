"""The unit's desk as its coordinator, a stranger and a colleague see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from tests.makers import (
    make_colleague,
    make_coordinator,
    make_unit,
)
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
PAGES = ("", "/roster", "/coordinators", "/record")


@pytest.mark.parametrize("path", PAGES)
def test_a_coordinator_enters(path: str, sign_in: SignIn) -> None:
    unit = make_unit(name="延吉市第三职业学校后勤服务与社会实践指导中心" * 3)
    boss = make_coordinator(unit=unit)
    sign_in(boss).get(f"/unit/{unit.id}{path}")


@pytest.mark.parametrize("path", [*PAGES, "/record.xlsx", "/wishes/1/claim", "/claims/1"])
def test_a_foreign_coordinator_finds_nothing(path: str, sign_in: SignIn) -> None:
    unit, other = make_unit(), make_unit()
    sign_in(make_coordinator(unit=other)).get(f"/unit/{unit.id}{path}", status=404)


def test_a_colleague_is_no_coordinator(sign_in: SignIn) -> None:
    unit = make_unit()
    sign_in(make_colleague(unit=unit)).get(f"/unit/{unit.id}", status=404)
