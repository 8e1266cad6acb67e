"""The canvas behind the drawing: its colour, and the dots of the grid."""

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from designer.theme import theme
from designer.theme.tokens import GRID

CLOSEST = 16  # pixels between two dots; where they came closer, only every second one is painted
DOT = 2
ASIDE = 0.13  # of a pixel: no edge of a dot lies half-way between two, to be rounded as one comes to it


class Backdrop:
    """Paints the grid."""

    def paint(self, painter: QPainter, seen: QRectF, zoom: float) -> None:
        """Paints what lies in a rectangle of the scene."""
        painter.fillRect(seen, QColor(theme.tokens.canvas))
        step = GRID * 2 ** max(0, math.ceil(math.log2(CLOSEST / (GRID * zoom))))
        left, top = math.floor(seen.left() / step) * step, math.floor(seen.top() / step) * step
        columns, rows = (math.ceil(size / step) + 2 for size in (seen.width(), seen.height()))
        ratio = painter.device().devicePixelRatioF()
        aside = ASIDE / (zoom * ratio)
        pen = QPen(
            QColor(theme.tokens.grid),
            DOT * ratio,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.SquareCap,
        )
        pen.setCosmetic(True)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.translate(left + aside, top + aside)
        painter.setPen(pen)
        painter.drawPoints(_dots(step, columns, rows))
        painter.restore()


@lru_cache(maxsize=8)
def _dots(step: float, columns: int, rows: int) -> QPolygonF:
    """The dots of a size, worked out once: while the canvas is panned, two sizes of strips come again and again."""
    return QPolygonF([QPointF(x * step, y * step) for y in range(rows) for x in range(columns)])
