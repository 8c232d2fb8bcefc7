"""Refusals of the line for a place."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class PlacesAreFree(Refusal):
    """Nobody waits where there is a place."""

    sentence = N_("现在有名额，不用候补，直接认领就行。")


class MoreThanThereAre(Refusal):
    """Waiting for more places than the wish has would be waiting for ever."""

    sentence = N_("这个心愿一共只有 %(most)s 个名额，请把人数改小。")
    status = 422
    field = "places"


class AlreadyInLine(Refusal):
    """One live turn per person, and per unit."""

    sentence = N_("已经在候补里了，有名额会马上通知。")


class OnItAlready(Refusal):
    """Whoever holds places does not wait for others."""

    sentence = N_("已经认领了这个心愿，不用再候补。")


class NotInLine(NotFound):
    """No such turn, or somebody else's."""

    sentence = N_("没有找到这次候补，可能已经退出，或者名额已经让给了别人。")


class OfferIsOver(Refusal):
    """The hold lapsed, or was answered."""

    sentence = N_("给您留的时间已经过了，名额给了下一位。还想来可以再候补。")


class PlaceIsHeld(Refusal):
    """A place is held for this person: they accept it instead of claiming another."""

    sentence = N_("已经给您留了名额，请点“接受”，不用另外认领。")
