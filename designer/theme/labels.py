"""Labels and small building blocks that every panel shares: plain text in one of the theme's roles."""

from html import escape
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtGui import Qt as Looks
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from designer.theme.icons import icon
from designer.theme.tokens import STEP

Role: TypeAlias = Literal["", "title", "heading", "secondary", "number", "accent", "problem", "warning", "good", "key"]


class Label(QLabel):
    """Text that is shown as it is, never as HTML: it may come from a file. `role` chooses how it looks."""

    def __init__(self, words: str = "", role: Role = "", wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class Sign(QWidget):
    """An icon that stands by itself, in the colour of a token, which it follows."""

    def __init__(self, name: str, colour: str, size: int = 4 * STEP) -> None:
        super().__init__()
        self._icon = icon(name, colour)
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._icon.paint(painter, self.rect())


class ElidedLabel(Label):
    """A label of one line that shortens its text in the middle where there is no room; the tooltip has it whole."""

    def __init__(self, words: str = "", role: Role = "", parent: QWidget | None = None) -> None:
        super().__init__("", role, parent=parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(words)

    def text(self) -> str:
        return self._words

    def setText(self, words: str) -> None:
        self._words = words
        self._fit()

    def whole_width(self) -> int:
        """How wide it has to be to show all of its text."""
        return self.fontMetrics().horizontalAdvance(self._words) + 1

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, max(self.width(), 40))
        super().setText(shown)
        self.setToolTip(self._words if shown != self._words else "")


def as_tip(words: str) -> str:
    """A tooltip that shows a text as it is: Qt takes what looks like HTML for HTML, and it may come from a file."""
    return escape(words) if Looks.mightBeRichText(words) else words


def line() -> QFrame:
    """A thin line between two parts of a panel."""
    frame = QFrame()
    frame.setProperty("role", "line")
    frame.setFixedHeight(1)
    return frame
