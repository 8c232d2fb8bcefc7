"""What the tests of languages share."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from tests.house.latin import Latin

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def compiled() -> None:
    """The catalogues as pages read them."""
    subprocess.run([ROOT / "bin/translations", "compile"], check=True)


@pytest.fixture
def latin(compiled: None, app: Flask) -> Iterator[Latin]:
    """A neighbourhood that writes Latin letters, on a Thursday morning."""
    with time_machine.travel(datetime(2026, 11, 26, 2, 0, tzinfo=UTC), tick=False):
        yield Latin()
