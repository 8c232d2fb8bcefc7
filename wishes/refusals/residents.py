"""The refusals of residents' cards and of the rounds."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class ResidentNotFound(NotFound):
    """No such card, or not one this person may know of."""

    sentence = N_("没有找到这位居民。可能已经删除，或者不归您走访。")


class ResidentTwice(Refusal):
    """The same name behind the same door has a card already."""

    sentence = N_("这个门牌已经有同名的居民卡，请搜出来直接改。")
    field = "name"


class TagUnknown(Refusal):
    """A tag that is not on this place's list."""

    sentence = N_("“%(tag)s”不在标签表里，请从表里选。")
    status = 422
    field = "tags"


class ConsentTooEarly(Refusal):
    """Consent of a day that has not come."""

    sentence = N_("同意的日期还没到，请改成问的那一天。")
    status = 422
    field = "consent_on"


class NobodyToImport(Refusal):
    """No row of a sheet can be taken."""

    sentence = N_("没有可以导入的居民，请先改好表格再传。")
    status = 422


class HelperNotFound(NotFound):
    """No such helper at this community."""


class HelperNotConfirmed(Refusal):
    """Doors are shown only to people whose identity a worker has seen."""

    sentence = N_("%(name)s 的身份还没核过。请本人带身份证件来核一次，再请他走访。")
    status = 422
    field = "person"


class HelperFull(Refusal):
    """The helper has as many doors as they agreed to."""

    sentence = N_("%(name)s 最多走访 %(places)s 户，已经满了。请换一位，或先把户数改大。")
    field = "helper"


class FewerThanTaken(Refusal):
    """The number of doors cannot fall below those the helper has."""

    sentence = N_("%(name)s 手上已有 %(taken)s 户，户数不能比这少。先把几户交给别人。")
    status = 422
    field = "places"


class NobodyFound(Refusal):
    """No account with this number."""

    sentence = N_("没有这个志愿者号或手机号的人，请核对，或请他先注册。")
    status = 422
    field = "person"
