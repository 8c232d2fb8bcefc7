"""Word documents for people: A4, type that WPS and Word have, tables, pictures, no macros."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import IO, Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PAGE = (Cm(21), Cm(29.7))
MARGIN, LABEL, VALUE = Cm(2.5), Cm(3.2), Cm(12.8)
WIDEST_PICTURE, TALLEST_PICTURE = Cm(15), Cm(11)
BODY, HEAD = "SimSun", "SimHei"
STYLES = {"Normal": (BODY, 11), "Title": (HEAD, 18), "Heading 1": (HEAD, 14)}


class Paper:
    """A document that is written from top to bottom."""

    def __init__(self, title: str, *, author: str) -> None:
        """An empty A4 page with its title."""
        self._file = Document()
        section = self._file.sections[0]
        section.page_width, section.page_height = PAGE
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, MARGIN)
        for name, (font, points) in STYLES.items():
            _set_font(self._file.styles[name], font, points)
        about = self._file.core_properties
        about.title, about.author, about.comments = clean(title)[:255], clean(author)[:255], ""
        self._file.add_heading(clean(title), 0)

    def head(self, words: str) -> None:
        """The heading of a part."""
        self._file.add_heading(clean(words), 1)

    def say(self, words: str) -> None:
        """Text, a paragraph for each of its lines."""
        for line in clean(words).splitlines():
            self._file.add_paragraph(line)

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and values beside each other."""
        table = self._table(2)
        for name, value in pairs:
            cells = table.add_row().cells
            _write(cells[0], name, LABEL, bold=True)
            _write(cells[1], value, VALUE)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table with a header that comes again on each page."""
        table = self._table(len(columns))
        width = int((LABEL + VALUE) / len(columns))
        header = table.add_row()
        header._tr.get_or_add_trPr().append(header._tr.makeelement(qn("w:tblHeader"), {}))
        for cell, name in zip(header.cells, columns, strict=True):
            _write(cell, name, width, bold=True)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                _write(cell, words, width)

    def picture(self, image: IO[bytes], caption: str) -> None:
        """A picture as large as fits, its caption below."""
        shape = self._file.add_picture(image)
        share = min(1.0, WIDEST_PICTURE / shape.width, TALLEST_PICTURE / shape.height)
        shape.width, shape.height = int(shape.width * share), int(shape.height * share)
        self._file.paragraphs[-1].paragraph_format.keep_with_next = True
        self._file.add_paragraph(clean(caption))

    def data(self) -> bytes:
        """The .docx."""
        target = BytesIO()
        self._file.save(target)
        return target.getvalue()

    def _table(self, columns: int) -> Any:
        table = self._file.add_table(0, columns, style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        return table


def clean(words: str) -> str:
    """The words without what no XML may hold."""
    return _NOT_XML.sub("", words)


def _write(cell: Any, words: str, width: int, *, bold: bool = False) -> None:
    cell.width = width
    run = cell.paragraphs[0].add_run(clean(words))
    run.font.size, run.bold = Pt(10.5), bold or None


def _set_font(style: Any, name: str, points: float) -> None:
    style.font.name, style.font.size = name, Pt(points)
    style.font.color.rgb = RGBColor(0x22, 0x22, 0x22)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), name)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
