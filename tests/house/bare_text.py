"""Find Chinese text that a person would see past gettext, in Python and in templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jinja2 import Environment, nodes

CHINESE = re.compile(r"[\u3400-\u9fff、。，：；？！（）]")
WIDE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff1f\uff5b-\uff60]")  # its punctuation too
MARKS = {"_", "_l", "N_", "N_n", "gettext", "ngettext", "lazy_gettext"}
NOW = {"_", "gettext", "ngettext"}  # these translate at once, into the language of the moment
Found = tuple[int, str]


def _name_of(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def bare_in_python(source: str) -> list[Found]:
    """(line, text) of Chinese constants that are neither docstrings nor handed to gettext."""
    tree = ast.parse(source)
    fine: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name_of(node) in MARKS:
            fine.update(map(id, node.args))
        elif isinstance(node, ast.Expr):
            fine.add(id(node.value))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if CHINESE.search(node.value) and id(node) not in fine
    ]


def translated_at_import(source: str) -> list[int]:
    """Lines that translate while the module is read: everybody would get the first language."""
    return [call.lineno for call in _outside_functions(ast.parse(source)) if _name_of(call) in NOW]


def _outside_functions(node: ast.AST) -> Iterator[ast.Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _outside_functions(child.args)
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _outside_functions(child)


def bare_in_template(source: str) -> list[Found]:
    """(line, text) of Chinese in a template that is not handed to gettext."""
    tree = Environment(extensions=["jinja2.ext.do"], autoescape=True).parse(source)
    fine = {
        id(argument)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in NOW
        for argument in call.args
    }
    written = [(each.lineno, each.data) for each in tree.find_all(nodes.TemplateData)]
    constants = [
        (each.lineno, each.value)
        for each in tree.find_all(nodes.Const)
        if isinstance(each.value, str) and id(each) not in fine
    ]
    return [(line, text.strip()) for line, text in [*written, *constants] if WIDE.search(text)]
