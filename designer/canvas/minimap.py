"""The whole drawing in a corner, with the part that is in sight; a click goes there."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from designer.canvas.stage import Stage
from designer.theme import theme
from designer.theme.tokens import CARD_HEIGHT, FIELD_RADIUS, GRID, STEP
from engine.graph import Diff

SIZE = QSize(42 * STEP, 28 * STEP)
LEAST = 0.03  # of the size at 100%
FEW = 200  # cards whose edges are smoothed


class Minimap(QWidget):
    """Shown only while something lies out of sight."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = stage
        self._content = QRectF()
        self._cards: dict[str, list[tuple[float, QRectF]]] = {}
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        stage.viewed.connect(self.refresh)
        stage.document.changed.connect(self._redraw)
        theme.changed.connect(self.update)
        self._redraw(Diff(moved=frozenset(stage.document.graph.nodes)))

    def refresh(self) -> None:
        """After a scroll or a zoom: whether it is needed, and what is in sight."""
        seen = self._stage.seen()
        self.setVisible(not self._content.isEmpty() and not seen.contains(self._content))
        self.update()

    def _redraw(self, difference: Diff) -> None:
        if not (difference.added or difference.removed or difference.moved or difference.changed):
            return
        self._content, self._cards = self._stage.drawing.content(), self._cards_by_family()
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, map_ = theme.tokens, self._map()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.border))
        ground, accent = QColor(tokens.window), QColor(tokens.accent)
        ground.setAlphaF(0.92)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), FIELD_RADIUS, FIELD_RADIUS)
        painter.setClipRect(self.rect().adjusted(2, 2, -2, -2))
        self._paint_cards(painter, map_)
        painter.setPen(QPen(accent, 1.5))
        accent.setAlphaF(0.1)
        painter.setBrush(accent)
        painter.drawRect(map_.mapRect(self._stage.seen()))
        painter.end()

    def _paint_cards(self, painter: QPainter, map_: QTransform) -> None:
        """All cards in one go for each colour, those that the map shows."""
        shown = map_.inverted()[0].mapRect(QRectF(self.rect()))
        top, bottom = shown.top() - CARD_HEIGHT, shown.bottom()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(self._stage.drawing.nodes) < FEW)
        painter.setTransform(map_, combine=True)
        for family, cards in self._cards.items():
            painter.setBrush(QColor(theme.tokens.families[family]))
            painter.drawRects([card for y, card in cards if top < y < bottom])
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, point: QPointF) -> None:
        self._stage.centerOn(self._map().inverted()[0].map(point))

    def _cards_by_family(self) -> dict[str, list[tuple[float, QRectF]]]:
        cards: dict[str, list[tuple[float, QRectF]]] = {}
        for item in self._stage.drawing.nodes.values():
            card = item.card()
            cards.setdefault(item.face.family, []).append((card.top(), card))
        return cards

    def _map(self) -> QTransform:
        """From the scene into this widget: all of the drawing, or what is around where that were too small to see."""
        content = self._content.adjusted(-GRID, -GRID, GRID, GRID)
        scale = max(min(self.width() / content.width(), self.height() / content.height()), LEAST)
        seen, half_width, half_height = self._stage.seen().center(), self.width() / scale / 2, self.height() / scale / 2
        x = _within(seen.x(), content.left() + half_width, content.right() - half_width)
        y = _within(seen.y(), content.top() + half_height, content.bottom() - half_height)
        map_ = QTransform.fromTranslate(self.width() / 2, self.height() / 2).scale(scale, scale)
        return map_.translate(-x, -y)


def _within(value: float, low: float, high: float) -> float:
    """The value, kept between two bounds; their middle where they leave no room."""
    return (low + high) / 2 if low > high else min(max(value, low), high)
