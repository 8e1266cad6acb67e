"""What a workspace shows while it has nothing to show: what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from designer.panels.notice import Action
from designer.theme import theme, tokens
from designer.theme.icons import icon
from designer.theme.labels import Label

ICON = 10 * tokens.STEP


class Empty(QWidget):
    """An icon, a title, a sentence and buttons in the middle of an empty place."""

    def __init__(self, glyph: str, title: str, sentence: str, *actions: Action) -> None:
        super().__init__()
        self._glyph = glyph
        self._icon = QLabel()
        self._title = Label(title, "heading")
        self._sentence = Label(sentence, "secondary", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setFixedWidth(90 * tokens.STEP)
        column = QVBoxLayout(self)
        column.setSpacing(3 * tokens.STEP)
        column.addStretch(2)
        for part in (self._icon, self._title):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        sentence_row = QHBoxLayout()  # an alignment would take from the sentence the height that its lines need
        sentence_row.addStretch(1)
        sentence_row.addWidget(self._sentence)
        sentence_row.addStretch(1)
        column.addLayout(sentence_row)
        column.addLayout(_buttons(actions))
        column.addStretch(3)
        self._show_icon()
        theme.changed.connect(self._show_icon)

    def say(self, title: str, sentence: str) -> None:
        """Shows other words."""
        self._title.setText(title)
        self._sentence.setText(sentence)

    def _show_icon(self) -> None:
        self._icon.setPixmap(icon(self._glyph, "disabled").pixmap(ICON, ICON))


def _buttons(actions: tuple[Action, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(2 * tokens.STEP)
    row.addStretch(1)
    for title, act in actions:
        button = QPushButton(title)
        button.clicked.connect(lambda _=False, act=act: act())
        row.addWidget(button)
    row.addStretch(1)
    return row
