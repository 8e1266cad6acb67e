"""What can be done on the canvas, as Qt's actions by id: for context menus, and for the keys while it has the focus."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from designer.keyboard.keymap import keymap
from designer.theme.icons import icon
from designer.window.commands import COMMANDS
from engine.text import Text, say, text


class Entry(NamedTuple):
    """The words of an action and its icon; its keys where the window has no command of this id."""

    title: Text
    keys: str = ""
    icon: str = ""


ENTRIES = {
    "cut": Entry(text("Cut"), "Ctrl+X", "scissors"),
    "copy": Entry(text("Copy"), "Ctrl+C", "copy"),
    "paste": Entry(text("Paste"), "Ctrl+V", "clipboard"),
    "duplicate": Entry(text("Duplicate"), "Ctrl+D", "copy-simple"),
    "delete": Entry(text("Delete"), "Del", "trash"),
    "rename": Entry(text("Rename"), "F2", "pencil-simple"),
    "select_all": Entry(text("Select all"), "Ctrl+A"),
    "zoom_in": Entry(text("Zoom in"), "Ctrl++ Ctrl+=", "magnifying-glass-plus"),
    "zoom_out": Entry(text("Zoom out"), "Ctrl+-", "magnifying-glass-minus"),
    "zoom_reset": Entry(text("Zoom to 100%"), "Ctrl+0"),
    "fit": Entry(text("Fit network into view"), "Ctrl+9", "arrows-out"),
    "arrange": Entry(text("Arrange"), "Ctrl+L", "tree-structure"),
    "undo": Entry(text("Undo"), "Ctrl+Z", "arrow-u-up-left"),
    "redo": Entry(text("Redo"), "Ctrl+Shift+Z Ctrl+Y", "arrow-u-up-right"),
}


def make_actions(parent: QWidget, calls: dict[str, Callable[[], object]]) -> dict[str, QAction]:
    """An action for each entry. None is added to a widget, so that its keys take nothing from the main window's."""
    return {id: _action(parent, id, _entry(id), call) for id, call in calls.items()}


def keys_of(id: str, entry: Entry) -> list[QKeySequence]:
    """The keys in force for an action."""
    return keymap.sequences(id) if id in COMMANDS else [QKeySequence(keys) for keys in entry.keys.split()]


def _entry(id: str) -> Entry:
    """The words of an action: what the window's command of this id says, where nothing else is said here."""
    if id in ENTRIES:
        return ENTRIES[id]
    command = COMMANDS[id]
    return Entry(command.title, command.keys, command.icon)


def _action(parent: QWidget, id: str, entry: Entry, call: Callable[[], object]) -> QAction:
    action = QAction(say(entry.title), parent)
    action.setObjectName(id)
    action.setShortcuts(keys_of(id, entry))
    if entry.icon:
        action.setIcon(icon(entry.icon, "secondary"))
        action.setIconVisibleInMenu(False)
    action.triggered.connect(lambda _checked: call())
    return action
