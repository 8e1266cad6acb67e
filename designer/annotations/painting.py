"""How frames and notes look."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from designer.theme import fonts, theme
from designer.theme.tokens import CARD_RADIUS, STEP, TEXT_SIZE
from engine.graph import Box, Frame, Note
from engine.graph.annotating import HEAD
from engine.text import tr

INSET = 3 * STEP
TITLE_BAR = 7 * STEP
FAR = 0.4  # zoom below which titles lie over the cards
LARGEST_TITLE = 1.6  # times the size at 100%: as much as there is room for above the cards
HANDLE = 3 * STEP
LEGIBLE = 0.3  # zoom below which a note's words are left out
SMALLEST_TITLE = 11.0  # pixels of the screen: titles stay legible from afar


def rectangle(box: Box) -> QRectF:
    """The box as Qt has it."""
    return QRectF(box.x, box.y, box.width, box.height)


def paint_frame(painter: QPainter, frame: Frame, chosen: bool, zoom: float) -> None:
    """A tinted rectangle; from near, with its title at the upper left."""
    tokens, rect = theme.tokens, rectangle(frame.box)
    colour = QColor(tokens.notes[frame.colour])
    painter.setPen(_pen(colour, chosen, 0.55, zoom))
    painter.setBrush(_faint(colour, 0.08))
    painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    if zoom >= FAR:
        larger = min(max(1.0, SMALLEST_TITLE / (TEXT_SIZE * zoom)), LARGEST_TITLE)
        _paint_title(painter, frame.title, rect, larger)
    if chosen:
        _paint_handle(painter, rect)


def paint_far_title(painter: QPainter, frame: Frame, zoom: float) -> None:
    """The title over everything, of one size on the screen: what frames are for when cards cannot be read."""
    rect = rectangle(frame.box)
    larger = SMALLEST_TITLE / (TEXT_SIZE * zoom)
    font = fonts.words(TEXT_SIZE, bold=True)
    width = min(fonts.width(frame.title, font) * larger + 2 * INSET, rect.width())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faint(QColor(theme.tokens.canvas), 0.85))
    painter.drawRect(QRectF(rect.left(), rect.top(), width, TITLE_BAR * larger))
    _paint_title(painter, frame.title, rect, larger)


def _paint_title(painter: QPainter, title: str, rect: QRectF, larger: float) -> None:
    font = fonts.words(TEXT_SIZE, bold=True)
    painter.save()
    painter.translate(rect.topLeft() + QPointF(INSET, 0))
    painter.scale(larger, larger)
    room = QRectF(0, 0, max(rect.width() - 2 * INSET, 0) / larger, HEAD / min(larger, LARGEST_TITLE))
    painter.setFont(font)
    painter.setPen(QColor(theme.tokens.text))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, left, fonts.shortened(title, font, room.width()))
    painter.restore()


def paint_note(painter: QPainter, note: Note, chosen: bool, zoom: float) -> None:
    """A tinted card with its text."""
    tokens, rect = theme.tokens, rectangle(note.box)
    colour = QColor(tokens.notes[note.colour])
    painter.setPen(_pen(colour, chosen, 0.4, zoom))
    painter.setBrush(_mixed(QColor(tokens.card), colour, 0.14))
    painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    if zoom >= LEGIBLE:
        empty = not note.text.strip()
        words, shade = (tr("Double-click to write"), tokens.secondary) if empty else (note.text, tokens.text)
        from designer.annotations.markdown import paint_words  # Qt's types for text cost a start 10 ms

        paint_words(painter, words, rect.adjusted(INSET, INSET, -INSET, -INSET), shade)
    if chosen:
        _paint_handle(painter, rect)


def _paint_handle(painter: QPainter, rect: QRectF) -> None:
    """The corner that resizes."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.tokens.accent))
    corner = rect.bottomRight()
    painter.drawPolygon([corner, corner - QPointF(HANDLE, 0), corner - QPointF(0, HANDLE)])


def _pen(colour: QColor, chosen: bool, strength: float, zoom: float) -> QPen:
    pen = QPen(QColor(theme.tokens.accent) if chosen else _faint(colour, strength), 2 if chosen else 1)
    pen.setCosmetic(zoom < 1)
    return pen


def _faint(colour: QColor, share: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(share)
    return faint


def _mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    mixed = [
        (1 - share) * getattr(ground, part)() + share * getattr(colour, part)() for part in ("redF", "greenF", "blueF")
    ]
    return QColor.fromRgbF(*mixed)
