"""双报到 in words: where a report stands, and a card as paper; every desk shows the same."""

from __future__ import annotations

from dataclasses import dataclass

from flask import make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from accounts.models import PartyReport
from accounts.queries.areas import get_area
from accounts.queries.people import find_person
from accounts.rules.reporting import REPORT_LABELS, ReportState
from foundation.labels import day, hours_words
from love_bank.rules import GRADE_LABELS, Grade
from wishes.models import FeedbackCard
from wishes.rules.feedback import Figures, Quarter

LIGHTS = {
    ReportState.SUBMITTED: "yellow",
    ReportState.CONFIRMED: "green",
    ReportState.RETURNED: "red",
    ReportState.ENDED: "grey",
}


@dataclass(frozen=True)
class ReportLine:
    """Where a report stands, for whoever made it."""

    light: str
    word: str
    community: str
    unit: str
    note: str


def report_line(report: PartyReport) -> ReportLine:
    """The state of one's own report."""
    state = ReportState(report.state)
    notes = {
        ReportState.SUBMITTED: _("%(day)s 交的，等社区确认。", day=day(report.made_at)),
        ReportState.CONFIRMED: _("每季度在这里服务过，社区会出一张反馈卡。"),
        ReportState.RETURNED: _("社区说：%(reason)s。改好后可以再报到。", reason=report.answer),
    }
    return ReportLine(
        light=LIGHTS[state],
        word=_(REPORT_LABELS[state]),
        community=report.community.name,
        unit=report.organisation.name if report.organisation else "",
        note=notes.get(state, ""),
    )


def report_light(state: ReportState) -> tuple[str, str]:
    """(colour, word) of a report's state."""
    return LIGHTS[state], _(REPORT_LABELS[state])


def quarter_words(card: FeedbackCard) -> str:
    """The quarter of a card: 2026 年第 3 季度."""
    quarter = Quarter(card.quarter)
    return _("%(year)s 年第 %(n)s 季度", year=str(quarter.first.year), n=quarter.number)


def figures_of(card: FeedbackCard) -> Figures:
    """The figures a card holds."""
    return Figures(card.wishes, card.people, card.times, card.scanned, card.marked, card.late)


def figure_lines(figures: Figures) -> list[tuple[str, str]]:
    """(what, how much) of a card, the same on the desk and on paper."""
    graded = (
        (Grade.A, figures.scanned),
        (Grade.B, figures.marked),
        (Grade.C, figures.late),
    )
    lines = [
        (_("心愿"), _("%(n)s 件", n=figures.wishes)),
        (_("人次"), str(figures.times)),
        (_("时长"), hours_words(figures.minutes)),
    ]
    lines += [
        (_(GRADE_LABELS[grade]), hours_words(minutes)) for grade, minutes in graded if minutes
    ]
    return lines


def short_figures(figures: Figures) -> str:
    """The figures in one line."""
    return _(
        "%(wishes)s 件心愿 · %(times)s 人次 · %(hours)s",
        wishes=figures.wishes, times=figures.times, hours=hours_words(figures.minutes),
    )  # fmt: skip


def show_card(card: FeedbackCard, *, name: str, back_url: str) -> Response:
    """A card as a page to print; never kept by a browser on the way."""
    signer = find_person(card.signed_by_id) if card.signed_by_id else None
    page = render_template(
        "wishes/feedback_card.html", card=card, name=name, back_url=back_url,
        branch=card.report.branch if card.report.user_id is None else "",
        community=get_area(card.report.community_id), quarter=quarter_words(card),
        figures=figure_lines(figures_of(card)), signer=signer.name if signer else "",
    )  # fmt: skip
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
