"""What people are told about a rating and what follows: the desk, the street, the asker."""

from __future__ import annotations

from accounts.queries.people import list_staff_ids, list_staff_ids_above
from accounts.rules import Role
from foundation.outbox import tell
from foundation.refusal import N_
from wishes.models import Ask, Rating
from wishes.queries.supports import list_supporters


def tell_unhappy(ask: Ask, rating: Rating) -> None:
    """The community's workers and the street know that a resident is not content."""
    workers = list_staff_ids(ask.community_id, [Role.COMMUNITY_WORKER])
    street = list_staff_ids_above(ask.community, [Role.SUPERVISOR])
    tell(
        [person for person in (*workers, *street) if person != rating.entered_by_id],
        kind="ask_unhappy",
        subject=N_("居民不满意：%(title)s"),
        text=N_("%(community)s的“%(title)s”，居民评价不满意：%(words)s。等社区二次答复。"),
        path=f"/desk/{ask.community_id}/asks/{ask.id}",
        params={
            "title": ask.title,
            "community": ask.community.name,
            "words": rating.words or N_("没有留言"),
        },
    )


def tell_answered_again(ask: Ask, words: str) -> None:
    """The asker reads the second answer."""
    _tell_asker(
        ask,
        "ask_answered_again",
        N_("社区再次答复：%(title)s"),
        N_("关于“%(title)s”，社区再次答复：%(words)s。没有别的问题，请点确认办结。"),
        words,
    )


def tell_finished(ask: Ask, words: str) -> None:
    """The asker knows what was done about an ask that was passed on."""
    _tell_asker(
        ask,
        "ask_finished",
        N_("办好了：%(title)s"),
        N_("您提的“%(title)s”已经办好：%(words)s"),
        words,
    )


def tell_supporters(ask: Ask, words: str) -> None:
    """Neighbours who back a public ask with an account read the reply too."""
    if not ask.is_public:
        return
    tell(
        list_supporters(ask.id),
        kind="ask_supported_replied",
        subject=N_("有答复了：%(title)s"),
        text=N_("您附议的“%(title)s”，社区说：%(words)s"),
        path=f"/communities/{ask.community_id}/asks/{ask.id}",
        params={"title": ask.title, "words": words},
    )


def _tell_asker(ask: Ask, kind: str, subject: str, text: str, words: str) -> None:
    if ask.asked_by_id is not None:
        tell(
            [ask.asked_by_id],
            kind=kind,
            subject=subject,
            text=text,
            path=f"/asks/{ask.code}",
            params={"title": ask.title, "words": words},
        )
