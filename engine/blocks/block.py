"""A block: a drawing of its own with ports and parameters, used as a layer wherever it is wanted."""

from typing import Any, NamedTuple

import msgspec

from engine.graph import Graph
from engine.layers import Layer


class Target(NamedTuple):
    """A parameter of a node inside that a lifted one sets; a number is set `times` as large."""

    node: str
    parameter: str
    times: int = 1


class Lifted(msgspec.Struct, frozen=True):
    """A parameter on the block's face. All targets are of one type; `default` is what an instance starts with."""

    name: str
    targets: tuple[Target, ...]
    default: Any
    help: str = ""


class Block(msgspec.Struct, frozen=True):
    """The definition that all instances share: the drawing inside, what is lifted to the face, a sentence about it.

    Inside, `block_input` nodes are the input ports and `block_output` nodes the output ports, in the drawing's
    order, under the nodes' names (a single output port is called "output", as every layer's).
    """

    graph: Graph[Layer]
    parameters: tuple[Lifted, ...] = ()
    summary: str = ""
