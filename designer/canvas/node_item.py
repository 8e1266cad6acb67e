"""A node on the canvas: its card and its ports."""

from collections.abc import Mapping
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from designer.canvas.card import NAME_CENTRE, NAME_LEFT, Face, Mark, paint_card
from designer.canvas.ports import End, Ports
from designer.theme import fonts, theme
from designer.theme.tokens import CARD_HEIGHT, PORT, PORT_TARGET, STEP
from engine.graph import Inlet

MARGIN = 20
NAME_SIZE = 10


class Mood(Enum):
    """How a port looks while a wire is drawn."""

    FITS = auto()
    DIM = auto()
    TARGET = auto()


class NodeItem(QGraphicsRectItem):
    """Shows a node. It is painted once and kept as a picture until something on it changes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.face = Face(name, "", "Custom")
        self.ports = Ports((), (), 0)
        self.mark = Mark()
        self.wired: frozenset[End] = frozenset()
        self.moods: Mapping[End, Mood] = {}
        self.setZValue(1)
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_face(self, face: Face) -> None:
        if face != self.face:
            self.face = face
            self.update()

    def show_ports(self, ports: Ports, wired: frozenset[End]) -> None:
        if ports.width != self.ports.width:
            self.setRect(QRectF(-MARGIN, -MARGIN, ports.width + 2 * MARGIN, CARD_HEIGHT + 2 * MARGIN))
        if (ports, wired) != (self.ports, self.wired):
            self.ports, self.wired = ports, wired
            self.update()

    def show_mark(self, mark: Mark) -> None:
        if mark != self.mark:
            self.mark = mark
            self.setZValue(2 if mark.selected else 1)
            self.update()

    def show_moods(self, moods: Mapping[End, Mood]) -> None:
        """How single ports look; an empty mapping makes them plain again."""
        if moods != self.moods:
            self.moods = moods
            self.update()

    def card(self) -> QRectF:
        """The card's rectangle in the scene."""
        return QRectF(self.pos().x(), self.pos().y(), self.ports.width, CARD_HEIGHT)

    def name_box(self) -> QRectF:
        """Where the name stands on the card, in the scene."""
        card = self.card()
        return QRectF(card.left() + NAME_LEFT - STEP, card.top(), card.width() - NAME_LEFT, 2 * NAME_CENTRE)

    def spot(self, end: End) -> QPointF:
        """The middle of a port in the scene."""
        return self.pos() + self.ports.place(end)

    def end_at(self, point: QPointF, reach: float = PORT_TARGET / 2) -> End | None:
        """The port whose target holds a point of the scene, the nearest one of several."""
        ends = self.ports.ends
        near = [(_distance(self.spot(end), point), number) for number, end in enumerate(ends)]
        best = min(near, default=None)
        return ends[best[1]] if best and best[0] <= reach else None

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        paint_card(painter, self.face, self.ports.width, self.mark)
        for end in self.ports.ends:
            self._paint_port(painter, end)

    def _paint_port(self, painter: QPainter, end: End) -> None:
        at, mood = self.ports.place(end), self.moods.get(end)
        colour = QColor(self._port_colour(end))
        if mood in (Mood.FITS, Mood.TARGET):
            glow = QColor(theme.tokens.accent)
            glow.setAlphaF(0.45 if mood is Mood.TARGET else 0.22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(glow)
            painter.drawEllipse(at, PORT, PORT)
        filled = end in self.wired or mood in (Mood.FITS, Mood.TARGET) or self._faulty(end)
        radius = PORT / 2 + (1.5 if mood in (Mood.FITS, Mood.TARGET) else 0)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if filled else QColor(theme.tokens.card))
        painter.drawEllipse(at, radius - 0.75, radius - 0.75)
        self._paint_port_name(painter, end, at)

    def _faulty(self, end: End) -> bool:
        return isinstance(end, Inlet) and end.port in (*self.face.errors, *self.face.warnings)

    def _port_colour(self, end: End) -> str:
        tokens, mood = theme.tokens, self.moods.get(end)
        if mood is Mood.DIM:
            return tokens.border
        if mood in (Mood.FITS, Mood.TARGET):
            return tokens.accent
        if self._faulty(end):
            return tokens.problem if end.port in self.face.errors else tokens.warning
        return tokens.secondary

    def _paint_port_name(self, painter: QPainter, end: End, at: QPointF) -> None:
        words = self.ports.named(end)
        if not words:
            return
        font = fonts.words(NAME_SIZE)
        room = self.ports.width / (len(self.ports.inlets) + 1) - PORT
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens.secondary))
        offset = -5 if isinstance(end, Inlet) else NAME_SIZE + 2
        painter.drawText(at + QPointF(PORT - 1, offset), shown)


def _distance(a: QPointF, b: QPointF) -> float:
    away = a - b
    return float((away.x() ** 2 + away.y() ** 2) ** 0.5)
