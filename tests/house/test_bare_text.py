"""No Chinese text reaches a person past gettext; what is no text for people gives its reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.bare_text import Found, bare_in_python, bare_in_template, translated_at_import
from tests.house.test_commits import ROOT, sources

# Chinese that is read, not said: the words of people's registers, of typed dates, of doors.
PYTHON: dict[str, str] = {
    "app/demo/": "the invented neighbourhood is data",
    "app/parts_page.py": "samples on the page of parts, which only builders see",
    "app/languages.py": "a language is called by its own name",
    "app/commands/create_admin.py": "help of a command, in both languages at once",
    "app/commands/seed_demo.py": "help of a command, in both languages at once",
    "communities/forms/fields.py": "how days, times and numbers are typed",
    "communities/rules/amounts.py": "how registers write amounts and tools",
    "communities/rules/batches.py": "totals of registers; what stands for a removed number",
    "communities/rules/columns.py": "headers of registers; the kept name of an unnamed column",
    "communities/rules/moments.py": "how registers write times",
    "communities/rules/numerals.py": "numerals",
    "communities/rules/resident_rows.py": "headers and words of lists of residents",
    "communities/rules/rows.py": "how registers write categories and places",
    "foundation/labels.py": "the pattern of a Chinese date is data of that language",
    "foundation/sealed.py": "how doors are written",
    "foundation/sheet_reading.py": "what a sheet's true and false are called in a register",
    "partner_units/rules/roster_rows.py": "headers of rosters",
    "wishes/rules/chains.py": "how chat groups write their lists",
    "wishes/rules/caring.py": "words that tell of a risk",
    "wishes/rules/wording.py": "words that give a home away",
}
TEMPLATES: dict[tuple[str, str], str] = {
    ("parts/header.html", "中文"): "a language is called by its own name",
    ("volunteers/claim_names.html", "＊"): "the mask over a name, in every language",
}
PAGE_OF_PARTS = "parts.html"  # shows samples to builders


def past_gettext(find: Callable[[str], list[Found]], paths: list[Path]) -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(ROOT)), text)
        for path in paths
        for _line, text in find(path.read_text())
    ]


def test_no_python_text_passes_gettext_by() -> None:
    found = past_gettext(bare_in_python, sources())
    assert [(path, text) for path, text in found if not path.startswith(tuple(PYTHON))] == []


def test_no_template_text_passes_gettext_by() -> None:
    pages = [page for page in (ROOT / "templates").rglob("*.*") if page.name != PAGE_OF_PARTS]
    found = past_gettext(bare_in_template, pages)
    named = [(path.removeprefix("templates/"), text) for path, text in found]
    assert [each for each in named if each not in TEMPLATES] == []


def test_every_exception_is_still_needed() -> None:
    found = [path for path, _text in past_gettext(bare_in_python, sources())]
    assert [known for known in PYTHON if not any(path.startswith(known) for path in found)] == []


def test_nothing_is_translated_while_a_module_is_read() -> None:
    found = {str(path): translated_at_import(path.read_text()) for path in sources()}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "planted",
    [
        'flash("认领好了")',
        'sentence = f"还差 {n} 人"',
        '_(f"还差 {n} 人")',
        'names = "、".join(parts)',
        'label = {"a": "认领"}["a"]',
    ],
)
def test_a_bare_text_in_python_is_found(planted: str) -> None:
    assert bare_in_python(planted)
    assert not bare_in_python('"""说明。"""\nflash(_("认领好了"))  # 认领\nSTATE = N_("已满")')


@pytest.mark.parametrize(
    "planted",
    [
        "<p>认领</p>",
        "{{ '认领' }}",
        "{{ names|join('、') }}",
        "{{ _('认领') }}：",
        "<a title='认领'>",
    ],
)
def test_a_bare_text_in_a_template_is_found(planted: str) -> None:
    assert bare_in_template(planted)
    assert not bare_in_template("{# 认领 #}<p>{{ _('认领') }} {{ name }}</p>")


@pytest.mark.parametrize("planted", ['LABEL = _("认领")', 'def f(a=gettext("认领")): ...'])
def test_a_text_translated_too_early_is_found(planted: str) -> None:
    assert translated_at_import(planted)
    assert not translated_at_import('LABEL = _l("认领")\ndef f():\n    return _("认领")')
