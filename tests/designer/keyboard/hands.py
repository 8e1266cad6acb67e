"""Hands without a mouse: keys go to whatever has the focus, and what is seen is read."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QStatusBar, QWidget
from pytestqt.qtbot import QtBot

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
MOST_TABS = 80


class Hands:
    """Presses keys and types. Nothing here knows the drawing."""

    def __init__(self, window: QMainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot

    def focus(self) -> QWidget:
        """What takes the keys: in a list that popped up its field."""
        popup = QApplication.activePopupWidget()
        return (popup.focusWidget() if popup else None) or QApplication.focusWidget() or self.window

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            QTest.keyClick(self.focus(), key, held)
        QApplication.processEvents()

    def write(self, words: str) -> None:
        for letter in words:
            QTest.keyClick(self.focus(), letter)

    def tab_to(self, name: str) -> None:
        """Presses Tab until something of this accessible name has the focus."""
        for _ in range(MOST_TABS):
            if self.focus().accessibleName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}")

    def wait_for(self, name: str) -> None:
        """Waits until something of this accessible name has the focus."""
        self._qtbot.waitUntil(lambda: self.focus().accessibleName() == name)

    def choose(self, words: str, held: Qt.KeyboardModifier = NONE) -> None:
        """Types into the list that has opened, and takes the first row."""
        self._qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        self.write(words)
        self.press(Qt.Key.Key_Return, held=held)
        self._qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)

    def set_first(self, words: str) -> None:
        """Types into the first parameter, and leaves the inspector again."""
        here = self.focus()
        self.press(Qt.Key.Key_Return)
        self._qtbot.waitUntil(lambda: self.focus() is not here)
        self.press(Qt.Key.Key_A, held=CTRL)
        self.write(words)
        self.press(Qt.Key.Key_Escape)

    def status(self) -> str:
        """What the line at the foot of the window says of the network."""
        bar = self.window.statusBar()
        assert isinstance(bar, QStatusBar)
        return f"{bar.figures.text()}; {bar.problems.text()}"  # type: ignore[attr-defined]
