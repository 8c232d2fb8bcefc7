"""At the door: registering, signing in, a new password."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class PasswordTooShort(Refusal):
    """Eight characters at least, 128 at most."""

    sentence = N_("密码要 8 到 128 个字符。几个词连起来，好记又难猜。")
    status = 422
    field = "password"


class PasswordTooEasy(Refusal):
    """Common, a run, a date, or the person's own phone, name or address."""

    sentence = N_("这个密码太容易猜到：别用手机号、生日、连续数字或常见密码，换几个词连起来。")
    status = 422
    field = "password"


class ContactUnreadable(Refusal):
    """Neither a phone number nor a mail address."""

    sentence = N_("请填 11 位手机号，或完整的邮箱地址。")
    status = 422
    field = "contact"


class PhoneTaken(Refusal):
    """One phone, one account."""

    sentence = N_("这个号码已注册，请直接登录或找回密码。")
    field = "contact"


class EmailTaken(Refusal):
    """One mail address, one account."""

    sentence = N_("这个邮箱已注册，请直接登录或找回密码。")
    field = "contact"


class ConsentMissing(Refusal):
    """No account without the terms."""

    sentence = N_("请先阅读并同意用户约定和隐私说明。")
    status = 422
    field = "terms"


class SignInRefused(Refusal):
    """Wrong password or no such account: the same sentence for both."""

    sentence = N_("账号或密码不对。请核对后再试，或找回密码。")
    status = 422


class SignInPaused(Refusal):
    """Too many failures; known and unknown accounts alike."""

    sentence = N_("试错太多次了，请 %(minutes)s 分钟后再试，或现在找回密码。")
    status = 429


class PasswordWrong(Refusal):
    """A change that needs the present password got another one."""

    sentence = N_("现在的密码不对，请再输一次。")
    status = 422
    field = "current"


class ResetLinkOver(Refusal):
    """The link is older than an hour, was used, or is not whole."""

    sentence = N_("这个重设链接已经用过或过期了，请重新申请一个。")
    status = 410


class LastContact(Refusal):
    """An account keeps a phone or a mail address: one must be left to sign in with."""

    sentence = N_("手机号和邮箱至少留一个，登录要用。")
    status = 422
    field = "phone"


class OperatorExists(Refusal):
    """The first person is made once; the others are invited."""

    sentence = N_("运维账号已经有了：%(name)s。其他人请登录后邀请。")


class PhoneTakenHere(Refusal):
    """The phone belongs to another account."""

    sentence = N_("这个号码已经是另一个账号的了。是您的？请打电话给社区。")
    field = "phone"


class EmailTakenHere(Refusal):
    """The address belongs to another account."""

    sentence = N_("这个邮箱已经是另一个账号的了。是您的？请打电话给社区。")
    field = "email"
