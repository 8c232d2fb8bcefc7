"""Where things may stand: one commit, no standard SQLite module, no inline script or style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    "app",
    "communities",
    "volunteers",
    "partner_units",
    "oversight",
    "wishes",
    "love_bank",
    "accounts",
    "foundation",
]


def sources() -> list[Path]:
    return [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_commit_stands_in_one_place() -> None:
    found = lines_with(r"\.commit\(", sources())
    assert {place.split(":")[0] for place in found} == {"foundation/db.py"}


def test_nothing_opens_the_file_with_the_standard_sqlite_module() -> None:
    assert (
        lines_with(r"^\s*(import|from) sqlite3", [*sources(), *(ROOT / "tests").rglob("*.py")])
        == []
    )


@pytest.mark.parametrize("pattern", [r"\sstyle=", r"\son[a-z]+=", r"<script(?![^>]*src=)"])
def test_templates_carry_no_inline_style_or_script(pattern: str) -> None:
    assert lines_with(pattern, list((ROOT / "templates").rglob("*.html"))) == []


def test_nothing_is_fetched_from_elsewhere_at_run_time() -> None:
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").glob("js/*.js")]
    assert lines_with(r"(src|href)=[\"']https?://|from [\"']https?://", pages) == []


def test_the_check_for_commits_catches_a_planted_one(tmp_path: Path) -> None:
    planted = tmp_path / "services.py"
    planted.write_text("def go(session):\n    session.commit()\n")
    assert re.search(r"\.commit\(", planted.read_text())
