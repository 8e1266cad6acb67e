"""The drawing seen from near, where cards can be read: wires, cards, ports and their words.

On a screen a card without its words is a picture that all cards which look alike share; elsewhere, in a file say, it
is painted as lines and text.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import floor
from operator import itemgetter
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGlyphRun, QGuiApplication, QPainter, QPen, QPixmap, QTransform

from designer.canvas.card import Face, Mark, paint_card, paint_plate, written
from designer.canvas.node_item import MARGIN, NAMES_ROOM, Mood, NodeItem
from designer.canvas.ports import Size
from designer.canvas.sheet import Sheet
from designer.canvas.wire_item import WIDTH, WireItem
from designer.canvas.writing import joined, laid
from designer.theme import fonts, theme
from designer.theme.tokens import PORT
from engine.graph import Inlet

THIN = 0.75  # zoom below which a wire is one pixel wide: a long curve is then painted twenty times as fast
NAME_SIZE = 10
FAINT = 0.25


class Dot(NamedTuple):
    """How a port looks, and where on its card it is; `token` is its colour's name."""

    x: float
    y: float
    token: str
    filled: bool
    mood: Mood | None


class Look(NamedTuple):
    """All that a card shows but words: cards of one look share a picture."""

    face: Face  # without its words
    size: Size
    mark: Mark
    dots: tuple[Dot, ...]


