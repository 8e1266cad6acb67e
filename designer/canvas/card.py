"""A node's card: what is written on it, and how it is painted. The canvas, the palette's drag and pictures share it."""

from functools import cache, lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPainterPath, QPen, QPixmap

from designer.canvas.ports import USUAL, Size, size_of
from designer.canvas.words import count_words, output_words, type_words
from designer.theme import fonts, theme
from designer.theme.glyphs import SIZE, paint_glyph
from designer.theme.tokens import CARD_RADIUS, CARD_WIDTH
from engine.blocks import BlockLayer
from engine.check.report import Cost, Problem, Report
from engine.graph import Flow, Node
from engine.layers import Layer

STRIPE = 4
LEFT = 14
RIGHT = 10
NAME_LEFT = LEFT + SIZE + 6
NAME_CENTRE, TYPE_CENTRE = 17, 36
GAP = 8
SMALL = 11
BADGE = 16
RAISED = 2.0
STACK = 3
SECOND = 0.45  # how much of a block's second edge is seen
_INNER = (STRIPE - 0.5, 3.5, -3.5, -3.5)  # a block's second edge


class Face(NamedTuple):
    """What a card says. `errors` and `warnings` are the ports ("" the node) that problems name, one for each.

    `repeats` is 0 for a plain layer, and for a block how many of it stand in a chain.
    """

    name: str
    type: str
    family: str
    shape: str = ""
    parameters: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    repeats: int = 0

    @property
    def problems(self) -> int:
        return len(self.errors) + len(self.warnings)


class Mark(NamedTuple):
    """How a card stands out."""

    selected: bool = False
    hovered: bool = False


PLAIN = Mark()
NOTHING_KNOWN = Report({}, (), (), {}, Cost())


def face_of(name: str, node: Node[Layer], report: Report, problems: tuple[Problem, ...]) -> Face:
    """What the card of a node says; `problems` are those of this node."""
    cost = report.costs.get(name)
    return Face(
        name=name,
        type=type_words(node.layer),
        family=type(node.layer).about.family,
        shape=output_words(report.specs.get(name, ())),
        parameters=count_words(cost.parameters) if cost and cost.parameters else "",
        errors=tuple(problem.port for problem in problems if problem.severity == "error"),
        warnings=tuple(problem.port for problem in problems if problem.severity == "warning"),
        repeats=node.layer.repeat if isinstance(node.layer, BlockLayer) else 0,
    )


def paint_card(painter: QPainter, face: Face, size: Size = USUAL, mark: Mark = PLAIN) -> None:
    """Paints a card with its upper left corner at the origin."""
    paint_plate(painter, face, size, mark)
    _paint_words(painter, face, size.width)


def paint_plate(painter: QPainter, face: Face, size: Size = USUAL, mark: Mark = PLAIN) -> None:
    """Paints a card without its words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_body(painter, face, size, mark)
    colour = QColor(theme.tokens.families[face.family])
    paint_glyph(painter, face.family, QPointF(LEFT - 1, NAME_CENTRE - SIZE / 2), colour)
    if face.problems:
        _paint_badge(painter, face, size.width)


def ring_colour(face: Face, mark: Mark) -> str:
    """The colour of the card's edge: what is wrong goes before what is hovered."""
    tokens = theme.tokens
    if face.errors:
        return tokens.problem
    if face.warnings:
        return tokens.warning
    return tokens.secondary if mark.hovered else tokens.border


