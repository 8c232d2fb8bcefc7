"""One wish as a document: what was wished, who served, what proves it, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from flask_babel import gettext as _
from PIL import Image

from communities.jobs.folder_words import moment, span
from communities.views.people_lines import make_line
from communities.views.register_sheet import tools_of
from foundation import labels, media
from foundation.documents import Paper
from foundation.media import PhotoMissing
from love_bank.rules import GRADE_LABELS
from wishes.models import Photo, Wish
from wishes.queries.completion import (
    find_report,
    find_verification,
    list_evidence_photos,
    list_presences,
)
from wishes.queries.folders import Credit, list_credits
from wishes.queries.items import list_pledged
from wishes.queries.people import name_people
from wishes.queries.photos import list_public_photos
from wishes.queries.serving import list_claims, list_events
from wishes.rules.folders import Mask
from wishes.rules.history import OTHER_EVENT, WISH_EVENT_LABELS
from wishes.rules.kinds import (
    CATEGORY_LABELS,
    KIND_LABELS,
    PHOTO_LABELS,
    VENUE_LABELS,
    WishKind,
)
from wishes.rules.life import STATE_LABELS
from wishes.rules.proof import DECISION_LABELS

MOST_PICTURES = 6
PICTURE_EDGE, PICTURE_QUALITY = 1000, 80  # pixels; a year of wishes stays a file one can send


@dataclass(frozen=True)
class PaperOf:
    """The document of one wish, made from the parts below."""

    wish: Wish
    mask: Mask
    author: str

    def write(self) -> bytes:
        """The .docx."""
        wish = self.wish
        title = _("第 %(number)s 号 · %(title)s", number=f"{wish.number:04d}", title=wish.title)
        paper = Paper(title, author=self.author)
        paper.facts(self._facts())
        if wish.text:
            paper.head(_("心愿内容"))
            paper.say(self.mask.words(wish.text))
        self._say_gifts(paper) if wish.kind == WishKind.ITEM else self._say_people(paper)
        self._say_report(paper)
        self._say_events(paper)
        self._show_pictures(paper)
        return paper.data()

    def _facts(self) -> list[tuple[str, str]]:
        wish, item = self.wish, self.wish.kind == WishKind.ITEM
        kind = f"{_(KIND_LABELS[wish.kind])} · {_(CATEGORY_LABELS[wish.category])}"
        where = f"{_(VENUE_LABELS[wish.venue])} · {wish.public_place}"
        lines = [(each.name, each.quantity, each.provision) for each in wish.tools]
        return [
            (_("状态"), _(STATE_LABELS[wish.state])),
            (_("类型"), kind),
            (_("最晚送到") if item else _("时间"),
             moment(wish.ends_at) if item else span(wish.starts_at, wish.ends_at)),
            (_("送到哪里") if item else _("地点"), wish.public_place if item else where),
            (_("需要件数") if item else _("需要人数"), str(wish.headcount or labels.NOTHING)),
            (_("所需工具"), tools_of(lines) or _("无")),
            (_("认领方"), self._claimed_by() or _("还没有人认领")),
            (_("登记时间"), moment(wish.created_at)),
        ]  # fmt: skip

    def _claimed_by(self) -> str:
        takers = (
            (claim.organisation.name, claim.places)
            if claim.organisation
            else (self.mask.name(claim.claimed_by.name), claim.places)
            for claim in list_claims(self.wish.id)
        )
        return labels.listed(_("%(name)s（%(n)s）", name=name, n=n) for name, n in takers)

    def _say_people(self, paper: Paper) -> None:
        presences, counted = list_presences(self.wish.id), list_credits(self.wish.id)
        paper.head(_("谁来服务"))
        if not presences:
            paper.say(_("没有签到记录。"))
            return
        rows = []
        for line in map(make_line, presences):
            credit = counted.get(line.attendance_id)
            rows.append([
                self.mask.name(line.name), line.unit or _("个人"), line.times,
                line.proofs or labels.NOTHING,
                labels.hours(credit.minutes) if credit else labels.NOTHING,
            ])  # fmt: skip
        paper.table([_("姓名"), _("单位"), _("到场"), _("凭据"), _("记入时长")], rows)
        paper.say(_sum_of(list(counted.values())))

    def _say_gifts(self, paper: Paper) -> None:
        paper.head(_("谁送的"))
        rows = [
            [
                each.unit or self.mask.name(each.giver), str(each.places),
                moment(each.received_at), moment(each.checked_at), moment(each.handed_over_at),
            ]
            for each in list_pledged(self.wish.id)
        ]  # fmt: skip
        if rows:
            paper.table([_("认领方"), _("件数"), _("社区签收"), _("验收合格"), _("送到居民")], rows)
        else:
            paper.say(_("还没有人认领。"))

    def _say_report(self, paper: Paper) -> None:
        report, decided = find_report(self.wish.id), find_verification(self.wish.id)
        paper.head(_("完成和核实"))
        if report is None:
            paper.say(_("还没有提交完成情况。"))
            return
        paper.say(self.mask.words(report.text))
        who, at = self.mask.name(report.reported_by.name), moment(report.at)
        pairs = [(_("提交"), _("%(who)s，%(at)s", who=who, at=at))]
        if report.overrun_reason:
            pairs.append((_("超时说明"), self.mask.words(report.overrun_reason)))
        if decided is not None:
            who, at = self.mask.name(decided.verified_by.name), moment(decided.at)
            pairs.append((_("核实"), _("%(who)s，%(at)s", who=who, at=at)))
            pairs.append((_("核实结果"), _(DECISION_LABELS[decided.decision])))
        if decided is not None and decided.reason:
            pairs.append((_("核实说明"), self.mask.words(decided.reason)))
        paper.facts(pairs)

    def _say_events(self, paper: Paper) -> None:
        events = list_events(self.wish.id)
        names = name_people(event.actor_id for event in events)
        paper.head(_("经过"))
        rows = [
            [
                moment(event.at), _(WISH_EVENT_LABELS.get(event.what, OTHER_EVENT)),
                self.mask.name(names.get(event.actor_id)) or _("系统自动"),
                self.mask.words(_(event.why)) if event.why else "",
            ]
            for event in events
        ]  # fmt: skip
        paper.table([_("时间"), _("做了什么"), _("谁"), _("说明")], rows)

    def _show_pictures(self, paper: Paper) -> None:
        photos = self._pictures()
        if not photos:
            return
        paper.head(_("照片"))
        for photo in photos[:MOST_PICTURES]:
            caption = f"{_(PHOTO_LABELS[photo.purpose])} · {moment(photo.uploaded_at)}"
            try:
                paper.picture(_smaller(photo.storage_key), caption)
            except (PhotoMissing, OSError):
                paper.say(_("%(caption)s：这张照片已经撤下。", caption=caption))
        if len(photos) > MOST_PICTURES:
            paper.say(_("另有 %(n)s 张在系统里。", n=len(photos) - MOST_PICTURES))

    def _pictures(self) -> list[Photo]:
        """Public ones; with full names also the evidence that only staff see."""
        found = {photo.id: photo for photo in list_public_photos(self.wish.id)}
        if not self.mask.on:
            found |= {photo.id: photo for photo in list_evidence_photos(self.wish.id)}
        return [found[photo_id] for photo_id in sorted(found)]


def _sum_of(counted: list[Credit]) -> str:
    """The minutes that stand in the book, by what proves them."""
    if not counted:
        return str(_("没有记入时长。"))
    by_grade = [
        _("%(proof)s %(hours)s", proof=_(label),
          hours=labels.hours(sum(each.minutes for each in counted if each.grade == grade)))
        for grade, label in GRADE_LABELS.items()
        if any(each.grade == grade for each in counted)
    ]  # fmt: skip
    total = labels.hours(sum(each.minutes for each in counted))
    return str(
        _("共记入 %(total)s，按凭据：%(parts)s。", total=total, parts=labels.listed(by_grade))
    )


def _smaller(key: str) -> BytesIO:
    """A stored picture, small enough for a page of paper. Raises PhotoMissing."""
    target = BytesIO()
    with media.open_photo(key, media.LARGE) as stored, Image.open(stored) as image:
        image.thumbnail((PICTURE_EDGE, PICTURE_EDGE))
        image.convert("RGB").save(target, "JPEG", quality=PICTURE_QUALITY)
    target.seek(0)
    return target