class NearView:
    """Paints what lies in a rectangle of the scene."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._plates: dict[Look, QPixmap] = {}
        self._plates_of: tuple[float, str] = (0, "")

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """As lines and text."""
        wires, strong, cards = self._in(seen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_wires(painter, wires, self.sheet, False)
        for item in cards:
            painter.save()
            painter.translate(item.pos())
            paint_card(painter, item.face, item.size, item.mark)
            _paint_dots(painter, look_of(item))
            painter.restore()
            _paint_port_names(painter, item)
        _paint_wires(painter, strong, self.sheet, False)

    def show(self, painter: QPainter, seen: QRectF, zoom: float) -> None:
        """As pictures and laid letters, onto a screen."""
        wires, strong, cards = self._in(seen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_wires(painter, wires, self.sheet, zoom < THIN, seen)
        self._show_cards(painter, cards, zoom)
        _paint_wires(painter, strong, self.sheet, zoom < THIN, seen)

    def prepare(self, card: NodeItem) -> None:
        """Works out what it takes to show a card."""
        look_of(card)
        _letters(card.face, card.width, QGuiApplication.font().key())

    def _in(self, seen: QRectF) -> tuple[list[WireItem], list[WireItem], list[NodeItem]]:
        """Wires behind the cards, wires before them, and cards, the selected ones last."""
        box = (seen.left(), seen.top(), seen.right(), seen.bottom())
        wires, cards = self.sheet.wires_in(box), self.sheet.cards_in(box)
        strong: list[WireItem] = []
        if self.sheet.selected_wires or self.sheet.hovered is not None:
            strong = [wire for wire in wires if wire.strong]
            wires = [wire for wire in wires if not wire.strong]
        if selected := self.sheet.selected:
            cards.sort(key=lambda card: card.name in selected)
        return wires, strong, cards

    def _show_cards(self, painter: QPainter, cards: list[NodeItem], zoom: float) -> None:
        """Each on whole pixels, so that its edges are sharp and stay so while the view is moved."""
        scene, ratio = painter.transform(), painter.device().devicePixelRatioF()
        scale = zoom * ratio
        self._choose_plates(scale)
        pixels = QTransform.fromScale(1 / ratio, 1 / ratio) if ratio != 1 else QTransform()
        left, top, pad = round(scene.dx() * ratio), round(scene.dy() * ratio), int(MARGIN * scale) + 1
        strong, pale = QPen(QColor(theme.tokens.text)), QPen(QColor(theme.tokens.secondary))
        font = QGuiApplication.font().key()
        for item in cards:
            x, y = floor(item.x * scale + left + 0.5), floor(item.y * scale + top + 0.5)
            painter.setTransform(pixels)
            painter.drawPixmap(x - pad, y - pad, self._plate(look_of(item), scale, pad))
            painter.setTransform(scene)
            corner = QPointF((x - left) / scale, (y - top) / scale)
            item.painted = item.face
            name, others = _letters(item.painted, item.width, font)
            painter.setPen(strong)
            for run in name:
                painter.drawGlyphRun(corner, run)
            painter.setPen(pale)
            for run in others:
                painter.drawGlyphRun(corner, run)
            _paint_port_names(painter, item)

    def _choose_plates(self, scale: float) -> None:
        if self._plates_of != (scale, theme.tokens.name):
            self._plates, self._plates_of = {}, (scale, theme.tokens.name)

    def _plate(self, look: Look, scale: float, pad: int) -> QPixmap:
        plate = self._plates.get(look)
        if plate is None:
            plate = self._plates[look] = _plate(look, scale, pad)
        return plate


@lru_cache(maxsize=8192)
def _letters(face: Face, width: float, system_font: str) -> tuple[tuple[QGlyphRun, ...], tuple[QGlyphRun, ...]]:
    """What is written on a card, as letters from its corner on: the name, and the rest."""
    lines = [
        (line.strong, line.words, line.at.x(), line.at.y(), line.font) for line in written(face, width, system_font)
    ]
    name, others = (tuple(line[1:] for line in lines if line[0] is strong) for strong in (True, False))
    return _written(name), _written(others)


@lru_cache(maxsize=8192)
def _written(lines: tuple[tuple[str, float, float, QFont], ...]) -> tuple[QGlyphRun, ...]:
    """Letters of some lines, each from a point on: many cards say the same but for their names."""
    return tuple(joined([run for words, x, y, font in lines for run in laid(words, font).moved(QPointF(x, y))]))


def look_of(item: NodeItem) -> Look:
    """How a card looks but for its words."""
    face = item.face
    facts = (face.family, face.repeats, face.errors, face.warnings, item.ports, item.moods, item.mark)
    if item.look is None or item.look[0] != facts:
        item.look = (facts, _look(item))
    look: Look = item.look[1]
    return look


def _look(item: NodeItem) -> Look:
    face, ports, wired = item.face, item.ports, item.wired
    dots = []
    for end in ports.ends:
        mood = item.moods.get(end)
        filled = end in wired or mood in (Mood.FITS, Mood.TARGET) or item.faulty(end)
        at = ports.place(end)
        dots.append(Dot(at.x(), at.y(), item.port_token(end), filled, mood))
    errors, warnings = ("",) * len(face.errors), ("",) * len(face.warnings)
    blank = face._replace(name="", type="", shape="", parameters="", errors=errors, warnings=warnings)
    return Look(blank, item.size, item.mark, tuple(dots))


def _plate(look: Look, scale: float, pad: int) -> QPixmap:
    """A card without its words as a picture; its corner is so many pixels within."""
    width, height = look.size
    plate = QPixmap(int(width * scale) + 2 * pad + 1, int(height * scale) + 2 * pad + 1)
    plate.fill(Qt.GlobalColor.transparent)
    with QPainter(plate) as painter:
        painter.translate(pad, pad)
        painter.scale(scale, scale)
        paint_plate(painter, look.face, look.size, look.mark)
        _paint_dots(painter, look)
    return plate


def _paint_dots(painter: QPainter, look: Look) -> None:
    for x, y, token, filled, mood in look.dots:
        colour = getattr(theme.tokens, token)
        at, lit = QPointF(x, y), mood in (Mood.FITS, Mood.TARGET)
        if lit:
            glow = QColor(theme.tokens.accent)
            glow.setAlphaF(0.45 if mood is Mood.TARGET else 0.22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(glow)
            painter.drawEllipse(at, PORT, PORT)
        radius = PORT / 2 + (1.5 if lit else 0) - 0.75
        painter.setPen(QPen(QColor(colour), 1.5))
        painter.setBrush(QColor(colour if filled else theme.tokens.card))
        painter.drawEllipse(at, radius, radius)
        if token in ("problem", "warning"):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radius + 3, radius + 3)


def _paint_port_names(painter: QPainter, item: NodeItem) -> None:
    ports = item.ports
    if len(ports.inlets) < 2 and len(ports.outlets) < 2:
        return
    font = fonts.words(NAME_SIZE)
    painter.setFont(font)
    painter.setPen(QColor(theme.tokens.secondary))
    metrics = QFontMetricsF(font)
    rightwards = ports.flow == "right"
    room = NAMES_ROOM - 2 * PORT if rightwards else item.width / (len(ports.inlets) + 1) - PORT
    for end in ports.ends:
        if words := ports.named(end):
            shown, first = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room), isinstance(end, Inlet)
            away = QPointF(PORT - 1, -5 if first or rightwards else NAME_SIZE + 2)
            if rightwards and first:
                away.setX(1 - PORT - metrics.horizontalAdvance(shown))
            painter.drawText(item.spot(end) + away, shown)


def _paint_wires(
    painter: QPainter, wires: list[WireItem], sheet: Sheet, thin: bool, seen: QRectF | None = None
) -> None:
    """`seen`: what of long wires has to be painted; all of them where it is not said."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for (strong, faulty), same in _kinds(wires, sheet):
        painter.setPen(_pen(strong, faulty, thin))
        others = dict.fromkeys(wire for wire in same if wire.faint or not wire.straight())
        painter.drawLines([wire.line for wire in same if wire not in others])
        for wire in others:
            if wire.faint:
                painter.setOpacity(FAINT)
                painter.drawPath(wire.path())
                painter.setOpacity(1)
            elif seen and wire.long:
                for bend in wire.bends(seen):
                    painter.drawPolyline(bend)
            else:
                painter.drawPath(wire.path())
    _paint_labels(painter, wires)


