"""Strategies for drawings of any layers: here a layer is only a word."""

from hypothesis import strategies as st

from engine.graph import Graph, Inlet, Node, Outlet, Place

NAMES = [f"n{number}" for number in range(8)]
PORTS = ["value", "parts"]

names = st.sampled_from(NAMES)
layers = st.sampled_from(["conv2d", "relu", "add"])
places = st.builds(Place, st.integers(-500, 500), st.integers(-500, 500))


@st.composite
def graphs(draw: st.DrawFn) -> Graph[str]:
    """A drawing without dangling wires: cycles, wires into one's own input and empty drawings among them."""
    chosen = draw(st.lists(names, unique=True))
    outlets = st.builds(Outlet, st.sampled_from(chosen), st.sampled_from(["output", "hidden"])) if chosen else None
    nodes = {}
    for name in chosen:
        ports = draw(st.lists(st.sampled_from(PORTS), unique=True))
        inputs = {port: tuple(draw(st.lists(outlets, min_size=1, max_size=3))) for port in ports}
        nodes[name] = Node(draw(layers), inputs, draw(st.sampled_from(["", "the first"])))
    return Graph(nodes, {name: draw(places) for name in chosen if draw(st.booleans())})


def inlets(graph: Graph[str]) -> list[Inlet]:
    """Every input that has a wire."""
    return [wire.target for wire in graph.wires()]


def assert_sound(graph: Graph[str]) -> None:
    """No wire comes from a node that is not there, no port is empty, no place belongs to nobody."""
    for wire in graph.wires():
        assert wire.source.node in graph.nodes
    for node in graph.nodes.values():
        assert all(node.inputs.values())
    assert graph.places.keys() <= graph.nodes.keys()
