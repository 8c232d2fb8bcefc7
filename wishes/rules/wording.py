"""The wording guard: a public text never says who somebody is and where they live together.

Hints at a person (独居、残疾、低保、病情、年龄) plus a building would let anybody find the door.
"""

from __future__ import annotations

import re
import unicodedata

from wishes.refusals.campaigns import OverPriceCap
from wishes.refusals.publishing import DoorInPublicPlace, MedicineRefused, WordsPointAtADoor

_NUMERAL = "[0-9零〇一二两三四五六七八九十百]+"
_PERSON = re.compile(
    "独居|空巢|孤寡|孤老|失独|失能|半失能|失智|留守|残疾人?|残障|肢体残?|智力残|视力残|听力残|"
    "盲人|聋哑?人?|瘫痪|偏瘫|截瘫|卧床|低保户?|低收入户?|特困户?|五保户?|贫困户?|困难户|困境|"
    "重病|大病|癌症?|肿瘤|白血病|化疗|放疗|透析|尿毒症|中风|脑梗|脑卒中|心脏病|糖尿病|高血压|"
    "精神病|精神障碍|抑郁症?|痴呆|阿尔茨?海默|帕金森|癫痫|自闭症|艾滋病?|乙肝|肺结核|"
    f"刑满|社区矫正|戒毒|{_NUMERAL}\\s*多?周?岁|[六七八九]旬"
)
_UNIT = (
    f"{_NUMERAL}\\s*单元|(?<![0-9])[0-9]{{2,4}}\\s*室|(?<![0-9])[0-9]{{1,3}}(?:-[0-9]{{1,4}}){{2}}"
)
_BUILDING = re.compile(
    f"{_NUMERAL}\\s*(?:号楼|号院|号门|栋|幢)|[A-Za-z]\\s*(?:栋|座|幢)|{_UNIT}|门牌号?|"
    "(?<=[路街巷弄里])\\s*[0-9]+\\s*号"
)
_DOOR = re.compile(_UNIT)
_DOORS = re.compile(f"(?:{_UNIT})+")
_PRICE = re.compile(r"(\d{1,7}(?:\.\d{1,2})?)\s*(?:元|块钱|块|rmb|人民币)|[¥￥]\s*(\d{1,7})")
_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_NARROW = {code: unicodedata.normalize("NFKC", chr(code)) for code in _WIDE}
_NARROW |= {ord(dash): "-" for dash in "－–—"}
_LEFTOVERS = (
    (re.compile(r"[（(【\[]\s*[）)】\]]"), ""),
    (re.compile(r"[，,、。；;：:\s]*([，,、。；;：:])"), r"\1"),
    (re.compile(r"(?<=[给为帮陪替])的|^[的，,、。；;：:\s]+|[，,、；;：:\s]+$"), ""),
    (re.compile(r"\s{2,}"), " "),
)
_MEDICINE = re.compile(
    "(?<![农火炸弹麻])药(?![箱盒膳店房业柜])|胰岛素|阿司匹林|布洛芬|阿莫西林|头孢|青霉素|抗生素|"
    "救心丸|注射液|注射器|针剂|疫苗|安宫牛黄|二甲双胍|硝酸甘油"
)
_SUPPLEMENT = re.compile("保健品|维生素|钙片|鱼油|蛋白粉|氨糖|益生菌|褪黑素")


def _plain(text: str) -> str:
    """Full-width digits, letters and dashes as plain ones; Chinese punctuation stays."""
    return text.translate(_NARROW)


def find_person_hint(text: str) -> str | None:
    """The first words that say who somebody is, None when there are none."""
    found = _PERSON.search(_plain(text))
    return found[0] if found else None


def find_building(text: str) -> str | None:
    """The first words that name a building or a door, None when there are none."""
    found = _BUILDING.search(_plain(text))
    return found[0] if found else None


def points_at_a_door(*texts: str) -> bool:
    """Whether the texts that stand beside each other say both."""
    together = " ".join(texts)
    return bool(find_person_hint(together) and find_building(together))


def reword(text: str) -> str:
    """A proposal without either: '为独居老人换灯泡（3号楼2单元）' → '为老人换灯泡'."""
    better = _BUILDING.sub("", _PERSON.sub("", _plain(text)))
    for pattern, instead in _LEFTOVERS:
        better = pattern.sub(instead, better)
    return better.strip()


def hide_door(text: str, instead: str) -> str:
    """The text without the words that name one door: '3号楼2单元501室' → '3号楼**'."""
    return _DOORS.sub(instead, _plain(text))


def ensure_wording(title: str, text: str, place: str, *, at_home: bool) -> None:
    """Raises WordsPointAtADoor (with a proposal), DoorInPublicPlace for a home visit's door."""
    together = " ".join((title, text, place))
    person, building = find_person_hint(together), find_building(together)
    if person and building:
        raise WordsPointAtADoor(person=person, building=building, better=reword(title) or "—")
    if at_home and _DOOR.search(_plain(place)):
        raise DoorInPublicPlace


def ensure_no_medicine(title: str, text: str) -> None:
    """Raises MedicineRefused: medicines are not given from hand to hand (物品心愿不收药品)."""
    found = _MEDICINE.search(_plain(f"{title} {text}"))
    if found:
        raise MedicineRefused


def is_supplement(title: str, text: str) -> bool:
    """Whether an item is a 保健品: allowed, but the family is asked first."""
    return bool(_SUPPLEMENT.search(_plain(f"{title} {text}")))


def find_price(text: str) -> int | None:
    """The highest price that a text names, in whole yuan rounded up; None when it names none."""
    said = unicodedata.normalize("NFKC", text).casefold().replace(",", "")
    prices = [float(yuan or sign) for yuan, sign in _PRICE.findall(said)]
    return -int(-max(prices) // 1) if prices else None


def ensure_under_cap(*texts: str, cap: int) -> None:
    """Raises OverPriceCap when the words ask for something dearer than the campaign allows."""
    price = find_price(" ".join(texts))
    if price is not None and price > cap:
        raise OverPriceCap(price=price, cap=cap)
