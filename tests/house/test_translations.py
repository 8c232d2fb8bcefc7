"""Every sentence goes through gettext, and every language has every sentence."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from foundation.refusal import LIST_MARK
from tests.house.bare_text import WIDE

ROOT = Path(__file__).resolve().parents[2]
BOOKS = sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))
LANGUAGES = [book.parts[-3] for book in BOOKS]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
# A word of the trade, or a word that must be typed as it is, beside its translation.
IN_BRACKETS = re.compile(r"[(“「]\w+[)”」]")
UNFINISHED = re.compile(r"FULL NAME|EMAIL@ADDRESS|ORGANIZATION|FIRST AUTHOR|LL@li\.org|VERSION$")

Id = str | tuple[str, ...]


def forms_of(words: Id | list[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ("",))


def read_book(text: str) -> Catalog:
    return read_po(io.BytesIO(text.encode()))


@pytest.fixture(scope="module")
def sentences() -> set[Id]:
    """What code and templates say, collected as `make translations` does, in memory."""
    words = re.search(r'--keywords "([^"]+)"', (ROOT / "bin/translations").read_text())
    assert words is not None
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(words[1].split())}
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, methods, options, keywords)
    return {message for _file, _line, message, _comments, _context in found}


@pytest.fixture(scope="module", params=BOOKS, ids=LANGUAGES)
def book(request: pytest.FixtureRequest) -> Catalog:
    return read_book(request.param.read_text())


def told_in(book: Catalog) -> list[Message]:
    return [message for message in book if message.id]


def missing_from(book: Catalog, sentences: Iterable[Id]) -> list[Id]:
    known = {message.id for message in told_in(book)}
    return sorted(set(sentences) - known, key=str)


def trouble_with(message: Message) -> str | None:
    """What is wrong with a translation, in a word."""
    sources, targets = forms_of(message.id), forms_of(message.string)
    if not all(targets):
        return "not translated"
    if message.fuzzy:
        return "fuzzy"
    wanted = set(PLACEHOLDER.findall(sources[0]))
    if any(set(PLACEHOLDER.findall(target)) != wanted for target in targets):
        return "other placeholders"
    if any("%" in PLACEHOLDER.sub("", target).replace("%%", "") for target in targets):
        return "a stray percent sign"
    if any(WIDE.search(IN_BRACKETS.sub("", target)) for target in targets):
        return "Chinese left over"
    if message.id != LIST_MARK and any(target != target.strip() for target in targets):
        return "spaces around it"
    return None


def test_english_is_there() -> None:
    assert "en" in LANGUAGES


def test_every_sentence_is_in_the_catalogue(book: Catalog, sentences: set[Id]) -> None:
    """A failure means: run `make translations` and translate what is new."""
    assert missing_from(book, sentences) == []


def test_the_catalogue_holds_nothing_that_nobody_says(book: Catalog, sentences: set[Id]) -> None:
    """A failure means: run `make translations`, it leaves out what is gone."""
    gone = [message.id for message in told_in(book) if message.id not in sentences]
    assert gone == []
    assert not book.obsolete


def test_every_translation_is_whole(book: Catalog) -> None:
    assert {m.id: trouble for m in told_in(book) if (trouble := trouble_with(m))} == {}


def test_the_header_is_filled_in_and_names_no_machine(book: Catalog) -> None:
    header = [f"{name}: {value}" for name, value in book.mime_headers]
    lines = [*header, *book.header_comment.splitlines()]
    assert [line for line in lines if UNFINISHED.search(line) or "/home" in line] == []
    places = {place for message in told_in(book) for place, _line in message.locations}
    assert [place for place in places if not (ROOT / place).is_file()] == []


def test_the_catalogue_compiles_and_answers(book: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, book)
    compiled.seek(0)
    answers = gettext.GNUTranslations(compiled)
    for message in told_in(book):
        assert answers.gettext(forms_of(message.id)[0]) == forms_of(message.string)[0]


@pytest.mark.parametrize(
    ("entry", "trouble"),
    [
        ('msgid "还差 %(n)s 人"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "认领"\nmsgstr "Claim"', "fuzzy"),
        ('msgid "还差 %(n)s 人"\nmsgstr "%(m)s more needed"', "other placeholders"),
        ('msgid "一半"\nmsgstr "50% of it"', "a stray percent sign"),
        ('msgid "双报到"\nmsgstr "register 双报到"', "Chinese left over"),
        ('msgid "姓名："\nmsgstr "Name："', "Chinese left over"),
        ('msgid "双报到"\nmsgstr "double registration (双报到)"', None),
    ],
)
def test_a_planted_fault_of_a_translation_is_found(entry: str, trouble: str | None) -> None:
    [message] = told_in(read_book(f'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n{entry}\n'))
    assert trouble_with(message) == trouble


def test_a_sentence_that_was_never_collected_is_found() -> None:
    book = read_book('msgid "认领"\nmsgstr "Claim"\n')
    assert missing_from(book, ["认领", "退出"]) == ["退出"]
