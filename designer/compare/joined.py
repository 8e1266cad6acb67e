"""Two drawings as one: every node and wire of both, once, each with what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from designer.canvas.card import Face, face_of
from designer.canvas.ports import Ports, ports_of, size_of
from designer.canvas.wire_item import TURNED
from designer.layout import occupied, placed
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID
from engine.check.checker import check
from engine.check.report import Column, Report
from engine.graph import Flow, Graph, Place, Wire
from engine.graph.flow import turned
from engine.layers import Layer
from engine.project.compare import GraphChange, Kind
from engine.project.compare_renames import with_renames

MOST_CHECKED = 3000
"""Nodes of a drawing that is still checked, so that its cards show shapes."""
AROUND = CARD_WIDTH  # how far a wire goes to the side of its ends at most
NOTHING_KNOWN = Report({}, (), (), {}, check(Graph()).total)


class Card(NamedTuple):
    """A node of either drawing; `was` is what it was called, where it was renamed."""

    name: str
    at: QPointF
    face: Face
    ports: Ports
    kind: Kind | None
    was: str
    box: QRectF


class Strand(NamedTuple):
    """A wire of either drawing, between two points; `detour`: how far to the side it goes past cards between them.

    `flow` is that of the drawing that it is shown in.
    """

    start: QPointF
    end: QPointF
    kind: Kind | None
    detour: float
    box: QRectF
    flow: Flow = "down"


class Joined(NamedTuple):
    """Both drawings. Nodes that went keep their names: none that is there now has one of them."""

    cards: Mapping[str, Card]
    strands: tuple[Strand, ...]

    def bounds(self) -> QRectF:
        """The rectangle around all cards."""
        found = QRectF()
        for card in self.cards.values():
            found = found.united(card.box)
        return found


def joined(old: Graph[Layer], new: Graph[Layer], change: GraphChange, columns: Iterable[Column] = ()) -> Joined:
    """The two drawings on one canvas, laid out as the new one; what went lies near what it was wired to."""
    names = {node.old_name: node.name for node in change.nodes if node.kind == "renamed"}
    was = {name: before for before, name in names.items()}
    old, new = with_renames(placed(old), names), placed(new)
    kinds: dict[str, Kind] = {node.name: node.kind for node in change.nodes}
    reports = (_report(new, tuple(columns)), _report(old, tuple(columns)))
    outlets = _outlets((old, new))
    cards = {}
    for name, place in _places(old, new).items():
        graph, report = (new, reports[0]) if name in new.nodes else (old, reports[1])
        node = graph.nodes[name]
        face, ports = face_of(name, node, report, ()), ports_of(name, node, frozenset(outlets[name]), new.flow)
        box = QRectF(place.x, place.y, *ports.size)
        cards[name] = Card(name, box.topLeft(), face, ports, kinds.get(name), was.get(name, ""), box)
    return Joined(cards, tuple(_strands(new, change, cards)))


def _report(graph: Graph[Layer], columns: tuple[Column, ...]) -> Report:
    return check(graph, columns) if len(graph.nodes) <= MOST_CHECKED else NOTHING_KNOWN


def _outlets(graphs: Iterable[Graph[Layer]]) -> defaultdict[str, set[str]]:
    """The outputs that wires leave from, by node."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for graph in graphs:
        for wire in graph.wires():
            found[wire.source.node].add(wire.source.port)
    return found


def _places(old: Graph[Layer], new: Graph[Layer]) -> dict[str, Place]:
    """The new drawing as it lies; a node that went is moved along with a neighbour."""
    was = turned(old.places, old.flow, new.flow)
    found = {name: new.places[name] for name in new.nodes}
    taken = occupied(new)
    for name in (name for name in old.nodes if name not in new.nodes):
        place = was[name]
        near = next(
            (w.source.node for w in old.into(name) if w.source.node in found and w.source.node in old.places), ""
        )
        if near:
            here, there = found[near], was[near]
            place = Place(place.x + here.x - there.x, place.y + here.y - there.y)
        size = size_of(old.nodes[name], new.flow)
        found[name] = place = taken.room(place, size)
        taken.add(place, size)
    return found


def _strands(new: Graph[Layer], change: GraphChange, cards: Mapping[str, Card]) -> Iterator[Strand]:
    """Every wire once: those that went, then those that came, then the rest."""
    kinds: dict[Wire, Kind] = {wire.wire: wire.kind for wire in change.wires}
    gone = [wire for wire in kinds if kinds[wire] == "removed"]
    between, right = _Between(cards.values(), new.flow), new.flow == "right"
    before = QPointF(GRID, 0) if right else QPointF(0, GRID)
    aside, around = (CARD_HEIGHT, (2 * GRID, AROUND)) if right else (CARD_WIDTH, (AROUND, 2 * GRID))
    for wire in (*gone, *new.wires()):
        source, target = cards.get(wire.source.node), cards.get(wire.target.node)
        if target is None:
            continue
        end = target.at + target.ports.place(wire.target)
        start = source.at + source.ports.place(wire.source) if source else end - before
        detour = aside / 2 + GRID if between.hides(start, end) else 0
        box = QRectF(start, end).normalized().adjusted(-around[0], -around[1], *around)
        yield Strand(start, end, kinds.get(wire), detour, box, new.flow)


class _Between:
    """Where cards lie, row by row: whether a wire along the flow runs behind any on its way.

    Of a drawing that flows to the right, all is looked at as if it flowed downwards.
    """

    def __init__(self, cards: Iterable[Card], flow: Flow) -> None:
        self._turns = flow == "right"
        self._high, self._wide = (CARD_WIDTH, CARD_HEIGHT) if self._turns else (CARD_HEIGHT, CARD_WIDTH)
        self._rows: defaultdict[int, list[QRectF]] = defaultdict(list)
        for card in cards:
            box = TURNED.mapRect(card.box) if self._turns else card.box
            self._rows[int(box.center().y() // self._high)].append(box)

    def hides(self, start: QPointF, end: QPointF) -> bool:
        if self._turns:
            start, end = start.transposed(), end.transposed()
        if end.y() - start.y() < 1.5 * self._high or abs(end.x() - start.x()) > self._wide / 2:
            return False
        way = QRectF(start, end).normalized().adjusted(-1, self._high / 2, 1, -self._high / 2)
        rows = range(int(way.top() // self._high), int(way.bottom() // self._high) + 1)
        return any(way.intersects(box) for row in rows if row in self._rows for box in self._rows[row])
