"""The drawing seen from afar, painted in one go: many small items would cost more than a frame."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import TypeAlias

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
EDGE = 2.5  # pixels of an edge that means something

Rects: TypeAlias = "dict[str, list[QRectF]]"
"""Rectangles by the colour that fills them."""


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
        _paint_strokes(painter, self.sheet.wires_in(box), self.sheet, scale)
        if scale < FAR:
            _paint_colours(painter, cards, scale)
        else:
            _paint_blocks(painter, cards, scale)
            _paint_names(painter, cards)
        painter.restore()


def _paint_strokes(painter: QPainter, wires: list[WireItem], sheet: Sheet, scale: float) -> None:
    """Straight from end to end, but for the ways past cards, from where on they can be told apart."""
    faulty = [item for item in wires if item.wire.target[:2] in sheet.faults] if sheet.faults else []
    lit = [item for item in wires if item.lit] if sheet.lit else []
    tokens = theme.tokens
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, items in ((tokens.disabled, wires), (tokens.accent, lit), (tokens.problem, faulty)):
        bent = [item for item in items if item.bent] if scale >= FAR else []
        straight = [item for item in items if not item.bent] if bent else items
        painter.setPen(QPen(QColor(colour), (2 if items is lit else 1) / scale))
        painter.drawLines([item.line for item in straight])
        for item in bent:
            painter.drawPath(item.path())


def _paint_colours(painter: QPainter, cards: list[NodeItem], scale: float) -> None:
    """From very far: each card in its family's colour, with an edge around what is selected or has a problem."""
    painter.setPen(Qt.PenStyle.NoPen)
    _fill(painter, _by_family(cards))
    edge = min(EDGE / scale, CARD_HEIGHT / 4)
    striking = [card for card in cards if card.striking]
    rings: defaultdict[str, list[QRectF]] = defaultdict(list)
    for card in striking:
        rings[_ring(card)].append(card.rect)
    _fill(painter, rings)
    _fill(painter, _by_family(striking, edge))


def _paint_blocks(painter: QPainter, cards: list[NodeItem], scale: float) -> None:
    """First the edges as filled rectangles, then what is within: to stroke outlines takes three times as long."""
    painter.setPen(Qt.PenStyle.NoPen)
    plain = theme.tokens.border
    rings: defaultdict[str, list[QRectF]] = defaultdict(list)
    bodies: list[QRectF] = []
    stripes: defaultdict[str, list[QRectF]] = defaultdict(list)
    for card in cards:
        ring = _ring(card)
        edge = (1 if ring == plain else EDGE) / scale
        width, height = card.size
        x, y, height = card.x + edge, card.y + edge, height - 2 * edge
        rings[ring].append(card.rect)
        bodies.append(QRectF(x, y, width - 2 * edge, height))
        stripes[theme.tokens.families[card.family]].append(QRectF(x, y, STRIPE, height))
    _fill(painter, {plain: rings.pop(plain, [])})
    _fill(painter, rings)
    _fill(painter, {theme.tokens.card: bodies})
    _fill(painter, stripes)


def _by_family(cards: list[NodeItem], edge: float = 0) -> Rects:
    found: defaultdict[str, list[QRectF]] = defaultdict(list)
    for card in cards:
        found[card.family].append(card.rect.adjusted(edge, edge, -edge, -edge) if edge else card.rect)
    return {theme.tokens.families[family]: rects for family, rects in found.items()}


def _fill(painter: QPainter, rects: Mapping[str, list[QRectF]]) -> None:
    for colour, same in sorted(rects.items(), key=itemgetter(0)):  # in one order, whichever part is painted
        painter.setBrush(QColor(colour))
        painter.drawRects(same)


def _ring(card: NodeItem) -> str:
    """The colour of a card's edge."""
    if not card.striking:
        return theme.tokens.border
    return theme.tokens.accent if card.mark.selected else ring_colour(card.face, card.mark)


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
