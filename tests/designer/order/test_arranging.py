"""Drawings laid out: what is not chosen stays, nothing is covered, the meaning is the same."""

from itertools import combinations
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from designer.arranging import arranged, sheet_of
from designer.canvas.ports import size_in
from engine.arranging import Card, box
from engine.graph import Flow, Graph, Inlet, Outlet, Place, edits
from engine.layers import Layer, make_layer

FLOWS = st.sampled_from(get_args(Flow))


@st.composite
def drawings(draw: st.DrawFn) -> Graph[Layer]:
    """Sums and activations with wires forward, lying anywhere."""
    graph: Graph[Layer] = Graph()
    count = draw(st.integers(2, 10))
    spots = st.tuples(st.integers(-30, 30), st.integers(-30, 30))
    for number in range(count):
        x, y = draw(spots)
        graph = edits.add(graph, f"n{number}", make_layer(draw(st.sampled_from(("add", "relu"))), {}), Place(x * 24, y))
    for target in range(1, count):
        port = type(graph.nodes[f"n{target}"].layer).about.inputs[0]
        for slot, source in enumerate(draw(st.lists(st.integers(0, target - 1), max_size=3 if port.variadic else 1))):
            graph = edits.connect(graph, Outlet(f"n{source}", "output"), Inlet(f"n{target}", port.name, slot))
    return graph


@settings(deadline=None, max_examples=60)
@given(drawings(), st.sets(st.integers(0, 9)), FLOWS)
def test_what_is_not_chosen_stays_and_nothing_comes_to_lie_on_it(
    graph: Graph[Layer], numbers: set[int], flow: Flow
) -> None:
    graph = replace(graph, flow=flow)
    chosen = {f"n{number}" for number in numbers} & graph.nodes.keys()
    after = arranged(graph, chosen)
    assert after.nodes == graph.nodes
    assert {n: p for n, p in after.places.items() if n not in chosen} == {
        n: p for n, p in graph.places.items() if n not in chosen
    }
    boxes = {name: box(after.places[name], Card(*size_in(graph, name))) for name in graph.nodes}
    assert not [(a, b) for a in sorted(chosen) for b in boxes if a != b and boxes[a].covers(boxes[b])]


@settings(deadline=None, max_examples=30)
@given(drawings(), FLOWS)
def test_a_drawing_laid_out_again_stays(graph: Graph[Layer], flow: Flow) -> None:
    once = arranged(graph, flow=flow)
    assert arranged(once).places == once.places


@settings(deadline=None, max_examples=60)
@given(drawings(), FLOWS)
def test_a_drawing_that_is_turned_covers_nothing_and_all_its_wires_go_forward(graph: Graph[Layer], flow: Flow) -> None:
    after = arranged(graph, flow=flow)
    assert after.flow == flow and after.nodes == graph.nodes
    assert all(place.x % 24 == place.y % 24 == 0 for place in after.places.values())
    boxes = {name: box(after.places[name], Card(*size_in(after, name))) for name in after.nodes}
    assert not [pair for pair in combinations(boxes, 2) if boxes[pair[0]].covers(boxes[pair[1]])]
    for wire in after.wires():
        source, target = boxes[wire.source.node], boxes[wire.target.node]
        assert source.right < target.left if flow == "right" else source.bottom < target.top


def test_the_main_path_of_a_block_with_a_sum_is_straight_to_the_right() -> None:
    graph: Graph[Layer] = edits.add(Graph(), "image", make_layer("input", {}))
    for name, kind, *sources in (
        ("conv1", "conv2d", "image"),
        ("conv2", "conv2d", "conv1"),
        ("sum", "add", "conv2", "image"),
        ("relu1", "relu", "sum"),
    ):
        graph = edits.add(graph, name, make_layer(kind, {}))
        port = type(graph.nodes[name].layer).about.inputs[0].name
        for slot, source in enumerate(sources):
            graph = edits.connect(graph, Outlet(source, "output"), Inlet(name, port, slot))
    after = arranged(graph, flow="right")
    assert len({place.y for place in after.places.values()}) == 1
    assert [after.places[name].x for name in graph.nodes] == [0, 264, 528, 792, 1056]


def test_what_is_turned_keeps_its_corner_and_what_is_laid_out_again_its_begin() -> None:
    graph: Graph[Layer] = edits.add(Graph(), "image", make_layer("input", {}), Place(480, 960))
    graph = edits.add(graph, "conv1", make_layer("conv2d", {}), Place(480, 1200))
    graph = edits.connect(graph, Outlet("image", "output"), Inlet("conv1", "image"))
    right = arranged(graph, flow="right")
    assert right.places == {"image": Place(480, 960), "conv1": Place(744, 960)}
    moved = edits.move(right, {"conv1": Place(1200, 960)})
    assert arranged(moved).places == right.places
    assert arranged(right, flow="down").places == {"image": Place(480, 960), "conv1": Place(480, 1056)}


def test_a_card_with_many_ports_takes_the_room_that_it_needs() -> None:
    graph: Graph[Layer] = edits.add(Graph(), "sum", make_layer("add", {}), Place(0, 0))
    for number in range(12):
        graph = edits.add(graph, f"n{number}", make_layer("input", {}), Place(0, 0))
        graph = edits.connect(graph, Outlet(f"n{number}", "output"), Inlet("sum", "parts", number))
    sheet = sheet_of(graph)
    assert sheet.cards["sum"].width > sheet.cards["n0"].width == 184
    ends = [line.end for line in sorted(sheet.lines, key=lambda line: int(line.source[1:]))]
    assert ends == sorted(ends) and 0 < ends[0] < ends[-1] < 1
    places = arranged(graph).places
    assert [f"n{number}" for number in range(12)] == sorted(
        (name for name in places if name != "sum"), key=lambda name: places[name].x
    )
