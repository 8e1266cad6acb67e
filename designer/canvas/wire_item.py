"""A wire on the canvas: a smooth curve downwards, with the shape it carries where there is room."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem

from designer.theme import fonts, theme
from designer.theme.tokens import CARD_WIDTH, PORT
from engine.graph import Wire

WIDTH = 2
REACH = 12
LABEL_SIZE = 10
BEND = 28
ROOM = 84  # a label is always shown from this distance on


def curve(start: QPointF, end: QPointF, detour: float = 0) -> QPainterPath:
    """From an output downwards into an input: bent the more, the further apart; around where it goes up.

    `detour`: how far to the side it goes on its way, past cards that lie between.
    """
    drop, aside = end.y() - start.y(), abs(end.x() - start.x())
    path = QPainterPath(start)
    if detour:
        turn, middle = QPointF(0, BEND), QPointF(min(start.x(), end.x()) - detour, (start.y() + end.y()) / 2)
        up, down = QPointF(middle.x(), start.y() + 2 * BEND), QPointF(middle.x(), end.y() - 2 * BEND)
        path.cubicTo(start + turn, up - turn, up)
        path.lineTo(down)
        path.cubicTo(down + turn, end - turn, end)
    elif aside < 1 and drop > 0:
        path.lineTo(end)
    else:
        bend = max(drop / 2, min(aside / 2, 60), 24 if drop > 0 else min(60 - drop / 4, 160))
        path.cubicTo(start + QPointF(0, bend), end - QPointF(0, bend), end)
    return path


class WireItem(QGraphicsPathItem):
    """Shows a wire. It is painted by Qt alone; what changes is the pen."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self.wire = wire
        self.line = QLineF()  # how it is seen from afar
        self.thin = False
        self._label: QGraphicsSimpleTextItem | None = None
        self._words = ""
        self._selected = self._hovered = self.faulty = False
        self.setZValue(0)
        self.restyle()

    def route(self, start: QPointF, end: QPointF, detour: float = 0) -> None:
        """Lies between these two ports."""
        self.line = QLineF(start, end)
        self.setPath(curve(start, end, detour))
        self._place_label()

    def show_words(self, words: str) -> None:
        """What flows here."""
        if words != self._words:
            self._words = words
            self._place_label()

    def show_fault(self, faulty: bool) -> None:
        """Whether the port that it goes into is faulty."""
        if faulty != self.faulty:
            self.faulty = faulty
            self.restyle()

    def show_mark(self, selected: bool | None = None, hovered: bool | None = None) -> None:
        self._selected = self._selected if selected is None else selected
        self._hovered = self._hovered if hovered is None else hovered
        self.setZValue(3 if self._hovered or self._selected else 0)
        self.restyle()
        self._place_label()

    def show_thin(self, thin: bool) -> None:
        """One pixel wide at any zoom: a long curve is then painted twenty times as fast."""
        self.thin = thin
        self.restyle()

    def restyle(self) -> None:
        """Takes the colours of the theme in force."""
        strong = self._selected or self._hovered
        width = 1 if self.thin and not strong else WIDTH + strong
        pen = QPen(QColor(self._colour()), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setCosmetic(self.thin)
        self.setPen(pen)
        if self._label:
            self._label.setBrush(QBrush(QColor(theme.tokens.secondary)))

    def shape(self) -> QPainterPath:
        """Wider than what is seen, so that it can be hit."""
        stroker = QPainterPathStroker()
        stroker.setWidth(REACH)
        return stroker.createStroke(self.path())

    def middle(self) -> QPointF:
        return self.path().pointAtPercent(0.5)

    def _colour(self) -> str:
        tokens = theme.tokens
        if self._selected or self._hovered:
            return tokens.accent
        return tokens.problem if self.faulty else tokens.disabled

    def _place_label(self) -> None:
        asked = self._hovered or self._selected
        roomy = self.line.dy() > ROOM and abs(self.line.dx()) < CARD_WIDTH / 2
        wanted = bool(self._words) and (asked or roomy)
        if not wanted:
            if self._label:
                self._label.setVisible(False)
            return
        label = self._label or self._make_label()
        label.setText(self._words)
        label.setFont(fonts.numbers(LABEL_SIZE))
        label.setVisible(True)
        box: QRectF = label.boundingRect()
        label.setPos(self.middle() + QPointF(PORT, -box.height() / 2))

    def _make_label(self) -> QGraphicsSimpleTextItem:
        self._label = QGraphicsSimpleTextItem(self)
        self._label.setBrush(QBrush(QColor(theme.tokens.secondary)))
        self._label.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        return self._label
