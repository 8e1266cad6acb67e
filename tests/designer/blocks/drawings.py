"""A network with two instances of a residual block, one of them repeated, drawn for tests."""

from engine.blocks import Block, Lifted, Target, block_layer
from engine.graph import Graph, Node, Outlet
from engine.layers import Layer, make_layer
from engine.project.project import Project


def _from(*names: str) -> tuple[Outlet, ...]:
    return tuple(Outlet(name, "output") for name in names)


def residual() -> Block:
    """x → conv1 → relu1 → add1 with x → y; `channels` on its face."""
    nodes: dict[str, Node[Layer]] = {
        "x": Node(make_layer("block_input", {"shape": [8, 16, 16]})),
        "conv1": Node(make_layer("conv2d", {"out_channels": 8, "padding": [1, 1]}), {"image": _from("x")}),
        "relu1": Node(make_layer("relu", {}), {"value": _from("conv1")}),
        "add1": Node(make_layer("add", {}), {"parts": _from("x", "relu1")}),
        "y": Node(make_layer("block_output", {}), {"value": _from("add1")}),
    }
    return Block(Graph(nodes), (Lifted("channels", (Target("conv1", "out_channels"),), 8),), "Adds what it learned.")


def project() -> Project:
    """image → stem → res1 → res2 (three of them) → flatten1 → linear1 → label."""
    block = residual()
    cls = block_layer("residual", block)
    nodes: dict[str, Node[Layer]] = {
        "image": Node(make_layer("input", {"shape": [1, 16, 16]})),
        "stem": Node(make_layer("conv2d", {"out_channels": 8, "padding": [1, 1]}), {"image": _from("image")}),
        "res1": Node(cls(), {"x": _from("stem")}),
        "res2": Node(cls(repeat=3), {"x": _from("res1")}),
        "flatten1": Node(make_layer("flatten", {}), {"value": _from("res2")}),
        "linear1": Node(make_layer("linear", {"out_features": 10}), {"value": _from("flatten1")}),
        "label": Node(make_layer("output", {}), {"value": _from("linear1")}),
    }
    return Project(networks={"main": Graph(nodes)}, blocks={"residual": block})
