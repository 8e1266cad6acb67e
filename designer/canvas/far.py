"""The drawing seen from afar, painted in one go: many small items would cost more than a frame."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPainter, QPen

from designer.canvas.card import ring_colour
from designer.canvas.node_item import NodeItem
from designer.canvas.sheet import Sheet
from designer.canvas.wire_item import WireItem
from designer.canvas.writing import Laid, lay
from designer.theme import fonts, theme
from designer.theme.tokens import CARD_HEIGHT, STEP

NEAR, FAR = 0.4, 0.15
NAME_SIZE = 24
NAME_LEFT = 26
STRIPE = 14
MOST_NAMES = 20_000
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
            _paint_colours(painter, cards, self._rings(cards), scale)
        else:
            _paint_blocks(painter, cards, self._rings(cards), scale)
            _paint_names(painter, cards)
        painter.restore()

    def prepare(self, card: NodeItem) -> None:
        """Works out what it takes to paint a card."""
        named = _names(QGuiApplication.font().key())
        if (card.name, card.width) not in named:
            named.add(card.name, card.width)

    def _rings(self, cards: list[NodeItem]) -> dict[NodeItem, str]:
        """The colours of the edges of those that stand out."""
        problems, selected, hovered = self.sheet.problems, self.sheet.selected, self.sheet.hovered
        if not problems and not selected and hovered is None:
            return {}
        rings = dict.fromkeys([card for card in cards if card.name in selected], theme.tokens.accent)
        others = [card for card in cards if (name := card.name) in problems or name == hovered]
        return rings | {card: ring_colour(card.face, card.mark) for card in others if card not in rings}


def _paint_strokes(painter: QPainter, wires: list[WireItem], sheet: Sheet, scale: float) -> None:
    """Straight from end to end, but for the ways past cards, from where on they can be told apart."""
    faulty = [item for item in wires if item.wire.target[:2] in sheet.faults] if sheet.faults else []
    lit = [item for item in wires if item.lit] if sheet.lit else []
    bent = {item for item in wires if item.bent} if scale >= FAR else set()
    tokens = theme.tokens
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, items in ((tokens.disabled, wires), (tokens.accent, lit), (tokens.problem, faulty)):
        if not items:
            continue
        painter.setPen(QPen(QColor(colour), (2 if items is lit else 1) / scale))
        painter.drawLines([item.line for item in items if item not in bent] if bent else [i.line for i in items])
        for item in items if bent else ():
            if item in bent:
                painter.drawPath(item.path())


def _paint_colours(painter: QPainter, cards: list[NodeItem], rings: dict[NodeItem, str], scale: float) -> None:
    """From very far: each card in its family's colour, with an edge around what is selected or has a problem."""
    painter.setPen(Qt.PenStyle.NoPen)
    _fill(painter, _by_family(cards))
    if rings:
        edge = min(EDGE / scale, CARD_HEIGHT / 4)
        _fill(painter, _by_ring(rings))
        _fill(painter, _by_family([card for card in cards if card in rings], edge))


def _paint_blocks(painter: QPainter, cards: list[NodeItem], rings: dict[NodeItem, str], scale: float) -> None:
    """First the edges as filled rectangles, then what is within: to stroke outlines takes three times as long."""
    painter.setPen(Qt.PenStyle.NoPen)
    plain, families = theme.tokens.border, theme.tokens.families
    others = {card: ring for card, ring in rings.items() if ring != plain}
    bodies: list[QRectF] = []
    stripes: defaultdict[str, list[QRectF]] = defaultdict(list)
    for card in cards:
        edge = (EDGE if card in others else 1) / scale
        bodies.append(card.rect.adjusted(edge, edge, -edge, -edge))
        stripes[families[card.family]].append(QRectF(card.x + edge, card.y + edge, STRIPE, card.size[1] - 2 * edge))
    _fill(painter, {plain: [card.rect for card in cards if card not in others]})
    _fill(painter, _by_ring(others))
    _fill(painter, {theme.tokens.card: bodies})
    _fill(painter, stripes)


def _by_ring(rings: Mapping[NodeItem, str]) -> Rects:
    found: defaultdict[str, list[QRectF]] = defaultdict(list)
    for card, ring in rings.items():
        found[ring].append(card.rect)
    return found


def _by_family(cards: list[NodeItem], edge: float = 0) -> Rects:
    found: defaultdict[str, list[QRectF]] = defaultdict(list)
    for card in cards:
        found[card.family].append(card.rect.adjusted(edge, edge, -edge, -edge) if edge else card.rect)
    return {theme.tokens.families[family]: rects for family, rects in found.items()}


def _fill(painter: QPainter, rects: Mapping[str, list[QRectF]]) -> None:
    for colour, same in sorted(rects.items(), key=itemgetter(0)):  # in one order, whichever part is painted
        painter.setBrush(QColor(colour))
        painter.drawRects(same)


def _paint_names(painter: QPainter, cards: list[NodeItem]) -> None:
    painter.setPen(QColor(theme.tokens.text))
    below = CARD_HEIGHT / 2 + NAME_SIZE * 0.36
    named = _names(QGuiApplication.font().key())
    for item in cards:
        name = named.get((item.name, item.width)) or named.add(item.name, item.width)
        at = QPointF(item.x + NAME_LEFT, item.y + below - name.baseline)
        for run in name.runs:
            painter.drawGlyphRun(at, run)


class _Names(dict[tuple[str, float], Laid]):
    """Names as blocks show them, by what they are and how wide their cards are."""

    def __init__(self) -> None:
        self._font = fonts.words(NAME_SIZE)
        self._metrics = QFontMetricsF(self._font)

    def add(self, name: str, width: float) -> Laid:
        """Lays out another one."""
        if len(self) >= MOST_NAMES:
            self.clear()
        shown = self._metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width - NAME_LEFT - 2 * STEP)
        found = self[name, width] = lay(shown, self._font)
        return found


@lru_cache(maxsize=1)
def _names(system_font: str) -> _Names:
    return _Names()
