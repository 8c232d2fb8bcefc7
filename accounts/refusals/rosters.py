"""Names on a roster, and joining it."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class RosterEntryNotFound(NotFound):
    """No such colleague on this unit's roster."""

    sentence = N_("名册里没有这位同事，可能已经移出了。")


class AlreadyOnRoster(Refusal):
    """One phone stands on a roster once."""

    sentence = N_("%(name)s 已经用这个手机号在名册里了。")
    field = "phone"


class RosterTooLong(Refusal):
    """A roster has an end: more is a mistake in the file."""

    sentence = N_("名册最多 %(most)s 人，请分开建单位，或先移出不参加的同事。")


class WrongJoinCode(Refusal):
    """No unit has this code, or it was renewed."""

    sentence = N_("没有这个加入码。请向联络员要最新的码，再输一次。")
    field = "code"


class TooManyJoinTries(Refusal):
    """Guessing codes is slowed and then stopped."""

    sentence = N_("加入码输错太多次了，请 %(minutes)s 分钟后再试。")
    status = 429


class NoPhoneOnAccount(Refusal):
    """Joining compares phones, and this account has none."""

    sentence = N_("您的账号还没有手机号。请先在“我的资料”里填上，再来加入。")


class NotOnRoster(Refusal):
    """The code is right, but the phone is not on the unit's roster."""

    sentence = N_("联络员还没有把您的手机号放进名册。请联络员加上之后再来。")


class JoinedByAnother(Refusal):
    """The roster's phone is already tied to another account."""

    sentence = N_("名册里这个手机号已由另一个账号加入。请联络员移出后重新添加。")


class NotJoinedYet(Refusal):
    """Only a colleague with an account can become coordinator."""

    sentence = N_("%(name)s 还没有用加入码加入贵单位，加入之后才能当联络员。")


class LastCoordinator(Refusal):
    """A unit is never left without a coordinator."""

    sentence = N_("单位至少要有一位联络员。请先请一位同事来当，再退下。")


class OnlyCoordinator(LastCoordinator):
    """The same, said to whoever would end the role."""

    sentence = N_("这是单位唯一的联络员。请先邀请另一位联络员，再结束这一位的身份。")
