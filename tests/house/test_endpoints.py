"""Every page that code or a template names is there; so is every static file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.factory import ROOMS

ROOT = Path(__file__).resolve().parents[2]
ENDPOINT = re.compile(rf"""['"]((?:{"|".join(ROOMS)})\.(?!html)[a-z_]+)['"]""")
STATIC = re.compile(r"""url_for\(\s*['"]static['"],\s*filename=['"]([^'"]+)['"]\s*\)""")


def texts() -> Iterator[tuple[str, str]]:
    """Every template and every Python file of the rooms, as (path, text)."""
    yield from ((str(path), path.read_text()) for path in (ROOT / "templates").rglob("*.html"))
    for room in ("app", *ROOMS):
        yield from ((str(path), path.read_text()) for path in (ROOT / room).rglob("*.py"))


def missing(pattern: re.Pattern[str], known: set[str]) -> list[str]:
    return [
        f"{path}: {name}"
        for path, text in texts()
        for name in pattern.findall(text)
        if name not in known
    ]


def test_every_named_endpoint_is_a_page(app: Flask) -> None:
    assert missing(ENDPOINT, set(app.view_functions)) == []


def test_every_named_static_file_is_there() -> None:
    folder = ROOT / "static"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert missing(STATIC, files) == []


def test_an_unknown_endpoint_is_an_error_and_no_silent_link(app: Flask) -> None:
    assert app.url_build_error_handlers == []


@pytest.mark.parametrize("planted", ["url_for('wishes.nowhere')", 'link("accounts.nowhere")'])
def test_a_planted_endpoint_is_found(app: Flask, planted: str) -> None:
    assert not set(ENDPOINT.findall(planted)) <= set(app.view_functions)
