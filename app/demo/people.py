"""The people of the demo: invented names, phones nobody has, one account for every role."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from random import Random

from accounts.rules import Contact
from accounts.services.registering import Newcomer, prepare_newcomer, register

PASSWORD_VARIABLE = "DEMO_PASSWORD"  # noqa: S105 - the name of a variable
DEMO_WORD = "xinyuan-demo"  # for the demo only: everybody in it signs in with this word
MAIL = "example.test"

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万"
)
GIVEN_NAMES = (
    "文静 海燕 建国 丽华 晓明 志强 秀英 桂兰 雨桐 子轩 浩然 欣怡 佳琪 思远 婉清 一鸣 明月 春生 "
    "淑珍 德福 玉梅 永康 立新 小雨 若兰 家和 向东 国庆 云飞 晨曦 喆 乐天 安然 诗涵 俊杰 美玲 "
    "长河 爱华 红梅 冬青 庆丰 书瑶 启航 天佑 兰芝 世杰 凤仪 和平 静怡 新宇"
)
GIVEN = tuple(re.findall(r"\S+", GIVEN_NAMES))


@dataclass(frozen=True)
class DemoAccount:
    """One account of the table that the command prints."""

    role: str
    name: str
    email: str


def email_of(key: str) -> str:
    """The address a demo account signs in with."""
    return f"{key}@{MAIL}"


# The faces of the demo: one a role. The others get names by chance.
ACCOUNTS = {
    "operator": DemoAccount("运维", "安立新", email_of("operator")),
    "street": DemoAccount("街道工作人员", "周敏之", email_of("street")),
    "worker": DemoAccount("社区工作者（梨园社区）", "李文静", email_of("worker")),
    "worker2": DemoAccount("同社区的另一位，可核实", "王海川", email_of("worker2")),
    "single": DemoAccount("只有一位工作者的社区", "孙丽华", email_of("single")),
    "grid": DemoAccount("网格员（梨园社区）", "赵长河", email_of("grid")),
    "unit": DemoAccount("共建单位联络员", "陈启航", email_of("unit")),
    "volunteer": DemoAccount("志愿者，存折里有记录", "刘晨曦", email_of("volunteer")),
    "newcomer": DemoAccount("刚注册的志愿者，还没核对身份", "张小雨", email_of("newcomer")),
}


def demo_password() -> str:
    """The one password of the demo: DEMO_PASSWORD, or the word in the README."""
    return os.environ.get(PASSWORD_VARIABLE) or DEMO_WORD


class People:
    """Hands out invented people: names once each, phones 138 0000 0001 and following."""

    def __init__(self, rng: Random) -> None:
        """Hash the one password once: argon2 is slow on purpose."""
        self.rng = rng
        self.serial = 0
        self.names = [surname + given for surname in SURNAMES for given in GIVEN]
        rng.shuffle(self.names)
        faces = {account.name for account in ACCOUNTS.values()}
        self.names = [name for name in self.names if name not in faces]
        self.first = prepare_newcomer(
            "示例", contact=email_of("x"), password=demo_password(), agreed=True
        )

    def newcomer(
        self, key: str | None = None, *, home_area_id: int | None = None, is_member: bool = False
    ) -> Newcomer:
        """Somebody who is about to register; `key` is one of ACCOUNTS."""
        self.serial += 1
        phone = f"+86138{self.serial:08d}"
        if key is not None:
            name, email = ACCOUNTS[key].name, ACCOUNTS[key].email
        else:
            name, email = self.names[self.serial % len(self.names)], email_of(f"p{self.serial}")
        return replace(
            self.first, name=name, contact=Contact(phone=phone, email=email),
            home_area_id=home_area_id, is_party_member=is_member,
        )  # fmt: skip

    def volunteer(self, key: str | None = None, *, home_area_id: int) -> int:
        """Register a volunteer. Returns the id."""
        is_member = self.rng.random() < 0.3
        return register(self.newcomer(key, home_area_id=home_area_id, is_member=is_member))
