"""Refusals of block claims: a unit's number, its names, its pieces."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class NoMorePlaces(Refusal):
    """Every other place is taken by now."""

    sentence = N_("别的名额都有人了，还是 %(places)s 个，不能再加。")
    field = "places"


class FewerMorePlaces(Refusal):
    """Some places are free, but fewer than the larger number needs."""

    sentence = N_("现在最多能改到 %(most)s 个，请把数字改小再提交。")
    field = "places"


class BelowNamed(Refusal):
    """Names sit on the places that would go: whose, is for the unit to say."""

    sentence = N_("已经排了 %(count)s 人（%(names)s），请先撤下名字，再改少。")
    field = "places"


class AlreadyReceived(Refusal):
    """The community holds the things already."""

    sentence = N_("社区已经收到东西了，不能再改件数或退出。有出入请打电话给社区。")
