"""An instance of a block resolved into the nodes that it stands for."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from engine.blocks.inside import inputs_of, outputs_of
from engine.blocks.instances import output_ports
from engine.blocks.layer import BlockLayer
from engine.blocks.values import with_values
from engine.graph import Graph, Node, Outlet, Place, free_name
from engine.graph.flow import COLUMN, ROW, along, beside, place_at, turned
from engine.layers import Layer
from engine.text import Failure, text

Sources = tuple[Outlet, ...]


class Unpacked(NamedTuple):
    """The drawing with the nodes in place of the instance, and their names."""

    graph: Graph[Layer]
    names: tuple[str, ...]


def unpack(graph: Graph[Layer], name: str) -> Unpacked:
    """The drawing with what is in an instance in its place: values put in, repeats one after the other.

    Raises Failure where a node inside does not take the instance's values.
    """
    instance = graph.nodes[name]
    layer = instance.layer
    if not isinstance(layer, BlockLayer):
        raise KeyError(name)
    drawn, refused = with_values(layer.block, layer.values)
    for inner, fault in refused.items():
        raise Failure(text("In {layer}: {fault}", layer=name, fault=text("{node}: {fault}", node=inner, fault=fault)))
    taken = {other for other in graph.nodes if other != name}
    last: dict[str, str] = {}
    arriving: dict[str, Sources] = {port: instance.inputs.get(port, ()) for port in inputs_of(drawn)}
    nodes: dict[str, Node[Layer]] = {}
    copies: list[dict[str, str]] = []
    leaving: dict[str, Sources] = {}
    for _ in range(layer.repeat):
        names = _names(drawn, taken, last)
        copies.append(names)
        nodes |= _copy(drawn, names, arriving)
        leaving = {port: _leaving(drawn, node, names, arriving) for node, port in output_ports(drawn).items()}
        arriving = dict.fromkeys(arriving, ()) | dict(zip(arriving, leaving.values(), strict=False))
    merged: dict[str, Node[Layer]] = {}
    for other, node in graph.nodes.items():
        merged |= nodes if other == name else {other: _taking(node, name, leaving)}
    nodes = {new: _taking(node, name, leaving) for new, node in merged.items()}
    places = _places(graph, name, drawn, copies)
    return Unpacked(replace(graph, nodes=nodes, places=places), tuple(_all(copies)))


def _names(drawn: Graph[Layer], taken: set[str], last: dict[str, str]) -> dict[str, str]:
    """The names of the nodes of a copy in the drawing: their own, or the next free ones. Both sets are kept up."""
    ports = {*inputs_of(drawn), *outputs_of(drawn)}
    found: dict[str, str] = {}
    for name in drawn.nodes:
        if name not in ports:
            found[name] = last[name] = free_name(last.get(name, name), taken) if name in taken else name
            taken.add(found[name])
    return found


def _copy(drawn: Graph[Layer], names: Mapping[str, str], arriving: Mapping[str, Sources]) -> dict[str, Node[Layer]]:
    nodes = {}
    for name, new in names.items():
        node = drawn.nodes[name]
        found = {port: _resolved(sources, names, arriving) for port, sources in node.inputs.items()}
        nodes[new] = replace(node, inputs={port: sources for port, sources in found.items() if sources})
    return nodes


def _leaving(drawn: Graph[Layer], node: str, names: Mapping[str, str], arriving: Mapping[str, Sources]) -> Sources:
    """What comes out of a port of a copy."""
    return _resolved(drawn.nodes[node].inputs.get("value", ())[:1], names, arriving)


def _resolved(sources: Sources, names: Mapping[str, str], arriving: Mapping[str, Sources]) -> Sources:
    """Sources inside as they are outside: a port is what comes into it."""
    found: list[Outlet] = []
    for source in sources:
        if source.node in arriving:
            found += arriving[source.node]
        else:
            found.append(Outlet(names.get(source.node, source.node), source.port))
    return tuple(found)


def _taking(node: Node[Layer], instance: str, leaving: Mapping[str, Sources]) -> Node[Layer]:
    """The node with what it took from the instance now taken from inside."""
    if all(source.node != instance for sources in node.inputs.values() for source in sources):
        return node
    inputs = {}
    for port, sources in node.inputs.items():
        found = [new for s in sources for new in (leaving.get(s.port, ()) if s.node == instance else (s,))]
        if found:
            inputs[port] = tuple(found)
    return replace(node, inputs=inputs)


def _all(copies: list[dict[str, str]]) -> list[str]:
    return [name for names in copies for name in names.values()]


def _places(graph: Graph[Layer], name: str, drawn: Graph[Layer], copies: list[dict[str, str]]) -> dict[str, Place]:
    """Copies one after the other where the instance stood; what stood in their way after it moves on."""
    flow = graph.flow
    places = {other: place for other, place in graph.places.items() if other != name}
    here = graph.places.get(name)
    drawn_places = turned(drawn.places, drawn.flow, flow)
    inner = {old: drawn_places[old] for old in copies[0] if old in drawn_places}
    if here is None or not inner:
        return places
    begin, left = min(along(flow, p) for p in inner.values()), min(beside(flow, p) for p in inner.values())
    length = max(along(flow, p) for p in inner.values()) - begin + ROW[flow]
    wide = max(beside(flow, p) for p in inner.values()) - left
    head, start = along(flow, here), beside(flow, here) - wide / 2
    near = (start - COLUMN[flow], start + wide + COLUMN[flow])
    ahead = [along(flow, p) for p in places.values() if along(flow, p) > head and near[0] < beside(flow, p) < near[1]]
    push = max(head + len(copies) * length - min(ahead), 0) if ahead else 0
    for other, place in places.items():
        if along(flow, place) > head:
            places[other] = place_at(flow, along(flow, place) + push, beside(flow, place))
    for number, names in enumerate(copies):
        on = head - begin + number * length
        for old, place in inner.items():
            places[names[old]] = place_at(flow, along(flow, place) + on, start + beside(flow, place) - left)
    return places
