"""Cards and wires that are to come into a sheet, laid out beside it: on any thread, as nothing of the sheet changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF

from designer.canvas.node_item import NodeItem
from designer.canvas.space import Box, Space
from designer.canvas.wire_item import WireItem, box_around
from designer.theme.tokens import GRID
from engine.graph import Diff, Flow, Graph, Wire
from engine.layers import Layer

if TYPE_CHECKING:
    from designer.canvas.sheet import Sheet

MOST_OTHERS, MOST_REMOVED = 300, 2000  # cards that change or go in the time of a frame


class Piece:
    """What a difference adds to a sheet. Fits as long as the sheet has not changed since.

    `loose` are wires from or to cards that the sheet has already: it lays them itself, when those cards are renewed.
    """

    def __init__(self, sheet: "Sheet", graph: Graph[Layer], difference: Diff) -> None:
        self._sheet, self._before, self._first = sheet, sheet.graph, sheet.rank
        self.graph, self.rank = graph, sheet.rank
        self.nodes: dict[str, NodeItem] = {}
        self.wires: dict[Wire, WireItem] = {}
        self.cards: Space[NodeItem] = Space()
        self.ways: Space[WireItem] = Space()
        self.touching: defaultdict[str, dict[Wire, None]] = defaultdict(dict)
        self.loose: dict[Wire, None] = {}
        self.around: Box | None = None
        self._add_wires(difference.wires_added)
        added = difference.added
        if added:
            self._add_nodes(graph.nodes if len(added) == len(graph.nodes) else [n for n in graph.nodes if n in added])
        self._lay()

    def fits(self, sheet: "Sheet", graph: Graph[Layer]) -> bool:
        """Whether it is what is missing in a sheet to show a drawing."""
        now = sheet is self._sheet and sheet.graph is self._before and sheet.rank == self._first
        return now and graph is self.graph and graph.flow == sheet.flow

    def _add_wires(self, wires: Iterable[Wire]) -> None:
        sheet, items, touching, rank = self._sheet, self.wires, self.touching, self.rank
        for wire in wires:
            rank += 1
            items[wire] = WireItem(sheet, wire, rank)
            touching[wire.source.node][wire] = None
            touching[wire.target.node][wire] = None
        self.rank = rank

    def _add_nodes(self, names: Iterable[str]) -> None:
        sheet, nodes, places, rank = self._sheet, self.graph.nodes, self.graph.places, self.rank
        boxes, flow = {}, sheet.flow
        for name in names:
            rank += 1
            item = self.nodes[name] = NodeItem(sheet, name, rank)
            item.x, item.y = places[name]
            wires = self.touching.get(name, {})
            item.fit(nodes[name], frozenset([w.source.port for w in wires if w.source.node == name]), flow)
            if not item.lone:
                item.wire_up(nodes[name], wires, flow)
            boxes[item] = item.box()
        self.rank = rank
        self.cards.put_all(boxes)
        self.around = around(self.nodes.values())

    def _lay(self) -> None:
        """Lays wires between cards of the piece; what comes from a node that is not there hangs before its port."""
        nodes, there, flow = self.nodes, self.graph.nodes, self._sheet.flow
        boxes = {}
        for wire, item in self.wires.items():
            source, target = nodes.get(wire.source.node), nodes.get(wire.target.node)
            if target is None or (source is None and wire.source.node in there):
                self.loose[wire] = None
                continue
            x, y = target.spot_at(wire.target)
            start = source.spot_at(wire.source) if source else hanging((x, y), flow)
            item.line = QLineF(*start, x, y)
            boxes[item] = box_around(*start, x, y, flow)
        self.ways.put_all(boxes)


def is_quick(difference: Diff, nodes: int) -> bool:
    """Whether a sheet takes a difference over, once what it adds was laid out, quicker than another takes its place.

    `nodes`: how many there are then.
    """
    others = len(difference.changed) + len(difference.moved)
    few = others <= MOST_OTHERS and len(difference.removed) <= MOST_REMOVED and 2 * len(difference.added) <= nodes
    return few and not difference.turned


def hanging(end: tuple[float, float], flow: Flow) -> tuple[float, float]:
    """Where a wire into a port begins that comes from a node that is not there."""
    return (end[0] - GRID, end[1]) if flow == "right" else (end[0], end[1] - GRID)


def around(items: Collection[NodeItem]) -> Box | None:
    """The box around these cards; None where there are none."""
    if not items:
        return None
    left, top = min([item.x for item in items]), min([item.y for item in items])
    return left, top, max([item.x + item.size[0] for item in items]), max([item.y + item.size[1] for item in items])


def joined(one: Box | None, other: Box | None) -> Box | None:
    """The box around both."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
