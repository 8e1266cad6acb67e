"""Edits: functions from a drawing (and what to do) to another drawing. None changes what it is given.

An edit that names a node or wire that is not there raises KeyError: that is a fault of the caller.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from engine.graph.graph import Graph, Inlet, LayerT, Node, Outlet, Place
from engine.graph.names import FreeNames

Inputs = Mapping[str, tuple[Outlet, ...]]


def add(graph: Graph[LayerT], name: str, layer: LayerT, place: Place | None = None) -> Graph[LayerT]:
    """With one node more, without wires. The name must be free."""
    if name in graph.nodes:
        raise KeyError(name)
    places = {**graph.places, name: place} if place else graph.places
    return replace(graph, nodes={**graph.nodes, name: Node(layer)}, places=places)


def remove(graph: Graph[LayerT], names: Iterable[str], heal: bool = True) -> Graph[LayerT]:
    """Without these nodes. A wire through a removed node heals where that node had one source."""
    gone = set(names)
    if missing := gone - graph.nodes.keys():
        raise KeyError(*missing)
    bridge: Mapping[str, Outlet | None] = _Bridge(graph, gone) if heal else dict.fromkeys(gone)
    nodes = {}
    for name, node in graph.nodes.items():
        if name in gone:
            continue
        touched = any(source.node in gone for sources in node.inputs.values() for source in sources)
        nodes[name] = replace(node, inputs=_bridged(node.inputs, bridge)) if touched else node
    return replace(graph, nodes=nodes, places={name: place for name, place in graph.places.items() if name not in gone})


def connect(graph: Graph[LayerT], source: Outlet, target: Inlet) -> Graph[LayerT]:
    """With a wire to an input; a wire that was there gives way. A slot past the last is appended."""
    graph.nodes[source.node]
    node = graph.nodes[target.node]
    sources = list(node.inputs.get(target.port, ()))
    sources[target.slot : target.slot + 1] = [source]
    return _rewired(graph, target.node, {**node.inputs, target.port: tuple(sources)})


def disconnect(graph: Graph[LayerT], target: Inlet) -> Graph[LayerT]:
    """Without the wire into an input; later places of the same port move up."""
    node = graph.nodes[target.node]
    sources = list(node.inputs[target.port])
    del sources[target.slot]
    inputs = {port: kept for port, kept in node.inputs.items() if port != target.port}
    if sources:
        inputs = {**node.inputs, target.port: tuple(sources)}
    return _rewired(graph, target.node, inputs)


def set_layer(graph: Graph[LayerT], name: str, layer: LayerT) -> Graph[LayerT]:
    """With another layer, or other parameters, at a node; its wires stay."""
    return _with(graph, {name: replace(graph.nodes[name], layer=layer)})


def set_label(graph: Graph[LayerT], name: str, label: str) -> Graph[LayerT]:
    """With other free text at a node."""
    return _with(graph, {name: replace(graph.nodes[name], label=label)})


def move(graph: Graph[LayerT], places: Mapping[str, Place]) -> Graph[LayerT]:
    """With these nodes elsewhere."""
    return replace(graph, places={**graph.places, **places})


def rename(graph: Graph[LayerT], old: str, new: str) -> Graph[LayerT]:
    """With a node under another name, its wires and its place in the order kept. The name must be free."""
    if new in graph.nodes:
        raise KeyError(new)
    names = {old: new}
    nodes = {names.get(name, name): renamed_sources(node, names) for name, node in graph.nodes.items()}
    places = {names.get(name, name): place for name, place in graph.places.items()}
    return replace(graph, nodes=nodes, places=places)


def insert(graph: Graph[LayerT], name: str, target: Inlet, ports: tuple[str, str]) -> Graph[LayerT]:
    """With a node that is already there put on a wire; `ports` are its input and its output port to use."""
    source = graph.source(target)
    if source is None:
        raise KeyError(target)
    wired = connect(graph, source, Inlet(name, ports[0]))
    return connect(wired, Outlet(name, ports[1]), target)


def paste(graph: Graph[LayerT], piece: Graph[LayerT], offset: Place) -> tuple[Graph[LayerT], dict[str, str]]:
    """With the nodes of another drawing added, under free names, and the map from old to given names.

    Wires among the pasted nodes come along; those from outside the piece are kept where the same outlet's
    node exists here, so that a duplicate stays fed.
    """
    free = FreeNames(graph.nodes)
    names = {name: free.give(name) for name in piece.nodes}
    nodes = dict(graph.nodes)
    for name, node in piece.nodes.items():
        unknown = [source for source in _sources(node) if source not in names and source not in graph.nodes]
        if unknown or not all(node.inputs.values()):
            node = replace(node, inputs=_bridged(node.inputs, dict.fromkeys(unknown)))
        nodes[names[name]] = renamed_sources(node, names)
    places = {
        names[name]: Place(place.x + offset.x, place.y + offset.y)
        for name, place in piece.places.items()
        if name in names
    }
    return replace(graph, nodes=nodes, places={**graph.places, **places}), names


def piece(graph: Graph[LayerT], names: Iterable[str]) -> Graph[LayerT]:
    """These nodes alone, in the drawing's order, with the wires into them: what is copied."""
    wanted = set(names)
    return Graph(
        {name: node for name, node in graph.nodes.items() if name in wanted},
        {name: place for name, place in graph.places.items() if name in wanted},
        flow=graph.flow,
    )


