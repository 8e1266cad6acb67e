"""Colours have one home: nothing outside designer/theme names one."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THEME = ROOT / "designer" / "theme"
SOURCES = sorted(path for path in (ROOT / "designer").rglob("*.py") if THEME not in path.parents)
WRITTEN = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3}(?:[0-9a-fA-F]{2})?)?\b|\b(?:rgb|hsl)a?\(")
MAKERS = {"QColor", "QColor.fromRgb", "QColor.fromRgbF", "QColor.fromHsv", "QColor.fromHsl", "mkColor", "pg.mkColor"}
COLOURLESS = {"transparent"}


def colours(source: str) -> list[str]:
    """Every colour that a source names: in a string, as numbers, or as one of Qt's own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += WRITTEN.findall(node.value)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("GlobalColor"):
            found += [node.attr] if node.attr not in COLOURLESS else []
        if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKERS and _literal(node):
            found.append(ast.unparse(node))
    return found


def _literal(call: ast.Call) -> bool:
    return bool(call.args) and all(isinstance(argument, ast.Constant) for argument in call.args)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_outside_the_theme_names_a_colour(path: Path) -> None:
    assert colours(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = '#ff0000'",
        "x = 'color: #abc;'",
        "QColor(1, 2, 3)",
        "QColor('red')",
        "Qt.GlobalColor.red",
        "'rgba(0,0,0,1)'",
    ],
)
def test_the_rule_sees_each_fault(source: str) -> None:
    assert colours(source)
