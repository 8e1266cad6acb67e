"""The drawing laid out: every card and every wire, where they lie and what they show. Knows no screen.

It may be made on any thread, and is then handed to the scene whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf
from operator import attrgetter
from time import perf_counter

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainterPath

from designer.canvas.node_item import NodeItem
from designer.canvas.piece import Piece, around, hanging, joined
from designer.canvas.routes import way_of
from designer.canvas.space import Box, Space
from designer.canvas.wire_item import WireItem, box_around, forget_ways
from designer.order.router import Router
from engine.check.report import Problem, Report
from engine.graph import Diff, Flow, Graph, Outlet, Place, Spec, Wire
from engine.layers import Layer
from engine.turns import turns

MOST_SPOTS = 64  # so many places are painted one by one; more, and everything is
LAYING_SECONDS = 0.004
SWEPT = 200  # in a moment
EVERYWHERE: Box = (-inf, -inf, inf, inf)


class Sheet:
    """Cards and wires of a drawing, kept in step by differences alone.

    What has to be painted anew is gathered until `spoilt` is asked for it.
    """

    def __init__(self, graph: Graph[Layer], report: Report) -> None:
        self.graph: Graph[Layer] = Graph()
        self.flow: Flow = graph.flow
        self.report = report
        self.inside: Graph[Layer] | None = None  # in a block: its drawing with the values of an instance
        self.nodes: dict[str, NodeItem] = {}
        self.wires: dict[Wire, WireItem] = {}
        self.selected: frozenset[str] = frozenset()
        self.selected_wires: frozenset[Wire] = frozenset()
        self.hovered: str | Wire | None = None
        self.lit: frozenset[Wire] = frozenset()
        self.lifted: frozenset[str] = frozenset()  # cards that are carried
        self.layer: bool | None = None  # what is asked for: what is carried, what is not, or all
        self.problems: dict[str, tuple[Problem, ...]] = {}
        self.faults: frozenset[tuple[str, str]] = frozenset()
        self.rank = 0
        self._cards: Space[NodeItem] = Space()
        self._ways: Space[WireItem] = Space()
        self._router = Router()
        self._unlaid: dict[WireItem, None] = {}
        self.waiting: dict[WireItem, None] = {}
        self._until = inf
        self._touching: dict[str, dict[Wire, None]] = {}
        self._loose: dict[Wire, None] = {}
        self._previewed: set[str] = set()
        self._spoilt: list[Box] | None = []
        self._around: Box | None = None
        self.form = object()  # another one as soon as cards lie or look otherwise from afar
        self.apply(graph, Diff(added=frozenset(graph.nodes), wires_added=frozenset(graph.wires())))
        self.show_report(report)

    def apply(self, graph: Graph[Layer], difference: Diff, piece: Piece | None = None) -> None:
        """Takes over what differs, and touches nothing else. `piece`: what comes, where that was laid out ahead."""
        if piece is None or not piece.fits(self, graph):
            piece = Piece(self, graph, difference)
        self.graph = graph
        moved = difference.added | difference.moved | difference.removed
        many = len(moved) > MOST_SPOTS
        if moved:
            self.form = object()
        self._make_way(moved)
        self._remove_wires(difference.wires_removed)
        self._remove_nodes(difference.removed)
        self._take_in(piece)
        ends = {end.node for wire in (*difference.wires_added, *difference.wires_removed) for end in wire}
        for name in ((difference.changed | ends) - difference.added) & graph.nodes.keys():
            moved |= self._renew(name)
        self._place({name: graph.places[name] for name in difference.moved | self._astray()})
        if graph.flow != self.flow:
            self._turn(graph.flow)
        self._route()
        if not many:
            self._make_way(moved)
        self._lay()

    def show_report(self, report: Report) -> frozenset[str]:
        """Takes over specs, costs and problems; gives the nodes whose problems are others."""
        before, self.report = self.problems, report
        problems: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in report.problems:
            problems[problem.node].append(problem)
        self.problems = {name: tuple(found) for name, found in problems.items()}
        self.faults = frozenset((p.node, p.port) for p in report.problems if p.severity == "error")
        names = before.keys() | self.problems.keys()
        return frozenset(name for name in names if before.get(name) != self.problems.get(name))

    def move(self, places: Mapping[str, Place]) -> None:
        """Puts cards at these places, their wires with them, whatever the drawing says.

        Wires of others give way once the drawing says so: while a card is carried, a frame has no time for them.
        """
        self._previewed.update(places)
        self._place(places)
        self._route()
        self._lay()

    @property
    def littered(self) -> bool:
        """Whether there is something to be swept."""
        return self._cards.littered or self._ways.littered

    def sweep(self) -> None:
        """Clears up after some of the cards and wires that are gone: what is left to do when many go at once."""
        self._cards.sweep(SWEPT)
        self._ways.sweep(SWEPT)

    def let_go(self) -> None:
        """Lets everything go, piece by piece: cards and wires know the sheet, and would keep each other."""
        self._cards, self._ways, self._router = Space(), Space(), Router()
        for held in (self.waiting, self._unlaid, self._touching, self.wires, self.nodes):
            for _ in turns(range(len(held))):
                held.popitem()

    def touching(self, name: str) -> Iterable[Wire]:
        """The wires of a node."""
        return self._touching.get(name, ())

    def outlets_of(self, name: str) -> frozenset[str]:
        """The outputs of a node that wires know."""
        return frozenset(wire.source.port for wire in self.touching(name) if wire.source.node == name)

    def cards_in(self, box: Box) -> list[NodeItem]:
        """The cards of which something is painted in a box, the uppermost last."""
        found = sorted(self._cards.within(box), key=_rank)
        return found if self.layer is None else [item for item in found if (item.name in self.lifted) is self.layer]

    def wires_in(self, box: Box) -> list[WireItem]:
        """The wires that may be painted in a box, the uppermost last."""
        found, lifted, layer = sorted(self._ways.within(box), key=_rank), self.lifted, self.layer
        if layer is None:
            return found
        return [i for i in found if (i.wire.source.node in lifted) is layer and (i.wire.target.node in lifted) is layer]

    def spec(self, source: Outlet) -> Spec | None:
        """What comes out of an outlet, where that is known."""
        node = self.graph.nodes.get(source.node)
        names = type(node.layer).about.outputs if node else ()
        specs = self.report.specs.get(source.node, ())
        return next((spec for name, spec in zip(names, specs, strict=False) if name == source.port), None)

    def content(self) -> QRectF:
        """The rectangle around all cards; empty where there are none."""
        if self._around is None:
            self._around = around(self.nodes.values())
        if self._around is None:
            return QRectF()
        left, top, right, bottom = self._around
        return QRectF(left, top, right - left, bottom - top)

    def extent(self) -> QRectF:
        """The rectangle around all cards and wires: has every wire find its way."""
        found = self.content()
        for item in self.wires.values():
            found = found.united(item.path().controlPointRect())
        return found

    def way(self, item: WireItem) -> QPainterPath:
        """The way that a wire takes between its ends, past the cards of others."""
        return way_of(item, self.nodes, self._cards, self._router, self.flow)

    def hurry(self, seconds: float) -> None:
        """From now on, wires that have no way yet wait for one, once so much time is spent."""
        self._until = perf_counter() + seconds

    def take_time(self) -> None:
        """Every wire finds its way when it is asked for."""
        self._until = inf

    def puts_off(self, item: WireItem) -> bool:
        """Whether there is no time now to find the way of a wire; then it is among those that wait."""
        if perf_counter() < self._until:
            return False
        self.waiting.pop(item, None)
        self.waiting[item] = None
        return True

    def lay_waiting(self, seconds: float) -> bool:
        """Finds the ways of wires that wait, for so long; whether some still do."""
        until = perf_counter() + seconds
        while self.waiting and perf_counter() < until and not self.crowded:
            item, _ = self.waiting.popitem()  # what is in sight has come last
            if item.wire in self.wires:
                before, plain = item.box(), item.plain()
                if item.path() != plain:  # else it is as it was painted
                    self.touch(before)
                    self.touch(item.box())
        return bool(self.waiting)

    @property
    def crowded(self) -> bool:
        """Whether so many places are to be painted that one more wire could make it all of them."""
        return self._spoilt is not None and len(self._spoilt) >= MOST_SPOTS - 1

    def laid(self, item: WireItem) -> None:
        """A wire has found its way: from now on it is where that leads."""
        self._ways.put(item, item.box())

    def touch(self, box: Box) -> None:
        """Has this part painted anew."""
        if self._spoilt is not None:
            self._spoilt.append(box)
            if len(self._spoilt) > MOST_SPOTS:
                self._spoilt = None

    def touch_all(self) -> None:
        """Has everything painted anew."""
        self._spoilt = None

    def touch_node(self, name: str) -> None:
        """Has a card painted anew, and what its wires say."""
        self.touch_things([name], self.touching(name))

    def touch_things(self, names: Iterable[str], wires: Iterable[Wire]) -> None:
        """Has cards and wires painted anew."""
        for name in names:
            if name in self.nodes:
                self.touch(self.nodes[name].box())
            if self._spoilt is None:
                return
        for wire in wires:
            if wire in self.wires:
                self.touch(self.wires[wire].box())

    def spoilt(self) -> list[Box] | None:
        """What has to be painted anew since this was last asked; None: everything."""
        found, self._spoilt = self._spoilt, []
        return found

    def _astray(self) -> set[str]:
        """The cards that lie where a preview has left them, not where the drawing says."""
        previewed, self._previewed = self._previewed & self.nodes.keys(), set()
        places, nodes = self.graph.places, self.nodes
        return {name for name in previewed if (nodes[name].x, nodes[name].y) != places[name]}

    def _take_in(self, piece: Piece) -> None:
        """Takes in all that comes; what hung in the open until now is laid to it."""
        met = [name for name in piece.nodes if name in self._touching] if self._touching else ()
        self.rank = piece.rank
        self._around = joined(self._around, piece.around) if self._around else None
        self.nodes.update(piece.nodes)
        self.wires.update(piece.wires)
        self._cards.join(piece.cards)
        self._ways.join(piece.ways)
        for name, wires in piece.touching.items():
            if name in self._touching:
                self._touching[name].update(wires)
            else:
                self._touching[name] = wires
        if len(piece.nodes) + len(piece.wires) > MOST_SPOTS:
            self.touch_all()
        else:
            self.touch_things(piece.nodes, piece.wires.keys() - piece.loose.keys())
            self._unlaid.update((item, None) for wire, item in piece.wires.items() if wire not in piece.loose)
        for name in met:
            self._renew(name)

    def _remove_nodes(self, names: frozenset[str]) -> None:
        drop = self._cards.drop if len(names) <= MOST_SPOTS else self._cards.part_with
        left, top, right, bottom = self._around or EVERYWHERE
        for name in names:
            item = self.nodes.pop(name)
            if item.x <= left or item.y <= top or item.x + item.size[0] >= right or item.y + item.size[1] >= bottom:
                self._around = None
            if self._spoilt is not None:
                self.touch(self._cards.box(item))
            drop(item)
            if name in self._touching:
                self._loose.update(self._touching[name])

    def _remove_wires(self, wires: frozenset[Wire]) -> None:
        drop = self._ways.drop if len(wires) <= MOST_SPOTS else self._ways.part_with
        touching = self._touching
        for wire in wires:
            item = self.wires.pop(wire)
            self._router.forget(wire)
            if self._spoilt is not None:
                self.touch(self._ways.box(item))
            drop(item)
            for end in wire:
                if others := touching.get(end.node):
                    others.pop(wire, None)
                    if not others:
                        del touching[end.node]

    def _renew(self, name: str) -> frozenset[str]:
        """Takes over what a card shows; gives its name where it is of another size now."""
        item = self.nodes[name]
        before, family = item.box(), item.family
        item.renew()
        grown = item.box() != before
        if grown or item.family != family:
            self.form = object()
        if grown:
            self._around = None
            self.touch(before)
            self._clear(before)
        self._settle(name)
        return frozenset([name] if grown else ())

    def _settle(self, name: str) -> None:
        """Takes over the room that a card needs, and lays its wires to its ports."""
        item = self.nodes[name]
        self._cards.put(item, item.box())
        self.touch(item.box())
        self._loose.update(self._touching.get(name, {}))

    def _place(self, places: Mapping[str, Place]) -> None:
        """Has cards lie elsewhere."""
        if places:
            self._around, self.form = None, object()
        for name, place in places.items():
            item = self.nodes[name]
            if self._spoilt is not None:
                self.touch(item.box())
            item.put(*place)
            box = item.box()
            self._cards.put(item, box)
            if self._spoilt is not None:
                self.touch(box)
            self._loose.update(self._touching.get(name, {}))

    def _turn(self, flow: Flow) -> None:
        """Has all cards and wires drawn for another flow."""
        self.flow, self._router, self._around, self.form = flow, Router(), None, object()
        self.touch_all()
        for name, item in self.nodes.items():
            item.renew()
            self._settle(name)

    def _make_way(self, names: frozenset[str]) -> None:
        """Has the wires near these cards find their ways anew."""
        if len(names) > MOST_SPOTS:
            self.touch_all()
            forget_ways(self.wires.values())
            self._unlaid.clear()
            return
        for name in names & self.nodes.keys():
            self._clear(self.nodes[name].box())

    def _clear(self, box: Box) -> None:
        """Has the wires in a box find their ways anew."""
        for item in self._ways.within(box):
            item.forget_way()
            self._unlaid[item] = None
            self.touch(self._ways.box(item))

    def _lay(self) -> None:
        """Has wires whose way is another painted where it leads now; those too many for a frame find it when seen."""
        unlaid, self._unlaid = self._unlaid, {}
        until = perf_counter() + LAYING_SECONDS
        for item in unlaid:
            if perf_counter() > until:
                self.touch_all()
                return
            if item.wire in self.wires:
                item.path()
                self.touch(item.box())

    def _route(self) -> None:
        """Lays wires between their ports; one that comes from a node that is not there hangs before its port."""
        loose, self._loose = self._loose, {}
        for wire in loose:
            source, target = self.nodes.get(wire.source.node), self.nodes.get(wire.target.node)
            item = self.wires.get(wire)
            if target and item:
                end = target.spot_at(wire.target)
                start = source.spot_at(wire.source) if source else hanging(end, self.flow)
                if self._spoilt is not None:
                    if not item.line.isNull():
                        self.touch(self._ways.box(item))
                    self._unlaid[item] = None
                item.route(QLineF(*start, *end))
                box = box_around(*start, *end, self.flow)
                self._ways.put(item, box)
                if self._spoilt is not None:
                    self.touch(box)


_rank = attrgetter("rank")
