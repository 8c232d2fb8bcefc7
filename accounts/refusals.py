"""The refusals of who is who."""

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


class InvitationNotFound(NotFound):
    """No such invitation."""

    sentence = N_("没有找到这份邀请。链接可能不完整，请向邀请您的人要一个新的。")


class InvitationOver(Refusal):
    """Used, withdrawn, older than seven days, or its sender may not invite any more."""

    sentence = N_("这份邀请已经用过、撤回或过期了。请向邀请您的人要一个新的。")
    status = 410


class MayNotInvite(NotYours):
    """The role is not this person's to give."""

    sentence = N_("这个角色不归您邀请，请找上级街道或运维人员。")


class RoleNotHere(Refusal):
    """A role belongs to certain levels of the area tree."""

    sentence = N_("这一级没有这个角色，请换一个社区或街道。")
    status = 422
    field = "role"


class NotOnYourself(NotYours):
    """Nobody confirms, or dismisses, themself."""

    sentence = N_("自己的事不能由自己办，请同事来办。")


class MembershipEnded(Refusal):
    """The membership was ended before."""

    sentence = N_("这个岗位已经结束了，请刷新页面看看。")


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
