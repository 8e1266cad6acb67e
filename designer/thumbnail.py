"""A small picture of a network, painted straight from the drawing: on any thread, and for any size of it."""

from collections import defaultdict

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel

from designer.theme import theme
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID
from engine.graph import Flow, Graph, Place
from engine.layers import Layer

LEAST_BAR = 3.0
LARGEST_SCALE = 0.35
STRETCH = 4
"""How many times as wide as high, or the other way round, a long chain is shown: its cards fill the picture then."""
CORNER = 2.0
MOST_ROUND = 200
PLUS = 24


class Thumbnail(QLabel):
    """A picture of a network in the colours of the theme in force; painted when it comes into sight."""

    def __init__(self, graph: Graph[Layer], size: QSize) -> None:
        super().__init__()
        self._graph = graph
        self.setFixedSize(size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self.pixmap().isNull() or self.pixmap().devicePixelRatio() != ratio:
            self.setPixmap(QPixmap.fromImage(picture(self._graph, self.size(), ratio)))
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.clear()


def picture(graph: Graph[Layer], size: QSize, ratio: float) -> QImage:
    """The network's cards in the colours of their families and its wires, fitted into this size; a plus for none."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.tokens.canvas))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = {name: place for name, place in graph.places.items() if name in graph.nodes}
        if places:
            _paint(painter, graph, _Fitted(places, QSizeF(size), graph.flow))
        else:
            _paint_plus(painter, QRectF(QPointF(), QSizeF(size)))
    return image


class _Fitted:
    """Where the cards are in the picture."""

    def __init__(self, places: dict[str, Place], size: QSizeF, flow: Flow) -> None:
        area = _area(list(places.values()))
        across, down = size.width() / area.width(), size.height() / area.height()
        most = min(min(across, down) * STRETCH, LARGEST_SCALE)
        across, down = min(across, most), min(down, most)
        self.places, self._flow = places, flow
        self.card = QSizeF(CARD_WIDTH * across, max(CARD_HEIGHT * down, LEAST_BAR))
        self._across, self._down = across, down
        self._left = size.width() / 2 - area.center().x() * across
        self._top = size.height() / 2 - area.center().y() * down

    def rect(self, name: str) -> QRectF:
        """A card."""
        place = self.places[name]
        return QRectF(QPointF(self._left + place.x * self._across, self._top + place.y * self._down), self.card)

    def line(self, source: str, target: str) -> QLineF:
        """A wire between two cards."""
        start, end = self.rect(source), self.rect(target)
        if self._flow == "right":
            return QLineF(start.right(), start.center().y(), end.left(), end.center().y())
        return QLineF(start.center().x(), start.bottom(), end.center().x(), end.top())


def _area(places: list[Place]) -> QRectF:
    left, top = min(place.x for place in places), min(place.y for place in places)
    right, bottom = max(place.x for place in places) + CARD_WIDTH, max(place.y for place in places) + CARD_HEIGHT
    return QRectF(left - GRID, top - GRID, right - left + 2 * GRID, bottom - top + 2 * GRID)


def _paint(painter: QPainter, graph: Graph[Layer], fitted: _Fitted) -> None:
    lines = [
        fitted.line(wire.source.node, wire.target.node)
        for wire in graph.wires()
        if wire.source.node in fitted.places and wire.target.node in fitted.places
    ]
    painter.setPen(QPen(QColor(theme.tokens.disabled), 1))
    painter.drawLines(lines)
    painter.setPen(Qt.PenStyle.NoPen)
    cards: defaultdict[str, list[QRectF]] = defaultdict(list)
    for name in fitted.places:
        cards[theme.tokens.families[type(graph.nodes[name].layer).about.family]].append(fitted.rect(name))
    for colour, rectangles in cards.items():
        painter.setBrush(QColor(colour))
        if len(fitted.places) > MOST_ROUND:
            painter.drawRects(rectangles)
            continue
        for rect in rectangles:
            painter.drawRoundedRect(rect, CORNER, CORNER)


def _paint_plus(painter: QPainter, area: QRectF) -> None:
    middle = area.center()
    for across, down in ((PLUS, 2), (2, PLUS)):
        bar = QRectF(middle.x() - across / 2, middle.y() - down / 2, across, down)
        painter.fillRect(bar, QColor(theme.tokens.secondary))
