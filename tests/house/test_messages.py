"""Messages of forms, refusals and letters are in the language of whoever reads them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.languages import DEFAULT, LANGUAGES
from foundation.db import db
from foundation.delivery import write_letter
from foundation.forms import Form, LineForm, say
from foundation.outbox import Message, list_messages
from tests.house.bare_text import WIDE
from tests.house.latin import Latin
from wishes.refusals import WishNotClaimable
from wishes.refusals.blocks import BelowNamed
from wishes.rules.life import STATE_LABELS, WishState

# Words do not depend on the database.
pytestmark = [
    pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("compiled"),
]
OTHERS = [language for language in LANGUAGES if language != DEFAULT]


class Line(LineForm):
    """One line, with a message of WTForms' own."""

    tool = StringField("tool", [InputRequired()])


class Sheet(Form):
    """Messages of WTForms' own, beside a line's."""

    name = StringField("name", [Length(max=2)])
    way = RadioField("way", choices=[SelectChoice("a", "a")])
    lines = FieldList(FormField(Line), min_entries=1)


@pytest.mark.parametrize(
    ("language", "own", "choice", "line"),
    [
        ("en", "Field cannot be longer than 2 characters.", "Not a valid choice.",
         "This field is required."),
        (DEFAULT, "字段长度不能超过 2 个字符。", "不是有效的选择。", "该字段是必填字段。"),
    ],
)  # fmt: skip
def test_messages_of_the_forms_library_follow_the_page(
    app: Flask, language: str, own: str, choice: str, line: str
) -> None:
    with app.test_request_context("/", method="POST"), force_locale(language):
        form = Sheet(MultiDict({"name": "long", "way": "b", "lines-0-tool": ""}))
        form.validate()
        assert form.errors["name"] == [own]
        assert form.errors["way"] == [choice]
        assert form.lines[0].errors == {"tool": [line]}


def test_a_refusal_with_a_label_and_a_list_is_whole_in_both_languages(app: Flask) -> None:
    closed = WishNotClaimable(state=STATE_LABELS[WishState.IN_SERVICE])
    named = BelowNamed(count=2, names=("Wu", "Li"))
    assert say(closed).startswith("这个心愿现在是“服务中”")
    assert "（Wu、Li）" in say(named)
    with force_locale("en"):
        assert say(closed).startswith("This wish is “In service” now")
        assert "(Wu, Li)" in say(named)


@pytest.mark.parametrize("language", OTHERS)
def test_every_letter_is_written_in_its_readers_language(
    app: Flask, latin: Latin, language: str
) -> None:
    letters = db.session.scalars(select(Message)).all()
    assert len({letter.kind for letter in letters}) >= 7
    for letter in letters:
        subject, text = write_letter(letter, language)
        assert not WIDE.search(subject + text), letter.kind
        assert WIDE.search(write_letter(letter, DEFAULT)[1]), letter.kind


def test_a_letter_writes_times_and_words_as_its_reader_does(app: Flask, latin: Latin) -> None:
    claimed = next(m for m in list_messages(latin.volunteer.id) if m.kind == "claimed")
    subject, text = write_letter(claimed, "en")
    assert subject == "Micro-Wish · Claimed: Winter coat"
    assert "28 Nov" in text
