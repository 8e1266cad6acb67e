"""Strategies for drawings of every kind: sound, half-drawn and broken."""

from typing import Any

from hypothesis import strategies as st

from engine.check.report import Column
from engine.graph import Graph, Inlet, Node, Outlet, edits
from engine.layers import Layer, Unknown, catalogue, make_layer

NAMES = [f"n{number}" for number in range(12)]
KINDS: list[tuple[str, dict[str, Any]]] = [
    ("input", {}),
    ("input", {"shape": [3, 8, 8]}),
    ("input", {"shape": [4], "column": "row"}),
    ("input", {"shape": [5], "dtype": "int64"}),
    ("output", {}),
    ("output", {"loss": "mse"}),
    ("output", {"loss": "binary_cross_entropy", "target": "row"}),
    ("conv2d", {"out_channels": 4}),
    ("conv2d", {"out_channels": 6, "kernel_size": [7, 7], "groups": 3}),
    ("linear", {"out_features": 10}),
    ("linear", {"out_features": 4}),
    ("batch_norm1d", {}),
    ("batch_norm2d", {}),
    ("max_pool2d", {}),
    ("relu", {}),
    ("dropout", {}),
    ("softmax", {}),
    ("sigmoid", {}),
    ("log_softmax", {}),
    ("flatten", {}),
    ("concat", {}),
    ("identity", {}),
]
LAYERS = [make_layer(kind, parameters) for kind, parameters in KINDS]
EVERY_KIND = [cls() for cls in catalogue().values() if cls.about.family != "Input and output"]
COLUMNS = [
    (),
    (Column("image", (1, 28, 28), "float32"), Column("label", (), "int64", tuple("0123456789"))),
    (Column("row", (4,), "float32"), Column("price", (), "float32"), Column("label", (), "int64", ("no", "yes"))),
]

names = st.sampled_from(NAMES)
layers = st.sampled_from([*LAYERS, *EVERY_KIND, Unknown("rotor", '{"speed":3}')])
columns = st.sampled_from(COLUMNS)
outlets = st.builds(Outlet, names, st.sampled_from(["output"] * 9 + ["hidden"]))
ports = st.sampled_from(["image", "value", "mask", "parts"])


def first_port(layer: Layer) -> str:
    """The layer's first input port, or a port that it does not have."""
    inputs = type(layer).about.inputs
    return inputs[0].name if inputs else "value"


@st.composite
def nodes(draw: st.DrawFn) -> Node[Layer]:
    """A node with any wires, most of them into ports that it has."""
    layer = draw(layers)
    port = draw(st.one_of(*[st.just(first_port(layer))] * 4, ports))
    sources = draw(
        st.lists(outlets, max_size=3 if first_port(layer) == "parts" else draw(st.sampled_from([1, 1, 1, 2])))
    )
    return Node(layer, {port: tuple(sources)} if sources else {})


@st.composite
def broken(draw: st.DrawFn) -> Graph[Layer]:
    """Any drawing: wires to nowhere, circles and surplus wires among them."""
    chosen = draw(st.lists(names, unique=True, max_size=len(NAMES)))
    return Graph({name: draw(nodes()) for name in chosen})


@st.composite
def chains(draw: st.DrawFn) -> Graph[Layer]:
    """A drawing as people make it: an input, layers one after another, an output; then edits that may break it."""
    graph: Graph[Layer] = Graph({"n0": Node(draw(st.sampled_from(LAYERS[:4])))})
    inner = st.one_of(st.sampled_from(LAYERS[7:]), st.sampled_from(EVERY_KIND))
    for number, layer in enumerate([*draw(st.lists(inner, max_size=7)), draw(st.sampled_from(LAYERS[4:7]))], 1):
        before = draw(st.sampled_from(NAMES[max(0, number - 2) : number]))
        graph = edits.add(graph, f"n{number}", layer)
        graph = edits.connect(graph, Outlet(before, "output"), Inlet(f"n{number}", first_port(layer)))
    for _ in range(draw(st.integers(0, 2))):
        graph = edited(draw, graph)
    return graph


def edited(draw: st.DrawFn, graph: Graph[Layer]) -> Graph[Layer]:
    """The drawing after an edit, or after something that only a file can bring about."""
    present = sorted(graph.nodes)
    kind = draw(st.sampled_from(["add", "node", "remove", "wire", "cut", "layer", "rename", "order"]))
    if not present or kind == "add":
        free = [name for name in NAMES if name not in graph.nodes]
        return edits.add(graph, draw(st.sampled_from(free)), draw(layers)) if free else graph
    name = draw(st.sampled_from(present))
    wires = [wire.target for wire in graph.into(name)]
    match kind:
        case "node":
            return Graph({**graph.nodes, name: draw(nodes())}, graph.places)
        case "remove":
            return edits.remove(graph, [name], heal=draw(st.booleans()))
        case "wire":
            source = Outlet(draw(st.sampled_from(present)), "output")
            return edits.connect(
                graph, source, Inlet(name, first_port(graph.nodes[name].layer), draw(st.integers(0, 1)))
            )
        case "cut" if wires:
            return edits.disconnect(graph, draw(st.sampled_from(wires)))
        case "layer":
            return edits.set_layer(graph, name, draw(layers))
        case "rename" if free := [other for other in NAMES if other not in graph.nodes]:
            return edits.rename(graph, name, draw(st.sampled_from(free)))
        case "order":
            return Graph({other: graph.nodes[other] for other in draw(st.permutations(present))}, graph.places)
    return graph
