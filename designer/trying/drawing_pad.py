"""A pad to draw a digit on, with the mouse or a pen."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.theme import theme, tokens
from designer.trying.habit import MNIST, extent
from engine.text import tr

SIDE = 280
PEN = 22
SETTLE_MS = 120


class DrawingPad(QWidget):
    """Light strokes on dark. `habit` is how the data has its figures, so that the model is asked what it knows.

    `drawn` tells, a moment after the pen moved, that there is a drawing; `cleared` that there is none.
    """

    drawn = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        self._last: QPointF | None = None
        self.blank = True
        self.habit = MNIST
        self._image.fill(QColor(tokens.PAPER))
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self.drawn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Drawing pad"))
        self.setAccessibleDescription(tr("Draw with the mouse or a pen; Delete clears it."))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def clear(self) -> None:
        """Wipes the pad."""
        self._image.fill(QColor(tokens.PAPER))
        self.blank = True
        self._soon.stop()
        self.update()
        self.cleared.emit()

    def picture(self) -> QImage:
        """The drawing as the data has its figures: in the middle, as large, and dark on light where they are."""
        found = extent(self._image)
        if found.isEmpty():
            return self._image.copy()
        scale = self.habit.filled * SIDE / max(found.width(), found.height())
        whole = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        whole.fill(QColor(tokens.PAPER))
        with QPainter(whole) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            target = QRectF(0, 0, found.width() * scale, found.height() * scale)
            target.moveCenter(QPointF(SIDE / 2, SIDE / 2))
            painter.drawImage(target, self._image, found)
        if self.habit.dark_on_light:
            whole.invertPixels()
        return whole

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._last = event.position()
            self._stroke(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._stroke(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            round_corners = QPainterPath()
            round_corners.addRoundedRect(QRectF(self.rect()), tokens.FIELD_RADIUS, tokens.FIELD_RADIUS)
            painter.setClipPath(round_corners)
            painter.drawImage(0, 0, self._image)
            if self.blank:
                painter.setPen(QColor(tokens.PENCIL))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Draw here"))
            painter.setPen(QPen(QColor(theme.tokens.focus if self.hasFocus() else theme.tokens.border), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.FIELD_RADIUS, tokens.FIELD_RADIUS
            )

    def _stroke(self, place: QPointF) -> None:
        with QPainter(self._image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(QColor(tokens.INK), PEN)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(self._last or place, place)
        self._last, self.blank = place, False
        self.update()
        if not self._soon.isActive():
            self._soon.start()
