"""The refusals of asks."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class AskNotFound(NotFound):
    """No such ask, or not one of this desk."""

    sentence = N_("没有找到这条诉求。请核对查询码，8 位，不分大小写。")


class TooManyAsks(Refusal):
    """Somebody without an account sends one ask after another."""

    sentence = N_("这一小时里已经提了好几条。请过一小时再提，急事请直接打社区电话。")
    status = 429


class ReasonMissing(Refusal):
    """A no, a return or a cancellation says why."""

    sentence = N_("请写一句原因，对方会看到。")
    status = 422
    field = "words"


class NotYourAsk(Refusal):
    """An ask that is accepted, answered or passed on by a community worker."""

    sentence = N_("受理、答复、退回和转办由社区工作者来办。您可以补充情况。")
    status = 403


class GridNotHere(Refusal):
    """A grid of another community."""

    sentence = N_("请选择本社区的网格。")
    status = 422
    field = "grid"


class WhomMissing(Refusal):
    """Passing on names who acts now."""

    sentence = N_("请写转给谁，例如“街道司法所”。")
    status = 422
    field = "to"


class EndsWithItsWish(Refusal):
    """An accepted ask is done when its wish is verified, not by hand."""

    sentence = N_("这条诉求已经写成心愿，心愿核实后会自动办结。")


class AskIsPrivate(Refusal):
    """The resident wants only the community to read it."""

    sentence = N_("居民只给社区看的诉求，照片不能公开。")
