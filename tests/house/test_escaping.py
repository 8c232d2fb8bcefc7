"""What a person types is text: no page lets it become markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from markupsafe import escape

from tests.makers import make_coordinator, make_unit, make_wish
from tests.pages import PageClient
from wishes.models import Wish
from wishes.rules.kinds import Provision
from wishes.services.claiming import claim_for_unit

ROOT = Path(__file__).parents[2]
ROOMS = ("app", "accounts", "wishes", "communities", "volunteers", "partner_units", "oversight",
         "love_bank", "foundation")  # fmt: skip
RAW = re.compile(
    r"\|\s*safe\b|autoescape\s+false|\bMarkup\((?!\"\"\)|')"
    r"|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write"
)
DRAWN_BY_US = {
    "wishes/views/filters.py": "our own template",
    "wishes/views/cards.py": "our own macro",
    "foundation/links.py": "a QR code, holds no text",
}
MARKUP = "<img src=x onerror=alert(1)>"


def find_raw(text: str) -> bool:
    """Whether a file lets text through as markup."""
    return RAW.search(text) is not None


@pytest.mark.parametrize(
    "line",
    ["{{ wish.title | safe }}", "{% autoescape false %}", "Markup(text)", "box.innerHTML = words"],
)
def test_the_search_sees_a_hole(line: str) -> None:
    assert find_raw(line)


def test_no_text_passes_unescaped() -> None:
    files = [
        *ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/*.js"),
        *(file for room in ROOMS for file in ROOT.glob(f"{room}/**/*.py")),
    ]  # fmt: skip
    names = {str(file.relative_to(ROOT)) for file in files if find_raw(file.read_text())}
    assert names == set(DRAWN_BY_US)


def test_markup_in_a_wish_is_shown_as_it_was_typed(app: Flask, client: PageClient) -> None:
    wish: Wish = make_wish(
        title=f"换灯泡{MARKUP}", text=MARKUP, public_place=MARKUP, headcount=3,
        tools=[(f"梯子{MARKUP}"[:30], Provision.BRING)],
    )  # fmt: skip
    unit = make_unit(name=f"卫生院{MARKUP}")
    someone = make_coordinator(unit=unit)
    claim_for_unit(wish.id, organisation_id=unit.id, actor_id=someone.id, places=1)
    for path in ("/", f"/wishes/{wish.id}"):
        page = client.get(path).get_data(as_text=True)
        assert "<img src=x" not in page
        assert str(escape(MARKUP)) in page, path
