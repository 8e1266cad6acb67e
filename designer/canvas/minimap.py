"""The whole drawing in a corner, with the part that is in sight; a click goes there.

Where there is no room for all of a large one, it is panned as the canvas is, and painted as little.
"""

from collections import defaultdict

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from designer.canvas.ground import Ground, Sight
from designer.canvas.stage import Stage
from designer.theme import theme
from designer.theme.tokens import FIELD_RADIUS, GRID, STEP
from engine.graph import Diff

SIZE = QSize(42 * STEP, 28 * STEP)
SHARE = 0.25
LEAST = 0.03  # of the size at 100%
FEW = 200  # cards whose edges are smoothed


class Minimap(QWidget):
    """Shown only while something lies out of sight."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = stage
        self._content = QRectF()
        self._plate = QPixmap()
        self._picture = QPixmap()
        self._pictured: object = None
        self._form: object = None
        self._ground = Ground(self._paint_cards, clear=True)
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        stage.viewed.connect(self.refresh)
        stage.document.changed.connect(self._redraw)
        theme.changed.connect(self._repaint)
        self._redraw(Diff(moved=frozenset(stage.document.graph.nodes)))

    def fit_into(self, width: int) -> None:
        """Takes no more than its share of a canvas so wide."""
        wide = min(SIZE.width(), round(width * SHARE))
        if wide != self.width():
            self.setFixedSize(wide, wide * SIZE.height() // SIZE.width())
            self._repaint()

    def refresh(self) -> None:
        """After a scroll or a zoom: whether it is needed, and what is in sight."""
        seen = self._stage.seen()
        self.setVisible(not self._content.isEmpty() and not seen.contains(self._content))
        self.update()

    def _redraw(self, difference: Diff) -> None:
        if not (difference.added or difference.removed or difference.moved or difference.changed):
            return
        if difference.annotated or self._form is not self._stage.drawing.sheet.form:
            self.renew()

    def renew(self) -> None:
        """Cards are elsewhere: they are looked at anew."""
        self._content, self._pictured = self._stage.drawing.content(), None
        self._form = self._stage.drawing.sheet.form
        self._ground.forget()
        self.refresh()

    def _repaint(self) -> None:
        self._plate, self._pictured = QPixmap(), None
        self._ground.forget()
        self.update()

    @property
    def _large(self) -> bool:
        return len(self._stage.drawing.nodes) >= FEW

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards are painted when they or the part that is shown change; a frame costs few pictures otherwise."""
        map_, ratio = self._map(), self.devicePixelRatioF()
        with QPainter(self) as painter:
            inner = self.rect().adjusted(2, 2, -2, -2)
            if self._large:
                painter.drawPixmap(0, 0, self._plate_at(ratio))
                painter.setClipRect(inner)
                self._ground.show(painter, Sight(self.size(), ratio, map_.m11(), map_))
            else:
                if self._pictured != (map_, ratio):
                    self._picture, self._pictured = self._paint_picture(map_, ratio), (map_, ratio)
                painter.drawPixmap(0, 0, self._picture)
                painter.setClipRect(inner)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            accent = QColor(theme.tokens.accent)
            painter.setPen(QPen(accent, 1.5))
            accent.setAlphaF(0.1)
            painter.setBrush(accent)
            painter.drawRect(map_.mapRect(self._stage.seen()))

    def _paint_picture(self, map_: QTransform, ratio: float) -> QPixmap:
        picture = QPixmap(self._plate_at(ratio))
        with QPainter(picture) as painter:
            painter.setClipRect(self.rect().adjusted(2, 2, -2, -2))
            painter.setTransform(map_, combine=True)
            self._paint_cards(painter, map_.inverted()[0].mapRect(QRectF(self.rect())))
        return picture

    def _plate_at(self, ratio: float) -> QPixmap:
        if self._plate.isNull() or self._plate.devicePixelRatio() != ratio:
            self._plate = self._paint_plate(ratio)
        return self._plate

    def _paint_plate(self, ratio: float) -> QPixmap:
        """What the cards lie on."""
        plate, colour = QPixmap(self.size() * ratio), QColor(theme.tokens.window)
        plate.setDevicePixelRatio(ratio)
        plate.fill(Qt.GlobalColor.transparent)
        colour.setAlphaF(0.92)
        with QPainter(plate) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.tokens.border))
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), FIELD_RADIUS, FIELD_RADIUS)
        return plate

    def _paint_cards(self, painter: QPainter, seen: QRectF) -> None:
        """The cards in a rectangle of the scene, in one go for each colour."""
        cards: defaultdict[str, list[QRectF]] = defaultdict(list)
        for item in self._stage.drawing.cards_in(seen):
            cards[item.family].append(item.rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self._large)
        for family, rects in sorted(cards.items()):  # in one order, whichever part is painted
            painter.setBrush(QColor(theme.tokens.families[family]))
            painter.drawRects(rects)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, point: QPointF) -> None:
        self._stage.centerOn(self._map().inverted()[0].map(point))

    def _map(self) -> QTransform:
        """From the scene into this widget: all of the drawing, or what is around where that were too small to see."""
        content = self._content.adjusted(-GRID, -GRID, GRID, GRID)
        scale = max(min(self.width() / content.width(), self.height() / content.height()), LEAST)
        seen, half_width, half_height = self._stage.seen().center(), self.width() / scale / 2, self.height() / scale / 2
        x = _within(seen.x(), content.left() + half_width, content.right() - half_width)
        y = _within(seen.y(), content.top() + half_height, content.bottom() - half_height)
        left, top = (half_width - x) * scale, (half_height - y) * scale
        if self._large:  # on whole pixels, as pictures are moved
            ratio = self.devicePixelRatioF()
            left, top = round(left * ratio) / ratio, round(top * ratio) / ratio
        return QTransform(scale, 0, 0, scale, left, top)


def _within(value: float, low: float, high: float) -> float:
    """The value, kept between two bounds; their middle where they leave no room."""
    return (low + high) / 2 if low > high else min(max(value, low), high)
