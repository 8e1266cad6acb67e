"""Widgets and windows as a person has them before them, and what a file of ours is made of."""

import ast
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

Shown = TypeVar("Shown", bound=QWidget)


def in_front(qtbot: QtBot, widget: Shown, width: int, height: int) -> Shown:
    """Shows a widget in this size, and waits until keys go to it; it is closed after the test."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    activate(qtbot, widget)
    return widget


def activate(qtbot: QtBot, widget: QWidget) -> None:
    """Shows a widget, and waits until keys go to it."""
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def imports_and_attributes(path: Path) -> tuple[set[str], set[str]]:
    """The modules that a Python file imports, and the names of all attributes in it."""
    tree = ast.parse(path.read_text("utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return imported, {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
