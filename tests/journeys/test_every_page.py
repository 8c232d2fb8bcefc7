"""A tour of every page, as whoever may open it: wide, narrow, very narrow, large type, in the dark.

The tour runs on one database (a page is drawn from the same rows on both, and each page's own tests
run on both), and looks at both widths in one visit.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.journeys.neighbourhood import Neighbourhood, make_neighbourhood
from tests.journeys.phone import Phone
from tests.journeys.stops import Stop, list_left_out, list_stops

PhoneOf = Callable[..., Phone]
# Words that are understood as they are.
NAMES = (
    r"Excel|xlsx|CSV|csv|PDF|JPG|JPEG|PNG|WebP|HEIC|HEIF|QR|MB|Cookie|English|TA|SHA|Word|docx|WPS"
)
ADDRESS = r"\S+@\S+|https?://\S+|\b[A-Z0-9]{4} ?[A-Z0-9]{4}\b|\bU\d+\b"  # mails, links, codes
FOREIGN = re.compile(r"[A-Za-z]{2,}")
SAID = """() => [document.title, document.body.innerText,
  ...[...document.querySelectorAll('[aria-label], [placeholder], [alt], [title]')].flatMap(
    (e) => ['aria-label', 'placeholder', 'alt', 'title'].map((name) => e.getAttribute(name) || ''))
].join('\\n')"""
POST_WITHOUT_TOKEN = """() => {
  const form = document.createElement('form');
  Object.assign(form, {method: 'post', action: '/sign-in'});
  document.body.append(form);
  form.submit();
}"""
GROUPS = {
    "visitor": ["visitor"],
    "volunteer": ["volunteer", "newcomer"],
    "coordinator": ["coordinator", "supervisor", "grid", "operator"],
    "worker": ["worker"],
    "wishes": ["staff"],
}
one_database = pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)
one_visit = pytest.mark.parametrize("width", ["desktop"], indirect=True)


@pytest.fixture
def town(app: Flask) -> Neighbourhood:
    """The neighbourhood of the tour."""
    return make_neighbourhood(app)


def address_of(app: Flask, stop: Stop) -> str:
    """The path of a stop; what its rule does not take becomes the query."""
    return app.url_map.bind("localhost").build(stop.endpoint, dict(stop.ids))


@one_database
def test_no_page_is_left_out_of_the_tour(app: Flask, town: Neighbourhood) -> None:
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    visited = {stop.endpoint for stop in list_stops(town) if stop.status == 200}
    assert pages - visited == list_left_out()


@one_database
@one_visit
@pytest.mark.journey
@pytest.mark.parametrize("group", list(GROUPS))
def test_every_page_is_in_order(
    app: Flask, town: Neighbourhood, phone_of: PhoneOf, group: str
) -> None:
    stops = list_stops(town)
    wrong: list[str] = []
    for who in GROUPS[group]:
        phone = phone_of(who, town.people.get("worker" if who == "staff" else who))
        for stop in (stop for stop in stops if stop.who == who):
            path = address_of(app, stop)
            try:
                visit(phone, path, status=stop.status)
            except AssertionError as trouble:
                wrong.append(f"{who} {path}: {trouble}")
                phone.troubles.clear()
    assert wrong == [], "\n".join(wrong)


@one_database
@one_visit
@pytest.mark.journey
def test_an_error_is_a_page_that_says_what_to_do(phone_of: PhoneOf) -> None:
    phone = phone_of("visitor")
    visit(phone, "/no-such-page", status=404)
    phone.sees("去心愿墙")
    phone.page.evaluate(POST_WITHOUT_TOKEN)
    phone.sees("刷新后再提交一次")
    look_in_every_dress(phone)


def visit(phone: Phone, path: str, *, status: int) -> None:
    """Open one page and look at it."""
    answer = phone.page.goto(phone.base + path)
    assert answer is not None
    assert answer.status == status, answer.status
    look_in_every_dress(phone)


def look_in_every_dress(phone: Phone) -> None:
    """Wide and narrow, in the dark, very narrow, in large type."""
    page = phone.page
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 900})
    phone.look()
    page.set_viewport_size({"width": 390, "height": 844})
    phone.fits()
    phone.ask_axe()
    page.emulate_media(color_scheme="dark")
    phone.ask_axe("dark", ("color-contrast",))
    page.set_viewport_size({"width": 360, "height": 780})
    phone.fits()
    page.evaluate("document.documentElement.setAttribute('data-elder', '')")
    phone.fits()
    page.set_viewport_size({"width": 390, "height": 844})
    phone.fits()
    page.emulate_media(color_scheme="light")
    phone.ask_axe("elder", ("color-contrast", "target-size", "scrollable-region-focusable"))
    assert foreign_words(page.evaluate(SAID)) == []


def foreign_words(text: str) -> list[str]:
    """Latin words on a Chinese page, but for names and addresses."""
    bare = re.sub(ADDRESS, " ", text)
    bare = re.sub(rf"(?<![A-Za-z])({NAMES})(?![A-Za-z])", " ", bare)
    return sorted(set(FOREIGN.findall(bare)))
