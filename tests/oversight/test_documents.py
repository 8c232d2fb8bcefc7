"""A street's own template: fields and one loop, and nothing that could run or blow up."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from docx import Document

from oversight.refusals.reports import (
    NotADocx,
    TemplateBroken,
    TemplateNotPlain,
    TemplateRefusal,
    TemplateTooLarge,
    UnknownField,
)
from oversight.rules.documents import MOST_BYTES, make_sample, render_document
from oversight.rules.fields import fields_of
from oversight.rules.figures import Figure, Report

NUMBERS = {str(each): 0 for each in Figure} | {"asks": 8, "quick": 6, "minutes": 150}
REPORT = Report(date(2026, 10, 1), NUMBERS, [(1, "梨园<社区>", NUMBERS), (2, "天图社区", NUMBERS)])
FIELDS = fields_of(REPORT, street="梨园街道", words="一切&照旧")


def docx(*paragraphs: str) -> bytes:
    """A Word document of these paragraphs."""
    document, target = Document(), io.BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(target)
    return target.getvalue()


def words_of(data: bytes) -> str:
    """Everything that Word would show."""
    document = Document(io.BytesIO(data))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_fields_are_filled_in_and_nothing_becomes_markup() -> None:
    made = render_document(
        docx("{{ 街道名称 }}：{{ 诉求总数 }}，{{ 说明 }}"), FIELDS, name="t.docx"
    )
    assert "梨园街道：8，一切&照旧" in words_of(made)


def test_the_sample_goes_through_the_communities() -> None:
    said = words_of(render_document(make_sample("月报", "注"), FIELDS, name="t.docx"))
    assert "梨园<社区>" in said
    assert "天图社区" in said
    assert "75%" in said  # 6 of 8
    assert "2:30" in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("words", "refusal", "named"),
    [
        ("{{ 不存在的字段 }}", UnknownField, "不存在的字段"),
        ("{{ 街道名称.__class__ }}", UnknownField, "__class__"),
        ("{% for 行 in 各社区 %}{{ 行.电话 }}{% endfor %}", UnknownField, "电话"),
        ("{{ range(9) }}", TemplateNotPlain, "Call"),
        ("{{ '啊' * 999999999 }}", TemplateNotPlain, "Mul"),
        ("{{ 诉求总数|upper }}", TemplateNotPlain, "Filter"),
        ("{% set a = 1 %}", TemplateNotPlain, "Assign"),
        ("{% include 'x' %}", TemplateNotPlain, "Include"),
        ("{% for a in 各社区 %}{% for b in 各社区 %}x{% endfor %}{% endfor %}",
         TemplateNotPlain, "for"),
        ("{% for a in 街道名称 %}x{% endfor %}", TemplateNotPlain, "for"),
        ("{{ 街道名称 ", TemplateBroken, ""),
        ("{% if 街道名称 %}没有结尾", TemplateBroken, ""),
    ],
)  # fmt: skip
def test_what_is_no_field_is_named(words: str, refusal: type[TemplateRefusal], named: str) -> None:
    with pytest.raises(refusal) as caught:
        render_document(docx(words), FIELDS, name="t.docx")
    assert named in str(caught.value)


def packed(**files: bytes) -> bytes:
    """A zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"%PDF-1.7", NotADocx),
        (b"", NotADocx),
        (packed(hello=b"x"), NotADocx),
        (packed(**{"word/document.xml": b"<not>xml"}), NotADocx),
        (packed(**{"word/document.xml": b"x", "word/vbaProject.bin": b"x"}), NotADocx),
        (packed(**{"word/document.xml": b"0" * (30 * 1024**2)}), TemplateTooLarge),
        (b"PK" + b"0" * MOST_BYTES, TemplateTooLarge),
    ],
)
def test_what_is_no_document_is_said(data: bytes, refusal: type[TemplateRefusal]) -> None:
    with pytest.raises(refusal):
        render_document(data, FIELDS, name="模板.docx")
