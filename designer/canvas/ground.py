"""What lies behind the items, kept as a picture that is shifted while the canvas is panned.

Only the strips that come into sight are painted. (QGraphicsView's own cache paints everything where the canvas
moves along both axes.)
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform

Paint: TypeAlias = Callable[[QPainter, QRectF], None]


class Sight(NamedTuple):
    """What a view shows: its size and the pixels of a point, its zoom, and how far it is scrolled."""

    size: QSize
    ratio: float
    zoom: float
    scrolled: QPoint
    transform: QTransform


class Ground:
    """Paints by a function from a painter and a rectangle of the scene."""

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self._picture = QPixmap()
        self._shown: Sight | None = None
        self._spoilt: list[QRectF] = []

    def forget(self) -> None:
        """Something has changed: all of it is painted anew."""
        self._shown = None

    def spoil(self, rects: list[QRectF]) -> None:
        """Something has changed in these rectangles of the scene."""
        self._spoilt += rects

    def show(self, painter: QPainter, sight: Sight) -> None:
        """Brings the picture to what is in sight, and paints it."""
        self._follow(sight)
        painter.save()
        painter.resetTransform()
        painter.drawPixmap(0, 0, self._picture)
        painter.restore()

    def _follow(self, sight: Sight) -> None:
        whole = QRect(QPoint(), sight.size)
        shown, self._shown = self._shown, sight
        spoilt, self._spoilt = self._spoilt, []
        if shown is None or shown[:3] != sight[:3]:
            self._picture = QPixmap(sight.size * sight.ratio)
            self._picture.setDevicePixelRatio(sight.ratio)
            self._paint_part(sight, whole)
            return
        if shown.scrolled != sight.scrolled and not self._shift(sight, whole, shown.scrolled - sight.scrolled):
            return
        region = QRegion()
        for rect in spoilt:
            region += sight.transform.mapRect(rect).toAlignedRect().adjusted(-2, -2, 2, 2)
        region &= whole
        if not region.isEmpty():
            self._paint_part(sight, region)

    def _shift(self, sight: Sight, whole: QRect, away: QPoint) -> bool:
        """Moves what is there and paints what comes into sight; False where all was painted."""
        kept = whole.translated(away) & whole
        x, y = away.x() * sight.ratio, away.y() * sight.ratio
        if kept.isEmpty() or not (float(x).is_integer() and float(y).is_integer()):
            self._paint_part(sight, whole)
            return False
        self._picture.scroll(int(x), int(y), self._picture.rect())
        across = QRect(0, 0 if away.y() > 0 else kept.bottom() + 1, whole.width(), abs(away.y()))
        down = QRect(0 if away.x() > 0 else kept.right() + 1, 0, abs(away.x()), whole.height())
        for strip in (across, down):
            if not strip.isEmpty():
                self._paint_part(sight, strip)
        return True

    def _paint_part(self, sight: Sight, part: QRect | QRegion) -> None:
        painter = QPainter(self._picture)
        painter.setClipRegion(part)
        painter.setTransform(sight.transform)
        margin = 2 / sight.zoom
        box = QRectF(part if isinstance(part, QRect) else part.boundingRect())
        seen = sight.transform.inverted()[0].mapRect(box).adjusted(-margin, -margin, margin, margin)
        self._paint(painter, seen)
        painter.end()
