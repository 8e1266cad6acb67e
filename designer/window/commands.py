"""Every command of the window, declared once: words, menu, shortcut. Menus and command palette are made from this."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from designer.theme.icons import icon
from engine.text import Text, say, text


class Command(NamedTuple):
    """A command: where it is in the menus, and which keys call it (several are separated by a space)."""

    id: str
    title: Text
    keys: str
    icon: str = ""
    checkable: bool = False
    hint: Text | None = None


BREAK = Command("", text(""), "")
"""A line between two groups of a menu."""

MENUS: Mapping[Text, tuple[Command, ...]] = {
    text("&File"): (
        Command("new", text("New…"), "Ctrl+N", "file-plus"),
        Command("open", text("Open…"), "Ctrl+O", "folder-open"),
        Command("recent", text("Open recent"), "Ctrl+Shift+O", "clock-counter-clockwise"),
        BREAK,
        Command("save", text("Save"), "Ctrl+S", "floppy-disk"),
        Command("save_as", text("Save as…"), "Ctrl+Shift+S"),
        BREAK,
        Command("save_code", text("Save as Python…"), "Ctrl+Alt+C", "code"),
        Command("save_picture", text("Save picture…"), "Ctrl+Alt+P", "image"),
        Command("export", text("Export as ONNX…"), "Ctrl+E", "export"),
        BREAK,
        Command("quit", text("Quit"), "Ctrl+Q", "sign-out"),
    ),
    text("&Edit"): (
        Command("undo", text("Undo"), "Ctrl+Z", "arrow-u-up-left"),
        Command("redo", text("Redo"), "Ctrl+Shift+Z Ctrl+Y", "arrow-u-up-right"),
        BREAK,
        Command("cut", text("Cut"), "Ctrl+X", "scissors"),
        Command("copy", text("Copy"), "Ctrl+C", "copy"),
        Command("paste", text("Paste"), "Ctrl+V", "clipboard"),
        Command("duplicate", text("Duplicate"), "Ctrl+D", "copy-simple"),
        Command("delete", text("Delete"), "Del", "trash"),
        BREAK,
        Command("select_all", text("Select all"), "Ctrl+A"),
        Command("select_next", text("Select what it feeds"), "Alt+Down"),
        Command("select_previous", text("Select what feeds it"), "Alt+Up"),
        Command("rename", text("Rename"), "F2", "pencil-simple"),
        BREAK,
        Command("commands", text("Command palette…"), "Ctrl+Shift+P", "magnifying-glass"),
    ),
    text("&View"): (
        Command("design", text("Design"), "Ctrl+1", "tree-structure", checkable=True),
        Command("data", text("Data"), "Ctrl+2", "database", checkable=True),
        Command("training", text("Train"), "Ctrl+3", "chart-line", checkable=True),
        Command("trying", text("Try"), "Ctrl+4", "hand-pointing", checkable=True),
        Command("exporting", text("Export"), "Ctrl+5", "export", checkable=True),
        BREAK,
        Command("show_palette", text("Layer palette"), "Ctrl+B", checkable=True),
        Command("show_inspector", text("Inspector"), "Ctrl+Alt+B", checkable=True),
        Command("show_bottom", text("Problems, runs and log"), "Ctrl+J", checkable=True),
        Command("show_code", text("Code view"), "Ctrl+U", "code", checkable=True),
        Command("show_menus", text("Menu bar"), "Ctrl+M", checkable=True),
        BREAK,
        Command("zoom_in", text("Zoom in"), "Ctrl++ Ctrl+=", "magnifying-glass-plus"),
        Command("zoom_out", text("Zoom out"), "Ctrl+-", "magnifying-glass-minus"),
        Command("zoom_reset", text("Zoom to 100%"), "Ctrl+0"),
        Command("fit", text("Fit network into view"), "Ctrl+9", "arrows-out"),
        BREAK,
        Command("theme_system", text("Theme of the system"), "Ctrl+Alt+S", "monitor", checkable=True),
        Command("theme_dark", text("Dark theme"), "Ctrl+Alt+D", "moon", checkable=True),
        Command("theme_light", text("Light theme"), "Ctrl+Alt+L", "sun", checkable=True),
        BREAK,
        Command("full_screen", text("Full screen"), "F11", "corners-out", checkable=True),
    ),
    text("&Network"): (
        Command("add_layer", text("Add layer…"), "Ctrl+F", "plus"),
        Command("arrange", text("Arrange"), "Ctrl+L", "tree-structure"),
        BREAK,
        Command("next_problem", text("Next problem"), "F8", "warning-circle"),
        Command("previous_problem", text("Previous problem"), "Shift+F8"),
        Command("fix_problem", text("Apply first fix"), "Ctrl+.", "wrench"),
    ),
    text("&Train"): (
        Command("train", text("Train"), "F5", "play"),
        Command("stop", text("Stop"), "Shift+F5", "stop"),
        BREAK,
        Command("show_runs", text("Runs"), "Ctrl+Alt+R", "list-bullets"),
        Command("show_log", text("Log"), "Ctrl+Alt+O", "article"),
    ),
    text("&Help"): (
        Command("welcome", text("Welcome"), "F1", "house"),
        Command("shortcuts", text("Keyboard shortcuts"), "Ctrl+/", "keyboard"),
        Command("about", text("About Tensorloom"), "Ctrl+Alt+A", "info"),
    ),
}


class Actions:
    """The commands as Qt's actions, by id."""

    def __init__(self, window: QWidget) -> None:
        self._actions: dict[str, QAction] = {}
        for commands in MENUS.values():
            for command in commands:
                if command is not BREAK:
                    self._actions[command.id] = _action(command, window)

    def __getitem__(self, id: str) -> QAction:
        return self._actions[id]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def on(self, id: str, call: Callable[[], object]) -> None:
        """Calls this when the command is given."""
        self._actions[id].triggered.connect(lambda _checked: call())

    def on_check(self, id: str, call: Callable[[bool], object]) -> None:
        """Calls this with the new state when the command is switched."""
        self._actions[id].triggered.connect(lambda checked: call(checked))


def _action(command: Command, window: QWidget) -> QAction:
    action = QAction(say(command.title), window)
    action.setObjectName(command.id)
    action.setShortcuts([QKeySequence(keys) for keys in command.keys.split()])
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setCheckable(command.checkable)
    if command.icon:
        action.setIcon(icon(command.icon, "secondary"))
        action.setIconVisibleInMenu(False)
    window.addAction(action)
    return action


def keys_of(action: QAction) -> str:
    """The shortcut as the system writes it: Ctrl+S, ⌘S."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def plain_title(action: QAction) -> str:
    """The words of an action without the mark of its mnemonic."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
