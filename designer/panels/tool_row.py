"""A row of buttons for actions: with their words where there is room, else as icons that say them in a tooltip."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from designer.theme import tokens
from designer.theme.action_button import ActionButton

WORDS, ICON = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly


class ToolRow(QWidget):
    """The first actions keep their words the longest. It can be as narrow as its icons."""

    def __init__(self, actions: Iterable[QAction]) -> None:
        super().__init__()
        self.buttons = [_button(action) for action in actions]
        self._known: list[tuple[int, int]] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.STEP)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Only the icons."""
        return QSize(sum(self._widths(0)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        counts = range(len(self.buttons), -1, -1)
        count = next((count for count in counts if sum(self._widths(count)) <= self.width()), 0)
        for index, button in enumerate(self.buttons):
            button.setToolButtonStyle(WORDS if index < count else ICON)

    def _widths(self, count: int) -> list[int]:
        """How wide the buttons are, with the space beside them, if so many of them have words."""
        if self._known is None:  # once: to ask a button for its width in another style has it laid out anew
            self._known = [(_width(button, ICON), _width(button, WORDS)) for button in self.buttons]
        return [widths[index < count] + tokens.STEP for index, widths in enumerate(self._known)]


def _width(button: QToolButton, style: Qt.ToolButtonStyle) -> int:
    before = button.toolButtonStyle()
    button.ensurePolished()
    button.setToolButtonStyle(style)
    width = button.sizeHint().width()
    button.setToolButtonStyle(before)
    return width


def _button(action: QAction) -> QToolButton:
    button = ActionButton(action)
    button.setToolButtonStyle(WORDS)
    button.setProperty("role", "quiet")
    return button
