"""The life of an ask and of a wish: states, moves, lights. One table; an illegal move speaks."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from foundation.refusal import N_
from wishes.refusals import AskCannotMove, WishCannotMove


class WishState(enum.StrEnum):
    """Where a wish stands."""

    DRAFT = "draft"
    OPEN = "open"
    FILLED = "filled"
    IN_SERVICE = "in_service"
    REPORTED = "reported"
    VERIFIED = "verified"
    UNFULFILLED = "unfulfilled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class WishMove(enum.StrEnum):
    """What may happen to a wish."""

    PUBLISH = "publish"
    FILL = "fill"
    DISPATCH = "dispatch"
    REOPEN = "reopen"
    START = "start"
    REPORT = "report"
    VERIFY = "verify"
    ASK_AGAIN = "ask_again"
    REJECT = "reject"
    OFFER_AGAIN = "offer_again"
    CANCEL = "cancel"
    EXPIRE = "expire"


S, M = WishState, WishMove
WISH_MOVES: Mapping[tuple[WishState, WishMove], WishState] = {
    (S.DRAFT, M.PUBLISH): S.OPEN,
    (S.DRAFT, M.DISPATCH): S.FILLED,
    (S.DRAFT, M.CANCEL): S.CANCELLED,
    (S.OPEN, M.FILL): S.FILLED,
    (S.OPEN, M.START): S.IN_SERVICE,
    (S.OPEN, M.REPORT): S.REPORTED,
    (S.OPEN, M.CANCEL): S.CANCELLED,
    (S.OPEN, M.EXPIRE): S.EXPIRED,
    (S.FILLED, M.REOPEN): S.OPEN,
    (S.FILLED, M.START): S.IN_SERVICE,
    (S.FILLED, M.REPORT): S.REPORTED,
    (S.FILLED, M.CANCEL): S.CANCELLED,
    (S.FILLED, M.EXPIRE): S.EXPIRED,
    (S.IN_SERVICE, M.REPORT): S.REPORTED,
    (S.IN_SERVICE, M.CANCEL): S.CANCELLED,
    (S.REPORTED, M.VERIFY): S.VERIFIED,
    (S.REPORTED, M.ASK_AGAIN): S.IN_SERVICE,
    (S.REPORTED, M.REJECT): S.UNFULFILLED,
    (S.UNFULFILLED, M.OFFER_AGAIN): S.OPEN,
    (S.UNFULFILLED, M.CANCEL): S.CANCELLED,
}
del S, M

CLAIMABLE = frozenset({WishState.OPEN, WishState.FILLED})
LIVE = frozenset({WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE, WishState.REPORTED})
PUBLIC = LIVE | {WishState.VERIFIED}


def move(state: WishState, what: WishMove) -> WishState:
    """The state after a move. Raises WishCannotMove for a move that is not in the table."""
    try:
        return WISH_MOVES[state, what]
    except KeyError:
        raise WishCannotMove(state=STATE_LABELS[state]) from None


class Light(enum.StrEnum):
    """The four lights, and grey for what is not lit."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"
    GREY = "grey"


LIGHTS = {
    WishState.OPEN: Light.RED,
    WishState.FILLED: Light.YELLOW,
    WishState.IN_SERVICE: Light.YELLOW,
    WishState.REPORTED: Light.BLUE,
    WishState.VERIFIED: Light.GREEN,
}
LIGHT_WORDS = {
    Light.RED: N_("待认领"),
    Light.YELLOW: N_("进行中"),
    Light.BLUE: N_("待核实"),
    Light.GREEN: N_("已办结"),
}
STATE_LABELS = {
    WishState.DRAFT: N_("草稿"),
    WishState.OPEN: N_("待认领"),
    WishState.FILLED: N_("已满员"),
    WishState.IN_SERVICE: N_("服务中"),
    WishState.REPORTED: N_("待核实"),
    WishState.VERIFIED: N_("已办结"),
    WishState.UNFULFILLED: N_("未兑现"),
    WishState.CANCELLED: N_("已取消"),
    WishState.EXPIRED: N_("已过期"),
}


