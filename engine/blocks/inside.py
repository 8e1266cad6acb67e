"""What is in an instance of a block, given what comes to its ports: drawing, report, cost, weights."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from msgspec.structs import replace

from engine.blocks.block import Block
from engine.blocks.values import with_values
from engine.check.checker import Checker
from engine.check.report import Cost, Problem, Report
from engine.check.wiring import arguments_from, spec_at, wires_of
from engine.graph import Graph, Node, Spec
from engine.layers import Layer
from engine.layers.block_input import BlockInput
from engine.layers.block_output import BlockOutput
from engine.text import Text, text

MOST_COPIES = 2000  # how many blocks may be in a block, repeats and blocks within blocks counted
MOST_DEPTH = 16  # blocks within blocks


class Instance(Protocol):
    """What is asked of an instance here; `engine.blocks.layer.BlockLayer` is one."""

    @property
    def block(self) -> Block: ...
    @property
    def repeat(self) -> int: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


class Given(BlockInput, frozen=True, cache_hash=True):
    """A block's input with what really arrives there, in place of the example that it was drawn with."""

    arriving: Any = None

    def infer(self) -> Spec:
        return self.arriving if isinstance(self.arriving, Spec) else super().infer()


Given.about = BlockInput.about


class Inside(NamedTuple):
    """What is in one repeat of an instance: the drawing with the instance's values in it, and the report on it."""

    graph: Graph[Layer]
    report: Report


def look_inside(layer: Instance, arriving: tuple[Spec, ...], offers: bool = False) -> tuple[Inside, ...]:
    """One for each repeat, until one has an error. `offers`: its problems come with fixes."""
    graph, refused = with_values(layer.block, layer.values)
    checker = Checker(inner=True, offers=offers)
    found: list[Inside] = []
    while len(found) < layer.repeat:
        fed = _fed(graph, arriving)
        one = Inside(fed, _with_refused(checker.update(fed), refused))
        found.append(one)
        leaving = results(one)
        if not one.report.ok or len(leaving) != len(arriving):
            break
        if leaving == arriving:  # so it goes on
            found += [one] * (layer.repeat - len(found))
        arriving = leaving
    return tuple(found)


def inputs_of(graph: Graph[Layer]) -> tuple[str, ...]:
    """The nodes of a block's drawing that are its input ports, in order."""
    return tuple(name for name, node in graph.nodes.items() if isinstance(node.layer, BlockInput))


def outputs_of(graph: Graph[Layer]) -> tuple[str, ...]:
    """The nodes of a block's drawing that are its output ports, in order."""
    return tuple(name for name, node in graph.nodes.items() if isinstance(node.layer, BlockOutput))


def results(one: Inside) -> tuple[Spec, ...]:
    """What leaves a repeat without errors, one spec an output port."""
    return tuple(_results(one))


def cost_of(found: tuple[Inside, ...]) -> Cost:
    """Of all repeats together. What arrives was counted where it was made."""
    costs = {id(one): _cost(one) for one in found}
    each = [costs[id(one)] for one in found]
    return Cost(
        sum(cost.parameters for cost in each),
        sum(cost.flops for cost in each),
        sum(cost.activation_bytes for cost in each),
    )


def weights_of(found: tuple[Inside, ...]) -> dict[str, tuple[int, ...]]:
    """The shapes of all weights under PyTorch's names: "conv1.weight"; of several repeats "0.conv1.weight"."""
    inner = {id(one): dict(_weights(one)) for one in found}
    if len(found) == 1:
        return inner[id(found[0])]
    return {f"{number}.{name}": shape for number, one in enumerate(found) for name, shape in inner[id(one)].items()}


def _fed(graph: Graph[Layer], arriving: tuple[Spec, ...]) -> Graph[Layer]:
    given = {
        name: replace(graph.nodes[name], layer=_given(graph.nodes[name], spec))
        for name, spec in zip(inputs_of(graph), arriving, strict=True)
    }
    return replace(graph, nodes={name: given.get(name, node) for name, node in graph.nodes.items()})


def _given(node: Node[Layer], spec: Spec) -> Given:
    layer = node.layer
    assert isinstance(layer, BlockInput)
    return Given(layer.shape, layer.dtype, spec)


def _with_refused(report: Report, refused: Mapping[str, Text]) -> Report:
    """The report with the nodes that do not take the instance's values, before anything else."""
    if not refused:
        return report
    problems = [
        Problem("parameter", name, "", "error", text("{node}: {fault}", node=name, fault=fault))
        for name, fault in refused.items()
    ]
    return replace(report, problems=(*problems, *report.problems))


def _results(one: Inside) -> Iterator[Spec]:
    nodes = one.graph.nodes
    for name in outputs_of(one.graph):
        for source in nodes[name].inputs.get("value", ())[:1]:
            if (spec := spec_at(nodes, one.report.specs, source)) is not None:
                yield spec


def _cost(one: Inside) -> Cost:
    total = one.report.total
    arrived = sum(one.report.costs[name].activation_bytes for name in inputs_of(one.graph) if name in one.report.costs)
    return replace(total, activation_bytes=total.activation_bytes - arrived)


def _weights(one: Inside) -> Iterator[tuple[str, tuple[int, ...]]]:
    nodes = one.graph.nodes
    for name in one.report.order:
        arguments = arguments_from(wires_of(nodes, name), one.report.specs)
        for weight, shape in nodes[name].layer.weights(*arguments).items() if arguments is not None else ():
            yield f"{name}.{weight}", shape


@lru_cache(maxsize=256)
def copies(layer: Instance) -> int:
    """How many blocks an instance comes to, repeats and blocks within it counted."""
    graph, _ = with_values(layer.block, layer.values)
    inner = [node.layer for node in graph.nodes.values() if node.layer.made]
    return layer.repeat * (1 + sum(copies(one) for one in inner))
