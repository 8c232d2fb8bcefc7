"""In another language than Chinese no page of ours shows Chinese; forms and letters follow."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from accounts.models import User
from app.languages import DEFAULT, HTML_LANG, LANGUAGES
from tests.house.bare_text import WIDE
from tests.house.latin import HEADERS, Latin
from tests.house.test_access import path_of, rules_of
from tests.house.test_translations import IN_BRACKETS
from tests.pages import PageClient

# Words do not depend on the database.
pytestmark = pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)
ROOT = Path(__file__).resolve().parents[2]
OTHERS = [language for language in LANGUAGES if language != DEFAULT]
SPOKEN = ("title", "alt", "aria-label", "placeholder", "label")  # attributes that people meet
# Which endpoints each person opens; a page of one wish shows the one in the right state.
DESKS = {
    "stranger": ("wishes.", "accounts.", "communities."),
    "volunteer": ("wishes.", "volunteers.", "accounts.", "partner_units.join"),
    "worker": ("communities.", "accounts.people", "accounts.invit", "accounts.end_membership"),
    "coordinator": ("partner_units.", "wishes.wish_page"),
    "supervisor": ("oversight.", "communities.verif", "accounts.people"),
    "operator": ("accounts.areas", "accounts.new", "accounts.change_area"),
}
STAGES = {
    "communities.edit_wish": "draft", "communities.items": "item", "communities.report": "served",
    "communities.verify": "reported", "communities.photos": "served",
    "communities.photo": "served", "communities.blur": "served",
    "communities.day_sheet": "served", "communities.paper_entry": "served",
    "volunteers.hand_in_photo": "served", "partner_units.claim": "free",
}  # fmt: skip


class Words(HTMLParser):
    """What a person reads or hears of a page, and the language it says it is in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.lang: str | None = None
        self._foreign = False  # inside <code lang=…>: a name that is written as it stands
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the attributes that people meet, and what buttons are called."""
        if tag == "html":
            self.lang = dict(attrs).get("lang")
        self._foreign = tag == "code" and "lang" in dict(attrs)
        self.said += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_data(self, data: str) -> None:
        """Collect what is written."""
        if not self._foreign:
            self.said.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        """The foreign name is over."""
        self._foreign = False


def chinese_in(html: str) -> list[str]:
    """What is Chinese, but for 中文 itself, words in brackets and a register's own headers."""
    fine = re.compile(rf"中文|{IN_BRACKETS.pattern}|{'|'.join(HEADERS)}")
    return [text for text in Words(html).said if WIDE.search(fine.sub("", text))]


def reader(app: Flask, language: str, person: User | None) -> PageClient:
    client = PageClient(app).signed_in_as(person) if person else PageClient(app)
    with client.http.session_transaction() as session:
        session["language"] = language
    return client


def open_desk(app: Flask, latin: Latin, who: str, language: str) -> dict[str, str]:
    """Every page that this person can open, by its endpoint."""
    person = getattr(latin, who, None)
    client, pages = reader(app, language, person), {}
    for rule in rules_of(app, "GET"):
        if not rule.endpoint.startswith(DESKS[who]):
            continue
        ids = {**latin.ids, "wish_id": latin.wishes[STAGES.get(rule.endpoint, "taken")]}
        if rule.endpoint.startswith("oversight."):
            ids["area_id"] = latin.street.id
        answer = client.open(path_of(app, rule, **ids))
        if answer.mimetype == "text/html" and answer.status_code == 200:
            pages[rule.endpoint] = answer.text
    return pages


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("who", "least"), [
    ("stranger", 14), ("volunteer", 16), ("worker", 30), ("coordinator", 8), ("supervisor", 4),
    ("operator", 4),
])  # fmt: skip
def test_no_page_shows_chinese(
    app: Flask, latin: Latin, who: str, least: int, language: str
) -> None:
    pages = open_desk(app, latin, who, language)
    assert len(pages) >= least, sorted(pages)
    assert {name: found for name, html in pages.items() if (found := chinese_in(html))} == {}
    assert {Words(html).lang for html in pages.values()} == {HTML_LANG[language]}


def test_chinese_on_a_page_is_found(app: Flask, latin: Latin) -> None:
    """The very pages above, in Chinese: the check has something to find on each of them."""
    pages = open_desk(app, latin, "coordinator", DEFAULT)
    assert [name for name, html in pages.items() if not chinese_in(html)] == []
    assert {Words(html).lang for html in pages.values()} == {"zh-Hans"}
    assert chinese_in('<a title="心愿">x</a>') == ["心愿"]
    assert chinese_in("<b>中文</b> double registration (双报到)") == []
    assert chinese_in('<code lang="zh-Hans">月份</code> the month') == []
    assert chinese_in('<code lang="zh-Hans">月份</code>月份') == ["月份"]


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_wrongly_is_said_in_the_language(
    app: Flask, latin: Latin, language: str
) -> None:
    area = latin.home.id
    wrong = {
        "/sign-in": {"who": "?", "password": ""},
        "/register": {"name": "", "password": "1"},
        f"/communities/{area}/ask": {"title": "", "phone": "12"},
        f"/desk/{area}/wishes/new": {"headcount": "x", "day": "x", "tools-0-quantity": "x"},
        f"/desk/{area}/page": {"numbers-0-label": "Clinic", "numbers-0-phone": "x" * 99},
    }
    client = reader(app, language, latin.worker)
    visitor = reader(app, language, None)
    for path, words in wrong.items():
        browser = client if path.startswith("/desk") else visitor
        browser.get(path)
        refused = browser.submit(words, status=422)
        assert "error" in refused.text, path
        assert chinese_in(refused.text) == [], path


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_that_is_not_there_says_so_in_the_language(app: Flask, language: str) -> None:
    assert chinese_in(reader(app, language, None).get("/nowhere", status=404).text) == []
