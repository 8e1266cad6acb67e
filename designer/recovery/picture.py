"""A small picture of a network, painted straight from the drawing: off the window's thread, and for any size of it."""

from collections import defaultdict

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from designer.theme import theme
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID
from engine.graph import Flow, Graph, Place
from engine.layers import Layer

LEAST_BAR = 3.0
LARGEST_SCALE = 0.35


def picture(graph: Graph[Layer], size: QSize, ratio: float) -> QImage:
    """The network's cards in the colours of their families and its wires, fitted into this size."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.tokens.canvas))
    places = {name: place for name, place in graph.places.items() if name in graph.nodes}
    if not places:
        return image
    area = _area(list(places.values()))
    scale = min(size.width() / area.width(), size.height() / area.height(), LARGEST_SCALE)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(size.width() / 2, size.height() / 2)
    painter.scale(scale, scale)
    painter.translate(-area.center())
    _paint(painter, graph, places, scale)
    painter.end()
    return image


def _area(places: list[Place]) -> QRectF:
    left, top = min(place.x for place in places), min(place.y for place in places)
    right, bottom = max(place.x for place in places) + CARD_WIDTH, max(place.y for place in places) + CARD_HEIGHT
    return QRectF(left - GRID, top - GRID, right - left + 2 * GRID, bottom - top + 2 * GRID)


def _paint(painter: QPainter, graph: Graph[Layer], places: dict[str, Place], scale: float) -> None:
    size = QSizeF(CARD_WIDTH, max(CARD_HEIGHT, LEAST_BAR / scale))
    lines = [
        QLineF(_tail(places[wire.source.node], size, graph.flow), _head(places[wire.target.node], size, graph.flow))
        for wire in graph.wires()
        if wire.source.node in places and wire.target.node in places
    ]
    painter.setPen(QPen(QColor(theme.tokens.disabled), 1 / scale))
    painter.drawLines(lines)
    painter.setPen(Qt.PenStyle.NoPen)
    cards: defaultdict[str, list[QRectF]] = defaultdict(list)
    for name, place in places.items():
        colour = theme.tokens.families[type(graph.nodes[name].layer).about.family]
        cards[colour].append(QRectF(QPointF(place.x, place.y), size))
    for colour, rectangles in cards.items():
        painter.setBrush(QColor(colour))
        painter.drawRects(rectangles)


def _tail(place: Place, size: QSizeF, flow: Flow) -> QPointF:
    """Where a card's wires leave it."""
    if flow == "right":
        return QPointF(place.x + size.width(), place.y + size.height() / 2)
    return QPointF(place.x + size.width() / 2, place.y + size.height())


def _head(place: Place, size: QSizeF, flow: Flow) -> QPointF:
    """Where wires come into a card."""
    if flow == "right":
        return QPointF(place.x, place.y + size.height() / 2)
    return QPointF(place.x + size.width() / 2, place.y)
