"""What lies behind the items, kept in pictures that are moved while the canvas is panned.

Only what is spoilt or comes into sight is painted, and in the very pixels that it would have if everything were
painted anew: a line is cut off at the edge of a picture, never at the edge of the part that is painted, for where it is
cut decides how it is rounded. (A picture has a place in the scene of its own; and Qt cuts at the bounds of a clip, to
which therefore the two outermost pixels of the picture belong, which nobody sees.)
"""

from collections.abc import Callable, Iterator
from math import ceil
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform

Paint: TypeAlias = Callable[[QPainter, QRectF], None]
Edges: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom of a rectangle of pixels."""

ROOM = 128  # pixels around the view in which it is moved without another picture
AHEAD = 64  # pixels of the strips that are painted while the view is moved: few wide ones cost less than many thin ones
BETWEEN = 128 * 128  # pixels: what lies between two parts is painted with them where it is less, or little beside them
BESIDE = 2  # pixels around what is spoilt: smoothed edges


class Sight(NamedTuple):
    """What a view shows: its size, the pixels of a point, its zoom, and where the scene lies in it."""

    size: QSize
    ratio: float
    zoom: float
    transform: QTransform

    def window(self) -> QRect:
        """What is in sight, in pixels from the scene's origin."""
        corner = QPoint(round(-self.transform.dx() * self.ratio), round(-self.transform.dy() * self.ratio))
        return QRect(corner, QSize(ceil(self.size.width() * self.ratio), ceil(self.size.height() * self.ratio)))


class Tile:
    """A picture of a part of the scene, and how much of it is as it should be."""

    def __init__(self, place: QRect, ratio: float, clear: bool, used: QPixmap | None = None) -> None:
        """`used`: a picture that is not needed any more; to be given other memory takes a tenth of a frame."""
        self.place = place
        self.corner = place.topLeft() - QPoint(1, 1)
        size = place.size() + QSize(2, 2)
        self.picture = used if used and used.size() == size else QPixmap(size)
        if clear:
            self.picture.fill(Qt.GlobalColor.transparent)
        self.picture.setDevicePixelRatio(ratio)
        self.unseen = QRegion(0, 0, 1, 1) + QRegion(place.width() + 1, place.height() + 1, 1, 1)
        self.painted = QRegion()

    def missing(self, wanted: QRect) -> QRegion:
        """What of a rectangle of the scene is not painted yet, from the corner of the picture on."""
        return QRegion((wanted & self.place).translated(-self.corner)) - self.painted


