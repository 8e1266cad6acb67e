"""Editing sessions for the journal's tests: projects that follow one another as they do when a person edits."""

import random
from collections.abc import Callable

from msgspec.structs import replace

from engine.blocks import Block, block_layer
from engine.graph import Graph, Node, Outlet, Place
from engine.graph.annotations import Annotations, Bookmark, Box, Frame, Note
from engine.layers import Layer, Unknown, make_layer
from engine.project.file import dumps, loads
from engine.project.project import Data, Project
from engine.project.recipe import Recipe

WORDS = ("", "a", "конец", "線\nfeed", '"quoted"\\', "\x00\x7f", "🙂", "{}[]")
NAMES = ("a", "b", "кон", "コ", "ñ9", "x_1", "conv1", "conv2")
LAYERS: tuple[Layer, ...] = (
    make_layer("relu", {}),
    make_layer("conv2d", {"out_channels": 7}),
    make_layer("concat", {}),
    make_layer("input", {"shape": (3, 8, 8)}),
    Unknown("of_tomorrow", '{"depth": [1, {"x": null}], "名": "値"}'),
)


def session(seed: int, most: int = 8) -> list[Project]:
    """The states of a session, one after another."""
    dice = random.Random(seed)
    states = [
        Project(networks={"main": Graph(), "second": _graph(dice)} if dice.random() < 0.3 else {"main": _graph(dice)})
    ]
    for _ in range(dice.randrange(most + 1)):
        states.append(dice.choice(EDITS)(states[-1], dice))
    return states


def _graph(dice: random.Random) -> Graph[Layer]:
    names = dice.sample(NAMES, dice.randrange(len(NAMES)))
    return Graph({name: _node(dice) for name in names}, {name: _place(dice) for name in names})


def _node(dice: random.Random) -> Node[Layer]:
    sources = tuple(Outlet(dice.choice(NAMES), dice.choice(("output", "other"))) for _ in range(dice.randrange(3)))
    return Node(dice.choice(LAYERS), {"image": sources} if sources else {}, dice.choice(WORDS))


def _place(dice: random.Random) -> Place:
    return Place(float(dice.randrange(-999, 999)), dice.uniform(-1e6, 1e6))


def _put(project: Project, dice: random.Random) -> Project:
    graph = project.graph
    return project.with_graph(replace(graph, nodes={**graph.nodes, dice.choice(NAMES): _node(dice)}))


def _remove(project: Project, dice: random.Random) -> Project:
    graph, name = project.graph, dice.choice(NAMES)
    nodes, places = ({key: value for key, value in held.items() if key != name} for held in (graph.nodes, graph.places))
    return project.with_graph(replace(graph, nodes=nodes, places=places))


def _move(project: Project, dice: random.Random) -> Project:
    graph = project.graph
    return project.with_graph(replace(graph, places={name: _place(dice) for name in graph.nodes}))


def _block(project: Project, dice: random.Random) -> Project:
    """A block, maybe used by another, and an instance of it."""
    inner = Block(Graph({"in1": Node(make_layer("block_input", {})), "relu1": _node(dice)}), summary=dice.choice(WORDS))
    layer = block_layer("inner", inner)(repeat=dice.randrange(1, 4))
    outer = Block(Graph({"inner1": Node(layer)}))
    graph = replace(project.graph, nodes={**project.graph.nodes, "of_block": Node(layer)})
    others = {"outer": outer} if dice.random() < 0.5 else {}
    return replace(project, blocks={"inner": inner, **others}).with_graph(graph)


def _shuffle(project: Project, dice: random.Random) -> Project:
    graph = project.graph
    names = dice.sample(sorted(graph.nodes), len(graph.nodes))
    return project.with_graph(replace(graph, nodes={name: graph.nodes[name] for name in names}))


def _annotate(project: Project, dice: random.Random) -> Project:
    box = Box(*(float(dice.randrange(99)) for _ in range(4)))
    made = Annotations(
        {"frame1": Frame(dice.choice(WORDS), box, "teal")} if dice.random() < 0.7 else {},
        {"note1": Note(dice.choice(WORDS), box)} if dice.random() < 0.7 else {},
        {"bookmark1": Bookmark(dice.choice(WORDS), box)} if dice.random() < 0.7 else {},
    )
    return project.with_graph(replace(project.graph, annotations=made))


def _turn(project: Project, dice: random.Random) -> Project:
    return project.with_graph(replace(project.graph, flow=dice.choice(("down", "right"))))


def _train_otherwise(project: Project, dice: random.Random) -> Project:
    return replace(project, recipe=Recipe(epochs=dice.randrange(1, 99)), data=Data(dice.choice(WORDS)))


EDITS: tuple[Callable[[Project, random.Random], Project], ...] = (
    _put,
    _put,
    _remove,
    _move,
    _shuffle,
    _annotate,
    _turn,
    _block,
    _train_otherwise,
)


def kept(project: Project) -> Project:
    """The project as a file gives it back."""
    return loads(dumps(project))


def chain(count: int) -> Project:
    """A project of many nodes."""
    layer: Layer = make_layer("relu", {})
    nodes = {f"relu{number}": Node(layer) for number in range(count)}
    return Project().with_graph(Graph(nodes, {name: Place(0, 24.0 * place) for place, name in enumerate(nodes)}))
