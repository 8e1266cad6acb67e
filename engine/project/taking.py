"""Taking single changes over from another version of a project."""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from engine.graph import Graph, Inlet, Node, Outlet
from engine.graph.edits import rename
from engine.layers import Layer

Inputs = Mapping[str, tuple[Outlet, ...]]


def take_nodes(here: Graph[Layer], there: Graph[Layer], names: Collection[str]) -> Graph[Layer]:
    """With these nodes as they are there.

    One that is not there goes, one that is not here comes, each with the wires that it has there on both sides.
    One of both takes layer, label and the order of its inputs; which wires it has is a matter of its own.
    """
    nodes = {name: node for name, node in here.nodes.items() if name not in names or name in there.nodes}
    for name in names:
        if name in there.nodes and name in nodes:
            nodes[name] = _as_there(nodes[name], there.nodes[name])
        elif name in there.nodes:
            nodes[name] = there.nodes[name]
    exchanged = {name for name in names if (name in here.nodes) != (name in there.nodes)}
    for inlet in _fed_by((here, there), exchanged):
        if inlet.node in nodes and inlet.node in there.nodes and inlet.node not in exchanged:
            nodes[inlet.node] = _with_port(nodes[inlet.node], there.nodes[inlet.node], inlet.port)
    places = {name: place for name, place in {**there.places, **here.places}.items() if name in nodes}
    return _without_hanging(replace(here, nodes=nodes, places=places), here)


def take_port(here: Graph[Layer], there: Graph[Layer], node: str, port: str) -> Graph[Layer]:
    """With the wires into a port as they are there."""
    nodes = {**here.nodes, node: _with_port(here.nodes[node], there.nodes[node], port)}
    return _without_hanging(replace(here, nodes=nodes), here)


def take_name(here: Graph[Layer], new: str, old: str) -> Graph[Layer]:
    """With a node called as it was."""
    return rename(here, new, old) if new in here.nodes and old not in here.nodes else here


def _as_there(here: Node[Layer], there: Node[Layer]) -> Node[Layer]:
    inputs = dict(here.inputs)
    for port, sources in there.inputs.items():
        if sorted(sources) == sorted(inputs.get(port, ())):
            inputs[port] = sources
    return replace(here, layer=there.layer, label=there.label, inputs=inputs)


def _fed_by(graphs: Collection[Graph[Layer]], names: Collection[str]) -> set[Inlet]:
    """The inputs that these nodes feed in any of the drawings."""
    return {wire.target for graph in graphs for wire in graph.wires() if wire.source.node in names}


def _with_port(here: Node[Layer], there: Node[Layer], port: str) -> Node[Layer]:
    kept: dict[str, tuple[Outlet, ...]] = {key: value for key, value in here.inputs.items() if key != port}
    if sources := there.inputs.get(port):
        kept[port] = sources
    return replace(here, inputs=kept)


def _without_hanging(graph: Graph[Layer], before: Graph[Layer]) -> Graph[Layer]:
    """Without wires from nodes that are not there, unless they hung before."""
    hung = {wire.source.node for wire in before.wires()} - before.nodes.keys()
    nodes = {}
    for name, node in graph.nodes.items():
        inputs = {
            port: kept
            for port, sources in node.inputs.items()
            if (kept := tuple(s for s in sources if s.node in graph.nodes or s.node in hung))
        }
        nodes[name] = node if inputs == node.inputs else replace(node, inputs=inputs)
    return replace(graph, nodes=nodes)
