"""A place of the drawing that is out of sight, as a picture above the line that speaks of it: the canvas stays put."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from designer.canvas.scene import Scene
from designer.theme import theme
from designer.theme.tokens import FIELD_RADIUS, GRID, STEP

SIZE = QSize(100 * STEP, 56 * STEP)
SHARE = 0.55  # of the canvas's height, at most
LEAST = 0.45  # of the size at 100%: below it, names cannot be read
AROUND = 2 * GRID


class Inset(QWidget):
    """Lies above the canvas and lets the mouse through; it goes where the line goes, and hides with it."""

    def __init__(self, scene: Scene, line: QWidget, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._scene, self._line, self._canvas = scene, line, canvas
        self._picture = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line.installEventFilter(self)
        self.hide()

    def show_part(self, part: QRectF) -> None:
        """Shows a rectangle of the scene with what is around it; of one too large to be read, its head."""
        room = self._canvas.size()
        self.resize(SIZE.boundedTo(QSize(room.width() - 6 * STEP, round(room.height() * SHARE))))
        part = part.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        scale = min(max(min(self.width() / part.width(), self.height() / part.height()), LEAST), 1.0)
        area = QRectF(0, 0, self.width() / scale, self.height() / scale)
        area.moveCenter(part.center())
        if area.height() < part.height():
            area.moveTop(part.top())
        self._picture = self._painted(area)
        self._place()
        self.show()
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.hide()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.tokens.accent))
            painter.setBrush(QBrush(self._picture))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), FIELD_RADIUS, FIELD_RADIUS)

    def _painted(self, area: QRectF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(theme.tokens.canvas))
        with QPainter(picture) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            self._scene.render(painter, QRectF(self.rect()), area)
        return picture

    def _place(self) -> None:
        line = self._line.geometry()
        left = (self._canvas.width() - self.width()) // 2
        self.move(QPoint(left, max(line.top() - self.height() - 2 * STEP, STEP)))
