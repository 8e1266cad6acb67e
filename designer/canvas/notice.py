"""A sentence beside the mouse or a field: why something cannot be done."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QWidget

from designer.theme.labels import Label
from designer.theme.tokens import STEP

WIDEST = 90 * STEP
AWAY = 4 * STEP
LASTS_MS = 4000


class Notice(Label):
    """Lies above the canvas, lets the mouse through, and stays within its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent, wrap=True)
        self._room = parent
        self.setProperty("surface", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMargin(2 * STEP)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, at: QPoint, fades: bool = False) -> None:
        """Shows a sentence near a point of the parent; an empty one hides it. `fades`: it goes after a while."""
        self._timer.stop()
        self.setVisible(bool(words))
        if not words:
            return
        self.setText(words)
        self.setAccessibleName(words)
        width = min(self.fontMetrics().horizontalAdvance(words) + 6 * STEP, WIDEST, self._room.width())
        self.resize(width, self.heightForWidth(width))
        room = self._room.rect().adjusted(0, 0, -self.width(), -self.height())
        corner = at + QPoint(AWAY, AWAY)
        self.move(max(min(corner.x(), room.right()), 0), max(min(corner.y(), room.bottom()), 0))
        self.raise_()
        if fades:
            self._timer.start(LASTS_MS)
