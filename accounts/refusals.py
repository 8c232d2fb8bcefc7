"""The refusals of who is who."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, NotYours


class PersonNotFound(NotFound):
    """No such person."""

    sentence = N_("没有找到这个人，请核对号码。")


class AreaNotFound(NotFound):
    """No such area, or not one this person works for."""

    sentence = N_("没有找到这个社区，或者您不在这里工作。")


class UnitNotFound(NotFound):
    """No such unit, or not one this person belongs to."""

    sentence = N_("没有找到这个单位，或者您不是它的联络员。")


class NotStaffHere(NotYours):
    """The errand belongs to another community's staff."""

    sentence = N_("这件事归别的社区办，您不能替他们办。")