def _kinds(wires: list[WireItem], sheet: Sheet) -> list[tuple[tuple[bool, bool], list[WireItem]]]:
    """Wires by whether they stand out and whether they are faulty, in one order, whichever part is painted."""
    if not (sheet.selected_wires or sheet.lit or sheet.faults or sheet.hovered is not None):
        return [((False, False), wires)] if wires else []
    kinds: dict[tuple[bool, bool], list[WireItem]] = {}
    for wire in wires:
        kinds.setdefault((wire.strong or wire.lit, wire.faulty), []).append(wire)
    return sorted(kinds.items(), key=itemgetter(0))


def _pen(strong: bool, faulty: bool, thin: bool) -> QPen:
    tokens = theme.tokens
    colour = tokens.accent if strong else tokens.problem if faulty else tokens.disabled
    width = 1 if thin and not strong else WIDTH + strong
    style = Qt.PenStyle.DashLine if faulty else Qt.PenStyle.SolidLine  # not told by its colour alone
    pen = QPen(QColor(colour), width, style, Qt.PenCapStyle.RoundCap)
    pen.setCosmetic(thin)
    return pen


def _paint_labels(painter: QPainter, wires: Iterable[WireItem]) -> None:
    font = fonts.numbers(NAME_SIZE)
    metrics = QFontMetricsF(font)
    down = (metrics.ascent() - metrics.descent()) / 2
    painter.setFont(font)
    painter.setPen(QColor(theme.tokens.secondary))
    for wire in wires:
        if wire.label:
            away = QPointF(-metrics.horizontalAdvance(wire.label) / 2, -PORT / 2) if wire.flat else QPointF(PORT, down)
            painter.drawText(wire.middle() + away, wire.label)
