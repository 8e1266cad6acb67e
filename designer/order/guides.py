"""The thin lines that show while cards are moved what they are in line with, and how far apart they are."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from designer.order.snapping import Guide
from designer.theme import fonts, theme
from designer.theme.tokens import STEP

SIZE = 10
TICK = 4
SHORTEST = 8  # room that no number is written for


class GuideLines(QGraphicsItem):
    """Paints guides with lines of one pixel and numbers of one size at any zoom."""

    def __init__(self) -> None:
        super().__init__()
        self._guides: Sequence[Guide] = ()
        self.setZValue(8)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def guides(self) -> Sequence[Guide]:
        """What is shown."""
        return self._guides

    def show_guides(self, guides: Sequence[Guide]) -> None:
        """Shows these and no others."""
        if list(guides) != list(self._guides):
            self.prepareGeometryChange()
            self._guides = guides
            self.update()

    def boundingRect(self) -> QRectF:
        found = QRectF()
        for guide in self._guides:
            found = found.united(QRectF(QPointF(guide.x1, guide.y1), QPointF(guide.x2, guide.y2)).normalized())
        rim = 25 * STEP
        return found.adjusted(-rim, -rim, rim, rim)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11() or 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        pen = QPen(QColor(theme.tokens.accent), 1)
        pen.setCosmetic(True)
        for guide in self._guides:
            painter.setPen(pen)
            painter.drawLines(_strokes(guide, TICK / zoom))
            if guide.room and guide.length >= SHORTEST / zoom:
                self._write(painter, guide, zoom)

    def _write(self, painter: QPainter, guide: Guide, zoom: float) -> None:
        """The number of pixels, on a plate of the canvas's colour in the middle of the line."""
        words, font = f"{guide.length:.0f}", fonts.numbers(SIZE)
        width, height = fonts.width(words, font) + 2 * STEP, SIZE + STEP
        painter.save()
        painter.translate((guide.x1 + guide.x2) / 2, (guide.y1 + guide.y2) / 2)
        painter.scale(1 / zoom, 1 / zoom)
        plate = QRectF(-width / 2, -height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.tokens.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(plate, STEP / 2, STEP / 2)
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens.on_accent))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()


def _strokes(guide: Guide, tick: float) -> list[QLineF]:
    """The line; where it spans room, with a short stroke across each of its ends."""
    strokes = [QLineF(guide.x1, guide.y1, guide.x2, guide.y2)]
    if guide.room:
        across = (0, tick) if guide.y1 == guide.y2 else (tick, 0)
        for x, y in ((guide.x1, guide.y1), (guide.x2, guide.y2)):
            strokes.append(QLineF(x - across[0], y - across[1], x + across[0], y + across[1]))
    return strokes
