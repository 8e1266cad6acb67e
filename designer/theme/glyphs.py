"""A glyph for each family of layers: strokes in a box of 16 × 16, drawn by us."""

import math
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker

SIZE = 16
STROKE = 1.5


@cache
def glyph(family: str) -> QPainterPath:
    """The strokes of a family's glyph; a hexagon for a family that has none of its own."""
    path = QPainterPath()
    _GLYPHS.get(family, _custom)(path)
    return path


def paint_glyph(painter: QPainter, family: str, at: QPointF, colour: QColor, size: float = SIZE) -> None:
    """Paints a glyph with its upper left corner at a point."""
    painter.save()
    painter.translate(at)
    painter.scale(size / SIZE, size / SIZE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(_outline(family), colour)
    painter.restore()


@cache
def _outline(family: str) -> QPainterPath:
    """The strokes as an area: to fill it is quicker than to stroke the path each time."""
    stroker = QPainterPathStroker()
    stroker.setWidth(STROKE)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(glyph(family)).simplified()


def _line(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)


def _circle(path: QPainterPath, x: float, y: float, radius: float) -> None:
    path.addEllipse(QPointF(x, y), radius, radius)


def _in_out(path: QPainterPath) -> None:
    """An arrow through a door."""
    _line(path, (7, 2), (13, 2), (13, 14), (7, 14))
    _line(path, (2, 8), (9, 8))
    _line(path, (6.5, 5.5), (9, 8), (6.5, 10.5))


def _convolution(path: QPainterPath) -> None:
    """A small window that slides over an image."""
    path.addRoundedRect(QRectF(2, 2, 12, 12), 2, 2)
    path.addRect(QRectF(4.5, 4.5, 4, 4))
    _line(path, (11, 6.5), (11.5, 6.5))
    _line(path, (6.5, 11.2), (6.5, 11.5))


def _linear(path: QPainterPath) -> None:
    """Every point joined to every point."""
    for left in (4, 12):
        for right in (4, 12):
            _line(path, (3.5, left), (12.5, right))
    for x, y in ((3, 4), (3, 12), (13, 4), (13, 12)):
        _circle(path, x, y, 1.2)


def _pooling(path: QPainterPath) -> None:
    """A funnel."""
    _line(path, (2, 3), (14, 3), (9.5, 8.5), (9.5, 13), (6.5, 13), (6.5, 8.5), (2, 3))


def _normalisation(path: QPainterPath) -> None:
    """A bell curve on its axis."""
    _line(path, (2, 13.5), (14, 13.5))
    path.moveTo(2, 11.5)
    path.cubicTo(6, 11.5, 5.5, 3, 8, 3)
    path.cubicTo(10.5, 3, 10, 11.5, 14, 11.5)


def _activation(path: QPainterPath) -> None:
    """A hinge: flat, then rising."""
    _line(path, (2, 12), (7.5, 12), (14, 3.5))
    _line(path, (7.5, 3), (7.5, 5))


def _regularisation(path: QPainterPath) -> None:
    """A thing struck out."""
    _circle(path, 8, 8, 5.8)
    _line(path, (4, 12), (12, 4))


def _shape(path: QPainterPath) -> None:
    """A box seen from a corner."""
    _line(path, (8, 2), (13.5, 5), (13.5, 11), (8, 14), (2.5, 11), (2.5, 5), (8, 2))
    _line(path, (2.5, 5), (8, 8), (13.5, 5))
    _line(path, (8, 8), (8, 14))


def _merge(path: QPainterPath) -> None:
    """Two ways that become one."""
    path.moveTo(3, 2)
    path.cubicTo(3, 7, 8, 6, 8, 10)
    path.moveTo(13, 2)
    path.cubicTo(13, 7, 8, 6, 8, 10)
    _line(path, (8, 10), (8, 14))
    _line(path, (5.5, 11.5), (8, 14), (10.5, 11.5))


def _recurrent(path: QPainterPath) -> None:
    """A way back to where it began."""
    path.arcMoveTo(QRectF(2.5, 2.5, 11, 11), 40)
    path.arcTo(QRectF(2.5, 2.5, 11, 11), 40, 290)
    _line(path, (12.6, 1.8), (12.4, 4.8), (9.4, 4.8))


def _attention(path: QPainterPath) -> None:
    """A point that others look at."""
    _circle(path, 8, 8, 2)
    for step in range(6):
        angle = math.pi / 3 * step
        x, y = math.cos(angle), math.sin(angle)
        _line(path, (8 + 4.4 * x, 8 + 4.4 * y), (8 + 6.4 * x, 8 + 6.4 * y))


def _blocks(path: QPainterPath) -> None:
    """A box with two layers in it."""
    path.addRoundedRect(QRectF(2, 2, 12, 12), 2.5, 2.5)
    _line(path, (5.2, 5.6), (10.8, 5.6))
    _line(path, (5.2, 10.4), (10.8, 10.4))
    _line(path, (8, 5.6), (8, 10.4))


def _custom(path: QPainterPath) -> None:
    """A hexagonal nut."""
    corners = [(8 + 6 * math.sin(math.pi / 3 * k), 8 - 6 * math.cos(math.pi / 3 * k)) for k in range(7)]
    _line(path, *corners)
    _circle(path, 8, 8, 2)


_GLYPHS: dict[str, Callable[[QPainterPath], None]] = {
    "Input and output": _in_out,
    "Convolution": _convolution,
    "Linear": _linear,
    "Pooling": _pooling,
    "Normalisation": _normalisation,
    "Activation": _activation,
    "Regularisation": _regularisation,
    "Shape": _shape,
    "Merge": _merge,
    "Recurrent": _recurrent,
    "Attention": _attention,
    "Blocks": _blocks,
}
