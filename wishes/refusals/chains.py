"""Refusals of a pasted 接龙."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class ChainTooLong(Refusal):
    """More lines than are read in one go."""

    sentence = N_("一次最多读 %(most)s 行，请分几次粘贴。")
    field = "text"


class ChainNamesNobody(Refusal):
    """Nobody was chosen."""

    sentence = N_("还没有选中任何人。请在名单里给每个要登记的人选好账号。")


class ChainNamesTwice(Refusal):
    """One account was chosen for two lines."""

    sentence = N_("“%(name)s”被选了两次，请只留一行。")


class NotInThisStreet(Refusal):
    """The chosen account is no volunteer that this community knows."""

    sentence = N_("名单里有人已经不在可选的范围里，请重新粘贴一次。")


class ChainTooMany(Refusal):
    """The chosen people need more places than are left, so nobody was entered."""

    sentence = N_("还剩 %(left)s 个名额，选好的人一共要 %(wanted)s 个。请少选几位再提交。")


class ChainMeets(Refusal):
    """One person of the list has a claim already, so nobody was entered."""

    sentence = N_("%(name)s已经认领过了，名单还没有登记。去掉这一行再提交。")
