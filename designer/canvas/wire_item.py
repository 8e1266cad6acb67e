"""A wire on the canvas: a smooth curve along the flow, with the shape it carries where there is room."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform

from designer.canvas.space import Box
from designer.canvas.words import shape_words
from designer.order.ways import TALL, TURN, Station, bend_of
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH
from engine.graph import Flow, Wire

if TYPE_CHECKING:
    from designer.canvas.sheet import Sheet

WIDTH = 2
REACH = 12
PLAIN = 4  # elements of a path that goes past no card
ROOM = 84  # a label is always shown from this distance on
UP = 165  # how far a curve that goes up swings out beyond its two ends
LONG = 1500  # from here on only those pieces of a curve are painted that are in sight
PIECE = 8  # corners of a piece
FINE = 4  # how much finer a curve is cut than it has to be at 100%
ASIDE = 130  # the room for a way past cards, and for what a wire carries
OVER = 20  # the room above a wire to the right for what it carries; so far a short curve swings out beyond its ends
LETTER = 6.5  # how wide a letter of that is
FLAT = 12  # a wire to the right that goes up or down less than this has it above it
TURNED = QTransform(0, 1, 1, 0, 0, 0)  # what goes downwards, to the right


def curve(start: QPointF, end: QPointF, detour: float = 0, flow: Flow = "down") -> QPainterPath:
    """From an output along the flow into an input: bent the more, the further apart; around where it goes back.

    `detour`: how far to the left, or upwards, it goes on its way.
    """
    if flow == "right":
        return TURNED.map(curve(start.transposed(), end.transposed(), detour))
    if detour:
        lane = min(start.x(), end.x()) - detour
        turns = [(lane, start.y() + TALL), (lane, end.y() - TALL)]
        return path_along([start.toTuple(), *turns, end.toTuple()])
    path = QPainterPath(start)
    if abs(end.x() - start.x()) < 1 and end.y() > start.y():
        path.lineTo(end)
    else:
        bend = QPointF(0, bend_of((start.x(), start.y()), (end.x(), end.y())))
        path.cubicTo(start + bend, end - bend, end)
    return path


def path_along(stations: Sequence[Station], flow: Flow = "down") -> QPainterPath:
    """Along the stations of a way downwards: straight on, aside in a smooth curve, or around in a half turn.

    Where the flow is to the right, all of it is turned there.
    """
    if flow == "right":
        return TURNED.map(path_along(stations))
    path = QPainterPath(QPointF(*stations[0]))
    turn = float(TURN)
    for (x, y), (to, below) in pairwise(stations):
        if x == to:
            path.lineTo(to, below)
        elif y == below:
            path.cubicTo(x, y + turn, to, y + turn, to, y)
            turn = -turn
        else:
            middle = (y + below) / 2
            path.cubicTo(x, middle, to, middle, to, below)
    return path


class WireItem:
    """A wire of the sheet. Its way is worked out when somebody looks, and again when cards have moved."""

    __slots__ = (
        *("_bends", "_bent", "_path", "_plain", "_sheet", "_straight", "_worded", "_words"),
        *("faint", "line", "rank", "wire"),
    )

    def __init__(self, sheet: "Sheet", wire: Wire, rank: int = 0) -> None:
        self._sheet = sheet
        self.wire = wire
        self.rank = rank  # wires of a higher one lie above others
        self.line = QLineF()  # how it is seen from afar
        self.faint = False
        self._path: QPainterPath | None = None
        self._plain: QPainterPath | None = None  # the curve that it is until it has a way
        self._bends: list[tuple[QPolygonF, QRectF]] | None = None
        self._straight = self._bent = False
        self._words = ""
        self._worded: object = None

    def route(self, line: QLineF) -> None:
        """Lies between two ports."""
        self.line = line
        self._path = self._plain = None

    def forget_way(self) -> None:
        """Cards near it have come, gone or moved."""
        self._path = None

    @property
    def found(self) -> bool:
        """Whether its way is known."""
        return self._path is not None

    def path(self) -> QPainterPath:
        """The way that it takes; a plain curve as long as there is no time to find it."""
        if self._path is None:
            if self._sheet.puts_off(self):
                return self.plain()
            self._path = self._sheet.way(self)
            self._bends = self._plain = None
            corners = self._path.elementCount()
            self._straight, self._bent = corners == 2, corners > PLAIN
            self._sheet.laid(self)
        return self._path

    def plain(self) -> QPainterPath:
        """The curve from end to end that leaves cards aside."""
        if self._plain is None:
            self._plain = curve(self.line.p1(), self.line.p2(), flow=self._sheet.flow)
        return self._plain

    def straight(self) -> bool:
        """Whether it is a line from end to end."""
        return self.path().elementCount() == 2 if self._path is None else self._straight

    @property
    def bent(self) -> bool:
        """Whether it goes past cards."""
        return self._bent if self._path is not None else self.path().elementCount() > PLAIN

    def bends(self, seen: QRectF) -> list[QPolygonF]:
        """What of a long curve passes through a rectangle: to paint all of it takes a hundred times as long."""
        if self._path is None:
            return [bend for bend, box in _cut(self.path()) if box.intersects(seen)]
        if self._bends is None:
            self._bends = _cut(self._path)
        return [bend for bend, box in self._bends if box.intersects(seen)]

    @property
    def long(self) -> bool:
        return abs(self.line.dx()) + abs(self.line.dy()) > LONG

    def shape(self) -> QPainterPath:
        """Wider than what is seen, so that it can be hit."""
        stroker = QPainterPathStroker()
        stroker.setWidth(REACH)
        return stroker.createStroke(self.path())

    def middle(self) -> QPointF:
        return self.path().pointAtPercent(0.5)

    def box(self) -> Box:
        """A box around it, its label and its way past cards; as far as that is known."""
        rightwards = self._sheet.flow == "right"
        if self._path is not None:
            around = self._path.controlPointRect()
            rim = WIDTH + 2
            left, top = (ASIDE / 2, OVER) if rightwards else (rim, rim)
            return around.left() - left, around.top() - top, around.right() + ASIDE, around.bottom() + rim
        return box_around(*self.line.toTuple(), self._sheet.flow)

    @property
    def faulty(self) -> bool:
        """Whether the port that it goes into is faulty."""
        return self.wire.target[:2] in self._sheet.faults

    @property
    def hovered(self) -> bool:
        return self.wire == self._sheet.hovered

    @property
    def lit(self) -> bool:
        """Whether it is on the path of the node under the cursor."""
        return self.wire in self._sheet.lit

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
        if self.strong:
            return self.words
        across, down = self.line.dx(), self.line.dy()
        if self._sheet.flow == "right":
            roomy = across > max(ROOM, (len(self.words) + 4) * LETTER) and abs(down) < CARD_HEIGHT / 2
        else:
            roomy = down > ROOM and abs(across) < CARD_WIDTH / 2
        return self.words if roomy and not self.bent else ""

    @property
    def flat(self) -> bool:
        """Whether there is room above its middle for what it carries, rather than at its side."""
        return self._sheet.flow == "right" and abs(self.line.dy()) < FLAT

    def show_faint(self, faint: bool) -> None:
        """Fades while it is about to go elsewhere."""
        self.faint = faint
        self._sheet.touch(self.box())


def forget_ways(items: Iterable[WireItem]) -> None:
    """Cards have come, gone or moved all over."""
    for item in items:
        item._path = None


def box_around(x1: float, y1: float, x2: float, y2: float, flow: Flow) -> Box:
    """Around a wire between two ports whose way is not known yet."""
    if flow == "right":
        return _box_rightwards(x1, y1, x2, y2)
    left, right = (x1, x2) if x1 < x2 else (x2, x1)
    if y2 <= y1:
        return left - ASIDE, y2 - UP, right + ASIDE, y1 + UP
    return left - ASIDE, y1 - OVER, right + ASIDE, y2 + OVER


def _box_rightwards(x1: float, y1: float, x2: float, y2: float) -> Box:
    """Around a wire to the right whose way is not known yet."""
    top, bottom = (y1, y2) if y1 < y2 else (y2, y1)
    if x2 <= x1:
        return x2 - UP, top - ASIDE, x1 + UP, bottom + ASIDE
    return x1 - ASIDE / 2, top - ASIDE, x2 + ASIDE, bottom + ASIDE


def _cut(path: QPainterPath) -> list[tuple[QPolygonF, QRectF]]:
    """A curve as short pieces of straight lines, with the box around each and its pen."""
    found = []
    back = QTransform.fromScale(1 / FINE, 1 / FINE)
    for polygon in path.toSubpathPolygons(QTransform.fromScale(FINE, FINE)):
        points = back.map(polygon).toList()
        for first in range(0, len(points) - 1, PIECE):
            piece = QPolygonF(points[first : first + PIECE + 1])
            found.append((piece, piece.boundingRect().adjusted(-WIDTH, -WIDTH, WIDTH, WIDTH)))
    return found
