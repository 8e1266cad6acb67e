"""The field in which something new is named: a block, a parameter of its face."""

from collections.abc import Callable

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.canvas.name_editor import NameEditor
from engine.text import Text


class NameField(NameEditor):
    """Starts with a name that may be taken at once. Enter takes it; Esc, or leaving the field, gives it up."""

    def __init__(self, parent: QWidget, what: str, suggested: str, fault: Callable[[str], Text | None]) -> None:
        super().__init__(parent, "", fault)
        self.setText(suggested)
        self.setPlaceholderText(what)
        self.setAccessibleName(what)
        self.setToolTip(what)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QLineEdit.focusOutEvent(self, event)
        self.leave()
