"""The threads between the keys and the window: commands follow the keymap, what keys did is said in the status line."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from designer.keyboard.keymap import keymap
from designer.keyboard.panels import next_panel
from designer.keyboard.speech import announce
from designer.problems.panel import ProblemsPanel
from designer.window.commands import COMMANDS, show_keys
from designer.window.main_window import MainWindow
from designer.window.settings import remember, remembered
from engine.text import tr

SHORTCUTS = "shortcuts"
TOLD_MS = 6000


def wire_keyboard(window: MainWindow) -> None:
    """Takes the person's keys from the settings, and connects what is done with keys alone."""
    canvas, commands = window.design.canvas, window.commands
    shortcuts = Shortcuts(window)
    Leaving(window)
    keymap.loads(remembered(SHORTCUTS, ""))
    keymap.changed.connect(shortcuts.keep)
    canvas.called.connect(lambda id: commands[id].trigger())
    canvas.told.connect(lambda words: window.status.showMessage(words, TOLD_MS))
    commands.on("edit_parameters", lambda: edit_parameters(window))
    commands.on("show_outline", lambda: show_outline(window))
    window.design.called.connect(lambda id: commands[id].trigger())
    window.design.told.connect(lambda words: window.status.showMessage(words, TOLD_MS))
    window.spaces.currentChanged.connect(lambda _: _begin_on_canvas(window))
    problems = window.findChild(ProblemsPanel)
    if problems:
        problems.told.connect(lambda words: _tell(window, words))
        problems.freed.connect(lambda: canvas.stage.setFocus(Qt.FocusReason.ShortcutFocusReason))
    commands.on("next_panel", lambda: next_panel(_panels(window), 1))
    commands.on("previous_panel", lambda: next_panel(_panels(window), -1))


class Shortcuts(QObject):
    """Keeps menus, buttons and tooltips with the keymap, and the keymap in the settings."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        keymap.changed.connect(self.show)

    def show(self) -> None:
        """Gives every command the keys in force, wherever they are shown."""
        for command in COMMANDS.values():
            show_keys(self._window.commands[command.id], command, keymap.keys(command.id))
        for id, action in self._window.design.canvas.actions_by_id.items():
            if id in COMMANDS:
                action.setShortcuts(keymap.sequences(id))
        self._window.top.show_keys(self._window.commands)

    def keep(self) -> None:
        """Remembers what was changed."""
        remember(SHORTCUTS, keymap.dumps())


def _begin_on_canvas(window: MainWindow) -> None:
    """Whoever comes to the drawing finds the focus on the canvas, unless it is in the list at the foot."""
    focus = QApplication.focusWidget()
    if window.spaces.currentWidget() is window.design and not (focus and window.bottom.isAncestorOf(focus)):
        window.design.canvas.stage.setFocus(Qt.FocusReason.OtherFocusReason)


def _tell(window: MainWindow, words: str) -> None:
    window.status.showMessage(words, TOLD_MS)
    announce(window.status, words)


def show_outline(window: MainWindow) -> None:
    """Unfolds the outline at the left and gives it the focus."""
    design = window.design
    window.spaces.show_space("design")
    if not design.left.isVisible():
        window.commands["show_palette"].trigger()
    design.left.setCurrentWidget(design.outline_side)
    design.outline.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)


def edit_parameters(window: MainWindow) -> None:
    """Goes to the first parameter of what is selected in the inspector that can be changed there."""
    design = window.design
    if not window.document.selection:
        window.status.showMessage(tr("Select a layer first."), TOLD_MS)
        return
    if not design.inspector.isVisible():
        window.commands["show_inspector"].trigger()
    design.inspector.refresh()
    if target := _first_field(design.inspector.page):
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        design.inspector.ensureWidgetVisible(target)
        if isinstance(target, QLineEdit):
            target.selectAll()


def _first_field(page: QWidget | None) -> QWidget | None:
    """The first parameter that can be changed on a page, else the name; one set on a block's face cannot."""
    from designer.inspector.node_page import NodePage
    from designer.inspector.several_page import SeveralPage

    form = page.form if isinstance(page, NodePage | SeveralPage) else None
    editors = [field.editor for field in form.fields.values() if field.editor.isEnabled()] if form else []
    if editors:
        return _field(editors[0])
    return page.name if isinstance(page, NodePage) else None


def _field(editor: QWidget) -> QWidget:
    """What takes the focus in an editor."""
    proxy = editor.focusProxy()
    while proxy and proxy.focusProxy():
        proxy = proxy.focusProxy()
    return proxy or editor


def _panels(window: MainWindow) -> list[QWidget]:
    """The panels that F6 goes through, from left to right and down."""
    design = window.design
    left = [design.palette_side.made, design.outline_side.made]
    inside = [*left, design.canvas, design.code_side.made, design.inspector_side.made]
    other = [] if window.spaces.current == "design" else [window.spaces.currentWidget()]
    return [panel for panel in (*inside, *other, window.bottom) if panel]


class Leaving(QObject):
    """Esc leads from the panels back to the canvas, once nothing in them has a use for it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        for panel in (window.design.left, window.design.inspector_side, window.bottom):
            panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        stage = self._window.design.canvas.stage
        if not (escape and event.type() == QEvent.Type.KeyPress and stage.isVisible()):
            return False
        stage.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
