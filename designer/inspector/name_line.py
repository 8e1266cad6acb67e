"""The name of what a page of the inspector shows, to be typed over."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from designer.theme.labels import Label
from engine.graph.names import plain_name
from engine.text import Text


class NameLine(QLineEdit):
    """Says in `fault`, a line for below it, why what is typed cannot be the name. Esc gives it up.

    `why_not` is asked of other names than the one that is shown; `taken` carries a sound one.
    """

    taken = Signal(str)

    def __init__(self, words: str, why_not: Callable[[str], Text | None]) -> None:
        super().__init__()
        self.fault = Label("", "problem", wrap=True)
        self._name, self._why_not = "", why_not
        self.setAccessibleName(words)
        self.textEdited.connect(self._judge)
        self.editingFinished.connect(self._take)

    def show_name(self, name: str) -> None:
        """Shows the name as it is now, unless another is being typed."""
        self._name = name
        if not self.hasFocus() or not self.isModified():
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._name:
            self._show()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        self.setText(self._name)
        self.setCursorPosition(0)
        self.setToolTip(self._name)
        self._say(None)

    def _typed(self) -> str:
        return plain_name(self.text())

    def _fault_now(self) -> Text | None:
        return None if self._typed() == self._name else self._why_not(self._typed())

    def _judge(self, _: str) -> None:
        self._say(self._fault_now())

    def _take(self) -> None:
        if self._typed() != self._name and self._fault_now() is None:
            self.setModified(False)
            self.taken.emit(self._typed())

    def _say(self, fault: Text | None) -> None:
        self.fault.setText(str(fault) if fault else "")
        self.fault.setVisible(fault is not None)
        self.setProperty("wrong", fault is not None)
        self.style().polish(self)
