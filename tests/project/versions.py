"""Versions of a project as they come about: by edits of a base, some of which meet at the same place."""

from collections.abc import Callable

from hypothesis import strategies as st
from msgspec.structs import replace

from engine.blocks.edits import with_block
from engine.graph import Frame, Graph, Inlet, Note, Outlet, Place, edits
from engine.graph.annotations import Box
from engine.layers import Layer, Unknown, make_layer
from engine.project.file import load
from engine.project.project import Project
from engine.project.settings import with_settings

from .mutate_files import ROOT

BASE = load(ROOT / "assets" / "samples" / "version-2.loom")
NAMES = list(BASE.graph.nodes)
EditProject = Callable[[Project], Project]


@st.composite
def versions(draw: st.DrawFn, base: Project = BASE) -> Project:
    """The base after up to six edits."""
    for _ in range(draw(st.integers(0, 6))):
        base = draw(st.sampled_from(KINDS))(draw, base)
    return base


def _drawn(draw: st.DrawFn, project: Project) -> Project:
    """An edit of the network."""
    graph = project.graph
    name = draw(st.sampled_from(NAMES))
    if name not in graph.nodes:
        return project
    return project.with_graph(draw(st.sampled_from(EDITS))(draw, graph, name))


def _label(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    return edits.set_label(graph, name, draw(st.sampled_from(["", "one", "two"])))


def _layer(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    made = [
        make_layer("conv2d", {"out_channels": 16, "bias": False}),
        make_layer("conv2d", {"out_channels": 8}),
        make_layer("relu", {}),
        Unknown("of_tomorrow", '{"x": [1, {"y": null}]}'),
    ]
    return edits.set_layer(graph, name, draw(st.sampled_from(made)))


def _remove(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    return edits.remove(graph, [name], heal=draw(st.booleans()))


def _rename(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    new = draw(st.sampled_from(["another", "second"]))
    return graph if new in graph.nodes else edits.rename(graph, name, new)


def _add(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    new = draw(st.sampled_from(["fresh1", "fresh2"]))
    if new in graph.nodes:
        return graph
    graph = edits.add(graph, new, make_layer(draw(st.sampled_from(["relu", "tanh"])), {}), Place(0, 900))
    return edits.connect(graph, Outlet(name, "output"), Inlet(new, "value"))


def _wire(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    source = draw(st.sampled_from(list(graph.nodes)))
    return edits.connect(graph, Outlet(source, "output"), Inlet(name, draw(st.sampled_from(["value", "image"])), 0))


def _move(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    return edits.move(graph, {name: Place(draw(st.integers(0, 3)) * 24, 48)})


def _annotate(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    found = graph.annotations
    frames, notes = {**found.frames}, {**found.notes}
    if draw(st.booleans()):
        frames.pop("frame1", None)
    else:
        frames["frame1"] = Frame(draw(st.sampled_from(["a", "b"])), Box(0, 0, 9, 9))
    notes["note2"] = Note(name, Box(0, 0, 1, 1))
    return replace(graph, annotations=replace(found, frames=frames, notes=notes))


def _turn(draw: st.DrawFn, graph: Graph[Layer], name: str) -> Graph[Layer]:
    return replace(graph, flow=draw(st.sampled_from(["down", "right"])))


def _recipe(draw: st.DrawFn, project: Project) -> Project:
    setting = draw(st.sampled_from([("epochs", "5"), ("epochs", "6"), ("seed", "1"), ("optimizer", "adamw")]))
    return replace(project, recipe=with_settings(project.recipe, dict([setting])))


def _data(draw: st.DrawFn, project: Project) -> Project:
    return replace(project, data=replace(project.data, source=draw(st.sampled_from(["npz:a", "npz:b"]))))


def _block(draw: st.DrawFn, project: Project) -> Project:
    block = project.blocks["separable"]
    name = draw(st.sampled_from(list(block.graph.nodes)))
    graph = draw(st.sampled_from([_label, _move]))(draw, block.graph, name)
    summary = draw(st.sampled_from([block.summary, "another"]))
    return with_block(project, "separable", replace(block, graph=graph, summary=summary))


EDITS = [_label, _layer, _remove, _rename, _add, _wire, _move, _annotate, _turn]
KINDS = [_drawn, _drawn, _drawn, _recipe, _data, _block]
