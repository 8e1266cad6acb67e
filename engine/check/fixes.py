"""Fixes carried out: from what would mend a problem to another drawing."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from engine.graph import (
    AddNode,
    Connect,
    Disconnect,
    Fix,
    Graph,
    Inlet,
    InsertLayer,
    Node,
    Outlet,
    Place,
    RemoveNode,
    Replace,
    SetParameter,
    edits,
    free_name,
)
from engine.layers import Layer, layer_class, make_layer, plain, read_as, with_parameters

GAP = 60.0  # pixels at 100% between cards
CARD = 180.0  # roughly a card's width


def apply_fix(graph: Graph[Layer], fix: Fix) -> Graph[Layer]:
    """The drawing with the fix carried out. Raises Failure where a parameter's value is not allowed."""
    match fix:
        case SetParameter(parameter, value, node):
            changed = with_parameters(graph.nodes[node].layer, **{parameter: msgspec.to_builtins(value)})
            return edits.set_layer(graph, node, changed)
        case InsertLayer():
            return _insert(graph, fix)
        case RemoveNode(node):
            return edits.remove(graph, [node])
        case Replace(layer, parameters, node):
            return _replace(graph, node, _kept(graph.nodes[node].layer, layer, dict(parameters)))
        case Connect(source, target):
            return edits.connect(graph, source, target)
        case Disconnect(target):
            return edits.disconnect(graph, target)
        case AddNode(layer, parameters, source):
            return _add(graph, make_layer(layer, _plain(parameters)), source)


def replaced(graph: Graph[Layer], name: str, layer: Layer) -> Graph[Layer]:
    """With a layer of another class at a node: its wires are kept, and those parameters of the old one that the new
    one has too and leaves at their defaults."""
    kept = _shared(graph.nodes[name].layer, type(layer))
    return _replace(graph, name, read_as(type(layer), {**kept, **plain(layer)}, []))


def _plain(parameters: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return {name: msgspec.to_builtins(value) for name, value in parameters}


def _insert(graph: Graph[Layer], fix: InsertLayer) -> Graph[Layer]:
    """With a node between what is wired to an input and that input, its card between theirs."""
    target = Inlet(fix.node, fix.port, fix.slot)
    source = graph.source(target)
    if source is None:
        raise KeyError(target)
    about = layer_class(fix.layer).about
    name = free_name(about.stem, graph.nodes)
    place = _between(graph.places.get(source.node), graph.places.get(fix.node))
    wider = edits.add(graph, name, make_layer(fix.layer, _plain(fix.parameters)), place)
    return edits.insert(wider, name, target, (about.inputs[0].name, about.outputs[0]))


def _between(left: Place | None, right: Place | None) -> Place | None:
    if left and right:
        return Place((left.x + right.x) / 2, (left.y + right.y) / 2)
    return right or left


def _add(graph: Graph[Layer], layer: Layer, source: Outlet | None) -> Graph[Layer]:
    """With a node more, to the right of what it is wired to; an input to the left of everything."""
    about = type(layer).about
    name = free_name(about.stem, graph.nodes)
    wider = edits.add(graph, name, layer, _beside(graph, source, first=not about.inputs))
    return edits.connect(wider, source, Inlet(name, about.inputs[0].name)) if source else wider


def _beside(graph: Graph[Layer], source: Outlet | None, first: bool) -> Place:
    if source and source.node in graph.places:
        place = graph.places[source.node]
        return Place(place.x + CARD + GAP, place.y)
    if not graph.places:
        return Place(0, 0)
    edge = (min if first else max)(graph.places.values())
    return Place(edge.x + (-1 if first else 1) * (CARD + GAP), edge.y)


def _kept(old: Layer, kind: str, given: Mapping[str, Any]) -> Layer:
    """A layer of another kind with these parameters, and of the rest those of the old layer that it takes too."""
    cls = layer_class(kind)
    return with_parameters(read_as(cls, _shared(old, cls), []), **_plain(tuple(given.items())))


def _shared(old: Layer, cls: type[Layer]) -> dict[str, Any]:
    """The parameters of a layer that differ from their default and that the other class has too."""
    names = {parameter.name for parameter in cls.about.parameters}
    return {name: value for name, value in plain(old).items() if name in names}


def _replace(graph: Graph[Layer], name: str, layer: Layer) -> Graph[Layer]:
    """With another layer at a node; wires keep their ports by name, and where that is gone by their order."""
    old, new = type(graph.nodes[name].layer).about, type(layer).about
    incoming = _renaming([port.name for port in old.inputs], [port.name for port in new.inputs])
    outgoing = _renaming(old.outputs, new.outputs)
    node = graph.nodes[name]
    inputs = {incoming.get(port, port): sources for port, sources in node.inputs.items()}
    nodes = {**graph.nodes, name: replace(node, layer=layer, inputs=inputs)}
    if outgoing:
        nodes = {other: _from_ports(taker, name, outgoing) for other, taker in nodes.items()}
    return replace(graph, nodes=nodes)


def _renaming(old: list[str] | tuple[str, ...], new: list[str] | tuple[str, ...]) -> dict[str, str]:
    """Which ports go by another name now: those that are gone, to the new ones in the same place."""
    return {was: now for was, now in zip(old, new, strict=False) if was not in new and now not in old}


def _from_ports(node: Node[Layer], source: str, ports: Mapping[str, str]) -> Node[Layer]:
    if all(outlet.node != source for outlets in node.inputs.values() for outlet in outlets):
        return node
    moved = {
        port: tuple(Outlet(o.node, ports.get(o.port, o.port)) if o.node == source else o for o in outlets)
        for port, outlets in node.inputs.items()
    }
    return replace(node, inputs=moved)
