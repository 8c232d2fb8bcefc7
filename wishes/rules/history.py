"""The words of a history: what each event of an ask or a wish is called."""

from __future__ import annotations

from foundation.refusal import N_

ASK_EVENT_LABELS = {
    "submit": N_("提出"),
    "complete": N_("网格员补充了情况"),
    "accept": N_("社区受理"),
    "answer": N_("社区答复"),
    "return": N_("退回补充"),
    "pass_on": N_("转办"),
    "submit_again": N_("补充后再次提出"),
    "finish": N_("办结"),
    "wish_cancelled": N_("安排取消了"),
    "rate": N_("居民评价"),
    "rate_bad": N_("居民不满意"),
    "answer_again": N_("社区二次答复"),
    "close": N_("居民确认办结"),
    "hide": N_("改为只给社区看"),
    "refer": N_("上报上级协调"),
    "referral_done": N_("上级协调办结"),
    "referral_returned": N_("上级退回，社区再办"),
    "pause": N_("暂停计时"),
    "resume": N_("恢复计时"),
}
WISH_EVENT_LABELS = {
    "draft": N_("写下草稿"),
    "edit": N_("修改"),
    "publish": N_("发布"),
    "claim": N_("有人认领"),
    "withdraw": N_("有人退出"),
    "cannot_come": N_("有人来不了"),
    "change_number": N_("单位改了人数"),
    "fill": N_("人齐了"),
    "reopen": N_("又缺人了"),
    "release": N_("名额放出来了"),
    "start": N_("开始服务"),
    "report": N_("提交完成情况"),
    "verify": N_("核实"),
    "ask_again": N_("请再做一次"),
    "reject": N_("认定未兑现"),
    "offer_again": N_("重新开放认领"),
    "cancel": N_("取消"),
    "expire": N_("过期"),
    "slip": N_("打印居民单"),
    "dispatch": N_("派单"),
    "receive": N_("收到物品"),
    "check": N_("验收合格"),
    "not_as_wished": N_("验收不合格，退回"),
    "hand_over": N_("送到居民手里"),
    "refer": N_("上报上级协调"),
    "referral_done": N_("上级协调办结"),
    "referral_returned": N_("上级退回，社区再办"),
    "pause": N_("暂停计时"),
    "resume": N_("恢复计时"),
}
OTHER_EVENT = N_("有变动")
