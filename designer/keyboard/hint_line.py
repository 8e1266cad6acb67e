"""A line at the foot of the canvas: what is being done with the keys, and what they do now."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QWidget

from designer.theme.labels import Label
from designer.theme.tokens import STEP

WIDEST = 160 * STEP
HEAD = 15 * STEP  # below the way to a block


class HintLine(Label):
    """Lies above the canvas, lets the mouse through, and stays in the middle of its foot."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(parent=canvas, wrap=True)
        self._canvas = canvas
        self._clear_of = QRect()
        self.setProperty("surface", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMargin(2 * STEP)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        canvas.installEventFilter(self)
        self.hide()

    def say(self, words: str, clear_of: QRect | None = None) -> None:
        """Shows these words; an empty text takes the line away. It goes to the head where it would cover a part."""
        self._clear_of = clear_of or QRect()
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        if words:
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room = self._canvas.width() - 6 * STEP
        lines = self.text().splitlines() or [""]
        wanted = max(self.fontMetrics().horizontalAdvance(line) for line in lines) + 8 * STEP
        width = max(min(wanted, WIDEST, room), 1)
        self.resize(width, self.heightForWidth(width))
        left, foot = (self._canvas.width() - width) // 2, self._canvas.height() - self.height() - 3 * STEP
        covers = QRect(left, foot, width, self.height()).intersects(self._clear_of)
        self.move(left, HEAD if covers else foot)
        self.raise_()
