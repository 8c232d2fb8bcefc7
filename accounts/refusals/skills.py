"""Why a page of skills is not kept."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class AwayBackwards(Refusal):
    """The last day away lies before the first."""

    sentence = N_("不在的日子，结束要在开始之后，请改一下。")
    status = 422
    field = "away_until"


class BirthYearWrong(Refusal):
    """No living person's year."""

    sentence = N_("出生年份请填四位数，例如 1988。")
    status = 422
    field = "birth_year"
