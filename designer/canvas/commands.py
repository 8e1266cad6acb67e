"""What can be done to the drawing, each as one named step: the gestures, the menus and the palette share it."""

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from designer.blocks.kinds import taken
from designer.canvas.fits import best_inlet
from designer.canvas.ports import size_of
from designer.canvas.words import wire_words
from designer.document import Document
from designer.layout import inserted, occupied, onward
from engine.check.fixes import apply_fix
from engine.check.report import Suggestion
from engine.check.titles import step
from engine.graph import Graph, Inlet, Node, Outlet, Place, Wire, edits, free_name
from engine.graph.flow import ROW, along, beside, place_at
from engine.layers import Layer, layer_class
from engine.text import Text, text


def add(document: Document, kind: str | Layer, place: Place) -> str:
    """Adds a layer, with its defaults where only its id is given, at a place; gives its name."""
    graph, name = _with_layer(document, kind, place)
    document.edit(text("add {node}", node=name), graph, select=[name])
    return name


def add_below(document: Document, kind: str | Layer, wired: bool = True, typed: Collection[str] = ()) -> str:
    """Adds a layer after the selected nodes, or the last one, and wires it to them where it fits.

    Here as below, `typed` are the parameters that were typed: they stay, where a block would be made to fit.
    """
    graph, flow = document.graph, document.graph.flow
    anchors = sorted(document.selection, key=lambda name: graph.places[name]) or list(graph.nodes)[-1:]
    places = [graph.places[anchor] for anchor in anchors]
    last = max((along(flow, place) for place in places), default=-ROW[flow])
    middle = sum(beside(flow, place) for place in places) / len(places) if places else 0
    free = occupied(graph).room(onward(place_at(flow, last, middle), flow), size_of(Node(_layer(kind)), flow))
    graph, name = _with_layer(document, kind, free, _outlets(graph, anchors) if wired else (), typed)
    graph = _wired(document, graph, anchors, name) if wired else graph
    document.edit(text("add {node}", node=name), graph, select=[name])
    return name


def add_wired(
    document: Document, kind: str | Layer, place: Place, end: Inlet | Outlet, typed: Collection[str] = ()
) -> str:
    """Adds a layer at a place, or beside it where a card lies, with a wire to an end that is already there."""
    graph = document.graph
    free = occupied(graph).room(place, size_of(Node(_layer(kind)), graph.flow))
    graph, name = _with_layer(document, kind, free, [end] if isinstance(end, Outlet) else (), typed)
    about = type(_layer(kind)).about
    if isinstance(end, Outlet) and about.inputs:
        inlet = best_inlet(graph, document.report, end, name) or Inlet(name, about.inputs[0].name)
        graph = edits.connect(graph, end, inlet)
    elif isinstance(end, Inlet) and about.outputs:
        graph = edits.connect(graph, Outlet(name, about.outputs[0]), end)
    document.edit(text("add {node}", node=name), graph, select=[name])
    return name


def insert(document: Document, kind: str | Layer, place: Place, wire: Wire, typed: Collection[str] = ()) -> str:
    """Puts a layer on a wire; what comes after it makes room. One without input or output is only added."""
    about = type(_layer(kind)).about
    if not (about.inputs and about.outputs):
        return add(document, kind, place)
    graph, name = _with_layer(document, kind, place, [wire.source], typed)
    graph = edits.insert(graph, name, wire.target, (about.inputs[0].name, about.outputs[0]))
    title = text("insert {node} into {wire}", node=name, wire=wire_words(wire))
    document.edit(title, inserted(graph, name, place), select=[name])
    return name


def connect(document: Document, source: Outlet, target: Inlet) -> bool:
    """Draws a wire; one that was there gives way. False where that was refused."""
    title = text("connect {wire}", wire=wire_words(Wire(source, target)))
    return document.edit(title, edits.connect(document.graph, source, target))


def replug(document: Document, old: Inlet, new: Inlet) -> None:
    """Takes the end of a wire from one input to another."""
    graph = document.graph
    source = graph.source(old)
    if source is None or old == new:
        return
    if (old.node, old.port) == (new.node, new.port) and new.slot > old.slot:
        new = new._replace(slot=new.slot - 1)
    graph = edits.connect(edits.disconnect(graph, old), source, new)
    document.edit(text("connect {wire}", wire=wire_words(Wire(source, new))), graph)


