"""A drawing, or some of its nodes, laid out anew: what the layout is told of the cards, and what it gives back."""

from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec.structs import replace

from designer.annotations.turning import turned_remarks
from designer.blocks.stowing import all_placed
from designer.canvas.ports import ports_of, size_in
from designer.theme.tokens import CARD_HEIGHT
from engine.arranging import Box, Card, Line, Sheet, box, on_grid, places_of, settled
from engine.blocks.edits import with_block
from engine.graph import Flow, Graph, Place
from engine.graph.annotating import refitted
from engine.layers import Layer
from engine.project.file import load, save
from engine.project.project import Project
from engine.text import Failure, text


def arranged(graph: Graph[Layer], names: Collection[str] | None = None, flow: Flow | None = None) -> Graph[Layer]:
    """The drawing with new places for these nodes, or for all; no other node moves. `flow`: to flow that way."""
    return laid_out(graph, places_of(sheet_of(graph, names, flow)), flow)


def arranged_project(project: Project, names: Collection[str] = (), flow: Flow | None = None) -> Project:
    """The project with every network and block laid out anew, to flow as they do, or all in one way.

    With `names`, these nodes of the network alone.
    """
    if names:
        if missing := sorted(set(names) - project.graph.nodes.keys()):
            raise Failure(text("There is no node {names} in the network.", names=", ".join(missing)))
        return project.with_graph(arranged(all_placed(project).graph, names))
    project = replace(project, networks={name: arranged(graph, flow=flow) for name, graph in project.networks.items()})
    for name in project.blocks:
        block = project.blocks[name]
        project = with_block(project, name, replace(block, graph=arranged(block.graph, flow=flow)))
    return project


def arrange_file(file: Path, output: Path, names: Collection[str] = (), flow: Flow | None = None) -> None:
    """Lays out what a file holds, and saves it. Raises Failure."""
    save(arranged_project(load(file), names, flow), output)


def sheet_of(graph: Graph[Layer], names: Collection[str] | None = None, flow: Flow | None = None) -> Sheet:
    """These nodes, or all, as the layout takes them: sizes of cards, and wires between them."""
    flow = flow or graph.flow
    chosen = set(graph.nodes if names is None else names)
    outlets: dict[str, set[str]] = {name: set() for name in chosen}
    wires = [wire for name in graph.nodes if name in chosen for wire in graph.into(name) if wire.source.node in chosen]
    for wire in graph.wires():
        if wire.source.node in chosen:
            outlets[wire.source.node].add(wire.source.port)
    ports = {name: ports_of(name, graph.nodes[name], frozenset(outlets[name]), flow) for name in chosen}
    lines = []
    for wire in wires:
        lines.append(Line(wire.source.node, wire.target.node, ports[wire.target.node].share(wire.target)))
    axis = CARD_HEIGHT / 2 if flow == "right" else None
    return Sheet({name: Card(*ports[name].size, axis) for name in chosen}, tuple(lines), flow)


def laid_out(graph: Graph[Layer], places: Mapping[str, Place], flow: Flow | None = None) -> Graph[Layer]:
    """Like `moved`, with frames around what lay in them; where the flow is another, notes and bookmarks come along."""
    after = refitted(graph, moved(graph, places, flow), size_in)
    return after if after.flow == graph.flow else turned_remarks(graph, after)


def moved(graph: Graph[Layer], places: Mapping[str, Place], flow: Flow | None = None) -> Graph[Layer]:
    """The drawing with nodes at places that a layout gave, where they were before, and clear of all others.

    Of nodes that are no longer there, nothing is taken. What is laid out begins where it began, and keeps its middle.
    With `flow`, the drawing flows that way; where that is another than before, it keeps its upper left corner.
    """
    before, graph = graph, replace(graph, flow=flow or graph.flow)
    there = {name: place for name, place in places.items() if name in graph.nodes}
    if not there:
        return graph
    cards = {name: Card(*size_in(graph, name)) for name in graph.nodes}
    was = [box(before.places[name], cards[name]) for name in there if name in before.places]
    if was:
        away = _away([box(place, cards[name]) for name, place in there.items()], was, before.flow, graph.flow)
        there = {name: Place(place.x + away.x, place.y + away.y) for name, place in there.items()}
    others = {name: box(place, cards[name]) for name, place in graph.places.items() if name not in there}
    clear = settled(there, cards, others) if others else there
    return replace(graph, places={name: clear.get(name, graph.places.get(name, Place(0, 0))) for name in graph.nodes})


def _away(now: list[Box], was: list[Box], flow_before: Flow, flow: Flow) -> Place:
    """How far what is laid out has to go."""
    (left, top, middle, height), (old_left, old_top, old_middle, old_height) = _place(now), _place(was)
    if flow_before != flow:
        return on_grid(Place(old_left - left, old_top - top))
    if flow == "right":
        return on_grid(Place(old_left - left, old_height - height))
    return on_grid(Place(old_middle - middle, old_top - top))


def _place(boxes: list[Box]) -> tuple[float, float, float, float]:
    """The left and the upper edge of boxes, and their middle across and down."""
    left, top = min(one.left for one in boxes), min(one.top for one in boxes)
    right, bottom = max(one.right for one in boxes), max(one.bottom for one in boxes)
    return left, top, (left + right) / 2, (top + bottom) / 2
