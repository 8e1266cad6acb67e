"""The scene: what the canvas shows of the document, kept in step by differences alone.

Cards and wires are no graphics items: the sheet holds them, and a view of it paints those in sight in one go. Graphics
items lie above them: what a gesture shows while it lasts.
"""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from time import perf_counter
from typing import TypeAlias

from PySide6.QtCore import QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from designer.annotations.remarks import Remarks
from designer.blocks.shelf import Shelf
from designer.canvas.ahead import Ahead, View
from designer.canvas.far import FAR, NEAR, FarView
from designer.canvas.near import NearView
from designer.canvas.node_item import NodeItem
from designer.canvas.path import path_of
from designer.canvas.piece import Piece, is_quick
from designer.canvas.sheet import Sheet
from designer.canvas.space import Box
from designer.canvas.wire_item import WireItem
from designer.document import Document
from designer.theme import theme
from engine.check.report import Report
from engine.graph import Annotations, Diff, Graph, Place, Wire, edits
from engine.layers import Layer

PAINT_SECONDS = 0.002
LAY_SECONDS = 0.003
TELL_SECONDS = 0.05
SWEEP_MS = 5
MUCH = 100  # cards that take longer than a frame to paint for the first time
REST_MS = 120  # the cursor rests so long on a card before its path lights up

Paint: TypeAlias = Callable[[QPainter, QRectF, float], None]
"""Paints what lies in a rectangle of the scene at a zoom."""