def _paint_body(painter: QPainter, face: Face, size: Size, mark: Mark) -> None:
    tokens = theme.tokens
    card = QRectF(0, 0, *size)
    if mark.selected:
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(card.adjusted(-3, -3, 3, 3), CARD_RADIUS + 3, CARD_RADIUS + 3)
    if face.repeats > 1:
        _paint_stack(painter, card)
    body = _rounded(card)
    painter.fillPath(body, QColor(tokens.raised if mark.hovered else tokens.card))
    painter.fillPath(_stripe(size.height), QColor(tokens.families[face.family]))
    painter.setPen(QPen(QColor(ring_colour(face, mark)), 2 if face.problems else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_rounded(card.adjusted(0.5, 0.5, -0.5, -0.5)))
    if face.repeats:
        second = QColor(tokens.families[face.family])
        second.setAlphaF(SECOND)
        painter.setPen(QPen(second, 1))
        painter.drawPath(_rounded(card.adjusted(*_INNER), CARD_RADIUS - 3))


def _paint_stack(painter: QPainter, card: QRectF) -> None:
    """The cards below the first one of a chain."""
    tokens = theme.tokens
    painter.setPen(QPen(QColor(tokens.secondary), 1))
    painter.setBrush(QColor(tokens.card))
    for step in (2 * STACK, STACK):
        painter.drawRoundedRect(card.adjusted(step, step, step, step), CARD_RADIUS, CARD_RADIUS)


def _paint_words(painter: QPainter, face: Face, width: float) -> None:
    tokens = theme.tokens
    for line in written(face, width, QGuiApplication.font().key()):
        painter.setFont(line.font)
        painter.setPen(QColor(tokens.text if line.strong else tokens.secondary))
        painter.drawText(line.at, line.words)


class Line(NamedTuple):
    """Words on a card, shortened to the room there is, and where they begin."""

    words: str
    at: QPointF
    font: QFont
    strong: bool = False


@lru_cache(maxsize=8192)
def written(face: Face, width: float, system_font: str) -> tuple[Line, ...]:
    """What is written on a card: name and type to the left, shape and parameters to the right."""
    name_font, small, figures = _fonts(system_font)
    lines = []
    right = width - RIGHT
    rows = (
        (face.shape, face.name, name_font, NAME_LEFT, NAME_CENTRE, Qt.TextElideMode.ElideMiddle),
        (face.parameters, face.type, small, LEFT, TYPE_CENTRE, Qt.TextElideMode.ElideRight),
    )
    for figure, words, font, left, centre, mode in rows:
        room = right - left
        if figure:
            taken = fonts.width(figure, figures)
            lines.append(Line(figure, QPointF(right - taken, _baseline(centre, figures)), figures))
            room -= taken + GAP
        shown = fonts.shortened(words, font, max(room, GAP), mode)
        lines.append(Line(shown, QPointF(left, _baseline(centre, font)), font, words is face.name))
    return tuple(lines)


@lru_cache(maxsize=4)
def _fonts(system_font: str) -> tuple[QFont, QFont, QFont]:
    """Of names, of types and of figures."""
    return fonts.words(bold=True), fonts.words(SMALL), fonts.numbers(SMALL)


@cache
def _baseline(centre: float, font: QFont) -> float:
    metrics = QFontMetricsF(font)
    return centre + (metrics.ascent() - metrics.descent()) / 2


def _paint_badge(painter: QPainter, face: Face, width: float) -> None:
    tokens = theme.tokens
    words = str(face.problems) if face.problems < 10 else "9+"
    box = QRectF(width - BADGE + 6, -6, BADGE, BADGE)
    painter.setPen(QPen(QColor(tokens.canvas), RAISED))
    painter.setBrush(QColor(tokens.problem if face.errors else tokens.warning))
    if face.errors:
        painter.drawEllipse(box)
    else:  # another form, since not all see the colours apart
        top, foot = QPointF(box.center().x(), box.top() - 3), box.bottom() + 1
        painter.drawConvexPolygon([top, QPointF(box.right() + 3, foot), QPointF(box.left() - 3, foot)])
        box.translate(0, 1)
    painter.setFont(fonts.words(10, bold=True))
    painter.setPen(QColor(tokens.on_accent))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


@cache
def _stripe(height: float) -> QPainterPath:
    """The left edge of a card's body."""
    stripe = QPainterPath()
    stripe.addRect(QRectF(0, 0, STRIPE, height))
    return _rounded(QRectF(0, 0, CARD_WIDTH, height)).intersected(stripe)


def _rounded(card: QRectF, radius: float = CARD_RADIUS) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(card, radius, radius)
    return path


def layer_pixmap(layer: Layer, ratio: float, flow: Flow = "down") -> QPixmap:
    """A card of a layer: what hangs at the cursor while it is dragged from the palette."""
    face, size = face_of(type(layer).about.title, Node(layer), NOTHING_KNOWN, ()), size_of(Node(layer), flow)
    pixmap = QPixmap(round((size.width + 2) * ratio), round((size.height + 2) * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.translate(1, 1)
        paint_card(painter, face, size)
    return pixmap
