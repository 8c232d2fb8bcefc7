"""Behind our own proxies the visitor's address is theirs, not the proxy's; else headers lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, request

from app import create_app
from tests.conftest import SETTINGS


def address_seen(app: Flask) -> str:
    seen: list[str] = []
    app.before_request(lambda: seen.append(request.remote_addr or ""))
    forwarded = {"X-Forwarded-For": "203.0.113.7"}
    app.test_client().get("/static/icons/brand.svg", headers=forwarded).close()
    return seen[0]


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_a_forwarded_address_counts_only_behind_a_proxy(
    tmp_path: Path, proxies: int, address: str
) -> None:
    url = f"sqlite:///{tmp_path / 'none.sqlite3'}"
    app = create_app(
        {**SETTINGS, "INSTANCE_PATH": str(tmp_path), "SQLALCHEMY_DATABASE_URI": url,
         "PROXIES": proxies}
    )  # fmt: skip
    assert address_seen(app) == address