class Scene(QGraphicsScene):
    """Shows the document's drawing. Holds nothing of its own but what a gesture is about to do.

    `spoilt` carries what has to be painted anew: rectangles of the scene, or None for everything. `behind` and `above`
    are for what else is painted: below all wires and cards, or over them (`touch` has its part painted anew).
    `much_came` says that many cards are new, before that is told in `spoilt`.
    """

    spoilt = Signal(object)
    much_came = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.far = False
        self._view: View | None = None
        self._until = 0.0
        self._around = 0  # so many of the wires that wait are not in sight
        self.behind: list[Paint] = []
        self.above: list[Paint] = []
        self.remarks = Remarks(self)
        self._ready: Sheet | Piece | None = None
        self._anew = False
        self._later, self._next = QTimer(self, singleShot=True, interval=0), 0.0
        self._later.timeout.connect(self._lay_waiting)
        self._broom = QTimer(self, singleShot=True, interval=SWEEP_MS)
        self._broom.timeout.connect(self._sweep)
        self._shelf = Shelf(document.where)
        self.sheet = Sheet(document.graph, document.report)
        self._take(self.sheet)
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._light_path)
        document.leaving.connect(self._leave)
        document.changed.connect(self.apply)
        document.reported.connect(self.show_report)
        document.selected.connect(self.show_selection)
        theme.changed.connect(self.restyle)
        self.show_selection(document.selection)

    @property
    def nodes(self) -> Mapping[str, NodeItem]:
        return self.sheet.nodes

    @property
    def wires(self) -> Mapping[Wire, WireItem]:
        return self.sheet.wires

    def apply(self, difference: Diff) -> None:
        """Takes over what differs, and touches nothing else."""
        self._light(frozenset())
        ready, self._ready = self._ready, None
        anew, self._anew = self._anew, False
        made = ready if isinstance(ready, Sheet) and ready.graph is self.document.graph else None
        if anew or made:
            self._shelf.empty(self.document.where)
            self._take(made or Sheet(self.document.graph, self.document.report))
            self.sheet.selected, self.sheet.selected_wires = self.document.selection, self.document.selected_wires
            self.sheet.touch_all()
        elif self.document.where != self._shelf.where:
            self._go()
        else:
            self.sheet.apply(self.document.graph, difference, ready if isinstance(ready, Piece) else None)
        if self.sheet.littered:
            self._broom.start()
        if not anew and (made or len(difference.added) > MUCH):
            self.much_came.emit()
        self.tell()

    def _leave(self) -> None:
        self._anew = True

    def ahead(self, graph: Graph[Layer], report: Report, difference: Diff | None = None) -> Callable[[], None]:
        """Lays a drawing out, on any thread; what is given is called right before the document shows that drawing.

        `difference` is to what is shown now: where it is small, what it adds alone is laid out.
        """
        ready: Sheet | Piece
        if difference and is_quick(difference, len(graph.nodes)):
            ready = Piece(self.sheet, graph, difference)
        else:
            ready = Sheet(graph, report)
            ready.content()
        return lambda: setattr(self, "_ready", ready)

    def show_report(self, report: Report) -> None:
        """Takes over the specs, costs and problems that differ from those shown."""
        self.sheet.inside = self.document.context.graph if self.document.where else None
        for name in self.sheet.show_report(report):
            self.sheet.touch_node(name)
        self.tell()

    def refresh(self, seen: QRectF) -> None:
        """Has those cards in a rectangle painted anew that say something else than what was painted."""
        if not self.far:
            for item in self.sheet.cards_in(_box(seen)):
                if item.painted is not None and item.face is not item.painted:
                    self.sheet.touch_node(item.name)
            self.tell()

    def touch(self, rect: QRectF) -> None:
        """Has a rectangle painted anew."""
        self.sheet.touch(_box(rect))
        self.tell()

    def show_selection(self, names: frozenset[str]) -> None:
        """Marks what is selected, nodes and wires."""
        sheet = self.sheet
        nodes, wires = sheet.selected ^ names, sheet.selected_wires ^ self.document.selected_wires
        sheet.selected, sheet.selected_wires = names, self.document.selected_wires
        sheet.touch_things(nodes, wires)
        self.tell()

    def hover(self, what: "str | Wire | None") -> None:
        """Marks the node or wire under the cursor."""
        if what == self.sheet.hovered:
            return
        before, self.sheet.hovered = self.sheet.hovered, what
        things = (before, what)
        self.sheet.touch_things(
            (thing for thing in things if isinstance(thing, str)),
            (thing for thing in things if isinstance(thing, Wire)),
        )
        self._light(frozenset())
        if isinstance(what, str):
            self._resting.start()
        else:
            self._resting.stop()
        self.tell()

    def _light_path(self) -> None:
        """Lights up the way of the values through the node that the cursor rests on."""
        name = self.sheet.hovered
        if isinstance(name, str) and name in self.nodes:
            self._light(path_of(self.sheet, name))
            self.tell()

    def _light(self, wires: frozenset[Wire]) -> None:
        changed = self.sheet.lit ^ wires
        self.sheet.lit = wires
        self.sheet.touch_things((), changed)

    def preview(self, places: Mapping[str, Place]) -> None:
        """Shows nodes at these places, their wires with them, whatever the document says."""
        self.sheet.move(places)
        self.tell()

    def show_detail(self, zoom: float) -> None:
        """Leaves out what could not be read."""
        self.far = zoom < NEAR

    def paint_near(self, painter: QPainter, seen: QRectF, zoom: float) -> None:
        """Paints the drawing onto a screen."""
        self._hurried(lambda: self._near.show(painter, seen, zoom))

    def paint_far(self, painter: QPainter, seen: QRectF, zoom: float) -> None:
        """Paints the drawing as it looks from afar."""
        self._hurried(lambda: self._far_view.paint(painter, seen, zoom))

    def _hurried(self, paint: Callable[[], None]) -> None:
        """Paints; wires whose ways take long to find are plain at first."""
        self.sheet.hurry(max(self._until - perf_counter(), 0))
        paint()
        self.sheet.take_time()

    def begin_frame(self) -> None:
        """From now on it is painted, in one part or several."""
        self._until = perf_counter() + PAINT_SECONDS

    def end_frame(self, seen: QRectF, zoom: float) -> None:
        """This was painted: what was put off, and what may come into sight next, has its turn between frames."""
        prepare = self._far_view.prepare if self.far else self._near.prepare
        self._view = View(seen, 1 / zoom, prepare) if zoom >= FAR else None
        if self.sheet.waiting or (self._view and self._ahead.behind(self._view)):
            self._later.start()

    def make_ready(self, seen: QRectF, zoom: float) -> Iterator[None]:
        """Works out what it takes to paint what lies in a rectangle, one by one: words of cards, ways of wires.

        The drawing may change between two of them: what is gone by then is left out.
        """
        prepare = self._far_view.prepare if self.far else self._near.prepare
        for card in self.cards_in(seen) if zoom >= FAR else ():
            if self.sheet.nodes.get(card.name) is card:
                prepare(card)
                yield
        for wire in self.wires_in(seen) if zoom >= FAR else ():
            if self.sheet.wires.get(wire.wire) is wire:
                wire.path()
                yield

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """All of it as lines and text: what a picture in a file is made of."""
        seen = QRectF(rect)
        for paint in self.behind:
            paint(painter, seen, 1)
        self._near.paint(painter, seen)
        for paint in self.above:
            paint(painter, seen, 1)

    def restyle(self) -> None:
        """Takes the colours and fonts of the theme in force."""
        self.sheet.touch_all()
        self.tell()
        self.update()

    def content(self) -> QRectF:
        """The rectangle around all cards, frames and notes; empty where there are none."""
        return self.sheet.content().united(self.remarks.content())

    def extent(self) -> QRectF:
        """The rectangle around all cards, wires, frames and notes."""
        return self.sheet.extent().united(self.remarks.content())

    def show_only(self, names: Collection[str]) -> None:
        """Shows these nodes and the wires among them alone, as they are in the whole; for pictures."""
        graph, report = self.document.graph, self.document.report
        gone = graph.nodes.keys() - set(names)
        self.remarks.preview(Annotations())
        self._take(Sheet(edits.remove(graph, gone, heal=False), report))

    def cards_in(self, rect: QRectF) -> list[NodeItem]:
        """The cards in a rectangle, the uppermost last."""
        return self.sheet.cards_in(_box(rect))

    def wires_in(self, rect: QRectF) -> list[WireItem]:
        """The wires that may lie in a rectangle."""
        return self.sheet.wires_in(_box(rect))

    def _go(self) -> None:
        """Shows another of the document's drawings; those that one came through wait until one comes back."""
        kept, sheet = self._shelf.change(self.sheet, self.document)
        self._take(sheet, kept)
        sheet.touch_all()

    def _take(self, sheet: Sheet, kept: bool = False) -> None:
        if sheet is not self.sheet and not kept:
            threading.Thread(target=self.sheet.let_go, name="letting go", daemon=True).start()
        self.sheet = sheet
        self._near, self._far_view, self._ahead, self._around = NearView(sheet), FarView(sheet), Ahead(sheet), 0

    def _lay_waiting(self) -> None:
        """Finds ways for a moment, or makes ready what may come into sight; several moments' finds are painted once."""
        if not self.views():  # what showed it is gone, and something else keeps it yet
            return
        urgent = len(self.sheet.waiting) > self._around
        if urgent:
            more = self.sheet.lay_waiting(LAY_SECONDS)
        else:
            more = self._ahead.prepare(LAY_SECONDS / 2)
            more = self.sheet.lay_waiting(LAY_SECONDS / 2 if more else LAY_SECONDS) or more
        if not more and self._view:
            more = self._ahead.look(self._view)
            self._around = len(self.sheet.waiting)
        if more:
            self._later.start()
        self._around = min(self._around, len(self.sheet.waiting))
        done = urgent and len(self.sheet.waiting) == self._around
        if done or not more or self.sheet.crowded or perf_counter() >= self._next:
            self._next = perf_counter() + TELL_SECONDS
            self.tell()

    def _sweep(self) -> None:
        """Clears up after what is gone, when there is time."""
        self.sheet.sweep()
        if self.sheet.littered:
            self._broom.start()

    def tell(self) -> None:
        """Has painted anew what was touched since."""
        boxes = self.sheet.spoilt()
        if boxes is None:
            self.spoilt.emit(None)
        elif boxes:
            self.spoilt.emit([QRectF(left, top, right - left, bottom - top) for left, top, right, bottom in boxes])


def _box(rect: QRectF) -> Box:
    return rect.left(), rect.top(), rect.right(), rect.bottom()
