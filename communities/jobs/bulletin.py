"""简报: a period in sums, from the lines of the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask_babel import gettext as _

from communities.jobs.folder_words import period
from communities.queries.register_lines import RegisterLine
from foundation import labels
from foundation.documents import Paper
from wishes.models import InspectionFolder
from wishes.queries.folders import list_units_in
from wishes.rules.kinds import CATEGORY_LABELS, WishKind
from wishes.rules.life import STATE_LABELS, WishState

MOST_UNITS = 20
SERVED = frozenset({WishState.REPORTED, WishState.VERIFIED})


def write_bulletin(folder: InspectionFolder, lines: Sequence[RegisterLine]) -> bytes:
    """The .docx with the sums that the register has, too."""
    area = folder.area.name
    paper = Paper(_("%(area)s微心愿工作简报", area=area), author=area)
    days = period(folder.first_day, folder.last_day)
    done = sum(line.state == WishState.VERIFIED for line in lines)
    came, minutes = sum(line.came for line in lines), sum(line.minutes for line in lines)
    paper.say(_(
        "%(days)s，%(area)s发布微心愿 %(n)s 个，办结 %(done)s 个，%(came)s 人次到场服务，"
        "记入服务时长 %(hours)s，送到物品 %(pieces)s 件。",
        days=days, area=area, n=len(lines), done=done, came=came,
        hours=labels.hours_words(minutes), pieces=sum(line.handed_over for line in lines),
    ))  # fmt: skip
    paper.head(_("按状态"))
    states = Counter(line.state for line in lines)
    paper.table(
        [_("状态"), _("心愿数")],
        [[_(label), str(states[state])] for state, label in STATE_LABELS.items() if states[state]],
    )
    paper.head(_("按类别"))
    paper.table([_("类别"), _("心愿数"), _("办结"), _("人次"), _("服务时长")], _by_category(lines))
    _say_units(paper, [line.wish_id for line in lines])
    _say_done(paper, lines)
    return paper.data()


def _by_category(lines: Sequence[RegisterLine]) -> list[list[str]]:
    rows = []
    for category, label in CATEGORY_LABELS.items():
        these = [line for line in lines if line.category == category]
        if these:
            done = sum(line.state == WishState.VERIFIED for line in these)
            minutes = sum(line.minutes for line in these)
            rows.append([
                _(label), str(len(these)), str(done), str(sum(line.came for line in these)),
                labels.hours(minutes),
            ])  # fmt: skip
    return rows


def _say_units(paper: Paper, wish_ids: Sequence[int]) -> None:
    units = list_units_in(wish_ids)
    paper.head(_("参与单位"))
    if not units:
        paper.say(_("这段时间里没有单位认领。"))
        return
    rows = [[unit, str(wishes), str(places)] for unit, wishes, places in units[:MOST_UNITS]]
    paper.table([_("单位"), _("认领心愿"), _("人次或件数")], rows)
    if len(units) > MOST_UNITS:
        paper.say(_("另有 %(n)s 个单位，见台账。", n=len(units) - MOST_UNITS))


def _say_done(paper: Paper, lines: Sequence[RegisterLine]) -> None:
    done = [line for line in lines if line.state in SERVED]
    paper.head(_("做成的心愿"))
    if not done:
        paper.say(_("这段时间里还没有做成的心愿。"))
        return
    rows = [
        [
            f"{line.number:04d}", line.title, _(STATE_LABELS[line.state]),
            str(line.handed_over if line.kind == WishKind.ITEM else line.came),
            labels.hours(line.minutes),
        ]
        for line in done
    ]  # fmt: skip
    columns = [_("编号"), _("心愿内容"), _("状态"), _("到场人数或送到件数"), _("服务时长")]
    paper.table(columns, rows)
