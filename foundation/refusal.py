"""A refusal: the product says no, in a sentence that tells the person what to do next.

Raised by rules, policies and services; raising rolls the errand back. It holds a message id
and parameters only; the edge translates it into the person's language.
"""

from __future__ import annotations

from typing import ClassVar


class MessageId(str):
    """A sentence or a word that the edge translates, also when it is another one's parameter."""

    __slots__ = ()


def N_(message: str) -> MessageId:  # noqa: N802 - gettext's own name for "mark, do not translate yet"
    """Mark a message id for extraction without translating it here."""
    return MessageId(message)


LIST_MARK = N_("、")  # what stands between the words of a list


class Refusal(Exception):
    """Base of every named refusal.

    `sentence` is a gettext message id, `status` the HTTP status of the answer, `field` the
    form field it belongs to, when there is one. A parameter may be a tuple of words: a list.
    """

    sentence: ClassVar[str] = N_("这一步没有办成，请刷新页面后再试。")
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = None

    def __init__(self, **params: object) -> None:
        super().__init__(self.sentence)
        self.params = params

    def __str__(self) -> str:
        listed = {
            name: LIST_MARK.join(value) if isinstance(value, tuple) else value
            for name, value in self.params.items()
        }
        return self.sentence % listed if listed else self.sentence


class NotFound(Refusal):
    """The thing is not there, or not this person's to know of: both answer alike."""

    sentence = N_("没有找到这个页面。它可能已经撤下，或者链接不完整。")
    status = 404


class NotYours(Refusal):
    """The person is known, the thing is known to them, but the errand is not theirs."""

    sentence = N_("这件事不归您办，请找本社区的工作人员。")
    status = 403
