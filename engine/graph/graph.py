"""The drawing: nodes by name, each with the wires that come into it, and where each lies on the canvas."""

from collections.abc import Iterator, Mapping
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

from engine.graph.annotations import Annotations

LayerT = TypeVar("LayerT")

Flow: TypeAlias = Literal["down", "right"]
"""Where values go on the canvas: from top to bottom, or from left to right."""


class Outlet(NamedTuple):
    """Where a value comes from: an output port of a node."""

    node: str
    port: str


class Inlet(NamedTuple):
    """Where a value goes: an input port of a node, and which place in it where the port takes several."""

    node: str
    port: str
    slot: int = 0


class Wire(NamedTuple):
    """A value's way from an output port to an input port."""

    source: Outlet
    target: Inlet


class Place(NamedTuple):
    """The upper left corner of a node's card on the canvas, in pixels at 100%."""

    x: float
    y: float


class Node(msgspec.Struct, Generic[LayerT], frozen=True):
    """A layer in the drawing with the wires that come into it.

    `inputs` maps an input port to its sources: one, or several where the port takes a variable number.
    A port without a wire has no entry. `label` is free text of the user.
    """

    layer: LayerT
    inputs: Mapping[str, tuple[Outlet, ...]] = {}
    label: str = ""


class Graph(msgspec.Struct, Generic[LayerT], frozen=True):
    """An immutable drawing. Edits (`engine.graph.edits`) give another one; nobody changes its dictionaries."""

    nodes: Mapping[str, Node[LayerT]] = {}
    places: Mapping[str, Place] = {}
    annotations: Annotations = Annotations()
    flow: Flow = "down"

    def wires(self) -> Iterator[Wire]:
        """All wires, in the order of the nodes that they go into."""
        for name in self.nodes:
            yield from self.into(name)

    def into(self, name: str) -> Iterator[Wire]:
        """The wires that come into a node."""
        for port, sources in self.nodes[name].inputs.items():
            for slot, source in enumerate(sources):
                yield Wire(source, Inlet(name, port, slot))

    def out_of(self, name: str) -> Iterator[Wire]:
        """The wires that leave a node: looks at every wire of the drawing."""
        return (wire for wire in self.wires() if wire.source.node == name)

    def source(self, inlet: Inlet) -> Outlet | None:
        """What is wired to an input, if anything is."""
        node = self.nodes.get(inlet.node)
        sources = node.inputs.get(inlet.port, ()) if node else ()
        return sources[inlet.slot] if inlet.slot < len(sources) else None
