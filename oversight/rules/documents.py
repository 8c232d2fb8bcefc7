"""月报 as .docx in a street's own template. The template is not trusted.

It may name fields, ask whether one is there, and go through the communities once; nothing else is
understood: no calls, no calculations, no names with a meaning to Python. Size and unpacked size
are capped before anything is opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from foundation.refusal import N_
from oversight.refusals.reports import (
    NotADocx,
    TemplateBroken,
    TemplateNotPlain,
    TemplateRefusal,
    TemplateTooLarge,
    UnknownField,
)
from oversight.rules.figures import FIGURE_LABELS, Figure

MOST_BYTES = 2 * 1024**2
MOST_UNPACKED = 20 * 1024**2
MOST_BODY = 1024**2  # the loop repeats it
MOST_ENTRIES = 500
BODY = "word/document.xml"
MACROS = "vbaproject.bin"
STREET, MONTH, WORDS, PLACES = N_("街道名称"), N_("月份"), N_("说明"), N_("各社区")
ROW = N_("行")  # what the sample calls one community in its loop
QUICK_SHARE, TIME_SHARE, PLACE_NAME = N_("限期内比例"), N_("按时比例"), N_("社区名称")
FIELDS = (STREET, MONTH, *FIGURE_LABELS.values(), QUICK_SHARE, TIME_SHARE, WORDS)
PLACE_FIELDS = frozenset({str(PLACE_NAME), *map(str, FIGURE_LABELS.values())})
PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If,
    nodes.For, nodes.Compare, nodes.Operand, nodes.Const, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip


class PlainEnvironment(ImmutableSandboxedEnvironment):
    """Jinja that understands fields and one loop, and nothing else."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Every part of the document passes here before it is compiled."""
        tree = super()._parse(source, name, filename)
        _ensure_plain(tree, frozenset(map(str, (*FIELDS, PLACES))), in_loop=False)
        return tree


def _ensure_plain(node: nodes.Node, known: frozenset[str], *, in_loop: bool) -> None:
    """Raises TemplateNotPlain, UnknownField."""
    if not isinstance(node, PLAIN):
        raise TemplateNotPlain(what=type(node).__name__)
    if isinstance(node, nodes.Name) and node.name not in known:
        raise UnknownField(field=node.name)
    if isinstance(node, nodes.Getattr) and not (
        in_loop and node.attr in PLACE_FIELDS and isinstance(node.node, nodes.Name)
    ):
        raise UnknownField(field=node.attr)
    if isinstance(node, nodes.For):
        known = _ensure_one_loop(node, known, in_loop=in_loop)
        in_loop = True
        for child in (*node.body, *node.else_):
            _ensure_plain(child, known, in_loop=in_loop)
        return
    for child in node.iter_child_nodes():
        _ensure_plain(child, known, in_loop=in_loop)


def _ensure_one_loop(node: nodes.For, known: frozenset[str], *, in_loop: bool) -> frozenset[str]:
    """A loop over the communities, not inside another; the names known in it."""
    over, each = node.iter, node.target
    over_places = isinstance(over, nodes.Name) and over.name == PLACES
    if in_loop or not over_places or node.recursive or node.test is not None:
        raise TemplateNotPlain(what="for")
    if not isinstance(each, nodes.Name) or each.name in known:
        raise TemplateNotPlain(what="for")
    return known | {each.name}


def render_document(template: bytes, fields: Mapping[str, Any], *, name: str) -> bytes:
    """The template filled in, as .docx bytes. Raises a TemplateRefusal that names what is wrong."""
    _ensure_docx(template, name)
    target = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(dict(fields), jinja_env=PlainEnvironment())
        document.save(target)
    except TemplateRefusal:
        raise
    except UndefinedError as error:
        raise UnknownField(field=str(error.message or "")) from error
    except TemplateError as error:
        raise TemplateBroken(what=str(error.message or "")[:80]) from error
    except Exception as error:  # a reader of hostile XML may raise anything: it cannot be read
        raise NotADocx(name=name) from error
    return target.getvalue()


def _ensure_docx(data: bytes, name: str) -> None:
    """Raises NotADocx, TemplateTooLarge; zipfile unpacks no more of an entry than it declares."""
    if len(data) > MOST_BYTES:
        raise TemplateTooLarge(name=name, megabytes=MOST_BYTES // 1024**2)
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise NotADocx(name=name) from error
    heavy = any(each.filename == BODY and each.file_size > MOST_BODY for each in entries)
    unpacked = sum(each.file_size for each in entries)
    if heavy or len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise TemplateTooLarge(name=name, megabytes=MOST_BYTES // 1024**2)
    names = {each.filename for each in entries}
    if BODY not in names or any(each.lower().endswith(MACROS) for each in names):
        raise NotADocx(name=name)


def make_sample(title: str, note: str) -> bytes:
    """A template to begin with: every field once, and the table of the communities."""
    document = Document()
    document.add_heading(f"{{{{ {STREET} }}}} {{{{ {MONTH} }}}} {title}", level=1)
    document.add_paragraph(note)
    for field in (*FIGURE_LABELS.values(), QUICK_SHARE, TIME_SHARE):
        document.add_paragraph(f"{field}: {{{{ {field} }}}}", style="List Bullet")
    shown = [Figure.ASKS, Figure.SOLVED, Figure.WISHES, Figure.SERVICES, Figure.MINUTES]
    columns = [str(PLACE_NAME), *(str(FIGURE_LABELS[each]) for each in shown)]
    table = document.add_table(rows=4, cols=len(columns))
    table.style = "Table Grid"
    for at, column in enumerate(columns):
        table.cell(0, at).text = column
        table.cell(2, at).text = f"{{{{ {ROW}.{column} }}}}"
    table.cell(1, 0).text = f"{{%tr for {ROW} in {PLACES} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    document.add_paragraph(f"{{{{ {WORDS} }}}}")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