class Ground:
    """Paints by a function from a painter and a rectangle of the scene; `clear`: one can see through it."""

    def __init__(self, paint: Paint, clear: bool = False) -> None:
        self._paint = paint
        self._clear = clear
        self._tiles: dict[tuple[int, int], Tile] = {}
        self._first = self._window = QRect()
        self._shown: tuple[QSize, float, float] | None = None
        self._spoilt: list[QRectF] = []

    def forget(self) -> None:
        """Something has changed: all of it is painted anew."""
        for tile in self._tiles.values():
            tile.painted = QRegion()

    def spoil(self, rects: list[QRectF]) -> None:
        """Something has changed in these rectangles of the scene."""
        self._spoilt += rects

    def show(self, painter: QPainter, sight: Sight) -> None:
        """Brings what is in sight up to date, and paints it."""
        window = sight.window()
        self._follow(sight, window)
        painter.save()
        painter.setTransform(QTransform.fromScale(1 / sight.ratio, 1 / sight.ratio))
        for tile in self._tiles.values():
            at = tile.place.translated(-window.topLeft())
            painter.drawPixmap(at, tile.picture, QRect(QPoint(1, 1), at.size()))
        painter.restore()

    def _follow(self, sight: Sight, window: QRect) -> None:
        used: list[QPixmap] = []
        if self._shown != sight[:3]:
            self._shown = sight[:3]
            self._first = window.adjusted(-ROOM, -ROOM, ROOM, ROOM)
            used, self._tiles = [tile.picture for tile in self._tiles.values()], {}
        scale = sight.zoom * sight.ratio
        spoilt, self._spoilt = self._spoilt, []
        self._spoil([_scaled(rect, scale) for rect in spoilt])
        kept, self._tiles = self._tiles, {}
        for key, place in self._places(window):
            tile = kept.get(key) or Tile(place, sight.ratio, self._clear, used.pop() if used else None)
            self._tiles[key] = tile
            self._bring(sight, tile, window)
        self._window = window

    def _bring(self, sight: Sight, tile: Tile, window: QRect) -> None:
        """Paints what is missing of what is in sight."""
        fresh = tile.painted.isEmpty()
        missing = tile.missing(window)
        if missing.isEmpty():
            return
        if window != self._window and not fresh:
            missing = tile.missing(_ahead(window, tile.place.topLeft()))
        for part in _parts(missing):
            self._paint_part(sight, tile, part, clipped=not fresh)
        tile.painted += missing

    def _spoil(self, rects: list[QRect]) -> None:
        for tile in self._tiles.values():
            for rect in rects:
                if rect.intersects(tile.place):
                    tile.painted -= rect.translated(-tile.corner)

    def _places(self, window: QRect) -> Iterator[tuple[tuple[int, int], QRect]]:
        """The pictures side by side in which something is in sight."""
        width, height = self._first.width(), self._first.height()
        away = window.translated(-self._first.topLeft())
        for column in range(away.left() // width, away.right() // width + 1):
            for row in range(away.top() // height, away.bottom() // height + 1):
                yield (column, row), self._first.translated(column * width, row * height)

    def _paint_part(self, sight: Sight, tile: Tile, part: QRegion, clipped: bool) -> None:
        scale, corner = sight.zoom * sight.ratio, tile.corner
        with QPainter(tile.picture) as painter:
            painter.setTransform(QTransform.fromScale(1 / sight.ratio, 1 / sight.ratio))
            if clipped:
                painter.setClipRegion(part + tile.unseen)
            if self._clear:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
                painter.fillRect(QRect(QPoint(1, 1), tile.place.size()), Qt.GlobalColor.transparent)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setTransform(
                QTransform(sight.zoom, 0, 0, sight.zoom, -corner.x() / sight.ratio, -corner.y() / sight.ratio)
            )
            box = part.boundingRect().adjusted(-BESIDE, -BESIDE, BESIDE, BESIDE).translated(corner)
            seen = QRectF(box.x() / scale, box.y() / scale, box.width() / scale, box.height() / scale)
            self._paint(painter, seen)


def _scaled(rect: QRectF, scale: float) -> QRect:
    """A rectangle of the scene in whole pixels, with those beside it."""
    pixels = QRectF(rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale)
    return pixels.toAlignedRect().adjusted(-BESIDE, -BESIDE, BESIDE, BESIDE)


def _ahead(window: QRect, corner: QPoint) -> QRect:
    """What is in sight, and the rest of the strips of a picture that it touches."""
    away = window.translated(-corner)
    left, top = away.left() // AHEAD * AHEAD, away.top() // AHEAD * AHEAD
    right, bottom = -(-away.right() // AHEAD) * AHEAD, -(-away.bottom() // AHEAD) * AHEAD
    return QRect(QPoint(left, top), QPoint(right, bottom)).translated(corner)


def _parts(region: QRegion) -> list[QRegion]:
    """What is painted in one go each: rectangles with little between them that has not to be painted.

    What lies in the box around a part is looked up and handed to the painter, so far corners are parts of their own.
    """
    rects: list[QRect] = list(region)  # type: ignore[call-overload]  # the stubs do not say so
    if len(rects) < 2:
        return [region] if rects else []
    parts: list[_Part] = []
    for rect in rects:
        box = (rect.left(), rect.top(), rect.right() + 1, rect.bottom() + 1)
        near = min(parts, key=lambda part: part.waste(box), default=None)
        if near and near.waste(box) <= BETWEEN + near.area // 2:
            near.add(rect, box)
        else:
            parts.append(_Part(rect, box))
    return [part.region for part in parts] if len(parts) > 1 else [region]


class _Part:
    """Rectangles that are painted in one go, and the box around them."""

    def __init__(self, rect: QRect, box: Edges) -> None:
        self.region, self.box = QRegion(rect), box
        self.area = _area(box)

    def waste(self, box: Edges) -> int:
        """How much would be in the box around this and another that has not to be painted."""
        return _area(_around(self.box, box)) - self.area - _area(box)

    def add(self, rect: QRect, box: Edges) -> None:
        """Takes another rectangle in."""
        self.region += rect
        self.area += _area(box)
        self.box = _around(self.box, box)


def _around(one: Edges, other: Edges) -> Edges:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _area(box: Edges) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
