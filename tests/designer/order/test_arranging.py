"""Drawings laid out: what is not chosen stays, nothing is covered, the meaning is the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.arranging import arranged, sheet_of
from designer.canvas.ports import size_in
from engine.arranging import Card, box
from engine.graph import Graph, Inlet, Outlet, Place, edits
from engine.layers import Layer, make_layer


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
@given(drawings(), st.sets(st.integers(0, 9)))
def test_what_is_not_chosen_stays_and_nothing_comes_to_lie_on_it(graph: Graph[Layer], numbers: set[int]) -> None:
    chosen = {f"n{number}" for number in numbers} & graph.nodes.keys()
    after = arranged(graph, chosen)
    assert after.nodes == graph.nodes
    assert {n: p for n, p in after.places.items() if n not in chosen} == {
        n: p for n, p in graph.places.items() if n not in chosen
    }
    boxes = {name: box(after.places[name], Card(*size_in(graph, name))) for name in graph.nodes}
    assert not [(a, b) for a in sorted(chosen) for b in boxes if a != b and boxes[a].covers(boxes[b])]


@settings(deadline=None, max_examples=30)
@given(drawings())
def test_a_drawing_laid_out_again_stays(graph: Graph[Layer]) -> None:
    once = arranged(graph)
    assert arranged(once).places == once.places


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
