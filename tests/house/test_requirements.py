"""The locked lists are complete, nested and name no host."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
LISTS = ["bootstrap", "run", "scale", "test"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
WANTED = re.compile(r"^([a-z0-9][a-z0-9._-]*)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((REQUIREMENTS / f"{name}.txt").read_text()))


@pytest.mark.parametrize("name", LISTS)
def test_every_pin_has_a_hash(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_lock_names_a_host_or_a_path(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text()
    assert re.findall(r"://|index-url|find-links", text) == []


@pytest.mark.parametrize("name", LISTS)
def test_everything_asked_for_is_locked(name: str) -> None:
    asked = WANTED.findall((REQUIREMENTS / f"{name}.in").read_text())
    assert set(asked) <= set(pins(name)), f"run `make lock`: {set(asked) - set(pins(name))}"


@pytest.mark.parametrize(("smaller", "larger"), [("run", "scale"), ("scale", "test")])
def test_the_larger_list_holds_the_smaller_at_the_same_versions(smaller: str, larger: str) -> None:
    assert pins(smaller).items() <= pins(larger).items()
