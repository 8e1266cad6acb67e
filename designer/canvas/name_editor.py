"""The field in which a node is renamed, on its card."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.canvas.notice import Notice
from engine.graph.names import plain_name
from engine.text import Text, say

NARROWEST = 140


class NameEditor(QLineEdit):
    """Says at once why a name cannot be taken. Enter takes it, Esc leaves it; leaving the field takes a sound name.

    `taken` carries the new name; `closed` comes at the end in any case.
    """

    taken = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget, name: str, fault: Callable[[str], Text | None]) -> None:
        super().__init__(name, parent)
        self._name, self._fault = name, fault
        self._notice = Notice(parent)
        self._open = True
        self.setAccessibleName(name)
        self.textChanged.connect(self._judge)

    def open_at(self, box: QRect) -> None:
        """Covers this part of the parent, and is wide enough to type in."""
        height = max(box.height(), self.sizeHint().height())
        self.setGeometry(box.x(), box.center().y() - height // 2, max(box.width(), NARROWEST), height)
        self.show()
        self.selectAll()
        self.setFocus()

    def name(self) -> str:
        """What was typed, in the normal form that names have."""
        return plain_name(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(stay=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take(stay=False)

    def _why_not(self) -> Text | None:
        return None if self.name() == self._name else self._fault(self.name())

    def _judge(self) -> None:
        why = self._why_not()
        self._notice.say(say(why) if why else "", self.geometry().bottomLeft())

    def _take(self, stay: bool) -> None:
        sound, name = self._why_not() is None, self.name()
        if stay and not sound:
            return
        was_open = self._open
        self.leave()
        if was_open and sound and name != self._name:
            self.taken.emit(name)

    def leave(self) -> None:
        """Closes the field and takes nothing."""
        if self._open:
            self._open = False
            self._notice.hide()
            self._notice.deleteLater()
            self.closed.emit()
            self.hide()
            self.deleteLater()
