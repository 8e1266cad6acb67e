"""Every command of the window, declared once: words, menu, shortcut. Menus and command palette are made from this."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from designer.theme.icons import icon
from engine.text import Text, say, text


class Command(NamedTuple):
    """A command: where it is in the menus, and which keys call it at first (several are separated by a space).

    `canvas`: its keys hold while the canvas has the focus, and elsewhere mean what they mean there. So do keys of any
    command that are no function keys and have neither Ctrl nor Alt: they type letters in a field.
    `under` is the title of a menu within the menu.
    """

    id: str
    title: Text
    keys: str
    icon: str = ""
    checkable: bool = False
    hint: Text | None = None
    canvas: bool = False
    under: Text | None = None


EXTEND, MOVE, SCROLL = text("Extend selection"), text("Move selection"), text("Scroll the canvas")
ALIGN = text("Align and distribute")

BREAK = Command("", text(""), "")
"""A line between two groups of a menu."""

MENUS: Mapping[Text, tuple[Command, ...]] = {
    text("&File"): (
        Command("new", text("New…"), "Ctrl+N", "file-plus"),
        Command("gallery", text("Templates…"), "Ctrl+Shift+N", "squares-four"),
        Command("open", text("Open…"), "Ctrl+O", "folder-open"),
        Command("recent", text("Open recent"), "Ctrl+Shift+O", "clock-counter-clockwise"),
        Command("recover", text("Recover unsaved work…"), "Ctrl+Alt+Z", "first-aid"),
        BREAK,
        Command("save", text("Save"), "Ctrl+S", "floppy-disk"),
        Command("save_as", text("Save as…"), "Ctrl+Shift+S"),
        Command("compare", text("Compare with…"), "Ctrl+Shift+D", "git-diff"),
        Command("compare_saved", text("Compare with the saved version"), "Ctrl+Alt+V"),
        BREAK,
        Command("save_code", text("Save as Python…"), "Ctrl+Alt+C", "code"),
        Command("save_picture", text("Picture…"), "Ctrl+Alt+P", "image"),
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
        Command("copy_code", text("Copy as PyTorch source"), "Ctrl+Shift+C", "code"),
        Command("paste", text("Paste"), "Ctrl+V", "clipboard"),
        Command("duplicate", text("Duplicate"), "Ctrl+D", "copy-simple"),
        Command("delete", text("Delete"), "Del Backspace", "trash"),
        BREAK,
        Command("select_all", text("Select all"), "Ctrl+A"),
        Command("rename", text("Rename"), "F2", "pencil-simple"),
        Command("edit_parameters", text("Edit parameters"), "Return Enter", "sliders-horizontal", canvas=True),
        BREAK,
        Command("find", text("Find…"), "Ctrl+F", "magnifying-glass"),
        Command("find_next", text("Find next"), "F3"),
        Command("find_previous", text("Find previous"), "Shift+F3"),
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
        Command("show_outline", text("Outline"), "Ctrl+Shift+E", "list-dashes"),
        Command("show_bottom", text("Problems, runs and log"), "Ctrl+J", checkable=True),
        Command("show_code", text("Code view"), "Ctrl+U", "code", checkable=True),
        Command("show_menus", text("Menu bar"), "Ctrl+M", checkable=True),
        BREAK,
        Command("zoom_in", text("Zoom in"), "Ctrl++ Ctrl+=", "magnifying-glass-plus"),
        Command("zoom_out", text("Zoom out"), "Ctrl+-", "magnifying-glass-minus"),
        Command("zoom_reset", text("Zoom to 100%"), "Ctrl+0"),
        Command("fit", text("Fit network into view"), "Ctrl+9 F", "arrows-out"),
        BREAK,
        Command("theme_system", text("Theme of the system"), "Ctrl+Alt+S", "monitor", checkable=True),
        Command("theme_dark", text("Dark theme"), "Ctrl+Alt+D", "moon", checkable=True),
        Command("theme_light", text("Light theme"), "Ctrl+Alt+L", "sun", checkable=True),
        BREAK,
        Command("full_screen", text("Full screen"), "F11", "corners-out", checkable=True),
    ),
    text("&Go"): (
        Command("select_previous", text("To what feeds it"), "Up", "arrow-up", canvas=True),
        Command("select_next", text("To what it feeds"), "Down", "arrow-down", canvas=True),
        Command("select_left", text("To the layer at the left"), "Left", "arrow-left", canvas=True),
        Command("select_right", text("To the layer at the right"), "Right", "arrow-right", canvas=True),
        Command("first_input", text("To the first input"), "Home", canvas=True),
        Command("last_output", text("To the last output"), "End", canvas=True),
        BREAK,
        Command("next_wire", text("Next wire of the layer"), "W", canvas=True),
        Command("previous_wire", text("Previous wire of the layer"), "Shift+W", canvas=True),
        BREAK,
        Command("extend_up", text("Extend selection up"), "Shift+Up", canvas=True, under=EXTEND),
        Command("extend_down", text("Extend selection down"), "Shift+Down", canvas=True, under=EXTEND),
        Command("extend_left", text("Extend selection left"), "Shift+Left", canvas=True, under=EXTEND),
        Command("extend_right", text("Extend selection right"), "Shift+Right", canvas=True, under=EXTEND),
        Command("nudge_up", text("Move selection up"), "Alt+Up", canvas=True, under=MOVE),
        Command("nudge_down", text("Move selection down"), "Alt+Down", canvas=True, under=MOVE),
        Command("nudge_left", text("Move selection left"), "Alt+Left", canvas=True, under=MOVE),
        Command("nudge_right", text("Move selection right"), "Alt+Right", canvas=True, under=MOVE),
        Command("inch_up", text("Move selection up a little"), "Alt+Shift+Up", canvas=True, under=MOVE),
        Command("inch_down", text("Move selection down a little"), "Alt+Shift+Down", canvas=True, under=MOVE),
        Command("inch_left", text("Move selection left a little"), "Alt+Shift+Left", canvas=True, under=MOVE),
        Command("inch_right", text("Move selection right a little"), "Alt+Shift+Right", canvas=True, under=MOVE),
        Command("scroll_up", text("Scroll up"), "Ctrl+Up", canvas=True, under=SCROLL),
        Command("scroll_down", text("Scroll down"), "Ctrl+Down", canvas=True, under=SCROLL),
        Command("scroll_left", text("Scroll left"), "Ctrl+Left", canvas=True, under=SCROLL),
        Command("scroll_right", text("Scroll right"), "Ctrl+Right", canvas=True, under=SCROLL),
        BREAK,
        Command("bookmarks", text("Bookmarks…"), "Ctrl+Shift+B", "bookmark-simple"),
        BREAK,
        Command("next_panel", text("Next panel"), "F6"),
        Command("previous_panel", text("Previous panel"), "Shift+F6"),
    ),
    text("&Network"): (
        Command("add_layer", text("Add layer…"), "Tab / Ctrl+Shift+A", "plus"),
        Command("connect", text("Connect…"), "C", "link", canvas=True),
        Command("disconnect", text("Disconnect…"), "Shift+C", "link-break", canvas=True),
        Command("add_frame", text("Frame the selection"), "Ctrl+Shift+F", "frame-corners"),
        Command("add_note", text("Add note"), "N", "note", canvas=True),
        BREAK,
        Command("replace_layer", text("Replace by…"), "Ctrl+R", "swap"),
        Command("group", text("Group into a block…"), "Ctrl+G", "bounding-box"),
        Command("unpack", text("Unpack block"), "Ctrl+Shift+G", "selection"),
        Command("enter_block", text("Enter block"), "Ctrl+Return", "arrow-elbow-down-right", canvas=True),
        Command("leave_block", text("Leave block"), "Ctrl+Backspace", "arrow-elbow-up-left", canvas=True),
        Command("make_unique", text("Make a block of its own"), "Ctrl+Alt+U"),
        BREAK,
        Command("arrange", text("Arrange"), "Ctrl+L", "tree-structure"),
        Command("arrange_selection", text("Arrange selection"), "Ctrl+Shift+L"),
        Command("flow_down", text("Flow: top to bottom"), "Ctrl+Alt+Y", "arrow-line-down", checkable=True),
        Command("flow_right", text("Flow: left to right"), "Ctrl+Alt+X", "arrow-line-right", checkable=True),
        Command("align_left", text("Align left edges"), "Ctrl+Shift+Left", "align-left", canvas=True, under=ALIGN),
        Command("align_centre", text("Align centres"), "Ctrl+Shift+H", "align-center-horizontal", under=ALIGN),
        Command("align_right", text("Align right edges"), "Ctrl+Shift+Right", "align-right", canvas=True, under=ALIGN),
        Command("align_top", text("Align upper edges"), "Ctrl+Shift+Up", "align-top", canvas=True, under=ALIGN),
        Command("align_middle", text("Align middles"), "Ctrl+Shift+M", "align-center-vertical", under=ALIGN),
        Command(
            "align_bottom",
            text("Align lower edges"),
            "Ctrl+Shift+Down",
            "align-bottom",
            canvas=True,
            under=ALIGN,
        ),
        Command("distribute_across", text("Distribute from left to right"), "Ctrl+Alt+H", under=ALIGN),
        Command("distribute_down", text("Distribute from top to bottom"), "Ctrl+Alt+J", under=ALIGN),
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
        Command("edit_shortcuts", text("Change shortcuts…"), "Ctrl+Alt+K"),
        Command("about", text("About Tensorloom"), "Ctrl+Alt+A", "info"),
    ),
}


COMMANDS: Mapping[str, Command] = {c.id: c for group in MENUS.values() for c in group if c is not BREAK}
"""Every command by its id."""


class Actions:
    """The commands as Qt's actions, by id."""

    def __init__(self, window: QWidget) -> None:
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS.values():
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
    show_keys(action, command, command.keys.split())
    action.setCheckable(command.checkable)
    if command.icon:
        action.setIcon(icon(command.icon, "secondary"))
        action.setIconVisibleInMenu(False)
    window.addAction(action)
    return action


def show_keys(action: QAction, command: Command, keys: Sequence[str]) -> None:
    """Gives an action its keys. Those that hold on the canvas only are shown in menus, and heard by the canvas."""
    everywhere = [] if command.canvas else [key for key in keys if not plain(key)]
    action.setShortcuts([QKeySequence(key) for key in everywhere or keys])
    context = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetShortcut
    action.setShortcutContext(context)


def plain(keys: str) -> bool:
    """Whether a key types or edits something where a field has the focus: one without Ctrl, Alt, or F and a number."""
    key = keys.removeprefix("Shift+")
    return not re.match(r"(Ctrl|Alt|Meta)\+|F\d+$", key)


def keys_of(action: QAction) -> str:
    """The shortcut as the system writes it: Ctrl+S, ⌘S."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def plain_title(action: QAction) -> str:
    """The words of an action without the mark of its mnemonic."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
