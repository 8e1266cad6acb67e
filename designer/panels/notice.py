"""A sentence in place, beside what it speaks of, with buttons that do what it proposes."""

from collections.abc import Callable
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from designer.theme import theme, tokens
from designer.theme.icons import icon
from designer.theme.labels import Label

Tone: TypeAlias = Literal["problem", "warning", "good", "secondary"]
Action: TypeAlias = tuple[str, Callable[[], object]]

ICONS = {"problem": "warning-circle", "warning": "warning", "good": "check-circle", "secondary": "info"}
ICON = 4 * tokens.STEP


class Notice(QFrame):
    """An icon, a sentence and its buttons; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icon = QLabel()
        self._sentence = Label(wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._tone: Tone = "secondary"
        self._lay_out()
        self.hide()
        theme.changed.connect(self._show_icon)

    @property
    def words(self) -> str:
        """The sentence that is shown; empty where none is."""
        return "" if self.isHidden() else self._sentence.text()

    def say(self, tone: Tone, words: str, *actions: Action) -> None:
        """Shows a sentence, with a button for each action."""
        self._tone = tone
        self._sentence.setText(words)
        self.setAccessibleName(words)
        self._show_icon()
        self._clear_buttons()
        for title, act in actions:
            button = QPushButton(title)
            button.clicked.connect(lambda _=False, act=act: act())
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch(1)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Says nothing more."""
        self._clear_buttons()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * tokens.STEP, 2 * tokens.STEP, 3 * tokens.STEP, 2 * tokens.STEP)
        row.setSpacing(2 * tokens.STEP)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(self._sentence)
        self._row.setSpacing(2 * tokens.STEP)
        column.addLayout(self._row)
        row.addLayout(column, 1)

    def _show_icon(self) -> None:
        self._icon.setPixmap(icon(ICONS[self._tone], self._tone).pixmap(ICON, ICON))

    def _clear_buttons(self) -> None:
        self.buttons = []
        while self._row.count():
            item = self._row.takeAt(0)
            if item is not None and (button := item.widget()):
                button.hide()
                button.deleteLater()
