"""Whether a fix does what it says: it is carried out on the side, and what it reaches is looked at."""

import heapq
from collections.abc import Iterator, Mapping

from engine.check.fixes import apply_fix
from engine.check.known import Known, end_problems, key
from engine.check.node import examine
from engine.check.order import run_order, sources_of
from engine.check.report import Problem
from engine.check.whole import reached, whole_problems
from engine.check.wiring import Wires, wires_of
from engine.graph import Connect, Fix, Graph, Spec
from engine.layers import Layer
from engine.layers.output import Output
from engine.text import Failure

WHOLE = frozenset({"cycle", "no_input", "no_output"})


def mends(known: Known, places: Mapping[str, float], problem: Problem, fix: Fix) -> bool:
    """Whether the fix removes the problem and adds no error. `places` are the nodes' places in the order.

    What comes to light at a node that could not be judged before, because nothing was known of what comes in, was
    there already and does not count, unless it is the node of the problem itself.
    """
    if isinstance(fix, Connect) and fix.source.node in reached([fix.target.node], known.takers):
        return False
    try:
        after = apply_fix(known.graph, fix)
    except (Failure, KeyError):
        return False
    trial = Trial(known, after, problem)
    trial.run(places)
    return trial.mended()


class Trial:
    """A drawing that differs little from a known one, looked at where it differs and on downstream."""

    def __init__(self, known: Known, after: Graph[Layer], problem: Problem) -> None:
        self._known, self._problem = known, problem
        self._nodes, before = after.nodes, known.graph.nodes
        get = before.get
        self._changed = [name for name, node in after.nodes.items() if get(name) is not node]
        self._gone = before.keys() - after.nodes.keys()
        self._new_takers: dict[str, list[str]] = {}
        for name in self._changed:
            for source in sources_of(after.nodes[name]):
                self._new_takers.setdefault(source, []).append(name)
        self._specs: dict[str, tuple[Spec, ...]] = dict(known.specs)
        self._found: dict[str, tuple[Problem, ...]] = {}
        self._wires: dict[str, Wires] = {}
        touched = {*self._changed, *self._gone}
        self._order = run_order(after.nodes) if touched & known.order.circular else known.order

    def run(self, places: Mapping[str, float]) -> None:
        """Examines what the fix changed, and on as long as specs come out other than before."""
        if self._order is not self._known.order:
            places = {name: place for place, name in enumerate(self._order.names)}
        for name in self._gone:
            self._specs.pop(name, None)
        rewired = {*self._changed, *self._behind_another_kind()}
        self._wires = {name: wires_of(self._nodes, name) for name in rewired & self._nodes.keys()}
        stale = (rewired | {self._problem.node}) & self._nodes.keys()
        queue = [(self._place(name, places), name) for name in stale]
        heapq.heapify(queue)
        while queue:
            _, name = heapq.heappop(queue)
            if not self._same_outputs(name):
                for taker in self._takers(name) - stale:
                    if not self._known.waiting(taker):  # what comes to light there does not count
                        stale.add(taker)
                        heapq.heappush(queue, (self._place(taker, places), taker))
            stale.discard(name)

    def mended(self) -> bool:
        """Whether the problem is gone and no error has come."""
        left = [*self._whole(), *self._ends(), *(problem for found in self._found.values() for problem in found)]
        if key(self._problem) in {key(problem) for problem in left}:
            return False
        errors = {key(problem) for problem in left if self._counts(problem)}
        return not errors or errors <= {key(problem) for problem in self._before()}

    def _counts(self, problem: Problem) -> bool:
        if problem.severity != "error":
            return False
        hidden = problem.code not in WIRING and problem.node != self._problem.node
        return not (hidden and self._known.waiting(problem.node))

    def _before(self) -> Iterator[Problem]:
        yield from (*self._known.whole, *self._known.at_ends)
        for name in self._found:
            yield from self._known.faults.get(name, ())

    def _same_outputs(self, name: str) -> bool:
        specs = {} if name in self._order.circular else self._specs
        wires = self._wires.get(name) or self._known.wires[name]
        outputs, self._found[name], _ = examine(self._nodes, name, wires, specs, fixes=False)
        before = self._specs.pop(name, None)
        if outputs is not None:
            self._specs[name] = outputs
        return outputs == before

    def _behind_another_kind(self) -> Iterator[str]:
        """The takers of nodes that are now another kind of layer, whose outputs may go by other names."""
        before = self._known.graph.nodes
        for name in self._changed:
            if name in before and type(before[name].layer) is not type(self._nodes[name].layer):
                yield from self._takers(name)

    def _takers(self, name: str) -> set[str]:
        return {*self._known.takers.get(name, ()), *self._new_takers.get(name, ())} & self._nodes.keys()

    def _place(self, name: str, places: Mapping[str, float]) -> float:
        """A place in the order: that of before, for a node that came with the fix just before what takes it."""
        if name in places:
            return places[name]
        return min((places.get(taker, 0.0) for taker in self._takers(name)), default=float(len(places))) - 0.5

    def _ends(self) -> Iterator[Problem]:
        """Every output, since it depends on layers before it; of the inputs those that the fix concerns."""
        concerned = {*self._changed, self._problem.node}
        names = {*self._known.ends, *self._changed} & self._nodes.keys()
        here = [name for name in names if name in concerned or isinstance(self._nodes[name].layer, Output)]
        return end_problems(self._nodes, here, self._specs, self._known.columns, self._known.inner)

    def _whole(self) -> tuple[Problem, ...]:
        """What is wrong with the whole, where the fix can have changed that."""
        ends_gone = any(name in self._gone for name in self._known.ends)
        if self._problem.code in WHOLE or ends_gone or self._order is not self._known.order:
            return whole_problems(self._nodes, self._order, self._known.takers, self._known.inner)
        return ()


WIRING = frozenset({"missing_wire", "surplus_wire", "unknown_port", "lost_source", "lost_output"}) | WHOLE
