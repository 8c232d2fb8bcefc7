"""What people are told about their account: rows in the outbox, in the errand that is open."""

from __future__ import annotations

from typing import Any

from accounts.models import Area, PartyReport
from accounts.queries.people import list_coordinator_ids, list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell, write_to
from foundation.refusal import N_


def tell_welcome(user_id: int, *, number: str) -> None:
    """A new account: its volunteer number, and what a first visit to the community is for."""
    tell(
        [user_id],
        kind="welcome",
        subject=N_("欢迎来到微心愿"),
        text=N_(
            "您的志愿者编号是 %(number)s。第一次去社区时带上身份证，请工作人员核对一次身份，"
            "以后就能看到上门心愿的门牌和电话。身份证号不会被保存。"
        ),
        path="/me",
        params={"number": number},
    )


def write_reset_letter(address: str, *, language: str, name: str, path: str) -> None:
    """The link to a new password: only to the mailbox, never in the app."""
    write_to(
        address,
        language=language,
        kind="reset",
        subject=N_("重设密码"),
        text=N_(
            "%(name)s，您好。点下面的链接设一个新密码，一小时内有效，只能用一次。"
            "如果不是您申请的，不用理会，密码不会变。"
        ),
        path=path,
        params={"name": name},
    )


def tell_reset_handed(user_id: int, *, worker: str) -> None:
    """A worker was given a link with which this person may set a new password."""
    tell(
        [user_id],
        kind="reset_handed",
        subject=N_("社区替您办了重设密码"),
        text=N_("%(worker)s当面给了您一个重设密码的链接。您没有去过社区？请马上打电话。"),
        path="/me",
        params={"worker": worker},
    )


def tell_password_changed(user_id: int) -> None:
    """The password is another one now, and every other device was signed out."""
    tell(
        [user_id],
        kind="password_changed",
        subject=N_("密码已经更换"),
        text=N_("您的密码刚刚换过，其他设备都已退出登录。不是您本人换的？请马上打电话给社区。"),
        path="/me",
    )


def tell_contact_changed(user_id: int, *, old_address: str | None, language: str) -> None:
    """The phone or address was changed; the former mailbox is told too."""
    words: dict[str, Any] = {
        "kind": "contact_changed",
        "subject": N_("联系方式已经更改"),
        "text": N_("您登录用的手机号或邮箱刚刚改过。不是您本人改的？请马上打电话给社区。"),
        "path": "/me",
    }
    tell([user_id], **words)
    if old_address is not None:
        write_to(old_address, language=language, **words)


def tell_confirmed(user_id: int, *, community: str) -> None:
    """A worker has seen the person's identity card."""
    tell(
        [user_id],
        kind="confirmed",
        subject=N_("身份已核对"),
        text=N_("%(community)s核对了您的身份。认领上门心愿后，开始前 24 小时能看到门牌和电话。"),
        path="/me",
        params={"community": community},
    )


def tell_unconfirmed(user_id: int, *, community: str) -> None:
    """The confirmation was taken back."""
    tell(
        [user_id],
        kind="unconfirmed",
        subject=N_("身份核对已撤回"),
        text=N_("%(community)s撤回了对您身份的核对。有疑问请打电话或到社区问一声。"),
        path="/me",
        params={"community": community},
    )


def write_invitation_letter(
    address: str, *, language: str, name: str, host: str, place: str, path: str
) -> None:
    """A role is offered; the link works once within seven days."""
    write_to(
        address,
        language=language,
        kind="invitation",
        subject=N_("%(host)s邀请您加入%(place)s"),
        text=N_(
            "%(name)s，您好。%(host)s请您在微心愿上参加%(place)s的工作。"
            "点下面的链接接受，七天内有效，只能用一次。"
        ),
        path=path,
        params={"name": name, "host": host, "place": place},
    )


def tell_accepted(user_id: int, *, name: str, place: str, path: str) -> None:
    """Somebody took up an invitation."""
    tell(
        [user_id],
        kind="invitation_accepted",
        subject=N_("%(name)s接受了邀请"),
        text=N_("%(name)s已经加入%(place)s。"),
        path=path,
        params={"name": name, "place": place},
    )


def tell_ended(user_id: int, *, place: str, why: str) -> None:
    """A role of the person was ended."""
    tell(
        [user_id],
        kind="membership_ended",
        subject=N_("您在%(place)s的岗位已结束"),
        text=N_("您在%(place)s的岗位已结束。说明：%(why)s"),
        path="/me",
        params={"place": place, "why": why},
    )


def tell_reported(community: Area) -> None:
    """Somebody reports (双报到): the community's workers, without a name in the message."""
    tell(
        list_staff_ids(community.id, [Role.COMMUNITY_WORKER]),
        kind="reported",
        subject=N_("双报到：有新的报到要确认"),
        text=N_("有人或单位向%(community)s报到，请看一看，确认或退回。"),
        path=f"/desk/{community.id}/reporting",
        params={"community": community.name},
    )


def tell_report_answered(report: PartyReport, *, reason: str) -> None:
    """The community's answer, to the person or to the unit's coordinators."""
    if report.user_id is not None:
        to, path = [report.user_id], "/mine/reporting"
    else:
        to = list_coordinator_ids(report.organisation_id or 0)
        path = f"/unit/{report.organisation_id}/reporting"
    text = N_("%(community)s已确认报到。每季度服务之后，社区会出一张反馈卡。")
    if reason:
        text = N_("%(community)s退回了报到：%(reason)s。改好后可以再报到。")
    tell(
        to,
        kind="report_answered",
        subject=N_("双报到：报到被退回") if reason else N_("双报到：社区已确认"),
        text=text,
        path=path,
        params={"community": report.community.name, "reason": reason},
    )
