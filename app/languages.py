"""The reader's language and reading size: the account's choice, else the session's, else 中文."""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, has_request_context, session
from flask_babel import Babel
from flask_login import current_user

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
HTML_LANG = {"zh_Hans_CN": "zh-Hans", "en": "en"}
DEFAULT = "zh_Hans_CN"


class Reading(NamedTuple):
    """How this person reads: language, its HTML name, 长辈模式."""

    language: str
    html_lang: str
    elder: bool


def choose_language() -> str:
    """The language of this request."""
    if not has_request_context():
        return DEFAULT
    chosen = session.get("language")
    if chosen is None and current_user.is_authenticated:
        chosen = current_user.language
    return chosen if chosen in LANGUAGES else DEFAULT


def reading() -> Reading:
    """How the person of this request reads."""
    language = choose_language()
    elder = session.get("elder")
    if elder is None and current_user.is_authenticated:
        elder = current_user.elder_mode
    return Reading(language, HTML_LANG[language], bool(elder))


def init_languages(app: Flask) -> None:
    """Choose a language per request; tell the templates."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    app.config["LANGUAGES"] = LANGUAGES
    Babel(app, locale_selector=choose_language)
    app.context_processor(lambda: {"reading": reading(), "languages": LANGUAGES})
