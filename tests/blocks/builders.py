"""Small drawings to try blocks on."""

from typing import Any

from engine.blocks import Block, Lifted, Target, block_layer
from engine.graph import Graph, Node, Outlet, Place
from engine.layers import Layer, make_layer
from engine.project.project import Project


def outlet(source: str) -> Outlet:
    """ "conv1" is its output called “output”, "split.left" another."""
    name, _, port = source.partition(".")
    return Outlet(name, port or "output")


def node(layer: str | Layer, *sources: str, **parameters: Any) -> Node[Layer]:
    """A node whose input ports these are wired to, one after the other."""
    made = layer if isinstance(layer, Layer) else make_layer(layer, parameters)
    ports = type(made).about.inputs
    if ports and ports[0].variadic:
        return Node(made, {ports[0].name: tuple(map(outlet, sources))} if sources else {})
    return Node(made, {port.name: (outlet(source),) for port, source in zip(ports, sources, strict=False)})


def graph(**nodes: Node[Layer]) -> Graph[Layer]:
    """A drawing with its nodes one below the other."""
    return Graph(nodes, {name: Place(0.0, 96.0 * row) for row, name in enumerate(nodes)})


CHANNELS = Lifted("channels", (Target("conv1", "out_channels"),), 8, "Channels of the result.")


def residual(*parameters: Lifted, channels: int = 8) -> Block:
    """A convolution whose result is added to what came in."""
    drawn = graph(
        x=node("block_input", shape=[channels, 8, 8]),
        conv1=node("conv2d", "x", out_channels=channels, padding="same", bias=False),
        relu1=node("relu", "conv1"),
        sum1=node("add", "relu1", "x"),
        y=node("block_output", "sum1"),
    )
    return Block(drawn, parameters or (CHANNELS,), "A convolution and a shortcut.")


def net(layer: Layer, channels: int = 8) -> Graph[Layer]:
    """An image, an instance and an output."""
    return graph(
        image=node("input", shape=[channels, 8, 8]),
        block1=node(layer, "image"),
        answer=node("output", "block1", loss="mse", metrics=[]),
    )


def project(block: Block, channels: int = 8, name: str = "residual", **parameters: Any) -> Project:
    """A project with one block and one instance of it."""
    return Project({"main": net(block_layer(name, block)(**parameters), channels)}, {name: block})
