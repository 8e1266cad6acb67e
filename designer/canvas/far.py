"""The drawing seen from afar, painted in one go: many small items would cost more than a frame."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from designer.canvas.card import ring_colour
from designer.canvas.node_item import NodeItem
from designer.canvas.wire_item import WireItem
from designer.theme import fonts, theme
from designer.theme.tokens import CARD_HEIGHT, STEP
from engine.graph import Wire

NEAR, FAR = 0.4, 0.15
NAME_SIZE = 24
NAME_LEFT = 26
STRIPE = 14


class Block(NamedTuple):
    """A card from afar: where it lies, and what it shows."""

    left: float
    top: float
    right: float
    bottom: float
    ring: str
    family: str
    name: str


class Stroke(NamedTuple):
    """A wire from afar: the box around it, and what it shows."""

    left: float
    top: float
    right: float
    bottom: float
    line: QLineF
    faulty: bool


class FarView:
    """Paints every card as a block with its stripe, and its name where it can be read.

    What is to be painted is kept as plain values until something changes: a frame then costs no look at an item.
    """

    def __init__(self, nodes: Mapping[str, NodeItem], wires: Mapping[Wire, WireItem]) -> None:
        self._nodes, self._wires = nodes, wires
        self._blocks: list[Block] | None = None
        self._strokes: list[Stroke] = []

    def forget(self) -> None:
        """Something has changed."""
        self._blocks = None

    def paint(self, painter: QPainter, seen: QRectF, scale: float) -> None:
        """Paints what lies in a rectangle of the scene; `scale` is the zoom."""
        if self._blocks is None:
            self._blocks = [_block(item) for item in self._nodes.values()]
            self._strokes = [_stroke(item) for item in self._wires.values()]
        left, top, right, bottom = seen.left(), seen.top(), seen.right(), seen.bottom()
        strokes = [s for s in self._strokes if s[0] < right and s[2] > left and s[1] < bottom and s[3] > top]
        blocks = [b for b in self._blocks if b[0] < right and b[2] > left and b[1] < bottom and b[3] > top]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        _paint_strokes(painter, strokes, scale)
        _paint_blocks(painter, blocks, scale)
        if scale >= FAR:
            _paint_names(painter, blocks)
        painter.restore()


def _block(item: NodeItem) -> Block:
    x, y = item.pos().toTuple()
    tokens = theme.tokens
    ring = tokens.accent if item.mark.selected else ring_colour(item.face, item.mark)
    family = tokens.families[item.face.family]
    return Block(x, y, x + item.ports.width, y + CARD_HEIGHT, ring, family, item.name)


def _stroke(item: WireItem) -> Stroke:
    box = QRectF(item.line.p1(), item.line.p2()).normalized().adjusted(-1, -1, 1, 1)
    return Stroke(box.left(), box.top(), box.right(), box.bottom(), item.line, item.faulty)


def _paint_strokes(painter: QPainter, strokes: list[Stroke], scale: float) -> None:
    for faulty, colour in ((False, theme.tokens.disabled), (True, theme.tokens.problem)):
        painter.setPen(QPen(QColor(colour), 1 / scale))
        painter.drawLines([stroke.line for stroke in strokes if stroke.faulty is faulty])


def _paint_blocks(painter: QPainter, blocks: list[Block], scale: float) -> None:
    """First the edges as filled rectangles, then what is within: to stroke outlines takes three times as long."""
    plain = theme.tokens.border
    layers: list[defaultdict[str, list[QRectF]]] = [defaultdict(list), defaultdict(list), defaultdict(list)]
    edges, bodies, stripes = layers
    for left, top, right, bottom, ring, family, _ in blocks:
        edge = (1 if ring == plain else 2.5) / scale
        edges[ring].append(QRectF(left, top, right - left, bottom - top))
        body = family if scale < FAR else theme.tokens.card
        bodies[body].append(QRectF(left + edge, top + edge, right - left - 2 * edge, bottom - top - 2 * edge))
        if scale >= FAR:
            stripes[family].append(QRectF(left + edge, top + edge, STRIPE, bottom - top - 2 * edge))
    painter.setPen(Qt.PenStyle.NoPen)
    for layer in layers:
        for colour, rectangles in layer.items():
            painter.setBrush(QColor(colour))
            painter.drawRects(rectangles)


def _paint_names(painter: QPainter, blocks: list[Block]) -> None:
    font: QFont = fonts.words(NAME_SIZE)
    painter.setFont(font)
    painter.setPen(QColor(theme.tokens.text))
    below = CARD_HEIGHT / 2 + NAME_SIZE * 0.36
    for block in blocks:
        room = block.right - block.left - NAME_LEFT - 2 * STEP
        shown = fonts.shortened(block.name, font, room, Qt.TextElideMode.ElideMiddle)
        painter.drawText(QPointF(block.left + NAME_LEFT, block.top + below), shown)
