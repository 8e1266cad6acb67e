"""The checker: keeps what it found and, after an edit, looks again only at what the edit can have changed."""

from collections.abc import Iterable, Sequence
from itertools import compress
from operator import is_not
from typing import Any

from engine.check.known import Known, end_problems
from engine.check.node import examine
from engine.check.offers import in_order, with_offers
from engine.check.order import Nodes, Order, run_order, sources_of, stays_forward
from engine.check.report import Column, Cost, Problem, Report
from engine.check.whole import ENDS, whole_problems
from engine.check.wiring import Wires, wires_of
from engine.graph import Graph, Node, Spec
from engine.layers import Layer


def check(graph: Graph[Layer], columns: Sequence[Column] = (), inner: bool = False) -> Report:
    """The report on a drawing, from nothing. `inner`: it is what a block is made of, not a network."""
    return Checker(inner).update(graph, columns)


class Checker:
    """Checks one drawing after another; what `update` answers depends on its arguments alone.

    `inner`: the drawings are what a block is made of, so that they have ports where a network has inputs and outputs.
    `offers`: problems come with the fixes that mend them, which costs trials.
    """

    def __init__(self, inner: bool = False, offers: bool = True) -> None:
        self._inner, self._offers = inner, offers
        self._nodes: Nodes = {}
        self._order = Order()
        self._index: dict[str, int] = {}
        self._forward = False
        self._takers: dict[str, frozenset[str]] = {}
        self._wires: dict[str, Wires] = {}
        self._specs: dict[str, tuple[Spec, ...]] = {}
        self._faults: dict[str, tuple[Problem, ...]] = {}
        self._costs: dict[str, Cost] = {}
        self._whole: tuple[Problem, ...] = ()
        self._ends: tuple[str, ...] = ()
        self._first = True
        self._last: tuple[Graph[Layer], tuple[Column, ...], Report] | None = None

    def update(self, graph: Graph[Layer], columns: Sequence[Column] = ()) -> Report:
        """The report on this drawing; quick where it differs little from the one before."""
        if self._last and self.knows(graph, columns):
            return self._last[2]
        before, self._nodes = self._nodes, graph.nodes
        same = len(before) == len(graph.nodes) and list(before) == list(graph.nodes)
        changed = _exchanged(before, graph.nodes) if same else _changed(before, graph.nodes)
        stale = changed | self._rewire(before, changed)
        for name in stale:
            self._wires.pop(name, None)
        if self._first or not same or any(_form(before[name]) != _form(graph.nodes[name]) for name in changed):
            stale |= self._reorder(changed if same else None)
        self._forget(before.keys() - graph.nodes.keys())
        self._examine(stale & graph.nodes.keys())
        report = self._report(graph, tuple(columns))
        self._last = graph, tuple(columns), report
        return report

    def knows(self, graph: Graph[Layer], columns: Sequence[Column] = ()) -> bool:
        """Whether this is what was checked last."""
        return self._last is not None and self._last[0] is graph and self._last[1] == tuple(columns)

    def fork(self) -> "Checker":
        """Another one that knows the same, and goes its own way from here."""
        other = Checker(self._inner, self._offers)
        for name, known in vars(self).items():
            setattr(other, name, known.copy() if isinstance(known, dict) else known)
        return other

    def _rewire(self, before: Nodes, changed: set[str]) -> set[str]:
        """Brings the index of takers up to date; gives those that see another kind of node behind a wire."""
        stale: set[str] = set()
        for name in changed:
            old, new = before.get(name), self._nodes.get(name)
            was = set(sources_of(old)) if old else set()
            now = set(sources_of(new)) if new else set()
            for source in was - now:
                self._takers[source] -= {name}
            for source in now - was:
                self._takers[source] = self._takers.get(source, frozenset()) | {name}
            if old is None or new is None or type(old.layer) is not type(new.layer):
                stale.add(name)
        return {taker for name in stale for taker in self._takers.get(name, ())}

    def _reorder(self, rewired: set[str] | None) -> set[str]:
        """Works out order and ends; gives the nodes that came onto a circle or off it.

        `rewired` are those whose wires are others where the nodes are the same as before, else None.
        """
        circular = self._order.circular
        if rewired is None or self._first or not self._goes_on(rewired):
            self._order = run_order(self._nodes)
            self._index = {name: number for number, name in enumerate(self._nodes)}
            self._forward = self._order.names == tuple(self._nodes)
        self._first = False
        self._whole = whole_problems(self._nodes, self._order, self._takers, self._inner)
        kinds = [node.layer.__class__ for node in self._nodes.values()]
        ends = {kind for kind in set(kinds) if issubclass(kind, ENDS)}
        self._ends = tuple(name for name, kind in zip(self._nodes, kinds, strict=True) if kind in ends)
        return set(circular ^ self._order.circular)

    def _goes_on(self, rewired: set[str]) -> bool:
        """Whether the nodes still run in the order in which they are drawn."""
        return self._forward and stays_forward(self._nodes, self._index, rewired)

    def _forget(self, gone: Iterable[str]) -> None:
        for name in gone:
            self._faults.pop(name, None)
            self._forget_outputs(name)

    def _examine(self, stale: set[str]) -> None:
        """Looks at these nodes, and on downstream as long as specs come out other than before."""
        circular = self._order.circular & stale
        for name in circular:
            if self._specs.pop(name, None) is not None:
                stale |= self._takers.get(name, frozenset())
        for name in (*circular, *self._order.names):
            if name in stale and self._look(name):
                stale |= self._takers.get(name, frozenset())

    def _look(self, name: str) -> bool:
        """Examines one node; whether its outputs are other than before."""
        wires = self._wires.get(name)
        if wires is None:
            wires = self._wires[name] = wires_of(self._nodes, name)
        specs = {} if name in self._order.circular else self._specs
        outputs, problems, cost = examine(self._nodes, name, wires, specs, self._offers)
        before = self._specs.get(name)
        if problems:
            self._faults[name] = problems
        else:
            self._faults.pop(name, None)
        if outputs is None:
            self._forget_outputs(name)
        else:
            self._specs[name], self._costs[name] = outputs, cost
        return outputs is not before and outputs != before

    def _forget_outputs(self, name: str) -> None:
        self._specs.pop(name, None)
        self._costs.pop(name, None)

    def _report(self, graph: Graph[Layer], columns: tuple[Column, ...]) -> Report:
        at_ends = tuple(end_problems(self._nodes, self._ends, self._specs, columns, self._inner))
        specs = self._specs.copy()
        known = Known(
            graph,
            columns,
            self._order,
            self._takers,
            self._wires,
            specs,
            self._faults,
            self._whole,
            self._ends,
            at_ends,
            self._inner,
        )
        costs = self._costs.copy()
        problems = with_offers(known) if self._offers else in_order(known)
        return Report(specs, problems, self._order.names, costs, _total(costs.values()))


def _changed(before: Nodes, after: Nodes) -> set[str]:
    """The names of nodes that are not the same in both."""
    get = before.get
    return {name for name, node in after.items() if get(name) is not node} | (before.keys() - after.keys())


def _exchanged(before: Nodes, after: Nodes) -> set[str]:
    """The same, where both have the same names in the same order."""
    return set(compress(after, map(is_not, after.values(), before.values())))


def _form(node: Node[Any]) -> tuple[object, ...]:
    return type(node.layer), node.inputs


def _total(costs: Iterable[Cost]) -> Cost:
    parameters = flops = activation_bytes = 0
    for cost in costs:
        parameters += cost.parameters
        flops += cost.flops
        activation_bytes += cost.activation_bytes
    return Cost(parameters, flops, activation_bytes)
