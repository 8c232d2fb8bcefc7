"""The refusals of the unit's desk."""

from __future__ import annotations

from foundation.refusal import N_, Refusal


class NoRosterHeader(Refusal):
    """No row of the sheet names the columns."""

    sentence = N_("没有找到表头。前十行里要有一行写着“姓名”和“手机”（“工号”可以没有）。")
    status = 422
    field = "file"


class NothingToImport(Refusal):
    """Every row had something wrong with it."""

    sentence = N_("没有一行可以导入，请按下面说的改好表格再传。")
    status = 422
