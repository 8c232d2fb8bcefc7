"""The book's refusals."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class AlreadyCredited(Refusal):
    """An attendance is credited once; a change goes through a correction."""

    sentence = N_("这次服务已经记过账了。要改，请用“更正”。")


class AlreadyReversed(Refusal):
    """A line is reversed at most once."""

    sentence = N_("这一笔已经更正过了，请看后面那一笔。")


class NothingToCredit(Refusal):
    """Zero minutes are not written."""

    sentence = N_("没有可以记的时长，请先补签退时间。")


class BookRefused(Refusal):
    """A correction would make the sum negative."""

    sentence = N_("更正后余额会小于零，请先处理已经兑换的部分。")
