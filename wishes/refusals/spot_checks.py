"""The refusals of spot checks."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, NotYours, Refusal


class SpotCheckNotFound(NotFound):
    """No such draw, or no such line in it, at this desk."""

    sentence = N_("没有找到这次抽查。")


class MonthNotOver(Refusal):
    """A month is counted when it is over."""

    sentence = N_("%(month)s还没有过完，过完才能做。请选以前的月份。")
    status = 422
    field = "month"


class AlreadyDrawn(Refusal):
    """One draw a month: nobody draws until they like what comes."""

    sentence = N_("%(month)s已经抽过了。每个月只抽一次，请打开那一次的名单。")
    field = "month"


class AlreadyCalled(Refusal):
    """What a resident said is not written over."""

    sentence = N_("这一件已经有回访结果，不能再改。")


class CheckedByOwnHand(NotYours):
    """Whoever served, reported or verified it does not check it."""

    sentence = N_("您参与过这件心愿，请别的同事来回访。")


class WhatContradicts(Refusal):
    """A contradiction says what differs."""

    sentence = N_("请写明居民怎么说、和记录差在哪里。")
    status = 422
    field = "words"


class NothingToSettle(Refusal):
    """Only an open contradiction is settled, once."""

    sentence = N_("这一件没有要处理的，可能同事已经处理过了。")
