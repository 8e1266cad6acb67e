"""Drawing a template: nodes on a grid, one below the other unless told otherwise."""

from collections.abc import Mapping
from typing import Any

from engine.blocks import Block, BlockLayer, block_layer
from engine.blocks.library import library_block
from engine.graph import Graph, Node, Outlet, Place
from engine.graph.flow import GRID, ROW
from engine.layers import Layer, make_layer, with_parameters
from engine.project.project import Project
from engine.project.recipe import Recipe

ASIDE = 11.0 * GRID
"""From a column to the next, a step of the grid more than usual: long wires go between."""


class Drawing:
    """A network being drawn, and the blocks that it uses."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self._nodes: dict[str, Node[Layer]] = {}
        self._places: dict[str, Place] = {}
        self._blocks: dict[str, Block] = {}
        self._row, self._column, self._last = 0, 0, ""
        self.add("image", "input", shape=list(shape))

    def add(self, name: str, layer: str | Layer, *sources: str, **parameters: Any) -> "Drawing":
        """With a node below the last one, fed by it unless sources are named."""
        made = layer if isinstance(layer, Layer) else make_layer(layer, parameters)
        ports = type(made).about.inputs
        outlets = [Outlet(source, "output") for source in sources or ([self._last] if ports else [])]
        wires: dict[str, tuple[Outlet, ...]] = {port.name: (o,) for port, o in zip(ports, outlets, strict=False)}
        if ports and ports[0].variadic:
            wires = {ports[0].name: tuple(outlets)}
        self._nodes[name] = Node(made, wires)
        self._places[name] = Place(self._column * ASIDE, self._row * ROW["down"])
        self._last, self._row = name, self._row + 1
        return self

    def column(self, column: int) -> "Drawing":
        """What is drawn from here on stands in this column."""
        self._column = column
        return self

    def block(self, name: str, block: str, **parameters: Any) -> "Drawing":
        """With an instance of a block of the library, or of one that was put in."""
        made = self._class(block)()
        return self.add(name, with_parameters(made, **parameters))

    def use(self, name: str, block: Block) -> "Drawing":
        """With a block of its own."""
        self._blocks[name] = block
        return self

    def project(self, recipe: Recipe) -> Project:
        """The project without data: any images of the shape will do."""
        return Project({"main": Graph(self._nodes, self._places)}, self._blocks, recipe=recipe)

    def _class(self, name: str) -> type[BlockLayer]:
        if name not in self._blocks:
            self._take_in(name, library_block(name))
        return block_layer(name, self._blocks[name])

    def _take_in(self, name: str, block: Block) -> None:
        """A block after those that it uses."""
        for node in block.graph.nodes.values():
            if isinstance(node.layer, BlockLayer) and node.layer.name not in self._blocks:
                self._take_in(node.layer.name, node.layer.block)
        self._blocks[name] = block


def chained(first: str, example: tuple[int, ...], steps: Mapping[str, tuple[str, dict[str, Any]]]) -> Graph[Layer]:
    """The drawing inside a block that is a chain: {name: (layer, parameters)} between one input and one output."""
    nodes: dict[str, Node[Layer]] = {first: Node(make_layer("block_input", {"shape": list(example)}))}
    last = first
    for name, (layer, parameters) in {**steps, "y": ("block_output", {})}.items():
        made = make_layer(layer, parameters)
        nodes[name] = Node(made, {type(made).about.inputs[0].name: (Outlet(last, "output"),)})
        last = name
    return Graph(nodes, {name: Place(0.0, row * ROW["down"]) for row, name in enumerate(nodes)})
