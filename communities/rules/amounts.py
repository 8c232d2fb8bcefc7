"""How many people or pieces, how long, which tools: read leniently, left open when in doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communities.rules.numerals import plain, with_digits
from wishes.rules.kinds import Provision
from wishes.rules.publishing import MOST_PEOPLE, MOST_TOOLS, TOOL_LENGTH, ToolWords

LONGEST_MINUTES = 12 * 60
ABOUT = ("most", "about", "more", "after")
_COUNT = re.compile(
    r"(?P<about>约|大约|至少|最少|最多)?\s*(?P<least>\d+)\s*(?:[-—~～至到]\s*(?P<most>\d+))?\s*"
    r"(?P<more>余|多|\+|以上|左右)?\s*(?:个人|[人名位个件台副套只双把辆份本桶条床部盒箱])?\s*(?P<after>左右|以上)?"
)
_HOURS = re.compile(r"(?P<hours>\d+(?:\.\d+)?)\s*个?\s*(?:小时|钟头|时|h|H)?")
_AND_A_HALF = re.compile(r"(?P<hours>\d+)\s*(?:个半(?:小时|钟头)|个?小时半)")
_MINUTES = re.compile(r"(?P<minutes>\d+)\s*(?:分钟|分)")
_SPLIT = re.compile(r"[、，,;；/\n\r]+|\s{2,}")
_NOTHING = re.compile(r"(?:无|没有|不需要?|不用|暂无|/|-|—)(?:工具|带)?")
_BROUGHT = (
    (Provision.COMMUNITY, re.compile(r"社区(?:备|提供|准备|自备|出|负责)|由社区")),
    (Provision.BORROW, re.compile(r"可借|可向社区借|借用")),
    (Provision.BRING, re.compile(r"自带|自备|认领方(?:带|备|提供|负责)|志愿者(?:带|备)|由?认领方")),
)
_LEAVE_OUT = re.compile(r"[（(【\[]\s*[）)】\]]|^(?:由|请|需|需要|用)")
_QUANTITY = re.compile(
    r"\s*[x×X*]\s*(?P<times>\d{1,3})$|\s*(?P<count>\d{1,3})\s*[个件台副套只双把辆份本桶条床部盒箱根块]$|"
    r"^(?P<front>\d{1,3})\s*[个件台副套只双把辆份本桶条床部盒箱根块]\s*"
)


@dataclass(frozen=True)
class Amount:
    """A number of people or pieces; `about` when the words were less sure than the number."""

    number: int | None = None
    about: bool = False


def read_amount(text: str) -> Amount:
    """Read 8, ８, 8人, 三名, 300余人, 2-3人 (the most); anything else is left open."""
    words = with_digits(plain(text), before="[人名位个件台副套只双把辆份本桶条床部盒箱余多]|$")
    found = _COUNT.fullmatch(words)
    if found is None:
        return Amount()
    number = int(found["most"] or found["least"])
    if not 1 <= number <= MOST_PEOPLE:
        return Amount()
    return Amount(number, about=any(found[name] for name in ABOUT))


def read_minutes(text: str) -> int | None:
    """Minutes of 2, 1.5, 2小时, 一个半小时, 90分钟, 1:30; None beyond 12 h or when unclear."""
    words = with_digits(plain(text), before="个|小时|分|半")
    words = words.replace("半小时", "0.5小时") if words.startswith("半") else words
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})", words)
    if clock:
        minutes = int(clock[1]) * 60 + int(clock[2])
    elif found := _MINUTES.fullmatch(words):
        minutes = int(found["minutes"])
    elif found := _AND_A_HALF.fullmatch(words):
        minutes = int(found["hours"]) * 60 + 30
    elif found := _HOURS.fullmatch(words):
        minutes = round(float(found["hours"]) * 60)
    else:
        return None
    return minutes if 0 < minutes <= LONGEST_MINUTES else None


@dataclass(frozen=True)
class Tools:
    """Tool lines; `answered` when the cell says something; `guessed` when not who brings them."""

    lines: tuple[ToolWords, ...] = ()
    answered: bool = False
    guessed: bool = False


def read_tools(text: str) -> Tools:
    """Read 梯子2把（社区备）、螺丝刀（自带）; "无" is an answer."""
    words = plain(text)
    if not words:
        return Tools()
    if _NOTHING.fullmatch(words):
        return Tools(answered=True)
    whole = _brought_by(words)
    lines, guessed = [], False
    for part in (each.strip() for each in _SPLIT.split(words)):
        own = _brought_by(part)
        name, quantity = _name_and_quantity(part)
        if not name:
            continue
        guessed = guessed or not (own or whole)
        lines.append(ToolWords(name, quantity, own or whole or Provision.BRING))
    return Tools(tuple(lines[:20]), answered=bool(lines), guessed=guessed)


def _brought_by(text: str) -> Provision | None:
    return next((who for who, pattern in _BROUGHT if pattern.search(text)), None)


def _name_and_quantity(text: str) -> tuple[str, int]:
    name = text
    for _, pattern in _BROUGHT:
        name = pattern.sub("", name)
    name = _LEAVE_OUT.sub("", name).strip(" 。.:()（）")
    name = _LEAVE_OUT.sub("", name).strip()
    found = _QUANTITY.search(name)
    if found is None:
        return name[:TOOL_LENGTH], 1
    number = int(found["times"] or found["count"] or found["front"])
    return _QUANTITY.sub("", name).strip()[:TOOL_LENGTH], min(max(number, 1), MOST_TOOLS)
