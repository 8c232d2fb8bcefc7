"""What people are told about a referral, its clock, and a press."""

from __future__ import annotations

from accounts.models import Area
from accounts.queries.areas import list_communities
from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_, MessageId
from wishes.models import Leg, Press, Referral
from wishes.queries.referrals import list_people_at, receiver_of, spot_of_area, title_of
from wishes.rules.referrals import WAY_LABELS, Spot, Way


def _tell(
    spot: Spot, leg: Leg, kind: str, subject: str, text: str, *, but: int | None, **params: object
) -> None:
    tell(
        [person for person in list_people_at(spot) if person != but],
        kind=kind,
        subject=subject,
        text=text,
        path=f"/referrals/{leg.referral_id}",
        params={"title": title_of(leg.referral), **params},
    )


def tell_sent(leg: Leg, *, by_clock: bool = False) -> None:
    """The receiver knows what came and what is asked."""
    sender = spot_of_area(leg.from_area)
    if by_clock:
        _tell(
            receiver_of(leg), leg, "referral_stepped_up", N_("超期自动上报：%(title)s"),
            N_("%(from)s的“%(title)s”一直没有受理，已自动上报，请承接或交办。"),
            but=None, **{"from": sender.name},
        )  # fmt: skip
        _tell(
            sender, leg, "referral_stepped_up", N_("超期自动上报：%(title)s"),
            N_("“%(title)s”超期没有受理，已自动上报给%(to)s。社区仍可以受理。"),
            but=None, to=receiver_of(leg).name,
        )  # fmt: skip
        return
    _tell(
        receiver_of(leg), leg, "referral_sent", N_("%(way)s：%(title)s"),
        N_("%(from)s把“%(title)s”%(way)s给你们：%(words)s"), but=None,
        way=MessageId(WAY_LABELS[Way(leg.way)]), words=leg.words, **{"from": sender.name},
    )  # fmt: skip


def tell_accepted_leg(leg: Leg) -> None:
    """The sender knows that somebody has it in hand."""
    _tell(
        spot_of_area(leg.from_area), leg, "referral_accepted", N_("已承接：%(title)s"),
        N_("%(who)s承接了“%(title)s”，办好会在这里回报。"), but=None, who=receiver_of(leg).name,
    )  # fmt: skip


def tell_returned_leg(leg: Leg) -> None:
    """The sender has it in hand again, and reads why."""
    _tell(
        spot_of_area(leg.from_area), leg, "referral_returned", N_("已退回：%(title)s"),
        N_("%(who)s退回了“%(title)s”，原因：%(why)s"), but=None,
        who=receiver_of(leg).name, why=leg.reason,
    )  # fmt: skip


def tell_reported_leg(leg: Leg) -> None:
    """The sender reads what was done, and confirms."""
    _tell(
        spot_of_area(leg.from_area), leg, "referral_reported", N_("办好待确认：%(title)s"),
        N_("%(who)s回报“%(title)s”的办理结果：%(result)s。请确认办结，或请对方再办。"), but=None,
        who=receiver_of(leg).name, result=leg.result,
    )  # fmt: skip


def tell_again(leg: Leg, why: str) -> None:
    """The receiver knows what is still missing."""
    _tell(
        receiver_of(leg), leg, "referral_again", N_("请再办：%(title)s"),
        N_("%(who)s看了“%(title)s”的结果，请再办：%(why)s"), but=None,
        who=leg.from_area.name, why=why,
    )  # fmt: skip


def tell_closed(referral: Referral) -> None:
    """Everybody who had it in hand knows that it is done."""
    for leg in referral.legs:
        if leg.ended_at is not None and leg.result:
            _tell(
                receiver_of(leg), leg, "referral_closed", N_("已办结：%(title)s"),
                N_("“%(title)s”已由%(community)s确认办结，谢谢。"), but=None,
                community=referral.community.name,
            )  # fmt: skip


def tell_late(leg: Leg, days: int) -> None:
    """The holder and the sender know that the clock has run out; once per clock."""
    for spot in (receiver_of(leg), spot_of_area(leg.from_area)):
        _tell(
            spot, leg, "referral_late", N_("超期：%(title)s"),
            N_("“%(title)s”在%(who)s手里超期 %(days)s 个工作日，请尽快办理，或写明原因暂停。"),
            but=None, who=receiver_of(leg).name, days=days,
        )  # fmt: skip


def tell_asker(referral: Referral, subject: str, text: str, **params: object) -> None:
    """The resident who asked, when there is an account, knows where it went."""
    ask = referral.ask
    if ask is not None and ask.asked_by_id is not None:
        tell(
            [ask.asked_by_id], kind="ask_referred", subject=subject, text=text,
            path=f"/asks/{ask.code}", params={"title": ask.title, **params},
        )  # fmt: skip


def tell_pressed(press: Press, spot: Spot, title: str) -> None:
    """The receiver signs for it and says what will be done until when."""
    tell(
        list_people_at(spot), kind="pressed", subject=N_("督办：%(title)s"),
        text=N_("%(area)s督办“%(title)s”，%(name)s（%(post)s）签发：%(words)s。请签收并写明怎么办、哪天办好。"),
        path=f"/presses/{press.id}",
        params={
            "area": press.by_area.name, "title": title, "name": press.leader_name,
            "post": press.leader_post, "words": press.words,
        },
    )  # fmt: skip


def tell_acknowledged(press: Press, title: str) -> None:
    """Whoever pressed reads the plan."""
    tell(
        list_people_at(spot_of_area(press.by_area)), kind="press_acknowledged",
        subject=N_("督办已签收：%(title)s"), text=N_("“%(title)s”已签收：%(plan)s"),
        path=f"/presses/{press.id}", params={"title": title, "plan": press.plan},
    )  # fmt: skip


def tell_ended(press: Press, title: str) -> None:
    """通报: every desk under the area reads what was pressed and how it ended."""
    area: Area = press.by_area
    readers = list(list_staff_ids(area.id, [Role.SUPERVISOR]))
    for community in list_communities(area):
        readers += list_staff_ids(community.id, [Role.COMMUNITY_WORKER])
    if press.to_unit_id is not None:
        readers += list_people_at(Spot(name="", path="", unit_id=press.to_unit_id))
    tell(
        readers, kind="press_ended", subject=N_("督办通报：%(title)s"),
        text=N_("%(area)s通报：“%(title)s”督办办结。%(ending)s"),
        path=f"/presses/{press.id}",
        params={"area": area.name, "title": title, "ending": press.ending},
    )  # fmt: skip
