"""Why a register was not taken in."""

from foundation.refusal import N_, NotFound, Refusal


class BatchNotFound(NotFound):
    """No such file at this community."""


class ContentMissing(Refusal):
    """No column says what is wished."""

    sentence = N_("请先指明哪一列是“心愿内容”，再导入。")
    status = 422


class ColumnTwice(Refusal):
    """Two columns are said to be the same thing."""

    sentence = N_("“%(column)s”选了两次，请留一列，另一列改成“只留原话”。")
    status = 422


class NothingTicked(Refusal):
    """No row was chosen."""

    sentence = N_("还没有勾选要导入的行，请至少勾一行。")
    status = 422


class RowsImportedBefore(Refusal):
    """Some of the chosen rows have become wishes already."""

    sentence = N_("第 %(lines)s 行以前导入过。不想重复就去掉勾；确实要再导一次，请勾“再导一次”。")
