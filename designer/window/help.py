"""The Help menu: what the keys do, and what this program is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from designer.theme import tokens
from designer.theme.labels import Label
from designer.window.main_window import MainWindow
from engine import __version__
from engine.text import tr


def wire_help(window: MainWindow) -> None:
    """Connects the Help menu."""
    window.commands.on("shortcuts", lambda: _show(_sheet(window)))
    window.commands.on("edit_shortcuts", lambda: _show(_editor(window)))
    window.commands.on("about", lambda: _show(_about(window)))


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _sheet(window: MainWindow) -> QDialog:
    from designer.keyboard.sheet import ShortcutSheet

    return ShortcutSheet(window)


def _editor(window: MainWindow) -> QDialog:
    from designer.keyboard.editor import ShortcutEditor

    return ShortcutEditor(window)


def _about(window: MainWindow) -> QDialog:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(4 * tokens.STEP, 4 * tokens.STEP, 4 * tokens.STEP, 4 * tokens.STEP)
    column.setSpacing(2 * tokens.STEP)
    column.addWidget(Label(f"Tensorloom {__version__}", "heading"))
    what = tr("Draw a neural network, see at once whether it fits together, train it, take it away as ONNX.")
    column.addWidget(Label(what, wrap=True))
    column.addWidget(Label(tr("Free software under the Apache License 2.0."), "secondary", wrap=True))
    column.addWidget(Label(tr("The window is made with Qt, used under the LGPL 3."), "secondary", wrap=True))
    column.addStretch(1)
    return _dialog(window, tr("About Tensorloom"), page)


def _dialog(window: MainWindow, title: str, page: QWidget) -> QDialog:
    dialog = QDialog(window)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 3 * tokens.STEP)
    column.addWidget(page, 1)
    buttons = QDialogButtonBox()
    close = buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
    close.clicked.connect(dialog.reject)
    buttons.setContentsMargins(0, 0, 3 * tokens.STEP, 0)
    column.addWidget(buttons)
    return dialog
