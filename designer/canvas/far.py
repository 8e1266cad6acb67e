"""The drawing seen from afar, painted in one go: many small items would cost more than a frame."""

from collections import defaultdict
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen

from designer.canvas.card import ring_colour
from designer.canvas.node_item import NodeItem
from designer.canvas.sheet import Sheet
from designer.canvas.wire_item import WireItem
from designer.canvas.writing import Laid, laid
from designer.theme import fonts, theme
from designer.theme.tokens import CARD_HEIGHT, STEP

NEAR, FAR = 0.4, 0.15
NAME_SIZE = 24
NAME_LEFT = 26
STRIPE = 14


class FarView:
    """Paints every card as a block with its stripe, and its name where it can be read."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def paint(self, painter: QPainter, seen: QRectF, scale: float) -> None:
        """Paints what lies in a rectangle of the scene; `scale` is the zoom."""
        box = (seen.left(), seen.top(), seen.right(), seen.bottom())
        cards = self.sheet.cards_in(box)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        _paint_strokes(painter, self.sheet.wires_in(box), self.sheet.faults, scale)
        _paint_blocks(painter, cards, scale)
        if scale >= FAR:
            _paint_names(painter, cards)
        painter.restore()


def _paint_strokes(painter: QPainter, wires: list[WireItem], faults: frozenset[tuple[str, str]], scale: float) -> None:
    faulty = [item.line for item in wires if item.wire.target[:2] in faults] if faults else []
    painter.setPen(QPen(QColor(theme.tokens.disabled), 1 / scale))
    painter.drawLines([item.line for item in wires])
    if faulty:
        painter.setPen(QPen(QColor(theme.tokens.problem), 1 / scale))
        painter.drawLines(faulty)


def _paint_blocks(painter: QPainter, cards: list[NodeItem], scale: float) -> None:
    """First the edges as filled rectangles, then what is within: to stroke outlines takes three times as long."""
    far = scale < FAR
    edges: defaultdict[tuple[str, float], list[NodeItem]] = defaultdict(list)
    families: defaultdict[str, list[QRectF]] = defaultdict(list)
    bodies: list[QRectF] = []
    for item in cards:
        edges[_ring(item)].append(item)
    painter.setPen(Qt.PenStyle.NoPen)
    for (ring, strength), same in edges.items():
        edge = strength / scale
        painter.setBrush(QColor(ring))
        painter.drawRects([QRectF(item.x, item.y, item.width, CARD_HEIGHT) for item in same])
        twice = 2 * edge
        for item in same:
            x, y, height = item.x + edge, item.y + edge, CARD_HEIGHT - twice
            if far:
                families[item.family].append(QRectF(x, y, item.width - twice, height))
            else:
                bodies.append(QRectF(x, y, item.width - twice, height))
                families[item.family].append(QRectF(x, y, STRIPE, height))
    painter.setBrush(QColor(theme.tokens.card))
    painter.drawRects(bodies)
    for family, stripes in families.items():
        painter.setBrush(QColor(theme.tokens.families[family]))
        painter.drawRects(stripes)


def _ring(item: NodeItem) -> tuple[str, float]:
    """The colour of a block's edge, and how wide it is."""
    if not item.striking:
        return theme.tokens.border, 1
    mark = item.mark
    ring = theme.tokens.accent if mark.selected else ring_colour(item.face, mark)
    return ring, 1 if ring == theme.tokens.border else 2.5


def _paint_names(painter: QPainter, cards: list[NodeItem]) -> None:
    painter.setPen(QColor(theme.tokens.text))
    below = CARD_HEIGHT / 2 + NAME_SIZE * 0.36
    system = QGuiApplication.font().key()
    for item in cards:
        _name(item.name, item.width, system).paint(painter, item.x + NAME_LEFT, item.y + below)


@lru_cache(maxsize=8192)
def _name(name: str, width: float, system_font: str) -> Laid:
    """A name as a block shows it."""
    font = fonts.words(NAME_SIZE)
    return laid(fonts.shortened(name, font, width - NAME_LEFT - 2 * STEP, Qt.TextElideMode.ElideMiddle), font)
