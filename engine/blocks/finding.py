"""Finds nodes in a drawing and in the blocks that it uses."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.blocks.inside import MOST_DEPTH
from engine.blocks.layer import BlockLayer, inside
from engine.check.checker import Checker
from engine.check.finding import find
from engine.check.report import Report
from engine.check.wiring import arguments_from, wires_of
from engine.graph import Graph, Node, Spec
from engine.layers import Layer


class Found(NamedTuple):
    """A node, the instances that lead to it, and what comes out of it there: of several repeats, of the first."""

    way: tuple[str, ...]
    node: Node[Layer]
    specs: tuple[Spec, ...]

    @property
    def name(self) -> str:
        """The way to it: "stage1/conv1"."""
        return "/".join(self.way)


def find_deep(graph: Graph[Layer], report: Report, query: str) -> list[Found]:
    """The nodes for which a query holds: those of the drawing, as `find` orders them, then those in its blocks."""
    return list(_found(graph, report, query, ()))


def _found(graph: Graph[Layer], report: Report, query: str, way: tuple[str, ...]) -> Iterator[Found]:
    for name in find(graph, report, query):
        yield Found((*way, name), graph.nodes[name], report.specs.get(name, ()))
    if len(way) < MOST_DEPTH:
        for name in report.order:
            layer = graph.nodes[name].layer
            if isinstance(layer, BlockLayer):
                yield from _found(*_within(graph, report, name, layer), query, (*way, name))


def _within(graph: Graph[Layer], report: Report, name: str, layer: BlockLayer) -> tuple[Graph[Layer], Report]:
    """What is in an instance: with what comes to it, or by itself where that is not known."""
    arriving = arguments_from(wires_of(graph.nodes, name), report.specs)
    if arriving is not None and None not in arriving:
        repeats = inside(layer, *(spec for spec in arriving if spec is not None))
        if repeats:
            return repeats[0].graph, repeats[0].report
    return layer.block.graph, Checker(inner=True, offers=False).update(layer.block.graph)