def disconnect(document: Document, wires: Sequence[Wire]) -> bool:
    """Takes wires away. False where that was refused."""
    return document.edit(_removing((), wires), _without_wires(document.graph, wires))


def delete(document: Document) -> None:
    """Takes away what is selected; a wire through a removed node heals."""
    names, wires = sorted(document.selection), sorted(document.selected_wires)
    if not names and not wires:
        return
    graph = edits.remove(_without_wires(document.graph, wires), names)
    document.edit(_removing(names, wires), graph, select=())


def rename(document: Document, old: str, new: str) -> bool:
    """Gives a node another name. False where that was refused."""
    if old == new:
        return True
    graph = edits.rename(document.graph, old, new)
    selection = {new if name == old else name for name in document.selection}
    return document.edit(text("rename {old} to {new}", old=old, new=new), graph, select=selection)


def move(document: Document, places: Mapping[str, Place], merge: str = "") -> None:
    """Puts nodes elsewhere."""
    names = list(places)
    title = text("move {node}", node=names[0]) if len(names) == 1 else text("move {count} layers", count=len(names))
    document.edit(title, edits.move(document.graph, places), merge)


def nudge(document: Document, x: float, y: float) -> None:
    """Moves the selected nodes a little; one nudge after another is one step."""
    places = {name: document.graph.places[name] for name in sorted(document.selection)}
    nudged = {name: Place(place.x + x, place.y + y) for name, place in places.items()}
    move(document, nudged, merge="nudge " + " ".join(nudged))


def mend(document: Document, suggestion: Suggestion) -> bool:
    """Carries a quick fix out, if it is taken; what it adds is placed as any layer without a place. Raises Failure."""
    after = mended(document.graph, suggestion)
    return document.edit(step(suggestion), after, select=after.nodes.keys() - document.graph.nodes.keys() or None)


def mended(graph: Graph[Layer], suggestion: Suggestion) -> Graph[Layer]:
    """The drawing with a fix carried out; what it adds has no place yet. Raises Failure; KeyError for a stale one."""
    after = apply_fix(graph, suggestion.fix)
    return replace(after, places={name: place for name, place in after.places.items() if name in graph.places})


def _with_layer(
    document: Document, kind: str | Layer, place: Place, outlets: Sequence[Outlet] = (), typed: Collection[str] = ()
) -> tuple[Graph[Layer], str]:
    """The drawing with a layer more, which these outlets are to feed, and its name."""
    graph, layer = document.graph, _layer(kind)
    ports = [port for port in type(layer).about.inputs if not port.optional]
    layer = taken(document, layer, outlets[: len(ports)], typed)
    name = free_name(type(layer).about.stem, graph.nodes)
    return edits.add(graph, name, layer, place), name


def _layer(kind: str | Layer) -> Layer:
    return layer_class(kind)() if isinstance(kind, str) else kind


def _wired(document: Document, graph: Graph[Layer], sources: Sequence[str], name: str) -> Graph[Layer]:
    """With the first output of each source wired to the node's next input that takes it."""
    for outlet in _outlets(graph, sources):
        inlet = best_inlet(graph, document.report, outlet, name)
        if inlet:
            graph = edits.connect(graph, outlet, inlet)
    return graph


def _outlets(graph: Graph[Layer], names: Sequence[str]) -> list[Outlet]:
    """The first output of each node that has one."""
    outputs = {name: type(graph.nodes[name].layer).about.outputs for name in names}
    return [Outlet(name, ports[0]) for name, ports in outputs.items() if ports]


def _without_wires(graph: Graph[Layer], wires: Sequence[Wire]) -> Graph[Layer]:
    """Without these wires: the last places of a port first, so that the others keep their number."""
    for wire in sorted(wires, key=lambda wire: -wire.target.slot):
        graph = edits.disconnect(graph, wire.target)
    return graph


def _removing(names: Sequence[str], wires: Sequence[Wire]) -> Text:
    if names:
        one = len(names) == 1
        return text("delete {node}", node=names[0]) if one else text("delete {count} layers", count=len(names))
    if len(wires) == 1:
        return text("disconnect {wire}", wire=wire_words(wires[0]))
    return text("disconnect {count} wires", count=len(wires))
