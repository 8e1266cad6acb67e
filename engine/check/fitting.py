"""What fits where: which wires can be drawn, which layers take a value, which inputs are free."""

from collections.abc import Collection, Sequence
from functools import lru_cache

import msgspec

from engine.check.judge import Arguments, judge
from engine.check.node import fault_text
from engine.check.order import sources_of
from engine.check.report import Report
from engine.check.wiring import spec_at
from engine.graph import Graph, Inlet, Outlet, SetParameter, Spec
from engine.layers import InputPort, Layer, Unknown, catalogue, with_parameters
from engine.text import Text, text

IMAGE_RANK = 4
# What people put after a value, by its rank; other layers that take it follow in the catalogue's order.
LIKELY = {
    2: ("linear", "relu", "dropout", "batch_norm1d", "output", "softmax"),
    3: ("conv1d", "relu", "max_pool1d", "batch_norm1d", "dropout", "flatten"),
    4: ("conv2d", "relu", "max_pool2d", "batch_norm2d", "dropout2d", "flatten", "global_avg_pool"),
}
WEIGHTED = ("linear", "conv1d", "conv2d", "conv_transpose2d")
AFTER_WEIGHTS = ("relu", "batch_norm1d", "batch_norm2d")


class Wiring:
    """Tells of many possible wires of one drawing whether they can be drawn: made when a drag begins."""

    def __init__(self, graph: Graph[Layer], report: Report) -> None:
        self._graph, self._report = graph, report
        self._before: dict[str, frozenset[str]] = {}

    def fault(self, source: Outlet, target: Inlet) -> Text | None:
        """Why this wire cannot be drawn, or None where it can.

        A wire that is already at the input would give way. Inputs that are still missing are no fault, nor is a value
        that is not known yet.
        """
        if source.node == target.node:
            return text("A node cannot be wired to itself.")
        if target.node in self._leads_to(source.node):
            return text("{source} depends on {target}: this wire would close a circle.", **_ends(source, target))
        node = self._graph.nodes[target.node]
        port = next((port for port in type(node.layer).about.inputs if port.name == target.port), None)
        if isinstance(node.layer, Unknown):
            return None
        if port is None:
            return text("{node} has no input “{port}”.", node=target.node, port=target.port)
        arguments = self._arguments(source, target)
        fault = judge(node.layer, arguments).fault if arguments is not None else None
        return fault_text(target.node, fault) if fault else None

    def _leads_to(self, name: str) -> frozenset[str]:
        """All nodes whose values flow into a node."""
        if name not in self._before:
            self._before[name] = upstream(self._graph, name)
        return self._before[name]

    def _arguments(self, source: Outlet, target: Inlet) -> Arguments | None:
        """What would come into the target's node; None where one of its values is missing or not known."""
        node = self._graph.nodes[target.node]
        found: list[Spec | None] = []
        for port in type(node.layer).about.inputs:
            sources = node.inputs.get(port.name, ())
            if port.name == target.port:
                sources = (*sources[: target.slot], source, *sources[target.slot + 1 :])
            specs = [spec_at(self._graph.nodes, self._report.specs, s) for s in _taken(port, sources)]
            if None in specs or not (specs or port.optional):
                return None
            found += specs or [None]
        return tuple(found)


def _taken(port: InputPort, sources: tuple[Outlet, ...]) -> tuple[Outlet, ...]:
    return sources if port.variadic else sources[:1]


def _ends(source: Outlet, target: Inlet) -> dict[str, str]:
    return {"source": source.node, "target": target.node}


def upstream(graph: Graph[Layer], name: str) -> frozenset[str]:
    """All nodes whose values flow into a node, without itself unless it lies on a circle."""
    found: set[str] = set()
    stack = [name]
    while stack:
        for source in sources_of(graph.nodes[stack.pop()]):
            if source not in found and source in graph.nodes:
                found.add(source)
                stack.append(source)
    return frozenset(found)


def free_inlets(graph: Graph[Layer], name: str) -> list[Inlet]:
    """The inputs of a node that a wire may still be drawn to; a port that takes several always has one more."""
    node = graph.nodes[name]
    free = []
    for port in type(node.layer).about.inputs:
        taken = len(node.inputs.get(port.name, ()))
        if port.variadic or not taken:
            free.append(Inlet(name, port.name, taken))
    return free


def layers_after(report: Report, source: Outlet, graph: Graph[Layer] | None = None) -> list[str]:
    """The types of layer that take what comes out of an outlet, with their default parameters, likely ones first.

    With the drawing given, what lies before is minded: after weights comes an activation. Where the value is not
    known, every layer that has an input.
    """
    value = _value(report, source, graph)
    kinds = [id for id, cls in catalogue().items() if cls.about.inputs and (value is None or _takes(id, value))]
    before = type(graph.nodes[source.node].layer).about.id if graph else ""
    first = _likely(value.rank if value else IMAGE_RANK, before)
    return sorted(kinds, key=lambda id: first.index(id) if id in first else len(first))


def outcome(layer: Layer, values: tuple[Spec, ...]) -> tuple[Spec, ...]:
    """What a layer would make of these values, in the order of its ports: a single one at all of them. Empty where it
    takes no such values."""
    ports = [port for port in layer.about.inputs if not port.optional]
    given = values[:1] * max(len(ports), 1) if len(values) == 1 else values
    return judge(layer, given).outputs or ()


def fitted(layer: Layer, values: Sequence[Spec | None], kept: Collection[str] = ()) -> Layer:
    """A block with the parameter that the first fix sets where it does not take these values, one for each port.

    The same where it takes them, where one is not known, where another fix comes first, or one that changes a
    parameter which is to be kept. Layers of the catalogue stay as they are: their defaults are PyTorch's.
    """
    known = layer.made and len(values) == len(layer.about.inputs) and None not in values
    fault = judge(layer, tuple(values)).fault if known else None
    fix = next(iter(fault.fixes), None) if fault else None
    if not isinstance(fix, SetParameter) or fix.parameter in kept:
        return layer
    return with_parameters(layer, **{fix.parameter: msgspec.to_builtins(fix.value)})


def _value(report: Report, source: Outlet, graph: Graph[Layer] | None) -> Spec | None:
    if graph is not None:
        return spec_at(graph.nodes, report.specs, source)
    made = report.specs.get(source.node, ())
    return made[0] if made else None


@lru_cache(maxsize=4096)
def _takes(id: str, value: Spec) -> bool:
    """Whether a layer takes the value, at all of its ports where it has several."""
    layer = catalogue()[id]()
    ports = [port for port in layer.about.inputs if not port.optional]
    return judge(layer, tuple([value] * max(len(ports), 1))).fault is None


def _likely(rank: int, before: str) -> list[str]:
    likely = LIKELY.get(rank, ("linear", "relu", "dropout"))
    if before in WEIGHTED:
        return [*(id for id in AFTER_WEIGHTS if id in likely), *(id for id in likely if id not in AFTER_WEIGHTS)]
    return [*(id for id in likely if id != before or id in WEIGHTED), before]
