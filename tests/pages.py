"""A page client: fetches pages as a browser without scripts, and checks each of them."""

from __future__ import annotations

import contextvars
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from accounts.models import User
from foundation.db import db

FREE_OF_TOKENS = {"/language", "/reading"}  # a visitor's page is the same for every visitor
VOID = {"input", "img", "br", "meta", "link", "hr", "source", "use", "path", "circle", "rect"}


class Page(HTMLParser):
    """What the house check and the tests read of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.ids: Counter[str] = Counter()
        self.h1: list[str] = []
        self.title = ""
        self.labels: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.forms: list[dict[str, Any]] = []
        self.links: list[str] = []
        self._story: dict[str, str | None] | None = None
        self._inside: list[str] = []
        self._text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect ids, forms, controls, links."""
        found = dict(attrs)
        if found.get("id"):
            self.ids[str(found["id"])] += 1
        if tag in ("h1", "title"):
            self._inside.append(tag)
            self._text = []
        if tag == "label" and found.get("for"):
            self.labels.add(str(found["for"]))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag == "form":
            self.forms.append({**found, "controls": []})
        if tag in ("input", "select", "textarea", "button"):
            control = {**found, "tag": tag, "in_label": "1" if "label" in self._inside else None}
            self.controls.append(control)
            if self.forms:
                self.forms[-1]["controls"].append(control)
        if tag == "label":
            self._inside.append(tag)
        if tag == "option" and self.controls:
            self._choose(found)
        self._story = self.controls[-1] if tag == "textarea" else None

    def _choose(self, option: dict[str, str | None]) -> None:
        """A list sends its selected option, else its first, as a browser does."""
        chosen = self.controls[-1]
        if "selected" in option or "value" not in chosen:
            chosen["value"] = option.get("value")

    def handle_endtag(self, tag: str) -> None:
        """Close h1, title, label and textarea."""
        self._story = None
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
            words = re.sub(r"\s+", " ", "".join(self._text)).strip()
            if tag == "h1":
                self.h1.append(words)
            elif tag == "title" and not self.title:
                self.title = words

    def handle_data(self, data: str) -> None:
        """Keep the words of the h1, the title and a textarea."""
        if self._story is not None:
            self._story["value"] = data.removeprefix("\r\n").removeprefix("\n")
        if self._inside and self._inside[-1] in ("h1", "title"):
            self._text.append(data)


def house_check(html: str) -> Page:
    """One h1, a title that begins with it, no id twice, labels, CSRF and key on each POST form."""
    page = Page(html)
    assert len(page.h1) == 1, f"h1: {page.h1}"
    assert page.title.startswith(page.h1[0]), f"title {page.title!r} of h1 {page.h1[0]!r}"
    assert [name for name, count in page.ids.items() if count > 1] == [], "an id twice"
    assert " style=" not in html, "an inline style"
    for control in page.controls:
        kind = control.get("type") or ""
        if control["tag"] == "button" or kind in ("hidden", "submit"):
            continue
        named = control.get("id") in page.labels or control["in_label"] or control.get("aria-label")
        assert named or control.get("aria-labelledby"), f"no label: {control}"
    for form in page.forms:
        if str(form.get("method", "get")).lower() == "post":
            if form.get("action") in FREE_OF_TOKENS:
                continue
            names = {control.get("name") for control in form["controls"]}
            assert {"csrf_token", "once"} <= names, f"no CSRF token or key: {form.get('action')}"
    return page


class PageClient:
    """A browser of one person; `get` and `submit` check each page they see."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = app.test_client()
        self.page: Page | None = None
        self.response: TestResponse | None = None

    def signed_in_as(self, person: User) -> PageClient:
        """Put the person into the session, as a finished sign-in does."""
        session_id = person.get_id()
        with self.http.session_transaction() as session:
            session["_user_id"] = session_id
            session["_fresh"] = True
        return self

    def open(self, path: str, **kwargs: Any) -> TestResponse:
        """One request in a context of its own, as a server would give it."""
        db.session.rollback()
        response = contextvars.Context().run(self.http.open, path, **kwargs)
        db.session.rollback()
        db.session.expire_all()
        self.response = response
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303):
            self.page = house_check(response.text)
        return response

    def get(self, path: str, *, status: int = 200, **kwargs: Any) -> TestResponse:
        """Fetch a page and follow redirects."""
        response = self.open(path, follow_redirects=True, **kwargs)
        assert response.status_code == status, f"{path}: {response.status_code}\n{response.text}"
        return response

    def submit(
        self,
        words: dict[str, Any] | None = None,
        *,
        action: str | None = None,
        status: int = 200,
        follow: bool = True,
    ) -> TestResponse:
        """Send the form of the page that is open (the one with this action, else the last POST
        form in main), hidden fields and what stands in it included, changed by `words`."""
        assert self.page is not None, "get a page first"
        assert self.response is not None
        form = self._form(action)
        data = _filled(form)
        data.update(words or {})
        where = form.get("action") or self.response.request.full_path.rstrip("?")
        response = self.open(
            where, method="POST", data=data, follow_redirects=follow,
            content_type="multipart/form-data",
        )  # fmt: skip
        assert response.status_code == status, f"{where}: {response.status_code}\n{response.text}"
        return response

    def post(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """A bare POST with a fresh token and key, as a form that the page does not show."""
        token = self._token() or self._token_of_the_door()
        words = {"csrf_token": token, "once": f"bare-{id(object())}-{path}", **(data or {})}
        return self.open(path, method="POST", data=words, **kwargs)

    def _token(self) -> str | None:
        controls = self.page.controls if self.page else []
        return next((c["value"] for c in controls if c.get("name") == "csrf_token"), None)

    def _token_of_the_door(self) -> str | None:
        """A visitor's page may hold no form of its own; the one to sign in does."""
        self.get("/sign-in")
        return self._token()

    def _form(self, action: str | None) -> dict[str, Any]:
        assert self.page is not None
        posts = [f for f in self.page.forms if str(f.get("method", "")).lower() == "post"]
        if action is not None:
            return next(f for f in posts if action in str(f.get("action") or ""))
        header = ("preference", "menu")
        own = [f for f in posts if not str(f.get("class") or "").startswith(header)]
        return own[-1]


def _filled(form: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for control in form["controls"]:
        name, kind = control.get("name"), control.get("type")
        if not name or control["tag"] == "button" or kind in ("submit", "file"):
            continue
        if kind in ("checkbox", "radio") and "checked" not in control:
            continue
        data[name] = control.get("value") or ("y" if kind == "checkbox" else "")
    return data
