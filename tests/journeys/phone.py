"""One person's browser: opens pages, taps, types, and looks hard at every page it lands on."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
PICTURES = os.environ.get("JOURNEY_PICTURES")
SHAPE = """innerWidth + location.pathname.replace(/[0-9]+/g, '#') + [...document.querySelectorAll(
  'body *')].map((e) => e.tagName + e.className + e.getAttribute('role') + e.getAttribute('alt')
  + e.getAttribute('aria-label')).join(' ')"""
SEEN: set[str] = set()
AXE_OPTIONS = {"resultTypes": ["violations"]}


class Phone:
    """A browser of one person, at one width. Each `look` checks the page as axe and we do."""

    def __init__(
        self, context: BrowserContext, base: str, owner: str, *, scripts: bool = True
    ) -> None:
        self.base = base
        self.scripts = scripts  # without them axe cannot run; its pages are seen with them too
        self.owner = owner
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self._pictures = 0

    def _hear(self, message: ConsoleMessage) -> None:
        expected = "Failed to load resource" in message.text and " 4" in message.text
        if message.type in ("error", "warning") and not expected:
            self.troubles.append(f"console: {message.text}")

    def open(self, path: str) -> Phone:
        """Go to a path of the product and look."""
        self.page.goto(self.base + path)
        return self.look()

    def tap(
        self, name: str, *, within: str | None = None, exact: bool = False, until: str = ""
    ) -> Phone:
        """Press the button or link with this name, then look at where it led.

        `until` waits for these words on the next page, where pictures travel before it comes:
        the old page may hold the same words, and what is typed into it then would be lost.
        """
        place: Any = self.page.locator(within).first if within else self.page
        target = place.get_by_role("button", name=name, exact=exact).or_(
            place.get_by_role("link", name=name, exact=exact)
        )
        if until:
            self.page.evaluate("document.body.dataset.old = ''")
        target.first.click()
        self.page.wait_for_load_state("load")
        if until:
            expect(self.page.locator("body:not([data-old])")).to_contain_text(until)
            self.page.wait_for_load_state("load")
        return self.look()

    def type(self, label: str, text: str) -> Phone:
        """Fill the field with this label."""
        self.field(label).fill(text)
        return self

    def choose(self, label: str, option: str) -> Phone:
        """Choose an option of the list with this label."""
        self.field(label).select_option(label=option)
        return self

    def tick(self, label: str) -> Phone:
        """Tick the box (or the radio) with this label."""
        self.page.get_by_label(label).first.check()
        return self

    def hand(self, label: str, files: list[Path]) -> Phone:
        """Put files into the file field with this label."""
        self.field(label).set_input_files([str(path) for path in files])
        return self

    def field(self, label: str) -> Locator:
        """The field to fill whose label begins so."""
        fields = self.page.locator("input:not([type=radio], [type=checkbox]), textarea, select")
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}")).and_(fields).first

    def sees(self, text: str | re.Pattern[str]) -> Phone:
        """The page says this."""
        expect(self.page.locator("body")).to_contain_text(text)
        return self

    def does_not_see(self, text: str) -> Phone:
        """The page does not say this."""
        expect(self.page.locator("body")).not_to_contain_text(text)
        return self

    def read(self, selector: str) -> str:
        """The text of the first element that fits."""
        return self.page.locator(selector).first.inner_text().strip()

    def look(self) -> Phone:
        """One h1 that begins the title, nothing scrolls sideways, axe and the console silent."""
        assert self.page.locator("h1").count() == 1, self.page.url
        heading = re.sub(r"\s+", " ", self.page.locator("h1").inner_text()).strip()
        assert self.page.title().startswith(heading), f"{self.page.title()} / {heading}"
        self._picture()
        self.fits()
        if self.scripts:
            self.ask_axe()
        assert self.troubles == [], self.troubles
        return self

    def fits(self) -> None:
        """Nothing scrolls sideways."""
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 1, f"{self.page.url} scrolls sideways by {wide} px"

    def ask_axe(self, dressed: str = "", rules: tuple[str, ...] = ()) -> None:
        """Ask axe about each shape of a page once: its tags and classes, without the words.

        `dressed` names what the shape does not show (dark colours, large type); `rules` are
        those of axe that may tell the difference then.
        """
        shape = self.page.evaluate(SHAPE) + dressed
        if shape in SEEN:
            return
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        options = {**AXE_OPTIONS, **({"runOnly": list(rules)} if rules else {})}
        found = self.page.evaluate(f"axe.run(document, {options})")["violations"]
        told = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]
        assert told == [], f"{self.page.url}: {told}"
        SEEN.add(shape)

    def _picture(self) -> None:
        if PICTURES:
            self._pictures += 1
            name = f"{self.owner}-{self._pictures:02d}.png"
            self.page.screenshot(path=str(Path(PICTURES) / name), full_page=True)
