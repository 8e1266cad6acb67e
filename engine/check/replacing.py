"""Which types of layer could stand in the place of others."""

from collections.abc import Iterable

from engine.check.fixes import replaced
from engine.check.judge import judge
from engine.check.report import Report
from engine.check.wiring import arguments_from, wires_of
from engine.graph import Graph, edits
from engine.layers import Layer, catalogue, layer_type

LOOKED_AT = 8


def layers_instead(graph: Graph[Layer], report: Report, names: Iterable[str]) -> list[str]:
    """The types that take what comes into these nodes, with as many wires; those of the same family first.

    Of many nodes, the first few whose layers differ are looked at.
    """
    asked = list(names)
    first = {graph.nodes[name].layer: name for name in reversed(asked)}
    looked_at = list(first.values())[-LOOKED_AT:]
    kinds = {layer_type(layer) for layer in first}
    families = {type(layer).about.family for layer in first}
    small = edits.piece(graph, {*looked_at, *_sources(graph, looked_at)})
    found = [
        id
        for id, cls in catalogue().items()
        if kinds != {id} and all(_takes(small, report, name, cls) for name in looked_at)
    ]
    return sorted(found, key=lambda id: catalogue()[id].about.family not in families)


def _sources(graph: Graph[Layer], names: list[str]) -> set[str]:
    return {wire.source.node for name in names for wire in graph.into(name)} & graph.nodes.keys()


def _takes(graph: Graph[Layer], report: Report, name: str, cls: type[Layer]) -> bool:
    """Whether a class at this node takes its wires, all of them, and what comes through them."""
    if bool(cls.about.outputs) != bool(type(graph.nodes[name].layer).about.outputs):
        return False
    nodes = replaced(graph, name, cls()).nodes
    wires = wires_of(nodes, name)
    if wires.problems or wires.slots is None:
        return False
    arguments = arguments_from(wires, report.specs)
    return arguments is None or judge(nodes[name].layer, arguments).fault is None
