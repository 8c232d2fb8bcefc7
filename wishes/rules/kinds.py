"""The kinds of things on an order, with the field's words for them."""

from __future__ import annotations

import enum

from foundation.refusal import N_


class WishKind(enum.StrEnum):
    """服务 or 物品: people are counted on the first, pieces on the second."""

    SERVICE = "service"
    ITEM = "item"


class Venue(enum.StrEnum):
    """Where it happens; each has its own way of proof."""

    HOME = "home"
    CENTRE = "centre"
    OUTDOORS = "outdoors"
    ONLINE = "online"


class Provision(enum.StrEnum):
    """Who brings a tool."""

    COMMUNITY = "community"
    BRING = "bring"
    BORROW = "borrow"


class Category(enum.StrEnum):
    """What a wish is about, in the words of the registers."""

    ELDERLY = "elderly"
    REPAIR = "repair"
    ENVIRONMENT = "environment"
    LECTURE = "lecture"
    HEALTH = "health"
    PSYCHOLOGY = "psychology"
    STUDY = "study"
    DISABILITY = "disability"
    HARDSHIP = "hardship"
    TRAINING = "training"
    CULTURE = "culture"
    ADAPTATION = "adaptation"
    MEDIATION = "mediation"
    ORDER = "order"
    FACILITIES = "facilities"
    OTHER = "other"


class Channel(enum.StrEnum):
    """How an ask reached the community."""

    ONLINE = "online"
    PHONE = "phone"
    VISIT = "visit"
    PAPER = "paper"


class PhotoPurpose(enum.StrEnum):
    """What a picture shows."""

    ASK = "ask"
    BEFORE = "before"
    AFTER = "after"
    RECEIPT = "receipt"
    HANDED_IN = "handed_in"


KIND_LABELS = {WishKind.SERVICE: N_("服务"), WishKind.ITEM: N_("物品")}
VENUE_LABELS = {
    Venue.HOME: N_("上门"),
    Venue.CENTRE: N_("社区"),
    Venue.OUTDOORS: N_("户外"),
    Venue.ONLINE: N_("线上"),
}
PROVISION_LABELS = {
    Provision.COMMUNITY: N_("社区备"),
    Provision.BRING: N_("自带"),
    Provision.BORROW: N_("可借"),
}
CATEGORY_LABELS = {
    Category.ELDERLY: N_("助老"),
    Category.REPAIR: N_("家政维修"),
    Category.ENVIRONMENT: N_("环境整治"),
    Category.LECTURE: N_("宣传讲座"),
    Category.HEALTH: N_("健康医疗"),
    Category.PSYCHOLOGY: N_("心理咨询"),
    Category.STUDY: N_("助学"),
    Category.DISABILITY: N_("助残"),
    Category.HARDSHIP: N_("助困"),
    Category.TRAINING: N_("技能培训"),
    Category.CULTURE: N_("文化"),
    Category.ADAPTATION: N_("适老改造"),
    Category.MEDIATION: N_("矛盾调解"),
    Category.ORDER: N_("文明引导"),
    Category.FACILITIES: N_("公共设施"),
    Category.OTHER: N_("其他"),
}
CHANNEL_LABELS = {
    Channel.ONLINE: N_("网上提出"),
    Channel.PHONE: N_("电话"),
    Channel.VISIT: N_("走访"),
    Channel.PAPER: N_("纸条"),
}
PHOTO_LABELS = {
    PhotoPurpose.ASK: N_("居民照片"),
    PhotoPurpose.BEFORE: N_("服务前"),
    PhotoPurpose.AFTER: N_("服务后"),
    PhotoPurpose.RECEIPT: N_("签收"),
    PhotoPurpose.HANDED_IN: N_("志愿者交来"),
}
# Companionship and the like show no work to photograph: the resident's word is asked for.
RESIDENT_CONFIRMS = frozenset({Category.PSYCHOLOGY, Category.MEDIATION})
