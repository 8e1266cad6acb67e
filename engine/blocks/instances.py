"""All instances brought into line with their definitions: what every edit of blocks ends with."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from msgspec.structs import replace

from engine.blocks.block import Block
from engine.blocks.declaring import block_layer
from engine.blocks.inside import inputs_of, outputs_of
from engine.blocks.layer import BlockLayer
from engine.blocks.lifting import retargeted, settled
from engine.graph import Graph, Node, Outlet
from engine.layers import Layer, plain, read_as
from engine.text import Failure, text

Names = Mapping[str, str]


class Change(NamedTuple):
    """What goes by another name at a block's instances: the block itself, its parameters, its ports."""

    name: str
    parameters: Names = {}
    inputs: Names = {}
    outputs: Names = {}


def used_blocks(graph: Graph[Layer]) -> tuple[str, ...]:
    """The names of the blocks that have instances in a drawing."""
    return tuple(dict.fromkeys(node.layer.name for node in graph.nodes.values() if isinstance(node.layer, BlockLayer)))


def in_order(uses: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Names, each after those that it uses, and otherwise as they are. Raises Failure where one uses itself."""
    try:
        list(TopologicalSorter(uses).static_order())
    except CycleError as error:
        way = " → ".join(reversed(error.args[1]))
        raise Failure(text("A block cannot contain itself: {way}.", way=way)) from None
    found: dict[str, None] = {}
    for name in uses:
        _put(name, uses, found)
    return tuple(found)


def _put(name: str, uses: Mapping[str, Iterable[str]], found: dict[str, None]) -> None:
    """Appends the name after all that it uses; with a stack of its own, since chains may be long."""
    stack = [(name, iter(uses[name]))]
    while stack:
        current, rest = stack[-1]
        missing = next((used for used in rest if used not in found), None)
        if missing is None:
            found[current] = None
            stack.pop()
        else:
            stack.append((missing, iter(uses[missing])))


def in_line(
    networks: Mapping[str, Graph[Layer]], blocks: Mapping[str, Block], changes: Mapping[str, Change] = {}
) -> tuple[dict[str, Graph[Layer]], dict[str, Block]]:
    """Networks and blocks with every instance made of the definition that its block has now; `changes` by old name.

    `blocks` are the definitions, in order, drawings with old instances among them. Instances keep their values and
    their wires. Raises Failure where a block contains itself.
    """
    renamed = {old: change.name for old, change in changes.items()}
    uses = {
        name: [now for used in used_blocks(block.graph) if (now := renamed.get(used, used)) in blocks]
        for name, block in blocks.items()
    }
    classes: dict[str, type[BlockLayer]] = {}
    made: dict[str, Block] = {}
    for name in in_order(uses):
        made[name] = _with_instances(blocks[name], classes, changes)
        classes[name] = block_layer(name, made[name])
    return {name: reclassed(graph, classes, changes) for name, graph in networks.items()}, made


def _with_instances(block: Block, classes: Mapping[str, type[BlockLayer]], changes: Mapping[str, Change]) -> Block:
    """A definition with its instances made of these classes, and what it lifts from them."""
    graph = reclassed(block.graph, classes, changes)
    if graph is block.graph:
        return block
    renamed = {
        name: change.parameters
        for name, node in block.graph.nodes.items()
        if isinstance(node.layer, BlockLayer) and (change := changes.get(node.layer.name))
    }
    found = retargeted(replace(block, graph=graph), {}, renamed)
    return settled(found, found, {})


def reclassed(
    graph: Graph[Layer], classes: Mapping[str, type[BlockLayer]], changes: Mapping[str, Change] = {}
) -> Graph[Layer]:
    """The drawing with its instances made of these classes, by name; the same object where nothing changes."""
    layers: dict[Layer, Layer] = {}
    nodes: dict[str, Node[Layer]] = {}
    leaving: dict[str, Names] = {}
    for name, node in graph.nodes.items():
        layer = node.layer
        if not isinstance(layer, BlockLayer):
            continue
        change = changes.get(layer.name) or Change(layer.name)
        cls = classes.get(change.name, type(layer))
        if cls is not type(layer):
            if layer not in layers:
                layers[layer] = _carried(layer, cls, change.parameters)
            inputs = {change.inputs.get(port, port): sources for port, sources in node.inputs.items()}
            nodes[name] = replace(node, layer=layers[layer], inputs=inputs)
        if change.outputs:
            leaving[name] = change.outputs
    for name, node in graph.nodes.items() if leaving else ():
        if any(source.node in leaving for sources in node.inputs.values() for source in sources):
            nodes[name] = _from_ports(nodes.get(name, node), leaving)
    return replace(graph, nodes={**graph.nodes, **nodes}) if nodes else graph


def port_changes(old: Graph[Layer], new: Graph[Layer], names: Names) -> tuple[dict[str, str], dict[str, str]]:
    """Which input and output ports go by another name in another drawing of a block. `names` are renamed nodes."""
    inputs = {port: names.get(port, port) for port in inputs_of(old)}
    before, after = output_ports(old), output_ports(new)
    outputs = {port: after[now] for node, port in before.items() if (now := names.get(node, node)) in after}
    return {was: now for was, now in inputs.items() if was != now}, {w: n for w, n in outputs.items() if w != n}


def output_ports(graph: Graph[Layer]) -> dict[str, str]:
    """The name of the port that each output node of a block's drawing is."""
    names = outputs_of(graph)
    return {names[0]: "output"} if len(names) == 1 else {name: name for name in names}


def _carried(layer: BlockLayer, cls: type[BlockLayer], names: Names) -> Layer:
    """An instance of another class with the values that it takes too."""
    known = {parameter.name for parameter in cls.about.parameters}
    values = {names.get(name, name): value for name, value in plain(layer).items()}
    return read_as(cls, {name: value for name, value in values.items() if name in known}, [])


def _from_ports(node: Node[Layer], leaving: Mapping[str, Names]) -> Node[Layer]:
    moved = {
        port: tuple(Outlet(s.node, leaving.get(s.node, {}).get(s.port, s.port)) for s in sources)
        for port, sources in node.inputs.items()
    }
    return replace(node, inputs=moved)
