"""How a comparison looks: what came, went or is another differs in colour, in its line and by a sign."""

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from designer.canvas.card import Mark, paint_card
from designer.canvas.wire_item import curve
from designer.compare.joined import Card, Strand
from designer.theme import theme
from designer.theme.tokens import CARD_RADIUS
from engine.project.compare import Kind

RING, BADGE, ARM, WIRE = 2.5, 18, 4.5, 2.5
FADED, GONE = 0.6, 0.8


def colour_of(kind: Kind | None) -> str:
    """The colour of what became of something."""
    tokens = theme.tokens
    if kind is None:
        return tokens.border
    return {"added": tokens.good, "removed": tokens.problem}.get(kind, tokens.warning)


def line_of(kind: Kind | None) -> Qt.PenStyle:
    """Its line: what went is dashed, what has another name is dotted."""
    if kind == "removed":
        return Qt.PenStyle.DashLine
    return Qt.PenStyle.DotLine if kind == "renamed" else Qt.PenStyle.SolidLine


def paint_cards(painter: QPainter, cards: Iterable[Card], chosen: str) -> None:
    """The cards near enough to be read; what is as it was steps back."""
    for card in cards:
        painter.save()
        painter.translate(card.at)
        _paint_ground(painter, card)
        painter.setOpacity(_strength(card, chosen))
        paint_card(painter, card.face, card.ports.size, Mark(selected=card.name == chosen))
        painter.setOpacity(1.0)
        if card.kind:
            _paint_mark(painter, card, card.kind)
        painter.restore()


def _strength(card: Card, chosen: str) -> float:
    if card.name == chosen:
        return 1.0
    return FADED if card.kind is None else GONE if card.kind == "removed" else 1.0


def _paint_ground(painter: QPainter, card: Card) -> None:
    """The canvas under a card that is see-through: no wire is to be seen in it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.tokens.canvas))
    painter.drawRoundedRect(QRectF(0, 0, card.box.width(), card.box.height()), CARD_RADIUS, CARD_RADIUS)


def _paint_mark(painter: QPainter, card: Card, kind: Kind) -> None:
    ring = QRectF(0, 0, card.box.width(), card.box.height())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour_of(kind)), RING, line_of(kind)))
    painter.drawRoundedRect(ring, CARD_RADIUS, CARD_RADIUS)
    paint_sign(painter, QPointF(ring.right() - 2, 2), kind)


def paint_sign(painter: QPainter, middle: QPointF, kind: Kind) -> None:
    """The sign in a disc."""
    disc = QRectF(middle.x() - BADGE / 2, middle.y() - BADGE / 2, BADGE, BADGE)
    painter.setPen(QPen(QColor(theme.tokens.canvas), 2))
    painter.setBrush(QColor(colour_of(kind)))
    painter.drawEllipse(disc)
    painter.setPen(QPen(QColor(theme.tokens.on_accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_sign(kind).translated(middle))


@cache
def _sign(kind: Kind) -> QPainterPath:
    """A plus, a minus or a wave: strokes that are told apart also where they are small."""
    path = QPainterPath(QPointF(-ARM, 0))
    if kind in ("changed", "renamed"):
        path.cubicTo(QPointF(-ARM / 3, -2 * ARM), QPointF(ARM / 3, 2 * ARM), QPointF(ARM, 0))
        return path
    path.lineTo(QPointF(ARM, 0))
    if kind == "added":
        path.moveTo(QPointF(0, -ARM))
        path.lineTo(QPointF(0, ARM))
    return path


def paint_strands(painter: QPainter, strands: Iterable[Strand], seen: QRectF) -> None:
    """The wires; those that came or went with their sign in the middle."""
    signed = []
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for strand in strands:
        if not seen.intersects(strand.box):
            continue
        path = curve(strand.start, strand.end, strand.detour, strand.flow)
        painter.setPen(QPen(QColor(_wire_colour(strand.kind)), WIRE if strand.kind else 2, line_of(strand.kind)))
        painter.setOpacity(1.0 if strand.kind else FADED)
        painter.drawPath(path)
        if strand.kind:
            signed.append((path.pointAtPercent(0.5), strand.kind))
    painter.setOpacity(1.0)
    for middle, kind in signed:
        paint_sign(painter, middle, kind)


def paint_far(
    painter: QPainter, cards: list[Card], strands: list[Strand], seen: QRectF, zoom: float, chosen: str
) -> None:
    """From afar: cards as blocks, wires as lines, signs as large as they are near."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for strand in strands:
        if seen.intersects(strand.box):
            painter.setPen(
                QPen(QColor(_wire_colour(strand.kind)), (2 if strand.kind else 1) / zoom, line_of(strand.kind))
            )
            painter.drawLine(strand.start, strand.end)
    for card in cards:
        edge = (2.5 if card.kind or card.name == chosen else 1) / zoom
        ring = theme.tokens.accent if card.name == chosen else colour_of(card.kind)
        painter.fillRect(card.box, QColor(ring))
        painter.fillRect(card.box.adjusted(edge, edge, -edge, -edge), QColor(theme.tokens.card))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for card in cards:
        if card.kind:
            painter.save()
            painter.translate(card.box.center())
            painter.scale(1 / max(zoom, 0.15), 1 / max(zoom, 0.15))
            paint_sign(painter, QPointF(), card.kind)
            painter.restore()


def _wire_colour(kind: Kind | None) -> str:
    return colour_of(kind) if kind else theme.tokens.disabled
