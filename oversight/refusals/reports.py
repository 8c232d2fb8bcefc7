"""The refusals of monthly reports and their Word templates."""

from __future__ import annotations

from foundation.refusal import N_, NotFound, Refusal


class ReportNotFound(NotFound):
    """No such report at this desk."""

    sentence = N_("没有找到这份月报。")


class ReportMonthNotOver(Refusal):
    """A month is counted when it is over."""

    sentence = N_("%(month)s还没有过完，月报要等这个月过完。请选以前的月份。")
    status = 422
    field = "month"


class ReportFinished(Refusal):
    """A finished report stays as it is."""

    sentence = N_("这份月报已经定稿，不能再改。")


class TemplateRefusal(Refusal):
    """Base of what may be wrong with a template."""

    status = 422
    field = "file"


class NotADocx(TemplateRefusal):
    """The file is no Word document of today."""

    sentence = N_("“%(name)s”不是 Word 文档（.docx）。请在 WPS 或 Word 里另存为 .docx 再传。")


class TemplateTooLarge(TemplateRefusal):
    """A template is words and a letterhead."""

    sentence = N_("“%(name)s”太大了，模板最多 %(megabytes)s MB。请去掉里面的大图片再传。")


class UnknownField(TemplateRefusal):
    """A field that no report has."""

    sentence = N_("模板里的“%(field)s”不是月报的字段。请对照下面的字段表改好再传。")


class TemplateNotPlain(TemplateRefusal):
    """A template names fields; it does not calculate or call."""

    sentence = N_("模板里的“%(what)s”不能用。只能写字段、条件和各社区的循环，请对照样板改。")


class TemplateBroken(TemplateRefusal):
    """A bracket that is not closed, a loop without an end."""

    sentence = N_("模板里有没写完的地方：%(what)s。请检查大括号是否成对。")
