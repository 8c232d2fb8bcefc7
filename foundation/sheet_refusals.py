"""Why a table that somebody brought cannot be read, and what to do instead."""

from foundation.refusal import N_, Refusal


class SheetRefusal(Refusal):
    """Base of what may be wrong with a file; `name` is what the person calls it."""

    status = 422
    field = "file"


class NotASheet(SheetRefusal):
    """The bytes are no Excel file and no text, whatever the file is called."""

    sentence = N_("“%(name)s”不是能读的表格，请在 Excel 里另存为 .xlsx 或 CSV 再传。")


class OldSheet(SheetRefusal):
    """An .xls of before 2007, or one that is locked with a password."""

    sentence = N_("“%(name)s”是旧格式或加了密码，请在 Excel 里去掉密码，另存为 .xlsx 再传。")


class EmptySheet(SheetRefusal):
    """No sheet has a row."""

    sentence = N_("“%(name)s”里没有内容，请看看是不是选错了文件。")


class SheetTooLarge(SheetRefusal):
    """More bytes than the cap, packed or unpacked."""

    sentence = N_("“%(name)s”太大，最多 %(megabytes)s MB。请去掉图片，或分成几份再传。")
    status = 413


class TooManyRows(SheetRefusal):
    """More rows than the cap."""

    sentence = N_("“%(name)s”超过 %(rows)s 行，请分成几份再传。")
