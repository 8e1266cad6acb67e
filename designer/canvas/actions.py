"""What can be done on the canvas, as Qt's actions by id: for context menus, and for the keys while it has the focus."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from designer.theme.icons import icon
from engine.text import Text, say, text


class Entry(NamedTuple):
    """The words of an action, its keys (several are separated by a space), and its icon."""

    title: Text
    keys: str = ""
    icon: str = ""


ENTRIES = {
    "add_layer": Entry(text("Add layer…"), "Ctrl+F Tab", "plus"),
    "cut": Entry(text("Cut"), "Ctrl+X", "scissors"),
    "copy": Entry(text("Copy"), "Ctrl+C", "copy"),
    "paste": Entry(text("Paste"), "Ctrl+V", "clipboard"),
    "duplicate": Entry(text("Duplicate"), "Ctrl+D", "copy-simple"),
    "delete": Entry(text("Delete"), "Del Backspace", "trash"),
    "rename": Entry(text("Rename"), "F2", "pencil-simple"),
    "select_all": Entry(text("Select all"), "Ctrl+A"),
    "select_next": Entry(text("Select what it feeds"), "Alt+Down"),
    "select_previous": Entry(text("Select what feeds it"), "Alt+Up"),
    "zoom_in": Entry(text("Zoom in"), "Ctrl++ Ctrl+=", "magnifying-glass-plus"),
    "zoom_out": Entry(text("Zoom out"), "Ctrl+-", "magnifying-glass-minus"),
    "zoom_reset": Entry(text("Zoom to 100%"), "Ctrl+0"),
    "fit": Entry(text("Fit network into view"), "Ctrl+9 F", "arrows-out"),
    "arrange": Entry(text("Arrange"), "Ctrl+L", "tree-structure"),
    "undo": Entry(text("Undo"), "Ctrl+Z", "arrow-u-up-left"),
    "redo": Entry(text("Redo"), "Ctrl+Shift+Z Ctrl+Y", "arrow-u-up-right"),
}


def make_actions(parent: QWidget, calls: dict[str, Callable[[], object]]) -> dict[str, QAction]:
    """An action for each entry. None is added to a widget, so that its keys take nothing from the main window's."""
    return {id: _action(parent, id, ENTRIES[id], call) for id, call in calls.items()}


def _action(parent: QWidget, id: str, entry: Entry, call: Callable[[], object]) -> QAction:
    action = QAction(say(entry.title), parent)
    action.setObjectName(id)
    action.setShortcuts([QKeySequence(keys) for keys in entry.keys.split()])
    if entry.icon:
        action.setIcon(icon(entry.icon, "secondary"))
        action.setIconVisibleInMenu(False)
    action.triggered.connect(lambda _checked: call())
    return action
