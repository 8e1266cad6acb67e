"""An instance's values put into the drawing of its block."""

from collections.abc import Mapping
from typing import Any

import msgspec

from engine.blocks.block import Block, Target
from engine.graph import Graph, edits
from engine.layers import Layer, Unknown, Wrong, with_parameters
from engine.text import Text


def with_values(block: Block, values: Mapping[str, Any]) -> tuple[Graph[Layer], dict[str, Text]]:
    """The drawing with these values of the lifted parameters, and the nodes that do not take theirs, with the reason.

    A node that refuses its values stays as it is.
    """
    graph, refused = block.graph, {}
    for name, wanted in _by_node(block, values).items():
        try:
            graph = edits.set_layer(graph, name, _set(graph.nodes[name].layer, wanted))
        except Wrong as wrong:
            refused[name] = wrong.text
    return graph, refused


def declared(graph: Graph[Layer], target: Target) -> bool:
    """Whether the parameter that a target names is there."""
    node = graph.nodes.get(target.node)
    if node is None or isinstance(node.layer, Unknown):
        return False
    return any(parameter.name == target.parameter for parameter in type(node.layer).about.parameters)


def scaled(value: Any, times: int) -> Any:
    """The value `times` as large where it is a number or a tuple of them."""
    if times == 1 or isinstance(value, bool | str | None):
        return value
    if isinstance(value, tuple):
        return tuple(scaled(one, times) for one in value)
    return value * times


def unscaled(value: Any, times: int) -> Any:
    """What has to be scaled to give this value; None where nothing does."""
    if times == 1 or isinstance(value, bool | str | None):
        return value
    if isinstance(value, list | tuple):
        parts = tuple(unscaled(one, times) for one in value)
        return None if None in parts else parts
    if isinstance(value, int):
        return value // times if value % times == 0 else None
    return value / times


def _by_node(block: Block, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for lifted in block.parameters:
        for target in lifted.targets:
            if lifted.name in values and declared(block.graph, target):
                found.setdefault(target.node, {})[target.parameter] = scaled(values[lifted.name], target.times)
    return found


def _set(layer: Layer, values: Mapping[str, Any]) -> Layer:
    """All at once, since one value may contradict another that is changed too. Raises Wrong."""
    if all(getattr(layer, name) == value for name, value in values.items()):
        return layer
    return with_parameters(layer, **{name: msgspec.to_builtins(value) for name, value in values.items()})