def light_of(state: WishState) -> Light:
    """The light of a wish in this state."""
    return LIGHTS.get(state, Light.GREY)


def light_word(state: WishState) -> str:
    """The word beside the light: the light's own, or the state's when it is grey (a msgid)."""
    light = light_of(state)
    return STATE_LABELS[state] if light is Light.GREY else LIGHT_WORDS[light]


class AskState(enum.StrEnum):
    """Where an ask stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    RETURNED = "returned"
    PASSED_ON = "passed_on"
    DONE = "done"
    RATED = "rated"
    REOPENED = "reopened"
    FOLLOWED_UP = "followed_up"


class AskMove(enum.StrEnum):
    """What may happen to an ask."""

    ACCEPT = "accept"
    ANSWER = "answer"
    RETURN = "return"
    PASS_ON = "pass_on"  # noqa: S105 - a move, no password
    FINISH = "finish"
    RATE = "rate"
    RATE_BAD = "rate_bad"
    ANSWER_AGAIN = "answer_again"
    CLOSE = "close"
    SUBMIT_AGAIN = "submit_again"


A, B = AskState, AskMove
ASK_MOVES: Mapping[tuple[AskState, AskMove], AskState] = {
    (A.SUBMITTED, B.ACCEPT): A.ACCEPTED,
    (A.SUBMITTED, B.ANSWER): A.ANSWERED,
    (A.SUBMITTED, B.RETURN): A.RETURNED,
    (A.SUBMITTED, B.PASS_ON): A.PASSED_ON,
    (A.RETURNED, B.SUBMIT_AGAIN): A.SUBMITTED,
    (A.ACCEPTED, B.FINISH): A.DONE,
    (A.PASSED_ON, B.FINISH): A.DONE,
    (A.ANSWERED, B.RATE): A.RATED,
    (A.DONE, B.RATE): A.RATED,
    (A.ANSWERED, B.RATE_BAD): A.REOPENED,
    (A.DONE, B.RATE_BAD): A.REOPENED,
    (A.REOPENED, B.ANSWER_AGAIN): A.FOLLOWED_UP,
    (A.FOLLOWED_UP, B.CLOSE): A.RATED,
}
del A, B

ASK_LIGHTS = {
    AskState.SUBMITTED: Light.RED,
    AskState.ACCEPTED: Light.YELLOW,
    AskState.PASSED_ON: Light.YELLOW,
    AskState.DONE: Light.BLUE,
    AskState.ANSWERED: Light.GREEN,
    AskState.RATED: Light.GREEN,
    AskState.REOPENED: Light.RED,
    AskState.FOLLOWED_UP: Light.BLUE,
}
ASK_LABELS = {
    AskState.SUBMITTED: N_("待接收"),
    AskState.ACCEPTED: N_("已受理"),
    AskState.ANSWERED: N_("已答复"),
    AskState.RETURNED: N_("已退回"),
    AskState.PASSED_ON: N_("已转办"),
    AskState.DONE: N_("已完结"),
    AskState.RATED: N_("已评价"),
    AskState.REOPENED: N_("不满意，待再办"),
    AskState.FOLLOWED_UP: N_("已二次答复"),
}
# Neighbours see these of a public ask; a returned one waits for better words.
ASK_PUBLIC = frozenset(AskState) - {AskState.RETURNED}
ASK_OPEN = frozenset(
    {
        AskState.SUBMITTED,
        AskState.ACCEPTED,
        AskState.ANSWERED,
        AskState.PASSED_ON,
        AskState.REOPENED,
    }
)


def move_ask(state: AskState, what: AskMove) -> AskState:
    """The state of an ask after a move. Raises AskCannotMove."""
    try:
        return ASK_MOVES[state, what]
    except KeyError:
        raise AskCannotMove(state=ASK_LABELS[state]) from None


def ask_light(state: AskState) -> Light:
    """The light of an ask."""
    return ASK_LIGHTS.get(state, Light.GREY)
