"""The page /parts: every macro with invented data, for whoever builds a page. Development only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from flask import Flask, render_template, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.access import public
from foundation.forms import Form, LineForm
from foundation.links import draw_qr

START = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
LONG_TITLE = "帮行动不便的老人把阳台上多年积存的旧花盆、旧报纸和一台坏掉的洗衣机搬到楼下集中清运点"
PROVISIONS = [("community", "社区备"), ("bring", "自带"), ("lend", "可借")]


class ToolSample(LineForm):
    """One tool line."""

    name = StringField("工具")
    quantity = IntegerField("数量", [Optional()])
    provision = SelectField("谁来备", choices=PROVISIONS)


class FormSample(Form):
    """One field of every kind."""

    title = StringField("心愿标题", [InputRequired("请写一句话，说清要做什么。")])
    story = TextAreaField("情况说明", [Optional()])
    on = DateField("日期", [InputRequired("请选一天。")])
    start = TimeField("开始", [Optional()])
    people = IntegerField("人数", [NumberRange(1, 200, "人数请填 1 到 200 之间的整数。")])
    category = SelectField("类别", choices=[("repair", "家政维修"), ("clean", "环境整治")])
    venue = RadioField(
        "在哪里做",
        [InputRequired("请选一种。")],
        choices=[("home", "上门"), ("centre", "社区"), ("outdoors", "户外"), ("online", "线上")],
    )
    skills = SelectMultipleField(
        "要会什么",
        choices=[("power", "水电"), ("talk", "陪聊")],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    public_ask = BooleanField("让邻居也能看到并附议")
    tools = FieldList(FormField(ToolSample), "所需工具", min_entries=2)
    code = StringField("签到码")
    photos = MultipleFileField("现场照片", [Optional()])


def _tool(name: str, provision: str, *, quantity: int = 1, pledged: bool = False) -> Sample:
    return Sample(name=name, quantity=quantity, provision_label=provision, pledged=pledged)


def _card(number: int, title: str, **different: Any) -> Sample:
    usual: dict[str, Any] = {
        "kind": "service",
        "light": "red",
        "light_word": "待认领",
        "category_label": "家政维修",
        "community_name": "天图社区",
        "venue_label": "上门",
        "public_place": "梨园街道一网格",
        "starts_at": START,
        "ends_at": START + timedelta(hours=1),
        "deliver_to": None,
        "deliver_by": None,
        "headcount": 2,
        "places_taken": 1,
        "tools": [_tool("梯子", "社区备", pledged=True), _tool("螺丝刀", "自带")],
        "claimed_by_label": None,
    }
    return Sample(id=number, title=title, url=f"#wish-{number}", **(usual | different))


def _cards() -> list[Sample]:
    coat = {
        "kind": "item",
        "light": "yellow",
        "light_word": "进行中",
        "category_label": "助学",
        "community_name": "六约南社区",
        "deliver_to": "社区党群服务中心二楼",
        "deliver_by": START + timedelta(days=7),
        "headcount": 1,
        "claimed_by_label": "航天农业科技示范园",
    }
    return [
        _card(1, "换卧室灯泡", distance_label="1.2 公里"),
        _card(2, "清理小道两侧杂草", headcount=6, places_taken=3, venue_label="户外"),
        _card(3, "孩子的羽绒服一件，身高 1.45 米", **coat),
        _card(4, LONG_TITLE, headcount=30, places_taken=12, public_place="中心花园东侧集合点" * 2),
        _card(5, "疏通下水道", light="blue", light_word="待核实", places_taken=2, tools=[]),
        _card(6, "老花眼镜一副", light="green", light_word="已办结", places_taken=2, tools=[]),
    ]


def _entry(on: str, what: str, minutes: int, balance: str, **different: Any) -> Sample:
    usual = {"weekday_label": "周六", "grade_label": "扫码", "details": ["天图社区记录并核实"]}
    return Sample(
        date_label=on, what=what, minutes=minutes, balance_label=balance, **(usual | different)
    )


def _book() -> dict[str, Any]:
    cover = Sample(
        number_label="2216 0387 0142",
        total_minutes=5100,
        parts=["扫码 72 时", "点名 12 时", "补录 1 时", "公示中 1 时 30 分另计"],
        star_label="一星 100 小时",
        next_label="还差 15 时",
        percent=85,
    )
    seen = ["9:02–10:04，计划 1 小时", "天图社区记录并核实 · 与 1 人同往 · 照片 3 张"]
    entries = [
        _entry("11.28", "换卧室灯泡", 60, "85:00", details=seen),
        _entry("11.15", "反诈讲座秩序引导", 90, "公示中", grade_label="点名", pending=True),
        _entry("11.12", "更正后：陪诊", 180, "82:00", details=["10.30 8:05–11:05 · 两人复核"]),
        _entry("11.12", "更正：划去 10.30 陪诊", -210, "79:00", grade_label=None, back=True),
    ]
    return {"book": cover, "entries": entries, "seal": ["天图社区", "已核实", "2026.11"]}


def _lane(colour: str, word: str, count: int, *slips: tuple[str, str, str | None]) -> Sample:
    made = [Sample(title=title, note=note, late=late, url="#lanes") for title, note, late in slips]
    return Sample(colour=colour, word=word, count=count, slips=made, more_url="#lanes")


def _desk() -> dict[str, Any]:
    lanes = [
        _lane(
            "red",
            "待认领",
            4,
            ("换卧室灯泡", "周六 9:00 · 1/2 人", None),
            ("老人代步轮椅一台", "物品", "超时 1 天"),
        ),
        _lane("yellow", "进行中", 5, ("反诈知识讲座", "今天 14:00 · 4 人已到 3", None)),
        _lane("blue", "待核实", 3, ("整理花坛", "照片 3 张", "照片与 9 月相似")),
        _lane("green", "已办结", 0),
    ]
    call = {"phone": "13800000000", "phone_label": "138 0000 0000"}
    todos = [
        Sample(
            title="灯泡坏了，晚上起身不便",
            note="居民诉求 · 一网格 · 今天 8:12",
            url="#todo",
            light="red",
            light_word="上传待接收",
            action_url="#todo",
            action_label="受理",
            **call,
        ),
        Sample(title="清理小道两侧杂草", note="周日 8:30", late="还差 3 人", url="#todo", **call),
    ]
    people = [
        Sample(name="志愿者 0142", note="自己报名", state_label="13:52 签到", missing=False),
        Sample(name="共建单位 1 人", note="还没写名字", state_label="未到", missing=True),
    ]
    return {"lanes": lanes, "todos": todos, "people": people}


def _table() -> dict[str, Any]:
    columns = ["日期", "心愿", "社区", "参加的同事", ("人数", "num"), ("时长", "num"), "证据"]
    scanned = Markup('<span class="grade">扫码</span> 照片 3')
    rows = [
        ["11.28", "换卧室灯泡", "天图社区", "工号 031", 1, "1:00", scanned],
        ["11.22", "清理小道两侧杂草", "天图社区", "工号 007、012、031 等", 6, "12:00", scanned],
    ]
    sums = [
        ("27", "件心愿"),
        ("41", "名同事参加"),
        ("132 时 30 分", "其中扫码 118 时"),
        ("4.9", "居民评价"),
    ]
    return {
        "columns": columns,
        "rows": rows,
        "foot": ["合计", "", "", "", 7, "13:00", ""],
        "sums": sums,
    }


def _way() -> dict[str, Any]:
    steps = [
        Sample(label="居民提出", done=True, date_label="11.24"),
        Sample(label="社区受理", done=True, date_label="11.25"),
        Sample(label="满员", done=False, date_label=None),
        Sample(label="完成", done=False, date_label=None),
        Sample(label="核实", done=False, date_label=None),
    ]
    events = [
        Sample(when_label="11月25日 周三 9:10", title="社区发布", who_label="天图社区"),
        Sample(when_label="11月24日 周二 17:40", title="网格员代录", text="老人电话里说的。"),
    ]
    notices = [
        Sample(
            title="差的人齐了", text="“换卧室灯泡”满员。", when_label="昨天", unread=True, url="#n"
        ),
        Sample(title="时间改了", text="改到周六 10:00。", when_label="3 天前", unread=False),
    ]
    return {"steps": steps, "events": events, "notices": notices}


def _forms() -> dict[str, Form]:
    wrong = MultiDict(
        {"title": "", "people": "0", "tools-0-name": "梯子", "tools-0-quantity": "一把"}
    )
    form = FormSample(formdata=wrong, prefix="")
    form.validate()
    form["csrf_token"].errors = []
    form.refusals.append("名额刚刚满了，看看附近别的心愿吧。")
    fresh = FormSample(formdata=None, prefix="fresh-")
    return {"wrong": form, "fresh": fresh}


def register_parts(app: Flask) -> None:
    """Add /parts. Called by the factory when the app is in debug or SHOW_PARTS is set."""

    @app.route("/parts")
    @public
    def parts() -> str:
        """Every part of the product on one page."""
        photo = url_for("static", filename="icons/brand.svg")
        photos = [
            Sample(url=photo, thumb_url=photo, alt="换好的灯", caption="之后", note="未公开")
        ] * 3
        gathered = _book() | _desk() | _table() | _way() | _forms()
        code = draw_qr("/check-in?code=704218")
        return render_template(
            "parts.html", cards=_cards(), photos=photos, qr_sample=code, **gathered
        )
