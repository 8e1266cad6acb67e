"""Small builders that many tests use."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine.graph import Graph, Node, Outlet
from engine.layers import Layer, make_layer

Draw = Callable[[Mapping[str, tuple[Any, ...]]], Graph[Layer]]


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Draws {"conv1": ("conv2d", {"out_channels": 4}, "image")}: type, parameters and the sources, port by port.

    A port that takes several takes all that are left.
    """

    def drawn(nodes: Mapping[str, tuple[Any, ...]]) -> Graph[Layer]:
        made = {}
        for name, (kind, parameters, *sources) in nodes.items():
            layer = make_layer(kind, parameters)
            made[name] = Node(layer, _inputs(layer, [Outlet(source, "output") for source in sources]))
        return Graph(made)

    return drawn


def _inputs(layer: Layer, sources: list[Outlet]) -> dict[str, tuple[Outlet, ...]]:
    inputs = {}
    for port in type(layer).about.inputs:
        taken = sources if port.variadic else sources[:1]
        if taken:
            inputs[port.name] = tuple(taken)
        sources = sources[len(taken) :]
    return inputs
