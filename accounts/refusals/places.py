"""People, areas and units that are not there, or not yours."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, NotYours, Refusal


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


class AreaNameTaken(Refusal):
    """Sisters in the area tree have different names."""

    sentence = N_("这一级下面已经有“%(name)s”了，请换个名字。")
    field = "name"


class AreaCannotLieThere(Refusal):
    """City, street, community, grid: each lies in the one above."""

    sentence = N_("%(kind)s不能放在这里，请换一个上级。")
    status = 422
    field = "kind"


class OperatorOnly(NotFound):
    """The page is the operator's; others are not told that it exists."""


class UnitNameTaken(Refusal):
    """One unit, one record."""

    sentence = N_("“%(name)s”已经登记过了，请直接邀请它的联络员。")
    field = "name"
