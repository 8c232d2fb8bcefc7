"""A new wish begins with the words of another: a copy, or one of the community's templates."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_login import current_user

from accounts.models import Area
from wishes.policies.wishes import ensure_may_write
from wishes.queries.completion import get_wish_under
from wishes.queries.series import get_template
from wishes.rules.kept_words import unpack
from wishes.rules.publishing import WishWords
from wishes.services.writing import words_of


def first_words(desk: Area) -> dict[str, Any]:
    """What the address asks to begin with: ?template= or ?copy=; nobody's name, door or day.

    Raises TemplateNotFound, WishNotFound.
    """
    template_id, wish_id = _number("template"), _number("copy")
    if template_id is not None:
        template = get_template(desk.id, template_id)
        hours = {"starts": template.begins, "ends": template.ends}
        return {**form_words(unpack(template.words)), **hours}
    if wish_id is not None:
        wish = get_wish_under(desk, wish_id)
        ensure_may_write(current_user.id, wish)
        return form_words(words_of(wish))
    return {}


def form_words(words: WishWords) -> dict[str, Any]:
    """Words as the form of a wish shows them, without a day."""
    return {
        "kind": str(words.kind),
        "title": words.title,
        "category": str(words.category),
        "text": words.text,
        "venue": str(words.venue),
        "grid": str(words.grid_id or ""),
        "public_place": words.public_place,
        "headcount": words.headcount,
        "tools": [
            {"name": tool.name, "quantity": tool.quantity, "provision": str(tool.provision)}
            for tool in words.tools
        ],
        "no_tools": words.tools_answered and not words.tools,
        "contact": str(words.contact_id or current_user.id),
    }


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
