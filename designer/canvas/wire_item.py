"""A wire on the canvas: a smooth curve downwards, with the shape it carries where there is room."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from designer.canvas.space import Box
from designer.canvas.words import shape_words
from designer.theme.tokens import CARD_WIDTH
from engine.graph import Wire

if TYPE_CHECKING:
    from designer.canvas.sheet import Sheet

WIDTH = 2
REACH = 12
BEND = 28
ROOM = 84  # a label is always shown from this distance on
UP = 165  # how far a curve that goes up swings out beyond its two ends
ASIDE = 130  # the room for a way past cards, and for what a wire carries


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


class WireItem:
    """A wire of the sheet. Its way is worked out when somebody looks, and again when cards have moved."""

    __slots__ = ("_path", "_sheet", "_straight", "_worded", "_words", "faint", "line", "wire")

    def __init__(self, sheet: "Sheet", wire: Wire) -> None:
        self._sheet = sheet
        self.wire = wire
        self.line = QLineF()  # how it is seen from afar
        self.faint = False
        self._path: QPainterPath | None = None
        self._straight = False
        self._words = ""
        self._worded: object = None

    def route(self, start: QPointF, end: QPointF) -> None:
        """Lies between these two ports."""
        self.line = QLineF(start, end)
        self._path = None

    def forget_way(self) -> None:
        """Cards near it have come, gone or moved."""
        self._path = None

    def path(self) -> QPainterPath:
        """The way that it takes."""
        if self._path is None:
            self._path = self._sheet.way(self)
            self._straight = self._path.elementCount() == 2
        return self._path

    def straight(self) -> bool:
        """Whether it is a line from end to end."""
        self.path()
        return self._straight

    def shape(self) -> QPainterPath:
        """Wider than what is seen, so that it can be hit."""
        stroker = QPainterPathStroker()
        stroker.setWidth(REACH)
        return stroker.createStroke(self.path())

    def middle(self) -> QPointF:
        return self.path().pointAtPercent(0.5)

    def box(self) -> Box:
        """A box around it, its label and its way past cards."""
        x1, y1, x2, y2 = self.line.x1(), self.line.y1(), self.line.x2(), self.line.y2()
        out = UP if y2 <= y1 else WIDTH + 2
        return min(x1, x2) - ASIDE, min(y1, y2) - out, max(x1, x2) + ASIDE, max(y1, y2) + out

    @property
    def faulty(self) -> bool:
        """Whether the port that it goes into is faulty."""
        return self.wire.target[:2] in self._sheet.faults

    @property
    def hovered(self) -> bool:
        return self.wire == self._sheet.hovered

    @property
    def strong(self) -> bool:
        """Whether it stands out: selected, or under the cursor."""
        return self.wire in self._sheet.selected_wires or self.hovered

    @property
    def words(self) -> str:
        """What flows here; empty where that is not known."""
        specs = self._sheet.report.specs.get(self.wire.source.node)
        if specs is not self._worded:
            self._worded = specs
            spec = self._sheet.spec(self.wire.source)
            self._words = shape_words(spec) if spec else ""
        return self._words

    @property
    def label(self) -> str:
        """What is written beside it: what flows here, where there is room or somebody asks."""
        roomy = self.line.dy() > ROOM and abs(self.line.dx()) < CARD_WIDTH / 2
        return self.words if roomy or self.strong else ""

    def show_faint(self, faint: bool) -> None:
        """Fades while it is about to go elsewhere."""
        self.faint = faint
        self._sheet.touch(self.box())