def renamed_sources(node: Node[LayerT], names: Mapping[str, str]) -> Node[LayerT]:
    """The node with its wires coming from renamed nodes."""
    for sources in node.inputs.values():
        for source in sources:
            if source.node in names:
                inputs = {p: tuple(_renamed(s, names) for s in ss) for p, ss in node.inputs.items()}
                return replace(node, inputs=inputs)
    return node


def _renamed(source: Outlet, names: Mapping[str, str]) -> Outlet:
    return Outlet(names.get(source.node, source.node), source.port)


def _sources(node: Node[Any]) -> set[str]:
    return {source.node for sources in node.inputs.values() for source in sources}


def _only_source(graph: Graph[Any], name: str) -> Outlet | None:
    sources = [wire.source for wire in graph.into(name)]
    return sources[0] if len(sources) == 1 else None


def _bridged(inputs: Inputs, bridge: Mapping[str, Outlet | None]) -> dict[str, tuple[Outlet, ...]]:
    """Inputs with every source in `bridge` followed to where its own value came from, or dropped."""
    healed = {port: tuple(s for s in (_follow(s, bridge) for s in ss) if s) for port, ss in inputs.items()}
    return {port: sources for port, sources in healed.items() if sources}


class _Bridge(Mapping[str, Outlet | None]):
    """For nodes that go: where the value of each came from, if from one node alone. Looked up where it is asked for."""

    def __init__(self, graph: Graph[Any], gone: Collection[str]) -> None:
        self._graph, self._gone = graph, gone

    def __getitem__(self, name: str) -> Outlet | None:
        if name not in self._gone:
            raise KeyError(name)
        return _only_source(self._graph, name)

    def __contains__(self, name: object) -> bool:
        return name in self._gone

    def __iter__(self) -> Iterator[str]:
        return iter(self._gone)

    def __len__(self) -> int:
        return len(self._gone)


def _follow(source: Outlet | None, bridge: Mapping[str, Outlet | None]) -> Outlet | None:
    seen = set()
    while source is not None and source.node in bridge:
        if source.node in seen:
            return None
        seen.add(source.node)
        source = bridge[source.node]
    return source


def _rewired(graph: Graph[LayerT], name: str, inputs: Inputs) -> Graph[LayerT]:
    return _with(graph, {name: replace(graph.nodes[name], inputs=inputs)})


def _with(graph: Graph[LayerT], nodes: Mapping[str, Node[LayerT]]) -> Graph[LayerT]:
    return replace(graph, nodes={**graph.nodes, **nodes})
