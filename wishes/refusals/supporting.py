"""The refusals of 附议."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class AlreadySupported(Refusal):
    """One person backs an ask once, on whatever device."""

    sentence = N_("您已经附议过这条诉求了，一个人算一次。")


class HouseholdSupported(Refusal):
    """One household backs an ask once."""

    sentence = N_("您家里已经有人附议过了，一户算一次。")


class OwnAsk(Refusal):
    """Whoever asked does not back the own ask."""

    sentence = N_("这条诉求就是您家提的，不用再附议。")


class SupportClosed(Refusal):
    """The ask is dealt with."""

    sentence = N_("这条诉求已经办结，不用再附议了。还有需要，请另提一条。")


class PhoneNeeded(Refusal):
    """Without an account a person is known by the phone number."""

    sentence = N_("请填手机号，用来保证一个人只算一次。我们不保存号码。")
    status = 422
    field = "phone"


class TooManySupports(Refusal):
    """One browser or address backs one ask after another."""

    sentence = N_("这一小时里附议得太多了。请过一小时再来，或登录后附议。")
    status = 429
