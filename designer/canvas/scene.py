"""The scene: one item for each node and wire of the document, kept in step by differences alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPixmapCache
from PySide6.QtWidgets import QGraphicsScene

from designer.canvas.card import Mark, face_of
from designer.canvas.far import NEAR, FarView
from designer.canvas.node_item import NodeItem
from designer.canvas.ports import ports_of
from designer.canvas.wire_item import WireItem
from designer.canvas.words import shape_words
from designer.document import Document
from designer.theme import theme
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID
from engine.check.report import Problem, Report
from engine.graph import Diff, Outlet, Place, Wire

CACHE_KILOBYTES = 160 * 1024
THIN = 0.75


class Scene(QGraphicsScene):
    """Shows the document's drawing. Holds nothing of its own but what a gesture is about to do.

    `far_changed` comes when what is painted from afar is another.
    """

    far_changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.nodes: dict[str, NodeItem] = {}
        self.wires: dict[Wire, WireItem] = {}
        self.far = self._thin = False
        self._far_view = FarView(self.nodes, self.wires)
        self._touching: defaultdict[str, set[Wire]] = defaultdict(set)
        self._marked: frozenset[str] = frozenset()
        self._marked_wires: frozenset[Wire] = frozenset()
        self._hovered: str | Wire | None = None
        self._report: Report | None = None
        self._problems: dict[str, tuple[Problem, ...]] = {}
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), CACHE_KILOBYTES))
        document.changed.connect(self.apply)
        document.reported.connect(self.show_report)
        document.selected.connect(self.show_selection)
        theme.changed.connect(self.restyle)
        graph = document.graph
        self.apply(Diff(added=frozenset(graph.nodes), wires_added=frozenset(graph.wires())))
        self.show_report(document.report)
        self.show_selection(document.selection)

    def apply(self, difference: Diff) -> None:
        """Takes over what differs, and touches nothing else."""
        graph = self.document.graph
        for wire in difference.wires_removed:
            self._remove_wire(wire)
        for name in difference.removed:
            self.removeItem(self.nodes.pop(name))
            self._route(self._touching[name])
        for name in difference.added:
            self._add_node(name)
        for wire in difference.wires_added:
            self._add_wire(wire)
        wires = difference.wires_added | difference.wires_removed
        ends = {end.node for wire in wires for end in wire}
        for name in (difference.added | difference.changed | ends) & graph.nodes.keys():
            self._show_ports(name)
            self._show_face(name)
        self.preview({name: graph.places[name] for name in (difference.added | difference.moved) & graph.nodes.keys()})
        if difference.added or difference.moved or difference.removed:
            self._route_long()

    def show_report(self, report: Report) -> None:
        """Takes over the specs, costs and problems that differ from those shown."""
        old, self._report = self._report, report
        problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in report.problems:
            problems[problem.node].append(problem)
        before, self._problems = self._problems, {name: tuple(found) for name, found in problems.items()}
        for name in self.nodes:
            if (
                old is None
                or old.specs.get(name) != report.specs.get(name)
                or old.costs.get(name) != report.costs.get(name)
                or before.get(name) != self._problems.get(name)
            ):
                self._show_face(name)
        self._repaint_far()

    def show_selection(self, names: frozenset[str]) -> None:
        """Marks what is selected, nodes and wires."""
        for name in names ^ self._marked:
            if item := self.nodes.get(name):
                item.show_mark(item.mark._replace(selected=name in names))
        wires = self.document.selected_wires
        for wire in wires ^ self._marked_wires:
            if wire in self.wires:
                self.wires[wire].show_mark(selected=wire in wires)
        self._marked, self._marked_wires = names, wires
        self._repaint_far()

    def hover(self, what: "str | Wire | None") -> None:
        """Marks the node or wire under the cursor."""
        if what == self._hovered:
            return
        for thing, on in ((self._hovered, False), (what, True)):
            if isinstance(thing, Wire) and thing in self.wires:
                self.wires[thing].show_mark(hovered=on)
            elif isinstance(thing, str) and thing in self.nodes:
                self.nodes[thing].show_mark(Mark(self.nodes[thing].mark.selected, on))
        self._hovered = what
        self._repaint_far()

    def preview(self, places: Mapping[str, Place]) -> None:
        """Shows nodes at these places, their wires with them, whatever the document says."""
        for name, place in places.items():
            self.nodes[name].setPos(QPointF(place.x, place.y))
        self._route({wire for name in places for wire in self._touching[name]})
        self._repaint_far()

    def show_detail(self, zoom: float) -> None:
        """Leaves the painting to the far view where single cards could not be read; before that, wires get thin."""
        if (zoom < THIN) != self._thin:
            self._thin = zoom < THIN
            for wire in self.wires.values():
                wire.show_thin(self._thin)
        if (zoom < NEAR) == self.far:
            return
        self.far = zoom < NEAR
        for item in (*self.nodes.values(), *self.wires.values()):
            item.setVisible(not self.far)
        if not self.far:
            self._route_long()
        self.far_changed.emit()

    def paint_far(self, painter: QPainter, seen: QRectF, zoom: float) -> None:
        """Paints the drawing as it looks from afar."""
        self._far_view.paint(painter, seen, zoom)

    def restyle(self) -> None:
        """Takes the colours and fonts of the theme in force."""
        for wire in self.wires.values():
            wire.restyle()
        for node in self.nodes.values():
            node.update()
        self._repaint_far()
        self.update()

    def content(self) -> QRectF:
        """The rectangle around all cards; empty where there are none."""
        found = QRectF()
        for item in self.nodes.values():
            found = found.united(item.card())
        return found

    def problems_of(self, name: str) -> tuple[Problem, ...]:
        """What is wrong at a node."""
        return self._problems.get(name, ())

    def _add_node(self, name: str) -> None:
        item = self.nodes[name] = NodeItem(name)
        item.setVisible(not self.far)
        self.addItem(item)

    def _add_wire(self, wire: Wire) -> None:
        item = self.wires[wire] = WireItem(wire)
        item.setVisible(not self.far)
        item.show_thin(self._thin)
        self.addItem(item)
        for end in wire:
            self._touching[end.node].add(wire)

    def _remove_wire(self, wire: Wire) -> None:
        self.removeItem(self.wires.pop(wire))
        for end in wire:
            self._touching[end.node].discard(wire)

    def _show_ports(self, name: str) -> None:
        node = self.document.graph.nodes[name]
        wired = frozenset(end for wire in self._touching[name] for end in wire if end.node == name)
        outlets = frozenset(end.port for end in wired if isinstance(end, Outlet))
        self.nodes[name].show_ports(ports_of(name, node, outlets), wired)
        self._route(self._touching[name])

    def _show_face(self, name: str) -> None:
        node, report = self.document.graph.nodes[name], self.document.report
        item = self.nodes[name]
        item.show_face(face_of(name, node, report, self._problems.get(name, ())))
        specs = dict(zip(type(node.layer).about.outputs, report.specs.get(name, ()), strict=False))
        for wire in self._touching[name]:
            if wire.source.node == name and wire.source.port in specs:
                self.wires[wire].show_words(shape_words(specs[wire.source.port]))
            elif wire.source.node == name:
                self.wires[wire].show_words("")
            if wire.target.node == name:
                self.wires[wire].show_fault(wire.target.port in item.face.errors)

    def _route(self, wires: Iterable[Wire]) -> None:
        """Lays wires between their ports; one that comes from a node that is not there hangs from above."""
        for wire in wires:
            source, target = self.nodes.get(wire.source.node), self.nodes.get(wire.target.node)
            if target:
                end = target.spot(wire.target)
                start = source.spot(wire.source) if source else end - QPointF(0, GRID)
                self.wires[wire].route(start, end, self._detour(wire, start, end))

    def _route_long(self) -> None:
        """Lays those wires anew that cards may have come between."""
        self._route([wire for wire, item in self.wires.items() if item.line.dy() > 2 * CARD_HEIGHT])

    def _detour(self, wire: Wire, start: QPointF, end: QPointF) -> float:
        """How far to the side a wire must go so as not to run hidden behind the cards between its ends."""
        if end.y() - start.y() < 2 * CARD_HEIGHT or abs(end.x() - start.x()) > CARD_WIDTH / 2:
            return 0
        way = QRectF(start, end).normalized().adjusted(-1, CARD_HEIGHT / 2, 1, -CARD_HEIGHT / 2)
        cards = (item for item in self.items(way) if isinstance(item, NodeItem))
        hidden = any(item.name not in (wire.source.node, wire.target.node) for item in cards)
        return CARD_WIDTH / 2 + GRID if hidden else 0

    def _repaint_far(self) -> None:
        self._far_view.forget()
        if self.far:
            self.far_changed.emit()
